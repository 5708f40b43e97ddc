import { sql, type SqlBool } from "kysely";
import { nextNumber } from "#modules/records";
import type { Context } from "#platform/context";
import { withinReachOrGranted } from "#platform/scope";
import type { ImportedTable } from "../imports/imported-values.store.ts";
import type { Known } from "../imports/known.ts";
import type { InteractionRow } from "./interaction-import.ts";

export const importedInteractions: ImportedTable = {
  name: "interaction",
  columns: ["kind", "subject", "body", "outcome", "direction", "minutes", "external_id"],
  isLive: sql<SqlBool>`t.deleted_at is null`,
  hasUpdatedAt: true,
};

export type NamedRecord = { readonly id: string; readonly label: string };
export type Sale = NamedRecord & { readonly customerId: string | null };
type Keyed = { readonly key: string; readonly byKey: boolean };
export type KnownInteraction = Known & { readonly kind: string };
type Named = {
  /** Interactions that are there already; whoever may change what their author says may change them. */
  readonly byExternalId: ReadonlyMap<string, KnownInteraction>;
  /** Several where a name or title is that of several. */
  readonly contacts: ReadonlyMap<string, readonly NamedRecord[]>;
  readonly sales: ReadonlyMap<string, readonly Sale[]>;
};

/** What rows name: of contacts and opportunities only those in the importer's sight. */
export async function findNamed(
  ctx: Context,
  externalIds: readonly string[],
  people: readonly string[],
  sales: readonly string[],
): Promise<Named> {
  const { organizationId } = ctx.actor;
  const ids = await sql<KnownInteraction & { key: string }>`
    select i.external_id as key, i.id, i.author_id as "ownerId", i.kind from interaction i where i.organization_id = ${organizationId}
      and i.external_id = any(${[...externalIds]}::text[]) and i.deleted_at is null`.execute(ctx.tx);
  const contacts = await sql<NamedRecord & Keyed>`
    select v.key, c.id, 'CON-' || c.number || ' ' || c.name as label, n.is_key as "byKey"
    from unnest(${[...new Set(people)]}::text[]) as v(key), lateral (
      select p.contact_id as id, true as is_key from contact_point p
      where p.organization_id = ${organizationId} and p.kind = 'email' and p.is_live and p.key = v.key
      union all
      select k.id, true from contact k where k.organization_id = ${organizationId} and k.external_id = v.key
      union all
      select k.id, false from contact k where k.organization_id = ${organizationId} and k.name = v.key
    ) n join contact c on c.organization_id = ${organizationId} and c.id = n.id and c.deleted_at is null
    where ${withinReachOrGranted(ctx, "contact", sql.ref("c.id"), sql.ref("c.owner_id"))}`.execute(ctx.tx);
  const opportunities = await sql<Sale & Keyed>`
    select v.key, o.id, o.customer_id as "customerId", 'OPP-' || o.number || ' ' || o.title as label, n.is_key as "byKey"
    from unnest(${[...new Set(sales)]}::text[]) as v(key), lateral (
      select k.id, true as is_key from opportunity k where k.organization_id = ${organizationId}
        and (k.external_id = v.key or k.number = substring(v.key from '^(?:OPP-)?(\\d{1,15})$')::bigint)
      union all
      select k.id, false from opportunity k where k.organization_id = ${organizationId} and k.title = v.key
    ) n join opportunity o on o.organization_id = ${organizationId} and o.id = n.id and o.deleted_at is null
    where ${withinReachOrGranted(ctx, "opportunity", sql.ref("o.id"), sql.ref("o.owner_id"))}`.execute(ctx.tx);
  return {
    byExternalId: new Map(ids.rows.map(({ key, ...known }) => [key, known])),
    contacts: meantBy(contacts.rows),
    sales: meantBy(opportunities.rows),
  };
}

/** An address, number or external id says which one; a name only where nothing has it as its key. */
function meantBy<Found extends NamedRecord & Keyed>(rows: readonly Found[]): ReadonlyMap<string, readonly Found[]> {
  const byKey = Map.groupBy(rows, ({ key }) => key);
  return new Map(
    [...byKey].map(([key, all]) => {
      const keyed = all.filter((one) => one.byKey);
      const meant = keyed.length > 0 ? keyed : all;
      return [key, [...new Map(meant.map((one) => [one.id, one])).values()]];
    }),
  );
}

export type ImportedInteraction = Omit<InteractionRow, "contact" | "opportunity"> & {
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
