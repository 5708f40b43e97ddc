import { Refusal } from "./errors.ts";

export const defaultLimit = 50;

/** Page size of a list: what the contract's pattern let through, 50 unless given. */
export function limitOf(text: string | undefined): number {
  return text === undefined ? defaultLimit : Number(text);
}

type Kind = "text" | "number" | "nullable";

/** Where the next page starts, as an opaque word: the sort values of the last row. */
export function cursorOf(values: readonly (string | number | bigint | null)[]): string {
  return Buffer.from(
    JSON.stringify(values.map((value) => (typeof value === "bigint" ? String(value) : value))),
  ).toString("base64url");
}

/**
 * Reads a cursor back. Null for the first page.
 * @throws Refusal 400 where it was not made by the same list in the same order
 */
export function readCursor(cursor: string | undefined, kinds: readonly Kind[]): (string | null)[] | null {
  if (cursor === undefined) return null;
  const values = parse(cursor);
  if (
    !Array.isArray(values) ||
    values.length !== kinds.length ||
    !values.every((value, index) => fits(value, kinds[index]))
  ) {
    throw new Refusal(
      "unreadable",
      "cursor_not_readable",
      "This cursor belongs to another list or another order; start from the first page",
    );
  }
  return values.map((value) => (value === null ? null : String(value)));
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}

function fits(value: unknown, kind: Kind | undefined): boolean {
  if (value === null) return kind === "nullable";
  return typeof value === "string" || (typeof value === "number" && Number.isFinite(value));
}
