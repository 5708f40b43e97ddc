import { sql } from "kysely";
import { nextNumber } from "#modules/records";
import type { Context } from "#platform/context";
import { withinReach, withinReachOrGranted } from "#platform/scope";
import type { Known } from "../imports/known.ts";
import type { InteractionRow } from "./interaction-import.ts";

export type Sale = { readonly id: string; readonly customerId: string | null };
type Named = {
  /** Interactions that are there already; whoever may change what their author says may change them. */
  readonly byExternalId: ReadonlyMap<string, Known>;
  readonly contacts: ReadonlyMap<string, string>;
  readonly sales: ReadonlyMap<string, Sale>;
};

/** What rows name: of contacts and opportunities only those in the importer's sight. */
export async function findNamed(
  ctx: Context,
  externalIds: readonly string[],
  emails: readonly string[],
  sales: readonly string[],
): Promise<Named> {
  const { organizationId } = ctx.actor;
  const ids = await sql<Known & { key: string }>`
    select i.external_id as key, i.id, i.author_id as "ownerId" from interaction i where i.organization_id = ${organizationId}
      and i.external_id = any(${[...externalIds]}::text[]) and i.deleted_at is null`.execute(ctx.tx);
  const contacts = await sql<{ key: string; id: string }>`
    select p.key, c.id from contact_point p join contact c on c.organization_id = p.organization_id and c.id = p.contact_id
    where p.organization_id = ${organizationId} and p.kind = 'email' and p.is_live and p.key = any(${[...emails]}::text[])
      and ${withinReachOrGranted(ctx, "contact", sql.ref("c.id"), sql.ref("c.owner_id"))}`.execute(ctx.tx);
  const opportunities = await sql<Sale & { key: string }>`
    select v.key, o.id, o.customer_id as "customerId" from unnest(${[...sales]}::text[]) as v(key)
    join opportunity o on o.organization_id = ${organizationId} and o.deleted_at is null
      and (o.external_id = v.key or o.number = substring(v.key from '^(?:OPP-)?(\\d{1,15})$')::bigint)
    where ${withinReach(ctx, "opportunity", sql.ref("o.owner_id"))}
    order by o.external_id = v.key nulls first`.execute(ctx.tx);
  return {
    byExternalId: new Map(ids.rows.map(({ key, ...known }) => [key, known])),
    contacts: new Map(contacts.rows.map(({ key, id }) => [key, id])),
    sales: new Map(opportunities.rows.map(({ key, ...sale }) => [key, sale])),
  };
}

export type ImportedInteraction = Omit<InteractionRow, "contactEmail" | "opportunity"> & {
  readonly id: string;
  readonly participantId: string;
  readonly contactId: string | null;
  readonly opportunityId: string | null;
};

/** Days stand at noon of the organization: the file says no time. */
export async function insertImportedInteractions(ctx: Context, rows: readonly ImportedInteraction[]): Promise<void> {
  if (rows.length === 0) return;
  const { organizationId, memberId } = ctx.actor;
  const given = JSON.stringify(rows.map((row, index) => ({ ...row, index })));
  await sql`
    with given as (
      select g.*, case when g."opportunityId" is not null then o.owner_id when g."customerId" is not null then c.owner_id else g."authorId" end as owner_id
      from jsonb_to_recordset(${given}::jsonb) as g("id" uuid, "index" bigint, "participantId" uuid, "authorId" uuid, "kind" text, "direction" text,
        "subject" text, "body" text, "outcome" text, "occurredOn" date, "minutes" integer, "customerId" uuid, "opportunityId" uuid,
        "contactId" uuid, "externalId" text)
      left join opportunity o on o.organization_id = ${organizationId} and o.id = g."opportunityId"
      left join customer c on c.organization_id = ${organizationId} and c.id = g."customerId"
    ), first as (select ${nextNumber("interaction", rows.length)} as number), made as (
      insert into interaction (organization_id, id, number, owner_id, author_id, kind, direction, subject, body, outcome, occurred_at, minutes,
        customer_id, opportunity_id, external_id, created_at, created_by, updated_at, version, is_imported)
      select ${organizationId}, g."id", first.number + g."index", g.owner_id, g."authorId", g."kind", g."direction", g."subject", g."body",
        g."outcome", least((g."occurredOn" + interval '12 hours') at time zone ${ctx.organization.timeZone}, ${ctx.now}), g."minutes",
        g."customerId", g."opportunityId", g."externalId", ${ctx.now}, ${memberId}, ${ctx.now}, 1, true
      from given g, first returning id
    )
    insert into interaction_participant (organization_id, id, interaction_id, owner_id, contact_id, position)
    select ${organizationId}, g."participantId", made.id, g.owner_id, g."contactId", 0
    from given g join made on made.id = g."id" where g."contactId" is not null`.execute(ctx.tx);
}

/** Writes the file's values over what is there; empty cells leave it, and what it is about stays. */
export async function updateImportedInteractions(
  ctx: Context,
  rows: readonly ImportedInteraction[],
): Promise<{ id: string; version: number }[]> {
  if (rows.length === 0) return [];
  const result = await sql<{ id: string; version: number }>`
    update interaction i set kind = g."kind", subject = g."subject", body = coalesce(g."body", i.body), outcome = case when i.kind = g."kind" then coalesce(g."outcome", i.outcome) else g."outcome" end,
      direction = coalesce(g."direction", i.direction), minutes = coalesce(g."minutes", i.minutes), updated_at = ${ctx.now}, version = i.version + 1
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g("id" uuid, "kind" text, "subject" text, "body" text, "outcome" text,
      "direction" text, "minutes" integer)
    where i.organization_id = ${ctx.actor.organizationId} and i.id = g."id" and i.deleted_at is null
    returning i.id, i.version`.execute(ctx.tx);
  return result.rows;
}

/** Into the trash, where the version is still the import's. */
export async function trashImportedInteractions(
  ctx: Context,
  records: readonly { readonly id: string; readonly version: number }[],
): Promise<string[]> {
  if (records.length === 0) return [];
  const { organizationId, memberId } = ctx.actor;
  const { rows } = await sql<{ id: string }>`
    update interaction i set deleted_at = ${ctx.now}, deleted_by = ${memberId}, updated_at = ${ctx.now}, version = i.version + 1
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as g(id uuid, version integer)
    where i.organization_id = ${organizationId} and i.id = g.id and i.version = g.version and i.deleted_at is null
    returning i.id`.execute(ctx.tx);
  return rows.map(({ id }) => id);
}
