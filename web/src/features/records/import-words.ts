import type { Import, ImportableEntity } from "@rainmaker/contracts/records/imports";
import { formatCountOf } from "#lib/format";
import type { Tone } from "#ui/badge";

const plurals: Readonly<Record<ImportableEntity, string>> = {
  customer: "customers",
  contact: "contacts",
  opportunity: "opportunities",
  interaction: "interactions",
  product: "products",
};

/** "customers", "opportunities". */
export function pluralOf(entity: ImportableEntity): string {
  return plurals[entity];
}

/** "1 customer", "240 customers". */
export function countOf(count: number, entity: ImportableEntity): string {
  return formatCountOf(count, entity, plurals[entity]);
}

/** Where records of the kind are listed. */
export function listOf(entity: ImportableEntity): List {
  return lists[entity];
}

type List = { readonly label: string; readonly to: "/customers" | "/contacts" | "/pipeline" | "/products" };

// Interactions stand on the pages of their customers.
const lists: Readonly<Record<ImportableEntity, List>> = {
  customer: { label: "Customers", to: "/customers" },
  contact: { label: "Contacts", to: "/contacts" },
  opportunity: { label: "Pipeline", to: "/pipeline" },
  interaction: { label: "Customers", to: "/customers" },
  product: { label: "Products", to: "/products" },
};

const states: Readonly<Record<Import["status"], { readonly word: string; readonly tone: Tone }>> = {
  draft: { word: "Draft, matching", tone: "warning" },
  previewed: { word: "Draft, checked", tone: "warning" },
  queued: { word: "Starting", tone: "info" },
  running: { word: "Importing", tone: "info" },
  finished: { word: "Finished", tone: "success" },
  failed: { word: "Stopped", tone: "danger" },
  undoing: { word: "Being undone", tone: "info" },
  undone: { word: "Undone", tone: "neutral" },
  redoing: { word: "Being done again", tone: "info" },
};

export function stateOf(status: Import["status"]): { readonly word: string; readonly tone: Tone } {
  return states[status];
}

const delimiters: Readonly<Record<string, string>> = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "vertical bar",
};

/** What the file was found to be: "8,800 rows, 8 columns, comma, UTF-8". */
export function fileText({ counts, columns, delimiter, encoding }: Import): string {
  const rows = formatCountOf(counts.read, "row");
  return [
    rows,
    formatCountOf(columns.length, "column"),
    delimiters[delimiter] ?? delimiter,
    encodingName(encoding),
  ].join(", ");
}

function encodingName(encoding: string): string {
  return encoding.replace(/^utf-?/i, "UTF-").replace(/^windows/i, "Windows");
}

/** What the person knows the field as; faults of a whole row have none. */
export function fieldLabel({ fields }: Pick<Import, "fields">, name: string): string {
  return fields.find((field) => field.name === name)?.label ?? (name === "" ? "Row" : name);
}
