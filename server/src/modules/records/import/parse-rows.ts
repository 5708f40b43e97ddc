import type { ImportOptions } from "@rainmaker/contracts/records/imports";
import {
  clearing,
  isFault,
  readCurrency,
  readDate,
  readEmail,
  readMoney,
  readText,
  type CellFault,
  type CellStyle,
  type CellValue,
} from "./cells.ts";
import type { Import, ImportField } from "./import.ts";
import type { ParsedRow, RowFault, ValueCount } from "./importer.ts";

/** Which field each column of a file fills, and how its cells are read. */
export type Reading = {
  readonly columns: readonly { readonly index: number; readonly field: ImportField }[];
  readonly style: CellStyle;
  /** Cells that were put right for this run, by line and column. */
  readonly fixes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly emptyClears: boolean;
  /** Fields that no column fills, with the same text in every row. */
  readonly defaults: readonly { readonly field: ImportField; readonly text: string }[];
};

export function readingOf(
  { mapping }: Pick<Import, "mapping">,
  fields: readonly ImportField[],
  currency: string,
): Reading {
  const byName = new Map(fields.map((field) => [field.name, field]));
  const columns = mapping.columns.flatMap(({ index, field: name }) => {
    const field = name === null ? undefined : byName.get(name);
    return field === undefined ? [] : [{ index, field }];
  });
  const { options, fixes = {} } = mapping;
  const filled = new Set(columns.map(({ field }) => field.name));
  const defaults = Object.entries(options.defaults ?? {}).flatMap(([name, text]) => {
    const field = byName.get(name);
    return field === undefined || filled.has(name) ? [] : [{ field, text }];
  });
  return { columns, style: styleOf(options, currency), fixes, emptyClears: options.emptyClears === true, defaults };
}

function styleOf({ currency: chosen, decimalMark = ".", dateOrder }: ImportOptions, currency: string): CellStyle {
  return { decimalMark, dateOrder, currency: chosen ?? currency };
}

/** Reads a row's cells as what their columns are. @returns the values, and a fault for each cell that cannot be read */
export function parseRow(
  { row, cells }: { readonly row: number; readonly cells: readonly string[] },
  { columns, style, fixes, emptyClears, defaults }: Reading,
): { parsed: ParsedRow; faults: RowFault[] } {
  const faults: RowFault[] = [];
  const values = new Map<string, CellValue>();
  const cleared = new Set<string>();
  const cellOf = (index: number): string => fixes[row]?.[index] ?? cells[index] ?? "";
  // An amount has as many decimals as its currency.
  const own = currencyOf(columns, cellOf);
  const rowStyle = own === null ? style : { ...style, currency: own };
  const texts = [...columns.map(({ index, field }) => ({ field, text: cellOf(index) })), ...defaults];
  for (const { field, text: cell } of texts) {
    const value = readCell(cell, field, rowStyle);
    if (isFault(value)) faults.push({ field: field.name, ...value });
    else values.set(field.name, value);
    if (value === null && (emptyClears || cell.trim() === clearing)) cleared.add(field.name);
  }
  return { parsed: { row, values, cleared }, faults };
}

function currencyOf(columns: Reading["columns"], cellOf: (index: number) => string): string | null {
  const column = columns.find(({ field }) => field.kind === "currency");
  const value = column === undefined ? null : readCurrency(cellOf(column.index));
  return typeof value === "string" ? value : null;
}

function readCell(text: string, field: ImportField, style: CellStyle): CellValue | CellFault {
  switch (field.kind) {
    case "money":
      return readMoney(text, style);
    case "currency":
      return readCurrency(text);
    case "date":
      return readDate(text, style);
    case "email":
      return readEmail(text);
    case "text":
    case "relation":
      return readText(text, field.maxLength ?? 200);
  }
}

/** Counts the values of relations' columns, so that each is looked up once. */
export class ValueCounter {
  readonly #counts = new Map<string, Map<string, number>>();
  readonly #fields: readonly string[];

  constructor(fields: readonly ImportField[]) {
    this.#fields = fields.filter(({ kind }) => kind === "relation").map(({ name }) => name);
  }

  add({ values }: ParsedRow): void {
    for (const field of this.#fields) {
      const value = values.get(field);
      if (typeof value !== "string") continue;
      const counts = this.#counts.get(field) ?? new Map<string, number>();
      counts.set(value, (counts.get(value) ?? 0) + 1);
      this.#counts.set(field, counts);
    }
  }

  all(): ValueCount[] {
    return [...this.#counts].flatMap(([field, counts]) => [...counts].map(([value, rows]) => ({ field, value, rows })));
  }
}
