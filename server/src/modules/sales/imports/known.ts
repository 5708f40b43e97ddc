import type { RowFault } from "#modules/records";

/** A record of the organization that a row of a file is already. */
export type Known = { readonly id: string; readonly ownerId: string | null };

/** Why a row may not be written over the record it is already: it takes the right that changing it by hand takes. */
export function beyondReach(
  entity: "customer" | "opportunity",
  { ownerId }: Known,
  editable: ReadonlySet<string> | "all",
): RowFault | null {
  if (editable === "all" || (ownerId !== null && editable.has(ownerId))) return null;
  const message = `This ${entity} is here already and belongs to somebody whose records you may not change`;
  return { field: "externalId", code: `${entity}_beyond_reach`, message };
}
