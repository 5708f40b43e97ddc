import { parseAmount, toDecimal } from "@rainmaker/contracts/money";
import { customName } from "@rainmaker/contracts/records/custom-types";
import { clearing, isFault, readDate, readMoney, type CellFault, type CellStyle } from "../import/cells.ts";
import type { ImportField } from "../import/import.ts";
import type { ParsedRow, RowFault, RowPlan, Seen } from "../import/importer.ts";
import { missingIn, noCustom, withDefaults, withInput, type CustomDocument } from "./custom-document.ts";
import type { CustomField } from "./custom-field.ts";

/** What a file says of a record's custom fields. */
export type CustomPart = {
  readonly document: CustomDocument;
  /** Fields that the row empties. */
  readonly cleared: readonly string[];
};

/** A plan of the module's importer, with what the custom fields of its row come to. */
export type PlannedWith = { readonly inner: unknown; readonly custom: CustomPart };

/** The field as a column of a file; its cells are read as text and by their kind afterwards. */
export function importFieldOf(field: CustomField): ImportField {
  const { key, label } = field;
  return { name: customName(key), label, kind: "text", required: false, synonyms: [key], maxLength: 10_000 };
}

const notInFiles: ReadonlySet<CustomField["type"]> = new Set(["auto_number", "user", "relation"]);

/** Fields a file can fill: not numbers that are given, nor people and records, whose names may be several'. */
export function importable(fields: readonly CustomField[]): readonly CustomField[] {
  return fields.filter(({ type }) => !notInFiles.has(type));
}

const yes: ReadonlySet<string> = new Set(["yes", "y", "true", "1", "x", "ja", "oui", "si", "sí"]);
const no: ReadonlySet<string> = new Set(["no", "n", "false", "0", "nein", "non"]);

type Input = string | number | boolean | readonly string[] | { readonly amount: string; readonly currency: string };

/** A cell as the API would be given it. What is no value of the kind goes on as text, which the field refuses. */
export function inputOf({ type, options, settings }: CustomField, text: string, style: CellStyle): Input | CellFault {
  switch (type) {
    case "number":
    case "percent":
      return numberOf(text, style);
    case "money":
      return moneyOf(text, settings.currency ?? style.currency, style);
    case "date":
      return (readDate(text, style) as string | CellFault | null) ?? text;
    case "boolean":
      return yes.has(text.toLowerCase()) ? true : no.has(text.toLowerCase()) ? false : text;
    case "select":
      return keyOf(options, text);
    case "multi_select":
      return text.split(/[,;|]/).flatMap((one) => (one.trim() === "" ? [] : keyOf(options, one.trim())));
    default:
      return text;
  }
}

function numberOf(text: string, { decimalMark }: CellStyle): number | string {
  const bare = text.replaceAll(/[\s\u00A0\u202F'%]/g, "").replaceAll(decimalMark === "." ? "," : ".", "");
  const number = Number(bare.replace(decimalMark, "."));
  return bare === "" || !Number.isFinite(number) ? text : number;
}

function moneyOf(text: string, currency: string, style: CellStyle): Input | CellFault {
  // "12.50 EUR", as files of the product itself say it.
  const own = /^(.*\d)\s*([A-Z]{3})$/.exec(text.trim());
  const minor = readMoney(own?.[1] ?? text, { ...style, currency });
  if (isFault(minor)) return minor;
  const amount = toDecimal(BigInt(minor ?? 0), currency);
  return typeof parseAmount(amount, currency) === "string" ? text : { amount, currency: own?.[2] ?? currency };
}

/** By key or by label, whatever its case. */
function keyOf(options: CustomField["options"], text: string): string {
  const wanted = text.toLowerCase();
  return options.find(({ key, label }) => key === wanted || label.toLowerCase() === wanted)?.key ?? text;
}

/** Takes the custom fields out of a row. @returns the rest of it, and what they come to */
export function customPartOf(
  fields: readonly CustomField[],
  row: ParsedRow,
  style: CellStyle,
): { readonly rest: ParsedRow; readonly custom: CustomPart; readonly faults: readonly RowFault[] } {
  const rest = new Map(row.values);
  const inputs: Record<string, Input> = {};
  const faults: RowFault[] = [];
  for (const field of fields) {
    const name = customName(field.key);
    const text = row.values.get(name);
    rest.delete(name);
    if (typeof text !== "string" || text.trim() === clearing) continue;
    const input = inputOf(field, text, style);
    if (isFault(input)) faults.push({ field: name, ...input });
    else inputs[field.key] = input;
  }
  const read = withInput(fields, noCustom, inputs as never);
  const wrong = read.faults.map(({ path, code, message }) => ({ field: path, code, message }));
  const cleared = fields.filter(({ key }) => row.cleared.has(customName(key))).map(({ id }) => id);
  return { rest: { ...row, values: rest }, custom: { document: read.after, cleared }, faults: [...faults, ...wrong] };
}

/** The plan of a row with its custom fields: a new record gets defaults, and needs what always has to be filled. */
export function planWith(fields: readonly CustomField[], plan: RowPlan, custom: CustomPart): RowPlan {
  if (plan.verdict !== "create") return { ...plan, data: { inner: plan.data, custom } satisfies PlannedWith };
  const document = withDefaults(fields, {}, custom.document);
  const missing = missingIn(fields, document, new Set());
  if (missing.length > 0) {
    const faults = missing.map(({ path, code, message }) => ({ field: path, code, message }));
    return { ...plan, verdict: "fail", faults, data: null };
  }
  return { ...plan, data: { inner: plan.data, custom: { ...custom, document } } satisfies PlannedWith };
}

/** The unique values a row brings, as they are compared; a value that an earlier row of the file has is a fault. */
export function uniqueFault(
  fields: readonly CustomField[],
  { document }: CustomPart,
  row: number,
  seen: Seen,
): RowFault | null {
  for (const { id, key, label, isUnique } of fields) {
    const value = document[id];
    if (!isUnique || value === undefined) continue;
    const said = `custom ${id} ${JSON.stringify(value).toLowerCase()}`;
    const earlier = seen.get(said);
    if (earlier !== undefined && earlier !== row) {
      return { field: customName(key), code: "value_taken", message: `Row ${earlier} has this ${label}` };
    }
    seen.set(said, row);
  }
  return null;
}
