import type { ImportField, ParsedRow, RowFault } from "#modules/records";
import type { Resolved } from "../imports/resolve.ts";
import { tagsOf } from "../imports/tags-of.ts";
import { valuesSaid } from "../imports/values-said.ts";

const part = (name: string, label: string, maxLength: number, synonyms: readonly string[]): ImportField => ({
  name,
  label,
  kind: "text",
  required: false,
  maxLength,
  synonyms,
});

const partsOfAddress: readonly ImportField[] = [
  part("street", "Street", 200, [
    "street address",
    "billing street",
    "address street",
    "address line 1",
    "address / address 1",
    "street/road name of address",
    "strasse",
  ]),
  part("postalCode", "Postal code", 20, [
    "zip",
    "zip code",
    "zip/postal code",
    "billing zip/postal code",
    "billing postal code",
    "billing code",
    "address / post code",
    "zip/postal code of address",
    "plz",
  ]),
  part("city", "City", 100, ["billing city", "town", "address city", "city/town/village/locality of address", "ort"]),
  part("region", "Region", 100, [
    "state",
    "state/region",
    "billing state/province",
    "billing state",
    "province",
    "address state",
    "state/county of address",
  ]),
  part("country", "Country", 80, [
    "country/region",
    "billing country",
    "address country",
    "country of address",
    "land",
  ]),
];

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
    synonyms: ["external id", "account id", "company id", "organization id", "customer id", "record id", "id"],
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
    synonyms: [
      "company domain name",
      "domain name / link url",
      "website url",
      "domain",
      "domain name",
      "url",
      "homepage",
    ],
  },
  {
    name: "location",
    label: "Location",
    kind: "text",
    required: false,
    maxLength: 200,
    synonyms: ["office location", "address", "full address", "full/combined address of address"],
  },
  ...partsOfAddress,
  {
    name: "tags",
    label: "Tags",
    kind: "text",
    required: false,
    maxLength: 1000,
    synonyms: ["tag", "labels", "label", "categories"],
  },
  {
    name: "notes",
    label: "Notes",
    kind: "text",
    required: false,
    maxLength: 10_000,
    synonyms: ["note", "description", "comments", "about us"],
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
  readonly street: string | null;
  readonly postalCode: string | null;
  readonly city: string | null;
  readonly region: string | null;
  readonly country: string | null;
  /** Null where the file says none. */
  readonly tags: readonly string[] | null;
  readonly notes: string | null;
  readonly ownerId: string | null;
};

/** What a row writes over a customer that is there: what it says, and what it clears. */
export function customerValues(row: CustomerRow, cleared: ReadonlySet<string>): Record<string, unknown> {
  return valuesSaid(row, cleared, {
    name: { from: "name" },
    industry: { from: "industry" },
    email: { from: "email" },
    phone: { from: "phone" },
    website: { from: "website" },
    location: { from: "location" },
    street: { from: "street" },
    postal_code: { from: "postalCode" },
    city: { from: "city" },
    region: { from: "region" },
    country: { from: "country" },
    tags: { from: "tags", empty: [] },
    notes: { from: "notes" },
    external_id: { from: "externalId" },
  });
}

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
    street: text("street"),
    postalCode: text("postalCode"),
    city: text("city"),
    region: text("region"),
    country: text("country"),
    tags: tagsOf(text("tags")),
    notes: text("notes"),
    ownerId: owner.kind === "record" ? owner.id : owner.kind === "new" ? null : importerId,
  };
  return { row, faults: name === "" ? [{ field: "name", code: "required", message: "A customer needs a name" }] : [] };
}
