import * as z from "zod/mini";

/** So many keys order a list at most; rows they leave equal stand by their id. */
export const mostSortKeys = 4;

/** The order of a list: its keys after one another, each with - before it for descending, such as "stage,-amount". */
export function orderedBy(keys: readonly string[]): z.ZodMiniType<string, string> {
  const one = `-?(?:${keys.join("|")})`;
  const isEachOnce = (text: string): boolean => {
    const named = keysOfSort(text).map(({ key }) => key);
    return new Set(named).size === named.length;
  };
  return z
    .string()
    .check(z.regex(new RegExp(`^${one}(?:,${one}){0,${mostSortKeys - 1}}$`)), z.refine(isEachOnce, "Each key once"));
}

export type SortKey = { readonly key: string; readonly isDescending: boolean };

/** "stage,-amount" as its keys. */
export function keysOfSort(sort: string): readonly SortKey[] {
  return sort.split(",").map((text) => ({ key: text.replace(/^-/, ""), isDescending: text.startsWith("-") }));
}

export function sortOfKeys(keys: readonly SortKey[]): string {
  return keys.map(({ key, isDescending }) => `${isDescending ? "-" : ""}${key}`).join(",");
}
