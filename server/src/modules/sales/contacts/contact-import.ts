import type { ImportField, ParsedRow, RowFault } from "#modules/records";
import type { Resolved } from "../imports/resolve.ts";
import { tagsOf } from "../imports/tags-of.ts";
import { valuesSaid } from "../imports/values-said.ts";

const text = (name: string, label: string, maxLength: number, synonyms: readonly string[]): ImportField => ({
  name,
  label,
  kind: "text",
  required: false,
  maxLength,
  synonyms,
});

/** What a column of a file of contacts can be, and how other systems head it. */
export const contactFields: readonly ImportField[] = [
  text("externalId", "Id in the other system", 100, ["external id", "contact id", "person id", "record id", "id"]),
  text("firstName", "First name", 80, ["firstname", "given name", "vorname", "name / first name"]),
  text("lastName", "Last name", 80, ["lastname", "surname", "family name", "nachname", "name / last name"]),
  text("name", "Full name", 160, ["name", "contact name", "contact", "person", "display name"]),
  text("title", "Title", 120, ["job title", "position", "role", "function", "job function"]),
  {
    name: "email",
    label: "E-mail",
    kind: "email",
    required: false,
    synonyms: [
      "email",
      "email address",
      "e-mail address",
      "mail",
      "primary email",
      "email work",
      "work email",
      "emails / primary email",
    ],
  },
  {
    name: "otherEmail",
    label: "Other e-mail",
    kind: "email",
    required: false,
    synonyms: ["secondary email", "additional email addresses", "email home", "email other"],
  },
  text("phone", "Phone", 40, [
    "phone number",
    "telephone",
    "business phone",
    "work phone",
    "phone work",
    "tel",
    "phones / primary phone number",
  ]),
  text("mobile", "Mobile", 40, ["mobile phone", "mobile phone number", "cell phone", "phone mobile", "mobil"]),
  {
    name: "customer",
    label: "Customer",
    kind: "relation",
    required: false,
    maxLength: 200,
    synonyms: [
      "account",
      "account name",
      "primary associated company",
      "associated company",
      "company",
      "company name",
      "organization",
      "organization name",
      "client",
      "account id",
      "organization id",
    ],
  },
  {
    name: "owner",
    label: "Owner",
    kind: "relation",
    required: false,
    maxLength: 160,
    synonyms: ["contact owner", "owner name", "sales rep", "record owner", "assigned to"],
  },
  text("tags", "Tags", 1000, ["tag", "labels", "label", "categories"]),
  text("notes", "Notes", 10_000, ["note", "description", "contact description", "comment", "comments", "remarks"]),
];

export type ContactRow = {
  readonly firstName: string;
  readonly lastName: string;
  readonly title: string | null;
  readonly emails: readonly string[];
  readonly phones: readonly { readonly phone: string; readonly label: "work" | "mobile" }[];
  readonly customerId: string | null;
  readonly ownerId: string | null;
  /** Null where the file says none. */
  readonly tags: readonly string[] | null;
  readonly notes: string | null;
  readonly externalId: string | null;
};

type Relations = { readonly customer: Resolved; readonly owner: Resolved };

/** A row of the file as a contact: a name is needed, or an address that can stand for one. */
export function toContactRow(
  { values }: ParsedRow,
  { customer, owner }: Relations,
  importerId: string,
): { row: ContactRow; faults: RowFault[] } {
  const said = (field: string): string | null => {
    const value = values.get(field);
    return typeof value === "string" ? value : null;
  };
  const emails = [said("email"), said("otherEmail")].filter((email) => email !== null);
  const [work, mobile] = [said("phone"), said("mobile")];
  const row: ContactRow = {
    ...nameOf(said("firstName"), said("lastName"), said("name"), emails[0]),
    title: said("title"),
    emails: [...new Set(emails)],
    phones: [
      ...(work === null ? [] : [{ phone: work, label: "work" as const }]),
      ...(mobile === null || mobile === work ? [] : [{ phone: mobile, label: "mobile" as const }]),
    ],
    customerId: customer.kind === "record" ? customer.id : null,
    ownerId: owner.kind === "record" ? owner.id : owner.kind === "new" ? null : importerId,
    tags: tagsOf(said("tags")),
    notes: said("notes"),
    externalId: said("externalId"),
  };
  const isNamed = row.firstName !== "" || row.lastName !== "";
  const faults = [
    ...(isNamed ? [] : [{ field: "name", code: "required", message: "A name or an e-mail address is needed" }]),
    ...row.phones.filter(({ phone }) => !/\d/.test(phone)).map(noNumber),
  ];
  return { row, faults };
}

/** What a row writes over a contact that is there; a name only where the file has one, not the address in its place. */
export function contactValues(
  row: ContactRow,
  { values, cleared }: Pick<ParsedRow, "values" | "cleared">,
): Record<string, unknown> {
  const isNamed = ["firstName", "lastName", "name"].some((field) => typeof values.get(field) === "string");
  const named = isNamed ? { first_name: row.firstName, last_name: row.lastName } : {};
  return {
    ...named,
    ...valuesSaid(row, cleared, {
      title: { from: "title" },
      tags: { from: "tags", empty: [] },
      notes: { from: "notes" },
      external_id: { from: "externalId" },
    }),
  };
}

function noNumber({ label }: ContactRow["phones"][number]): RowFault {
  const field = label === "mobile" ? "mobile" : "phone";
  return { field, code: "invalid_phone", message: "A phone number has digits" };
}

/** Of a full name the last word is the last name; "Adeyemi, Ruth" says so itself. */
function nameOf(
  firstName: string | null,
  lastName: string | null,
  name: string | null,
  email: string | undefined,
): Pick<ContactRow, "firstName" | "lastName"> {
  if (firstName !== null || lastName !== null) return { firstName: firstName ?? "", lastName: lastName ?? "" };
  const whole = name ?? email?.split("@")[0] ?? "";
  const [last = "", first] = whole.split(/,\s*/);
  if (first !== undefined) return { firstName: first.slice(0, 80), lastName: last.slice(0, 80) };
  const words = whole.split(/\s+/);
  return { firstName: words.slice(0, -1).join(" ").slice(0, 80), lastName: (words.at(-1) ?? "").slice(0, 80) };
}
