import type { Replaced } from "#modules/records";

/** What became of a record that values were written over. */
export type WrittenValues = {
  readonly id: string;
  readonly version: number;
  /** What was replaced; null where everything was like that already. */
  readonly before: Replaced | null;
};

export type VersionedId = { readonly id: string; readonly version: number };

/** A record that was taken away or brought back, at the version it has now. */
export type MovedRecord = VersionedId & {
  /** What bringing it back takes, where it is not kept in a trash. */
  readonly before?: Replaced | null;
};
