import { record, type RecordDefinition } from "#modules/records";

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
  },
  filters: {
    q: { column: "name", compare: "prefix", type: "text" },
    ownerId: { column: "owner_id", compare: "equals", type: "uuid" },
    industry: { column: "industry", compare: "equals", type: "text" },
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
  readonly externalId: string | null;
  readonly version: number;
};

/** An empty text is no value. */
export function orNull(text: string | null | undefined): string | null {
  return text === undefined || text === null || text === "" ? null : text;
}
