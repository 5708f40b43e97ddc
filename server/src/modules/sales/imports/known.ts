import type { ImportableEntity, ImportOptions } from "@rainmaker/contracts/records/imports";
import type { RowFault, RowPlan, Seen } from "#modules/records";

/** A record of the organization that a row of a file is already. */
export type Known = {
  readonly id: string;
  readonly ownerId: string | null;
  /** What it is called, for an error that lists several. */
  readonly label?: string;
};

/** Members whose records the importer may change. */
export type Editable = ReadonlySet<string> | "all";

type Match = {
  /** Records the row's keys point at. */
  readonly found: readonly Known[];
  /** The line that says it already. */
  readonly repeats: number | undefined;
};

type Verdict = Pick<RowPlan, "verdict" | "faults" | "repeats" | "recordId">;

/** What becomes of a row that can be read: made, written over what is here, left out, put aside, or refused. */
export function verdictFor(
  entity: ImportableEntity,
  { found, repeats }: Match,
  { onDuplicate = "skip" }: ImportOptions,
  editable: Editable,
): Verdict {
  if (repeats !== undefined) return { verdict: "skip", faults: [], repeats };
  const [existing, ...others] = found;
  if (existing === undefined) return { verdict: "create", faults: [] };
  if (others.length > 0) return { verdict: "fail", faults: [ambiguous(entity, found, editable)] };
  if (onDuplicate === "skip") return { verdict: "skip", faults: [], recordId: existing.id };
  const fault = beyondReach(entity, existing, editable);
  return fault === null
    ? { verdict: onDuplicate, faults: [], recordId: existing.id }
    : { verdict: "fail", faults: [fault] };
}

/** The line in which one of these keys stood before, if any; they are remembered for the lines to come. */
export function lineSeen(seen: Seen, keys: readonly string[], line: number): number | undefined {
  const before = keys.map((key) => seen.get(key)).find((one) => one !== undefined);
  for (const key of keys) if (!seen.has(key)) seen.set(key, before ?? line);
  return before;
}

/** Several are never guessed between. Of records of others no more is said than that they are there. */
function ambiguous(entity: ImportableEntity, found: readonly Known[], editable: Editable): RowFault {
  const names = found.flatMap(({ ownerId, label }) =>
    label !== undefined && mayEdit(ownerId, editable) ? [label] : [],
  );
  const listed = names.length === found.length ? `: ${names.join(", ")}` : "";
  return {
    field: "externalId",
    code: `${entity}_ambiguous`,
    message: `${found.length} records may be meant${listed}`,
  };
}

/** Writing over a record takes the right that changing it by hand takes. */
function beyondReach(entity: ImportableEntity, { ownerId }: Known, editable: Editable): RowFault | null {
  if (mayEdit(ownerId, editable)) return null;
  const message = `This ${entity} is here already and belongs to somebody whose records you may not change`;
  return { field: "externalId", code: `${entity}_beyond_reach`, message };
}

function mayEdit(ownerId: string | null, editable: Editable): boolean {
  return editable === "all" || (ownerId !== null && editable.has(ownerId));
}
