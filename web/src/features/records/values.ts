import type { ValueProposal } from "@rainmaker/contracts/records/imports";
import type * as z from "zod/mini";

type Value = z.output<typeof ValueProposal>;

export type Proposal = Value & {
  /** Another spelling in the file, with which it becomes one new record; the commoner one names it. */
  readonly sameAs: string | null;
};

export type ValueGroup = {
  readonly field: string;
  readonly proposals: readonly Proposal[];
  /** Rows that have a value. */
  readonly rows: number;
  readonly counts: Readonly<Record<Value["verdict"], number>>;
};

/** Values by field, doubtful ones first; new values that differ in spaces or punctuation only are told of each other. */
export function groupValues(values: readonly Value[]): readonly ValueGroup[] {
  const groups = [...Map.groupBy(values, ({ field }) => field)].map(([field, own]) => {
    const spellings = Map.groupBy(
      own.filter(({ verdict }) => verdict === "new"),
      ({ value }) => spellingKey(value),
    );
    const proposals = own.map((value) => ({ ...value, sameAs: otherSpelling(value, spellings) }));
    const count = (verdict: Value["verdict"]): number => own.filter((value) => value.verdict === verdict).length;
    return {
      field,
      rows: own.reduce((sum, { rows }) => sum + rows, 0),
      proposals: proposals.toSorted((a, b) => urgency(b) - urgency(a) || b.rows - a.rows),
      counts: {
        matched: count("matched"),
        similar: count("similar"),
        new: count("new"),
        ambiguous: count("ambiguous"),
      },
    };
  });
  return groups.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** A wrong stage changes what a row means; a wrong product least. */
const fieldOrder = ["stage", "owner", "customer", "product"];

function placeOf({ field }: ValueGroup): number {
  const place = fieldOrder.indexOf(field);
  return place === -1 ? fieldOrder.length : place;
}

/** As the server compares names: letters and digits only, without case. */
function spellingKey(value: string): string {
  return value.toLowerCase().replaceAll(/[^\p{L}\p{Nd}]/gu, "");
}

function otherSpelling({ verdict, value }: Value, spellings: ReadonlyMap<string, readonly Value[]>): string | null {
  if (verdict !== "new") return null;
  return spellings.get(spellingKey(value))?.find((other) => other.value !== value)?.value ?? null;
}

function urgency({ verdict, sameAs }: Proposal): number {
  const doubt = { ambiguous: 4, similar: 3, new: 1, matched: 0 }[verdict];
  return sameAs === null ? doubt : 2;
}
