import type { QueueItem as Contract } from "@rainmaker/contracts/revenue/payments";
import type * as z from "zod/mini";

export type QueueItem = z.output<typeof Contract>;

type Place = { readonly payment: Pick<QueueItem["payment"], "id">; readonly barred: QueueItem["barred"] };

/** The item to start with: the oldest one this person may decide, else the oldest. */
export function firstOf<Item extends Place>(items: readonly Item[]): Item | undefined {
  return items.find(({ barred }) => barred === null) ?? items[0];
}

/** The next or previous item this person may decide; undefined where there is none in that direction. */
export function neighbourOf<Item extends Place>(
  items: readonly Item[],
  currentId: string | undefined,
  by: 1 | -1,
): Item | undefined {
  const at = items.findIndex(({ payment }) => payment.id === currentId);
  if (at === -1) return firstOf(items);
  const ahead = by === 1 ? items.slice(at + 1) : items.slice(0, at).toReversed();
  return ahead.find(({ barred }) => barred === null);
}

/** Where to go when an item has been decided: on, else to what was left behind. */
export function afterDeciding<Item extends Place>(items: readonly Item[], decidedId: string): Item | undefined {
  return neighbourOf(items, decidedId, 1) ?? neighbourOf(items, decidedId, -1);
}
