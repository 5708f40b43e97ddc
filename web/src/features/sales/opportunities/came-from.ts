import type { OpportunityId } from "@rainmaker/contracts/ids";
import { createStore, useStore } from "#lib/store";

/** The list somebody opened a record from, so that the record can lead to the next one. */
type CameFrom = { readonly ids: readonly OpportunityId[]; readonly href: string };

const cameFrom = createStore<CameFrom>({ ids: [], href: "/pipeline" });

export function comeFrom(ids: readonly OpportunityId[]): void {
  cameFrom.set({ ids, href: `${location.pathname}${location.search}` });
}

export function useCameFrom(): CameFrom {
  return useStore(cameFrom);
}
