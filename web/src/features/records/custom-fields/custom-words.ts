import type { CustomField } from "@rainmaker/contracts/records/custom-fields";
import type { CustomInput, CustomValue } from "@rainmaker/contracts/records/custom-values";
import { customName, type CustomType } from "@rainmaker/contracts/records/custom-types";
import { formatFullDay, formatMoney, formatStamp } from "#lib/format";
import type { ViewField, ViewFieldKind } from "../views/view-fields.ts";

export const typeNames: Readonly<Record<CustomType, string>> = {
  text: "Text",
  long_text: "Long text",
  number: "Number",
  money: "Money",
  percent: "Percent",
  date: "Date",
  datetime: "Date and time",
  select: "Select",
  multi_select: "Multi-select",
  boolean: "Yes or no",
  url: "Web address",
  email: "E-mail",
  phone: "Phone",
  user: "Person",
  relation: "Record",
  auto_number: "Automatic number",
};

/** A value while somebody edits it: several choices as a list, everything else as text. */
export type Draft = string | readonly string[];

const wireInstant = /^\d{4}-\d\d-\d\dT/;

/** What an editor starts with. */
export function draftOf({ type }: Pick<CustomField, "type">, value: CustomValue | undefined): Draft {
  if (type === "multi_select") return Array.isArray(value) ? value : [];
  if (value === null || value === undefined || Array.isArray(value)) return "";
  if (typeof value === "object") return "amount" in value ? value.amount : value.id;
  if (type === "datetime" && wireInstant.test(String(value))) return localText(new Date(String(value)));
  return String(value);
}

/** "2026-11-20T10:30" of where somebody is, as a browser's field takes it. */
function localText(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

type Read = { readonly value: CustomInput[string] } | { readonly fault: string };

/** What is sent for a draft; what is no value of this kind is said at once, the rest the server knows better. */
export function readDraft({ type, settings }: Pick<CustomField, "type" | "settings">, draft: Draft): Read {
  if (typeof draft !== "string") return { value: draft.length === 0 ? null : [...draft] };
  const text = draft.trim();
  if (text === "") return { value: null };
  if (type === "number" || type === "percent") {
    const number = Number(text.replace(/[\s%]/g, "").replace(",", "."));
    return Number.isFinite(number) ? { value: number } : { fault: "Write a number" };
  }
  if (type === "money") return { value: { amount: text, currency: settings.currency ?? "USD" } };
  if (type === "boolean") return { value: text === "true" };
  if (type === "datetime") {
    const at = Date.parse(text);
    return Number.isNaN(at) ? { fault: "Write a day and a time" } : { value: new Date(at).toISOString() };
  }
  return { value: text };
}

/** A value as people read it; null where there is none. */
export function shownText({ type, options, settings }: CustomField, value: CustomValue | undefined): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map((key) => labelOf(options, key)).join(", ");
  if (typeof value === "object") return "amount" in value ? formatMoney(value) : value.name;
  return scalarTexts[type]?.(value, settings) ?? (type === "select" ? labelOf(options, String(value)) : String(value));
}

type Scalar = string | number | boolean;

const scalarTexts: Readonly<Partial<Record<CustomType, (value: Scalar, settings: CustomField["settings"]) => string>>> =
  {
    boolean: (value) => (value === true ? "Yes" : "No"),
    number: (value) => Number(value).toLocaleString("en", { maximumFractionDigits: 4 }),
    percent: (value) => `${Number(value).toLocaleString("en", { maximumFractionDigits: 2 })} %`,
    date: (value) => formatFullDay(String(value)),
    datetime: (value) => formatStamp(String(value)),
    auto_number: (value, { prefix }) => `${prefix ?? ""}${String(value)}`,
  };

function labelOf(options: CustomField["options"], wanted: string): string {
  return options.find(({ key }) => key === wanted)?.label ?? wanted;
}

const kinds: Readonly<Record<CustomType, ViewFieldKind | null>> = {
  text: "text",
  long_text: "text",
  number: "number",
  money: "money",
  percent: "number",
  date: "day",
  datetime: "day",
  select: "choice",
  multi_select: "tags",
  boolean: "choice",
  url: "text",
  email: "text",
  phone: "text",
  user: "person",
  // Records are chosen where they stand, not in a filter's list.
  relation: null,
  auto_number: "number",
};

const yesOrNo = [
  { value: "true", label: "Yes" },
  { value: "false", label: "No" },
];

/** The fields as a list's filter offers them. */
export function viewFieldsOf(fields: readonly CustomField[], people: ViewField["options"]): readonly ViewField[] {
  return fields.flatMap((field): ViewField[] => {
    const kind = kinds[field.type];
    if (kind === null) return [];
    const options = filterOptions(field, people);
    return [{ name: customName(field.key), label: field.label, kind, ...(options !== undefined && { options }) }];
  });
}

function filterOptions({ type, options }: CustomField, people: ViewField["options"]): ViewField["options"] {
  if (type === "boolean") return yesOrNo;
  if (type === "user") return people;
  return options.length === 0 ? undefined : options.map(({ key, label }) => ({ value: key, label }));
}

const sortless: ReadonlySet<CustomType> = new Set(["multi_select", "user", "relation", "long_text"]);

export function canSortBy({ type }: CustomField): boolean {
  return !sortless.has(type);
}

/** Sections of a form in the order of their first field; fields without one come first. */
export function sectionsOf(
  fields: readonly CustomField[],
): readonly (readonly [string | null, readonly CustomField[]])[] {
  const sections = [...Map.groupBy(fields, ({ section }) => section)];
  return [...sections.filter(([name]) => name === null), ...sections.filter(([name]) => name !== null)];
}
