import type { Address } from "@rainmaker/contracts/sales/customers";
import { record, type CustomDocument, type RecordDefinition } from "#modules/records";

/** What a customer is to the record engine. */
export const customerRecord = record({
  name: "customer",
  table: "customer",
  numberPrefix: "CUS",
  titleColumn: "name",
  hasGrants: true,
  sorts: {
    name: { column: "name", type: "text", isNullable: false },
    createdAt: { column: "created_at", type: "timestamptz", isNullable: false },
    updatedAt: { column: "updated_at", type: "timestamptz", isNullable: false },
    number: { column: "number", type: "bigint", isNullable: false },
    satisfaction: { column: "satisfaction", type: "bigint", isNullable: true },
  },
  filters: {
    q: { column: "name", compare: "prefix", type: "text" },
    ownerId: { column: "owner_id", compare: "equals", type: "uuid" },
    kind: { column: "kind", compare: "equals", type: "text" },
    industry: { column: "industry", compare: "equals", type: "text" },
    tag: { column: "tags", compare: "contains", type: "text" },
  },
  fields: {
    name: { column: "name", kind: "text" },
    kind: { column: "kind", kind: "choice", choices: ["company", "person"] },
    industry: { column: "industry", kind: "text" },
    location: { column: "location", kind: "text" },
    email: { column: "email", kind: "text" },
    ownerId: { column: "owner_id", kind: "member" },
    teamId: { column: "owner_id", kind: "team" },
    tags: { column: "tags", kind: "tags" },
    satisfaction: { column: "satisfaction", kind: "number" },
    lastInteraction: { column: "occurred_at", kind: "activity", done: { table: "interaction", key: "customer_id" } },
    createdAt: { column: "created_at", kind: "instant" },
    updatedAt: { column: "updated_at", kind: "instant" },
  },
  groups: {
    ownerId: { column: "owner_id", kind: "id", label: { table: "organization.member_ref", column: "name" } },
    industry: { column: "industry", kind: "text" },
    kind: { column: "kind", kind: "choice" },
    location: { column: "location", kind: "text" },
  },
}) satisfies RecordDefinition;

/** A customer as the commands work with it. */
export type Customer = {
  readonly id: string;
  readonly number: bigint;
  readonly ownerId: string | null;
  readonly name: string;
  readonly kind: "company" | "person";
  readonly industry: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly website: string | null;
  readonly location: string | null;
  readonly address: Address | null;
  readonly tags: readonly string[];
  readonly notes: string | null;
  /** 0 to 10. */
  readonly satisfaction: number | null;
  readonly externalId: string | null;
  readonly custom: CustomDocument;
  readonly version: number;
};

type GivenAddress = { readonly [Part in keyof Address]?: Address[Part] | undefined };

/** An address with every part said; null where none of them is known. */
export function addressOf(given: GivenAddress | null | undefined): Address | null {
  const address = {
    street: orNull(given?.street),
    postalCode: orNull(given?.postalCode),
    city: orNull(given?.city),
    region: orNull(given?.region),
    country: orNull(given?.country),
  };
  return Object.values(address).every((part) => part === null) ? null : address;
}

/** Each tag once, whatever its case; the spelling given first stays. */
export function distinctTags(tags: readonly string[]): string[] {
  const spellings = tags.map((tag) => tag.toLowerCase());
  return tags.filter((_, place) => spellings.indexOf(spellings[place] ?? "") === place);
}

/** An empty text is no value. */
export function orNull(text: string | null | undefined): string | null {
  return text === undefined || text === null || text === "" ? null : text;
}
