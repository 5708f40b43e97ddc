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

/** Cells put right, by line of the file and then by column. */
export type Fixes = NonNullable<ImportMapping["fixes"]>;

/** Puts a cell right for the run; what the file says takes the correction back. */
export function withFix(fixes: Fixes, row: number, column: number, text: string, inFile: string): Fixes {
  const { [String(column)]: _before, ...others } = fixes[row] ?? {};
  const cells = text === inFile ? others : { ...others, [column]: text };
  const { [String(row)]: _row, ...rows } = fixes;
  return Object.keys(cells).length === 0 ? rows : { ...rows, [row]: cells };
}

/** How many cells differ between two states of the corrections. */
export function changedFixes(before: Fixes, after: Fixes): number {
  const cellsOf = (fixes: Fixes): Map<string, string> =>
    new Map(
      Object.entries(fixes).flatMap(([row, cells]) =>
        Object.entries(cells).map(([column, text]) => [`${row} ${column}`, text] as const),
      ),
    );
  const [old, now] = [cellsOf(before), cellsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].filter((key) => old.get(key) !== now.get(key)).length;
}

/** Columns worth showing: those with something wrong, filled up with the first that are imported, in the file's order. */
export function shownColumns(
  { columns }: ImportMapping,
  wrongFields: ReadonlySet<string>,
  most: number,
): readonly { readonly index: number; readonly field: string }[] {
  const mapped = columns.flatMap(({ index, field }) => (field === null ? [] : [{ index, field }]));
  const first = mapped.toSorted((a, b) => Number(wrongFields.has(b.field)) - Number(wrongFields.has(a.field)));
  return first.slice(0, most).toSorted((a, b) => a.index - b.index);
}
