import { sql, type RawBuilder, type SqlBool } from "kysely";
import { nextNumber, type MatchKey } from "#modules/records";
import type { Context } from "#platform/context";
import { keysOf } from "../imports/keys.query.ts";
import type { Known } from "../imports/known.ts";
import type { ImportedTable } from "../imports/imported-values.store.ts";
import type { CustomerRow } from "./customer-import.ts";

export const importedCustomers: ImportedTable = {
  name: "customer",
  columns: [
    "name",
    "industry",
    "email",
    "phone",
    "website",
    "location",
    "street",
    "postal_code",
    "city",
    "region",
    "country",
    "tags",
    "notes",
    "external_id",
    "custom",
  ],
  isLive: sql<SqlBool>`t.deleted_at is null`,
  hasUpdatedAt: true,
};

/** The column that a key is kept in, and how a value of a file is written as one. */
const keys: Readonly<Record<MatchKey, { readonly column: string; readonly of: RawBuilder<string> }>> = {
  externalId: { column: "external_id", of: sql`u.value` },
  name: { column: "name_key", of: sql`app.name_key(u.value)` },
  email: { column: "email_key", of: sql`lower(u.value)` },
  phone: { column: "phone_key", of: sql`right(regexp_replace(u.value, '[^0-9]', '', 'g'), 9)` },
  domain: { column: "web_host", of: sql`app.web_host(u.value)` },
};

/** Live customers that these values name, by value. Seen whole: a duplicate is one for everybody. */
export async function findKnownCustomers(
  ctx: Context,
  key: MatchKey,
  values: readonly string[],
): Promise<ReadonlyMap<string, readonly Known[]>> {
  if (values.length === 0) return new Map();
  const { column, of } = keys[key];
  const keyed = await keysOf(ctx, of, values);
  // Not a join: on a table that is just being filled, without statistics, one is planned as a loop over all pairs.
  const { rows } = await sql<Known & { readonly key: string }>`
    select c.${sql.ref(column)} as key, c.id, c.owner_id as "ownerId", 'CUS-' || c.number || ' ' || c.name as label from customer c
    where c.organization_id = ${ctx.actor.organizationId} and c.${sql.ref(column)} = any(${[...new Set(keyed.values())]}::text[])
      and c.deleted_at is null`.execute(ctx.tx);
  const found = Map.groupBy(rows, (row) => row.key);
  return new Map([...keyed].map(([value, own]) => [value, found.get(own) ?? []]));
}

export async function insertImportedCustomers(
  ctx: Context,
  rows: readonly (CustomerRow & { readonly id: string })[],
): Promise<void> {
  if (rows.length === 0) return;
  const { organizationId, memberId } = ctx.actor;
  const given = JSON.stringify(rows.map((row, index) => ({ ...row, index })));
  await sql`
    insert into customer (organization_id, id, number, owner_id, name, kind, industry, email, phone, website, location, street, postal_code, city,
      region, country, tags, notes, external_id, created_at, created_by, updated_at, version)
    select ${organizationId}, g."id", first.number + g."index", g."ownerId", g."name", 'company', g."industry", g."email", g."phone", g."website",
      g."location", g."street", g."postalCode", g."city", g."region", g."country", coalesce(g."tags", '{}'), g."notes", g."externalId", ${ctx.now}, ${memberId}, ${ctx.now}, 1
    from jsonb_to_recordset(${given}::jsonb) as g("id" uuid, "index" bigint, "ownerId" uuid, "name" text, "industry" text, "email" text,
      "phone" text, "website" text, "location" text, "street" text, "postalCode" text, "city" text, "region" text,
      "country" text, "tags" text[], "notes" text, "externalId" text),
      (select ${nextNumber("customer", rows.length)} as number) first`.execute(ctx.tx);
}

/** Which of these customers somebody sells to. */
export async function findCustomersInUse(ctx: Context, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select distinct o.customer_id as id from opportunity o where o.organization_id = ${ctx.actor.organizationId}
      and o.customer_id = any(${[...ids]}::uuid[]) and o.deleted_at is null`.execute(ctx.tx);
  return rows.map(({ id }) => id);
}
