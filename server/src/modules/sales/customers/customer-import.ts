import type { ImportField, ParsedRow, RowFault } from "#modules/records";
import type { Resolved } from "../imports/resolve.ts";

/** What a column of a file of customers can be, and how other systems head it. */
export const customerFields: readonly ImportField[] = [
  {
    name: "name",
    label: "Name",
    kind: "text",
    required: true,
    maxLength: 200,
    synonyms: [
      "account",
      "account name",
      "company",
      "company name",
      "customer",
      "customer name",
      "organization",
      "organization name",
      "client",
    ],
  },
  {
    name: "externalId",
    label: "Id in the other system",
    kind: "text",
    required: false,
    maxLength: 100,
    synonyms: ["account id", "company id", "record id", "customer id", "id", "external id"],
  },
  {
    name: "industry",
    label: "Industry",
    kind: "text",
    required: false,
    maxLength: 80,
    synonyms: ["sector", "branch", "branche"],
  },
  {
    name: "email",
    label: "E-mail",
    kind: "email",
    required: false,
    synonyms: ["email", "email address", "e-mail address", "mail"],
  },
  {
    name: "phone",
    label: "Phone",
    kind: "text",
    required: false,
    maxLength: 40,
    synonyms: ["phone number", "telephone", "tel", "tel."],
  },
  {
    name: "website",
    label: "Website",
    kind: "text",
    required: false,
    maxLength: 200,
    synonyms: ["website url", "company domain name", "domain", "url", "homepage"],
  },
  {
    name: "location",
    label: "Location",
    kind: "text",
    required: false,
    maxLength: 200,
    synonyms: ["office location", "office_location", "country", "city", "country/region", "address", "billing country"],
  },
  {
    name: "owner",
    label: "Owner",
    kind: "relation",
    required: false,
    maxLength: 160,
    synonyms: ["account owner", "company owner", "owner name", "sales rep", "kundenbetreuer", "assigned to"],
  },
];

export type CustomerRow = {
  readonly name: string;
  readonly externalId: string | null;
  readonly industry: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly website: string | null;
  readonly location: string | null;
  readonly ownerId: string | null;
};

/** A row of the file as a customer; nothing but the name is needed. */
export function toCustomerRow(
  { values }: ParsedRow,
  owner: Resolved,
  importerId: string,
): { row: CustomerRow; faults: RowFault[] } {
  const text = (field: string): string | null => {
    const value = values.get(field);
    return typeof value === "string" ? value : null;
  };
  const name = text("name") ?? "";
  const row: CustomerRow = {
    name,
    externalId: text("externalId"),
    industry: text("industry"),
    email: text("email"),
    phone: text("phone"),
    website: text("website"),
    location: text("location"),
    ownerId: owner.kind === "record" ? owner.id : owner.kind === "new" ? null : importerId,
  };
  return { row, faults: name === "" ? [{ field: "name", code: "required", message: "A customer needs a name" }] : [] };
}
