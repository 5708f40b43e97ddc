import { createStore, useStore } from "./store.ts";

type Visited<Id> = {
  readonly ids: readonly Id[];
  /** How many the list has altogether; undefined while that is not known. */
  readonly count: number | undefined;
};

type Trail<Id> = {
  /** Said by a list: what it shows, in its order. */
  readonly leave: (ids: readonly Id[], count: number | undefined) => void;
  /** Where a record stands in the list it was opened from, or null. */
  readonly usePlace: (id: Id) => (Visited<Id> & { readonly index: number }) | null;
};

/** The list a record was opened from, for going on to the next one. Gone with the page, like the list's own place. */
export function createTrail<Id extends string>(): Trail<Id> {
  const trail = createStore<Visited<Id>>({ ids: [], count: undefined });
  return {
    leave: (ids, count) => trail.set({ ids, count }),
    usePlace: (id) => {
      const { ids, count } = useStore(trail);
      const index = ids.indexOf(id);
      return index === -1 ? null : { ids, count, index };
    },
  };
}
