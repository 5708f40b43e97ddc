import { sql, type RawBuilder, type SqlBool } from "kysely";
import { nextNumber, type MatchKey } from "#modules/records";
import type { Context } from "#platform/context";
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
  ],
  isLive: sql<SqlBool>`t.deleted_at is null`,
  hasUpdatedAt: true,
};

/** When the customer `c` is the one that a value `v.value` of the key names. */
const matches: Readonly<Record<MatchKey, RawBuilder<SqlBool>>> = {
  externalId: sql<SqlBool>`c.external_id = v.value`,
  name: sql<SqlBool>`c.name_key = app.name_key(v.value)`,
  email: sql<SqlBool>`c.email_key = lower(v.value)`,
  phone: sql<SqlBool>`c.phone_key = right(regexp_replace(v.value, '[^0-9]', '', 'g'), 9)`,
  domain: sql<SqlBool>`c.web_host = app.web_host(v.value)`,
};

/** Live customers that these values name, by value. Seen whole: a duplicate is one for everybody. */
export async function findKnownCustomers(
  ctx: Context,
  key: MatchKey,
  values: readonly string[],
): Promise<ReadonlyMap<string, readonly Known[]>> {
  if (values.length === 0) return new Map();
  const { rows } = await sql<Known & { readonly value: string }>`
    select v.value, c.id, c.owner_id as "ownerId", 'CUS-' || c.number || ' ' || c.name as label
    from (select distinct value from unnest(${[...values]}::text[]) as u(value)) v
    join customer c on c.organization_id = ${ctx.actor.organizationId} and ${matches[key]} and c.deleted_at is null
    order by c.created_at, c.id`.execute(ctx.tx);
  return Map.groupBy(rows, ({ value }) => value);
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
