import type { Import, ImportMapping } from "@rainmaker/contracts/records/imports";

type Field = Import["fields"][number];
type Column = Import["columns"][number];

/** The field a column fills, or null where it is left out. */
export function fieldOf({ columns }: ImportMapping, index: number): string | null {
  return columns.find((column) => column.index === index)?.field ?? null;
}

/** Lets a column fill a field. A field is filled by one column: the one that had it is left out then. */
export function assignField(mapping: ImportMapping, index: number, field: string | null): ImportMapping {
  const others = mapping.columns
    .filter((column) => column.index !== index)
    .map((column) => (field !== null && column.field === field ? { ...column, field: null } : column));
  return { ...mapping, columns: [...others, { index, field }].toSorted((a, b) => a.index - b.index) };
}

/** Required fields that no column fills. */
export function missingFields(fields: readonly Field[], mapping: ImportMapping): readonly Field[] {
  const filled = new Set(mapping.columns.map(({ field }) => field));
  return fields.filter(({ name, required }) => required && !filled.has(name));
}

export function matchedCount({ columns }: ImportMapping): number {
  return columns.filter(({ field }) => field !== null).length;
}

/** Columns that fill fields of a kind. */
export function columnsOfKind(
  imported: Pick<Import, "fields" | "columns">,
  mapping: ImportMapping,
  kind: string,
): readonly Column[] {
  const names = new Set(imported.fields.filter((field) => field.kind === kind).map(({ name }) => name));
  return imported.columns.filter(({ index }) => names.has(fieldOf(mapping, index) ?? ""));
}

/** Samples of dates that say neither by themselves nor by their order which number is the day. */
export function openDates(columns: readonly Column[]): readonly string[] {
  const parts = /^\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}\b/;
  return columns.flatMap(({ samples }) => samples).filter((sample) => parts.test(sample));
}

/** Chooses what a value of the file stands for. */
export function chooseValue(mapping: ImportMapping, field: string, value: string, target: string): ImportMapping {
  const values = mapping.options.values ?? {};
  return {
    ...mapping,
    options: { ...mapping.options, values: { ...values, [field]: { ...values[field], [value]: target } } },
  };
}

/** The column that fills a field, or null. */
export function columnOf({ columns }: ImportMapping, field: string): number | null {
  return columns.find((column) => column.field === field)?.index ?? null;
}
