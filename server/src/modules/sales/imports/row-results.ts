import type { Replaced, RowPlan, RowResult } from "#modules/records";
import type { WrittenValues } from "./written.ts";

type Placed = { readonly place: number; readonly id: string };

/** What became of rows that were planned to be created or updated; an update that found nothing to write on is skipped. */
export function resultsOf(
  created: readonly (Placed & { readonly before?: Replaced })[],
  updated: readonly Placed[],
  written: readonly WrittenValues[],
): RowResult[] {
  const byId = new Map(written.map((one) => [one.id, one]));
  return [
    ...created.map(({ place, id, before = null }): RowResult => ({
      row: place,
      state: "created",
      recordId: id,
      recordVersion: 1,
      fault: null,
      before,
    })),
    ...updated.map(({ place, id }): RowResult => {
      const one = byId.get(id);
      const state = one === undefined ? "skipped" : "updated";
      return {
        row: place,
        state,
        recordId: id,
        recordVersion: one?.version ?? null,
        fault: null,
        before: one?.before ?? null,
      };
    }),
  ];
}

type Planned<Data> = {
  readonly place: number;
  readonly data: Data;
  /** Only what is empty is written. */
  readonly isFilling: boolean;
};

export function plannedCreates<Data>(plans: readonly RowPlan[]): Planned<Data>[] {
  return planned(plans, ({ verdict }) => verdict === "create");
}

/** Rows that are written over a record, all of it or only what is empty there. */
export function plannedUpdates<Data>(plans: readonly RowPlan[]): Planned<Data>[] {
  return planned(plans, ({ verdict }) => verdict === "update" || verdict === "fill");
}

function planned<Data>(plans: readonly RowPlan[], isMeant: (plan: RowPlan) => boolean): Planned<Data>[] {
  return plans
    .filter(isMeant)
    .map(({ row, data, verdict }) => ({ place: row, data: data as Data, isFilling: verdict === "fill" }));
}

/** Records whose values changed, for who is told. */
export function changedIds(written: readonly WrittenValues[]): string[] {
  return written.filter(({ before }) => before !== null).map(({ id }) => id);
}
