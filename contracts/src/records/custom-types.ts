// What an address may name stands apart from the contracts: the web reads it on its first load, and them later.

/** Records that take custom fields. */
export const customEntities = ["customer", "contact", "opportunity"] as const;
export type CustomEntity = (typeof customEntities)[number];

export const customTypes = [
  "text",
  "long_text",
  "number",
  "money",
  "percent",
  "date",
  "datetime",
  "select",
  "multi_select",
  "boolean",
  "url",
  "email",
  "phone",
  "user",
  "relation",
  "auto_number",
] as const;
export type CustomType = (typeof customTypes)[number];

/** "custom.trailer_type" in filters, orders, columns and files is the field trailer_type. */
const prefix = "custom.";

export function customName(key: string): string {
  return `${prefix}${key}`;
}

/** The key in "custom.trailer_type"; null where it names no custom field. */
export function customKeyOf(name: string): string | null {
  return name.startsWith(prefix) ? name.slice(prefix.length) : null;
}

/** For orders of lists that have custom fields: any of them, as part of a pattern. */
export const customOrder = "custom\\.[a-z][a-z0-9_]{0,39}";
