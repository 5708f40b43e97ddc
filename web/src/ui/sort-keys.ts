import { keysOfSort, mostSortKeys, sortOfKeys } from "@rainmaker/contracts/records/sorts";

/**
 * The order after a click on a head: this key alone, or with Shift beside the others. A key that stands turns round.
 * @param sort as contracts write it: "stage,-amount"
 */
export function sortAfterClick(sort: string | undefined, key: string, isAdding: boolean): string {
  const keys = sort === undefined ? [] : keysOfSort(sort);
  const before = keys.find((one) => one.key === key);
  const clicked = { key, isDescending: before === undefined ? false : !before.isDescending };
  if (!isAdding) return sortOfKeys([keys.length > 1 && before !== undefined ? before : clicked]);
  if (before !== undefined) return sortOfKeys(keys.map((one) => (one.key === key ? clicked : one)));
  return sortOfKeys([...keys.slice(0, mostSortKeys - 1), clicked]);
}

export type Sorted = {
  readonly isDescending: boolean;
  /** From 1; null where it is the only key. */
  readonly place: number | null;
};

/** How a column takes part in the order; undefined where it does not. */
export function sortedBy(sort: string | undefined, key: string): Sorted | undefined {
  const keys = sort === undefined ? [] : keysOfSort(sort);
  const index = keys.findIndex((one) => one.key === key);
  const found = keys[index];
  if (found === undefined) return undefined;
  return { isDescending: found.isDescending, place: keys.length > 1 ? index + 1 : null };
}
