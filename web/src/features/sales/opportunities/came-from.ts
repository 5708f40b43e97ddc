import type { OpportunityId } from "@rainmaker/contracts/ids";
import { createStore, useStore } from "#lib/store";

const cameFrom = createStore<readonly OpportunityId[]>([]);

/** Remembers the list a record is opened from, in its order, so that the record can lead to the next one. */
export function comeFrom(ids: readonly OpportunityId[]): void {
  cameFrom.set(ids);
}

export function useCameFrom(): readonly OpportunityId[] {
  return useStore(cameFrom);
}
