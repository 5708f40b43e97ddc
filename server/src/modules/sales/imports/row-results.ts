import type { RowPlan, RowResult } from "#modules/records";

type Placed = { readonly place: number; readonly id: string };

/** What became of rows that were planned to be created or updated; an update that found nothing to change is skipped. */
export function resultsOf(
  created: readonly Placed[],
  updated: readonly Placed[],
  versions: ReadonlyMap<string, number>,
): RowResult[] {
  return [
    ...created.map(({ place, id }): RowResult => ({
      row: place,
      state: "created",
      recordId: id,
      recordVersion: 1,
      fault: null,
    })),
    ...updated.map(({ place, id }): RowResult => {
      const recordVersion = versions.get(id) ?? null;
      const state = recordVersion === null ? "skipped" : "updated";
      return { row: place, state, recordId: id, recordVersion, fault: null };
    }),
  ];
}

/** The planned rows of a verdict with their importer's data. */
export function plannedAs<Data>(
  plans: readonly RowPlan[],
  verdict: RowPlan["verdict"],
): { readonly place: number; readonly data: Data }[] {
  return plans.filter((plan) => plan.verdict === verdict).map(({ row, data }) => ({ place: row, data: data as Data }));
}
