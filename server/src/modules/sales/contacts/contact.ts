import type { Contact as WireContact } from "@rainmaker/contracts/sales/contacts";
import { record, type CustomDocument, type RecordDefinition } from "#modules/records";
import { invalidField } from "#platform/errors";

/** What a contact is to the record engine. */
export const contactRecord = record({
  name: "contact",
  table: "contact",
  numberPrefix: "CON",
  titleColumn: "name",
  hasGrants: true,
  sorts: {
    name: { column: "name", type: "text", isNullable: false },
    createdAt: { column: "created_at", type: "timestamptz", isNullable: false },
    updatedAt: { column: "updated_at", type: "timestamptz", isNullable: false },
    number: { column: "number", type: "bigint", isNullable: false },
  },
  filters: {
    ownerId: { column: "owner_id", compare: "equals", type: "uuid" },
    tag: { column: "tags", compare: "contains", type: "text" },
  },
  fields: {
    name: { column: "name", kind: "text" },
    title: { column: "title", kind: "text" },
    ownerId: { column: "owner_id", kind: "member" },
    teamId: { column: "owner_id", kind: "team" },
    tags: { column: "tags", kind: "tags" },
    createdAt: { column: "created_at", kind: "instant" },
    updatedAt: { column: "updated_at", kind: "instant" },
  },
  groups: {
    ownerId: { column: "owner_id", kind: "id", label: { table: "organization.member_ref", column: "name" } },
    title: { column: "title", kind: "text" },
  },
}) satisfies RecordDefinition;

type Label = WireContact["emails"][number]["label"];
export type Email = { readonly email: string; readonly label: Label };
export type Phone = { readonly phone: string; readonly label: Label };
export type CustomerRole = { readonly customerId: string; readonly role: string | null };

/** A contact as the commands work with it. */
export type Contact = {
  readonly id: string;
  readonly number: bigint;
  readonly ownerId: string | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly title: string | null;
  readonly emails: readonly Email[];
  readonly phones: readonly Phone[];
  /** In the order they are shown. */
  readonly customers: readonly CustomerRole[];
  readonly tags: readonly string[];
  readonly notes: string | null;
  readonly externalId: string | null;
  readonly custom: CustomDocument;
  readonly version: number;
};

export function fullName({ firstName, lastName }: Pick<Contact, "firstName" | "lastName">): string {
  return `${firstName} ${lastName}`.trim();
}

/** @throws Refusal 422 */
export function requireName(name: Pick<Contact, "firstName" | "lastName">): void {
  if (fullName(name) === "") throw invalidField("lastName", "required", "A first or a last name is needed");
}

type Given<Point> = Omit<Point, "label"> & { readonly label?: Label | undefined };

/** Each address once. */
export function emailsOf(given: readonly Given<Email>[]): Email[] {
  return distinctBy(given, ({ email }) => email).map(({ email, label = "work" }) => ({ email, label }));
}

/** Each number once, however it is spaced. */
export function phonesOf(given: readonly Given<Phone>[]): Phone[] {
  return distinctBy(given, ({ phone }) => phoneKey(phone)).map(({ phone, label = "work" }) => ({ phone, label }));
}

/**
 * A number from its last digit to its first: its end is what stays the same whether it is written with the country's
 * code, with a zero or with neither, and the beginning of a key is what an index finds.
 */
export function phoneKey(phone: string): string {
  return Array.from(phone.replaceAll(/\D/g, "")).toReversed().join("");
}

function distinctBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const keys = items.map(keyOf);
  return items.filter((_, place) => keys.indexOf(keys[place] ?? "") === place);
}

/** Customers as given, each once; those the editor does not see stay behind them. */
export function rolesOf(
  given: readonly { readonly customerId: string; readonly role?: string | null | undefined }[],
  hidden: readonly CustomerRole[],
): CustomerRole[] {
  const roles = given.map(({ customerId, role = null }) => ({ customerId, role: role === "" ? null : role }));
  return distinctBy([...roles, ...hidden], ({ customerId }) => customerId);
}
