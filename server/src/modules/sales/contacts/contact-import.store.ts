import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { nextNumber } from "#modules/records";
import type { Context } from "#platform/context";
import { withinReachOrGranted } from "#platform/scope";
import type { Known } from "../imports/known.ts";
import type { ContactRow } from "./contact-import.ts";
import { phoneKey } from "./contact.ts";

/** A contact that a file's row may already be. */
export type KnownContact = Known & { readonly inSight: boolean };

/** Live contacts by external id and by address. A run sees the whole organization: an address is taken for everybody. */
export async function findKnownContacts(
  ctx: Context,
  externalIds: readonly string[],
  emails: readonly string[],
): Promise<{
  readonly byExternalId: ReadonlyMap<string, KnownContact>;
  readonly byEmail: ReadonlyMap<string, KnownContact>;
}> {
  const { organizationId } = ctx.actor;
  const columns = sql`c.id, c.owner_id as "ownerId",
    ${withinReachOrGranted(ctx, "contact", sql.ref("c.id"), sql.ref("c.owner_id"))} as "inSight"`;
  const byId = await sql<KnownContact & { key: string }>`
    select c.external_id as key, ${columns} from contact c where c.organization_id = ${organizationId}
      and c.external_id = any(${[...externalIds]}::text[]) and c.deleted_at is null`.execute(ctx.tx);
  const byEmail = await sql<KnownContact & { key: string }>`
    select p.key, ${columns} from contact_point p join contact c on c.organization_id = p.organization_id and c.id = p.contact_id
    where p.organization_id = ${organizationId} and p.kind = 'email' and p.is_live and p.key = any(${[...emails]}::text[])`.execute(
    ctx.tx,
  );
  const toMap = (rows: readonly (KnownContact & { key: string })[]): Map<string, KnownContact> =>
    new Map(rows.map(({ key, ...known }) => [key, known]));
  return { byExternalId: toMap(byId.rows), byEmail: toMap(byEmail.rows) };
}

export type ImportedContact = ContactRow & { readonly id: string };

export async function insertImportedContacts(ctx: Context, rows: readonly ImportedContact[]): Promise<void> {
  if (rows.length === 0) return;
  const { organizationId, memberId } = ctx.actor;
  const given = JSON.stringify(rows.map((row, index) => ({ ...row, index })));
  await sql`
    insert into contact (organization_id, id, number, owner_id, first_name, last_name, title, notes, external_id, created_at, created_by,
      updated_at, version)
    select ${organizationId}, g."id", first.number + g."index", g."ownerId", g."firstName", g."lastName", g."title", g."notes",
      g."externalId", ${ctx.now}, ${memberId}, ${ctx.now}, 1
    from jsonb_to_recordset(${given}::jsonb) as g("id" uuid, "index" bigint, "ownerId" uuid, "firstName" text, "lastName" text,
      "title" text, "notes" text, "externalId" text), (select ${nextNumber("contact", rows.length)} as number) first`.execute(
    ctx.tx,
  );
  await addParts(ctx, rows);
}

/** Writes the file's values over what is there; empty cells leave it, addresses, numbers and customers are added. */
export async function updateImportedContacts(
  ctx: Context,
  rows: readonly ImportedContact[],
): Promise<{ id: string; version: number }[]> {
  if (rows.length === 0) return [];
  const result = await sql<{ id: string; version: number }>`
    update contact c set first_name = g."firstName", last_name = g."lastName", title = coalesce(g."title", c.title),
      notes = coalesce(g."notes", c.notes), external_id = coalesce(c.external_id, g."externalId"), updated_at = ${ctx.now}, version = c.version + 1
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g("id" uuid, "firstName" text, "lastName" text, "title" text, "notes" text,
      "externalId" text)
    where c.organization_id = ${ctx.actor.organizationId} and c.id = g."id" and c.deleted_at is null
    returning c.id, c.version`.execute(ctx.tx);
  await addParts(ctx, rows);
  return result.rows;
}

/** What a contact has already stays once; what is new goes behind it. */
async function addParts(ctx: Context, rows: readonly ImportedContact[]): Promise<void> {
  const { organizationId } = ctx.actor;
  const points = rows.flatMap(({ id, emails, phones }) => [
    ...emails.map((email) => ({ contactId: id, kind: "email", label: "work", value: email, key: email })),
    ...phones.map(({ phone, label }) => ({ contactId: id, kind: "phone", label, value: phone, key: phoneKey(phone) })),
  ]);
  const given = JSON.stringify(points.map((point, position) => ({ ...point, id: uuidv7(), position })));
  await sql`
    insert into contact_point (organization_id, id, contact_id, owner_id, kind, label, position, value, key, is_live)
    select ${organizationId}, g."id", c.id, c.owner_id, g."kind", g."label", g."position" + 1000, g."value", g."key", true
    from jsonb_to_recordset(${given}::jsonb) as g("id" uuid, "contactId" uuid, "kind" text, "label" text, "position" integer, "value" text, "key" text)
    join contact c on c.organization_id = ${organizationId} and c.id = g."contactId"
    where not exists (select from contact_point p where p.organization_id = c.organization_id and p.contact_id = c.id and p.key = g."key")`.execute(
    ctx.tx,
  );
  const links = rows.flatMap(({ id, customerId }) => (customerId === null ? [] : [{ contactId: id, customerId }]));
  await sql`
    insert into contact_customer (organization_id, contact_id, customer_id, owner_id, position)
    select ${organizationId}, c.id, g."customerId", c.owner_id, 1000
    from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as g("contactId" uuid, "customerId" uuid)
    join contact c on c.organization_id = ${organizationId} and c.id = g."contactId"
    on conflict do nothing`.execute(ctx.tx);
}

/** Into the trash, where the version is still the import's. */
export async function trashImportedContacts(
  ctx: Context,
  records: readonly { readonly id: string; readonly version: number }[],
): Promise<string[]> {
  if (records.length === 0) return [];
  const { organizationId, memberId } = ctx.actor;
  const { rows } = await sql<{ id: string }>`
    with gone as (
      update contact c set deleted_at = ${ctx.now}, deleted_by = ${memberId}, updated_at = ${ctx.now}, version = c.version + 1
      from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as g(id uuid, version integer)
      where c.organization_id = ${organizationId} and c.id = g.id and c.version = g.version and c.deleted_at is null
      returning c.id
    ), points as (
      update contact_point p set is_live = false from gone where p.organization_id = ${organizationId} and p.contact_id = gone.id
    )
    select id from gone`.execute(ctx.tx);
  return rows.map(({ id }) => id);
}
