import type { DuplicateEntity, DuplicateReason } from "@rainmaker/contracts/sales/duplicates";
import { contactMergeFields, customerMergeFields } from "@rainmaker/contracts/sales/merges";

/** A record as the page compares it: a customer or a contact. */
export type Comparable = {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly number: string;
} & Readonly<Record<string, unknown>>;

export type MergeRow = {
  readonly field: string;
  readonly label: string;
  /** What each record says, in the order of the records; empty where it says nothing. */
  readonly values: readonly string[];
};

const labels: Readonly<Record<string, string>> = {
  name: "Name",
  kind: "Kind",
  industry: "Industry",
  email: "E-mail",
  phone: "Phone",
  website: "Website",
  location: "Location",
  address: "Address",
  notes: "Notes",
  satisfaction: "Satisfaction",
  externalId: "Id elsewhere",
  ownerId: "Owner",
  firstName: "First name",
  lastName: "Last name",
  title: "Title",
};

const fieldsOf: Readonly<Record<DuplicateEntity, readonly string[]>> = {
  customer: customerMergeFields,
  contact: contactMergeFields,
};

/** Fields in which the records differ: the others need no choice. */
export function differingRows(entity: DuplicateEntity, records: readonly Comparable[]): MergeRow[] {
  return fieldsOf[entity]
    .map((field) => ({
      field,
      label: labels[field] ?? field,
      values: records.map((record) => textOf(field === "ownerId" ? record["owner"] : record[field])),
    }))
    .filter(({ values }) => new Set(values).size > 1);
}

/** The record a field is taken from unless somebody chooses: the one that stays, or the first that says something. */
export function defaultChoice({ values }: MergeRow, records: readonly Comparable[], survivorId: string): string {
  const own = records.findIndex(({ id }) => id === survivorId);
  const place = values[own] === "" ? values.findIndex((value) => value !== "") : own;
  return records[place]?.id ?? survivorId;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (typeof value !== "object") return "";
  if ("name" in value) return String(value.name);
  return Object.values(value)
    .filter((part) => typeof part === "string" && part !== "")
    .join(", ");
}

const things: Readonly<Record<string, readonly [one: string, many: string]>> = {
  opportunity: ["opportunity", "opportunities"],
  contact_customer: ["contact", "contacts"],
  interaction: ["interaction", "interactions"],
  interaction_participant: ["interaction", "interactions"],
  opportunity_contact: ["opportunity", "opportunities"],
  deal: ["deal", "deals"],
  payment: ["payment", "payments"],
  refund: ["refund", "refunds"],
  invoice: ["invoice", "invoices"],
  file: ["file", "files"],
  dispute: ["dispute", "disputes"],
  commission_adjustment: ["adjustment", "adjustments"],
};

/** "2 deals, 1 payment" of what moves with a merge. */
export function movedText(moved: readonly { readonly what: string; readonly count: number }[]): string {
  const parts = moved.map(({ what, count }) => `${count} ${things[what]?.[count === 1 ? 0 : 1] ?? what}`);
  return parts.length === 0 ? "Nothing else hangs on the others" : parts.join(", ");
}

const reasons: Readonly<Record<DuplicateReason, string>> = {
  email: "same e-mail",
  phone: "same phone",
  domain: "same domain",
  name: "same name",
  near_name: "nearly the same name",
  customer: "same customer",
};

export function reasonsText(given: readonly DuplicateReason[]): string {
  return given.map((reason) => reasons[reason]).join(", ");
}
