import type {
  Import as Wire,
  ImportCounts,
  ImportMapping,
  ImportableEntity,
} from "@rainmaker/contracts/records/imports";
import { Refusal } from "#platform/errors";

/** Rows that are written in one transaction: a killed worker goes on with the next of them. */
export const chunkRows = 5000;
/** How long an import can be undone. */
export const undoDays = 30;
/** The largest file, in bytes. */
export const mostBytes = 200_000_000;

export type ImportStatus = Wire["status"];

export type Import = {
  readonly id: string;
  /** Whose import it is: rows are written with this member's rights. */
  readonly ownerId: string;
  readonly entity: ImportableEntity;
  readonly status: ImportStatus;
  readonly fileName: string;
  readonly storageKey: string;
  readonly encoding: string;
  readonly delimiter: string;
  readonly columns: readonly Column[];
  readonly mapping: ImportMapping;
  readonly stagedAt: string | null;
  readonly finishedAt: string | null;
  readonly version: number;
  /** Rows that were written so far. */
  readonly doneRows: number;
};

export type Column = { readonly index: number; readonly header: string; readonly samples: readonly string[] };

/** What a column can be for. */
export type ImportField = {
  readonly name: string;
  readonly label: string;
  readonly kind: "text" | "email" | "money" | "date" | "currency" | "relation";
  readonly required: boolean;
  /** Headers that mean this field, as other systems write them; compared in letters and digits only. */
  readonly synonyms: readonly string[];
  readonly maxLength?: number;
};

/** Says of a row that it waits for a decision. */
export const needsReview = "needs_review";

export const noCounts: ImportCounts = { read: 0, created: 0, updated: 0, skipped: 0, failed: 0 };

type Transition = "map" | "preview" | "run" | "undo" | "redo" | "review";

const allowed: Record<Transition, readonly ImportStatus[]> = {
  map: ["draft", "previewed"],
  preview: ["draft", "previewed"],
  run: ["draft", "previewed"],
  undo: ["finished", "failed"],
  redo: ["undone"],
  review: ["finished", "failed"],
};

const refusals: Record<Transition, string> = {
  map: "It was started already; upload the file again to match it differently",
  preview: "It was started already",
  run: "It was started already",
  undo: "Only an import that has ended can be undone",
  redo: "Only an import that was undone can be done again",
  review: "Rows are decided about once the import has ended",
};

/** @throws Refusal 409 where the import is past that step */
export function requireStep(step: Transition, { status }: Pick<Import, "status">): void {
  if (!allowed[step].includes(status)) throw new Refusal("conflict", "invalid_transition", refusals[step]);
}

export function undoUntil(finishedAt: string | null): string | null {
  return finishedAt === null ? null : new Date(Date.parse(finishedAt) + undoDays * 86_400_000).toISOString();
}

/** @throws Refusal 409 after the time to undo is over */
export function requireUndoTime({ finishedAt }: Pick<Import, "finishedAt">, now: Date): void {
  const until = undoUntil(finishedAt);
  if (until !== null && Date.parse(until) < now.getTime()) {
    throw new Refusal("conflict", "undo_expired", `An import can be undone for ${undoDays} days`);
  }
}

/** Letters and digits only, in lower case: "Close Date" and "close_date" are one header. */
export function headerKey(header: string): string {
  return header.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/** The headers of a file in one line: files of one source have the same, whatever the order of their columns. */
export function headersKey(columns: readonly Column[]): string {
  return columns
    .map(({ header }) => headerKey(header))
    .toSorted()
    .join("|");
}

/** The matching of an earlier file with the same headers, for the columns where this one has them. */
export function mappingAsBefore(columns: readonly Column[], before: Earlier): ImportMapping {
  const byHeader = new Map(
    before.mapping.columns.map(({ index, field }) => [headerKey(before.columns[index]?.header ?? ""), field]),
  );
  const taken = new Set<string>();
  const matched = columns.map(({ index, header }) => {
    const field = byHeader.get(headerKey(header)) ?? null;
    if (field === null || taken.has(field)) return { index, field: null };
    taken.add(field);
    return { index, field };
  });
  return { columns: matched, options: { ...before.mapping.options, openDeals: false } };
}

export type Earlier = {
  readonly id: string;
  readonly columns: readonly Column[];
  readonly mapping: ImportMapping;
};

/**
 * Proposes a field for each column by its header. A field is filled by one column: the one whose header is the surest
 * name for it, so that "Stage" goes before "Status" wherever they stand.
 * @param nouns what other systems call the records, which some write before each header: "Deal - Title"
 */
export function proposeMapping(
  columns: readonly Column[],
  fields: readonly ImportField[],
  nouns: readonly string[],
): ImportMapping["columns"] {
  const prefix = new RegExp(`^(?:${nouns.join("|")}) - `, "i");
  const keys = columns.map(({ header }) => headerKey(header.replace(prefix, "")));
  const byPlace = new Map<number, string>();
  for (const { name, label, synonyms } of fields) {
    const place = [label, name, ...synonyms]
      .map((text) => keys.findIndex((key, at) => key === headerKey(text) && !byPlace.has(at)))
      .find((at) => at >= 0);
    if (place !== undefined) byPlace.set(place, name);
  }
  return columns.map(({ index }, place) => ({ index, field: byPlace.get(place) ?? null }));
}

/** @throws Refusal 422 that names the column or option */
export function checkMapping(mapping: ImportMapping, columns: readonly Column[], fields: readonly ImportField[]): void {
  const known = new Set(fields.map(({ name }) => name));
  const taken = new Set<string>();
  for (const [place, { index, field }] of mapping.columns.entries()) {
    if (index >= columns.length)
      throw invalid(`columns.${place}.index`, "column_unknown", "The file has no such column");
    if (field === null) continue;
    if (!known.has(field)) throw invalid(`columns.${place}.field`, "field_unknown", `There is no field ${field}`);
    if (taken.has(field)) throw invalid(`columns.${place}.field`, "field_twice", `Two columns fill ${field}`);
    taken.add(field);
  }
}

/** @throws Refusal 422 for a value given to a field there is not */
export function checkDefaults({ options }: ImportMapping, fields: readonly ImportField[]): void {
  const unknown = Object.keys(options.defaults ?? {}).find((name) => !fields.some((field) => field.name === name));
  if (unknown !== undefined) {
    throw invalid(`options.defaults.${unknown}`, "field_unknown", `There is no field ${unknown}`);
  }
}

function invalid(path: string, code: string, message: string): Refusal {
  return new Refusal("invalid", "invalid_request", message, { errors: [{ path, code, message }] });
}
