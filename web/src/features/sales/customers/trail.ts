import type { CustomerId } from "@rainmaker/contracts/ids";
import { createStore, useStore } from "#lib/store";

type Trail = {
  readonly ids: readonly CustomerId[];
  /** How many the list has altogether; undefined while that is not known. */
  readonly count: number | undefined;
};

/** The list a customer was opened from, for going on to the next one. Gone with the page, like the list's own place. */
const trail = createStore<Trail>({ ids: [], count: undefined });

export function leaveTrail(ids: readonly CustomerId[], count: number | undefined): void {
  trail.set({ ids, count });
}

/** Where a customer stands in the list it was opened from, or null. */
export function useTrail(customerId: CustomerId): (Trail & { readonly index: number }) | null {
  const { ids, count } = useStore(trail);
  const index = ids.indexOf(customerId);
  return index === -1 ? null : { ids, count, index };
}
