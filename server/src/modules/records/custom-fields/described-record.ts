import type { CustomValue } from "@rainmaker/contracts/records/custom-values";
import { customName, type CustomType } from "@rainmaker/contracts/records/custom-types";
import type { FilterField, FilterKind, RecordDefinition, SortDefinition } from "../lists/record.ts";
import type { CustomField } from "./custom-field.ts";

const kinds: Readonly<Record<CustomType, FilterKind>> = {
  text: "text",
  long_text: "text",
  number: "decimal",
  money: "decimal",
  percent: "decimal",
  date: "day",
  datetime: "instant",
  select: "choice",
  multi_select: "tags",
  boolean: "choice",
  url: "text",
  email: "text",
  phone: "text",
  user: "member",
  relation: "record",
  auto_number: "decimal",
};

const numbers: ReadonlySet<FilterKind> = new Set(["decimal"]);
const days: ReadonlySet<FilterKind> = new Set(["day", "instant"]);
/** Nobody looks for these in an order: ids of people and records, lists, long texts. */
const unsorted: ReadonlySet<CustomType> = new Set(["multi_select", "user", "relation", "long_text"]);

function filterOf({ id, type, options }: CustomField): FilterField {
  const kind = kinds[type];
  const index = days.has(kind) ? {} : { index: numbers.has(kind) ? ("number" as const) : ("text" as const) };
  const choices = type === "boolean" ? ["true", "false"] : options.map(({ key }) => key);
  return { column: "custom", kind, choices, custom: { fieldId: id, isMoney: type === "money", ...index } };
}

function sortFor({ id, type }: CustomField): SortDefinition {
  const kind = kinds[type];
  const common = { isNullable: true, fieldId: id };
  if (numbers.has(kind)) return { column: "number_value", type: "bigint", ...common };
  if (days.has(kind)) return { column: "date_value", type: "timestamptz", ...common };
  return { column: "text_value", type: "text", ...common };
}

/** The record with its custom fields among those it can be filtered and ordered by. */
export function described<Definition extends RecordDefinition>(
  record: Definition,
  fields: readonly CustomField[],
): Definition {
  const sorted = fields.filter(({ type }) => !unsorted.has(type));
  return {
    ...record,
    fields: {
      ...record.fields,
      ...Object.fromEntries(fields.map((field) => [customName(field.key), filterOf(field)])),
    },
    sorts: { ...record.sorts, ...Object.fromEntries(sorted.map((field) => [customName(field.key), sortFor(field)])) },
  };
}

/** A value as a file shows it. */
export function customText({ options, settings, type }: CustomField, value: CustomValue | undefined): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map((key) => labelOf(options, key)).join(", ");
  if (typeof value === "object") return "amount" in value ? `${value.amount} ${value.currency}` : value.name;
  if (type === "boolean") return value === true ? "Yes" : "No";
  if (type === "auto_number") return `${settings.prefix ?? ""}${value}`;
  return type === "select" ? labelOf(options, String(value)) : String(value);
}

function labelOf(options: CustomField["options"], wanted: string): string {
  return options.find(({ key }) => key === wanted)?.label ?? wanted;
}
