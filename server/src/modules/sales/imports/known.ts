import type { ImportableEntity, ImportOptions } from "@rainmaker/contracts/records/imports";
import type { RowFault, RowPlan } from "#modules/records";

/** A record of the organization that a row of a file is already. */
export type Known = { readonly id: string; readonly ownerId: string | null };

/** Members whose records the importer may change. */
export type Editable = ReadonlySet<string> | "all";

/** What becomes of a row that can be read: made, written over what is here, left out, or refused. */
export function verdictFor(
  entity: ImportableEntity,
  { existing, isRepeated }: { readonly existing: Known | null; readonly isRepeated: boolean },
  { onDuplicate = "skip" }: ImportOptions,
  editable: Editable,
): Pick<RowPlan, "verdict" | "faults"> {
  if (isRepeated) return { verdict: "skip", faults: [] };
  if (existing === null) return { verdict: "create", faults: [] };
  if (onDuplicate === "skip") return { verdict: "skip", faults: [] };
  const fault = beyondReach(entity, existing, editable);
  return fault === null ? { verdict: "update", faults: [] } : { verdict: "fail", faults: [fault] };
}

/** Writing over a record takes the right that changing it by hand takes. */
function beyondReach(entity: ImportableEntity, { ownerId }: Known, editable: Editable): RowFault | null {
  if (editable === "all" || (ownerId !== null && editable.has(ownerId))) return null;
  const message = `This ${entity} is here already and belongs to somebody whose records you may not change`;
  return { field: "externalId", code: `${entity}_beyond_reach`, message };
}
