import { sql } from "kysely";
import { nextNumber } from "#modules/records";
import type { Context } from "#platform/context";
import type { Known } from "../imports/known.ts";
import type { CustomerRow } from "./customer-import.ts";

type KnownCustomers = {
  readonly byExternalId: ReadonlyMap<string, Known>;
  readonly byName: ReadonlyMap<string, Known>;
};

type KnownRow = { readonly key: string; readonly id: string; readonly owner_id: string | null };

/** Live customers of the organization that a file's rows may already be. Seen whole: a duplicate is one for everybody. */
export async function findKnownCustomers(
  ctx: Context,
  externalIds: readonly string[],
  names: readonly string[],
): Promise<KnownCustomers> {
  const { organizationId } = ctx.actor;
  const byId = await sql<KnownRow>`
    select c.external_id as key, c.id, c.owner_id from customer c where c.organization_id = ${organizationId}
      and c.external_id = any(${[...externalIds]}::text[]) and c.deleted_at is null`.execute(ctx.tx);
  const byName = await sql<KnownRow>`
    select v.name as key, (array_agg(c.id order by c.created_at))[1] as id, (array_agg(c.owner_id order by c.created_at))[1] as owner_id from unnest(${[...names]}::text[]) as v(name)
    join customer c on c.organization_id = ${organizationId} and c.name_key = app.name_key(v.name) and c.deleted_at is null
    group by v.name`.execute(ctx.tx);
  const toMap = (rows: readonly KnownRow[]): Map<string, Known> =>
    new Map(rows.map(({ key, id, owner_id: ownerId }) => [key, { id, ownerId }]));
  return { byExternalId: toMap(byId.rows), byName: toMap(byName.rows) };
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

/** Writes the file's values over what is there; empty cells leave it. */
export async function updateImportedCustomers(
  ctx: Context,
  rows: readonly (CustomerRow & { readonly id: string })[],
): Promise<{ id: string; version: number }[]> {
  if (rows.length === 0) return [];
  const result = await sql<{ id: string; version: number }>`
    update customer c set name = g."name", industry = coalesce(g."industry", c.industry), email = coalesce(g."email", c.email),
      phone = coalesce(g."phone", c.phone), website = coalesce(g."website", c.website), location = coalesce(g."location", c.location),
      street = coalesce(g."street", c.street), postal_code = coalesce(g."postalCode", c.postal_code), city = coalesce(g."city", c.city),
      region = coalesce(g."region", c.region), country = coalesce(g."country", c.country), tags = coalesce(g."tags", c.tags),
      notes = coalesce(g."notes", c.notes),
      external_id = coalesce(c.external_id, g."externalId"), updated_at = ${ctx.now}, version = c.version + 1
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g("id" uuid, "name" text, "industry" text, "email" text, "phone" text,
      "website" text, "location" text, "street" text, "postalCode" text, "city" text, "region" text, "country" text, "tags" text[],
      "notes" text, "externalId" text)
    where c.organization_id = ${ctx.actor.organizationId} and c.id = g."id" and c.deleted_at is null
    returning c.id, c.version`.execute(ctx.tx);
  return result.rows;
}

/** Into the trash, where the version is still the import's and nobody sells to it. */
export async function trashImportedCustomers(
  ctx: Context,
  records: readonly { readonly id: string; readonly version: number }[],
): Promise<string[]> {
  if (records.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    update customer c set deleted_at = ${ctx.now}, deleted_by = ${ctx.actor.memberId}, updated_at = ${ctx.now}, version = c.version + 1
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as g(id uuid, version integer)
    where c.organization_id = ${ctx.actor.organizationId} and c.id = g.id and c.version = g.version and c.deleted_at is null
      and not exists (select from opportunity o where o.organization_id = c.organization_id and o.customer_id = c.id and o.deleted_at is null)
    returning c.id`.execute(ctx.tx);
  return rows.map(({ id }) => id);
}
