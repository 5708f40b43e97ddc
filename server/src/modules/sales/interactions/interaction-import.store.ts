import { sql, type RawBuilder, type SqlBool } from "kysely";
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
  const contacts = await contactsMeant(ctx, [...new Set(people)]);
  const opportunities = await salesMeant(ctx, [...new Set(sales)]);
  return {
    byExternalId: new Map(ids.rows.map(({ key, ...known }) => [key, known])),
    contacts: meantBy(contacts),
    sales: meantBy(opportunities),
  };
}

/** Not joined with the values: on a table that is just being filled a join is planned as a loop over all pairs. */
async function contactsMeant(ctx: Context, values: readonly string[]): Promise<(NamedRecord & Keyed)[]> {
  if (values.length === 0) return [];
  const { organizationId } = ctx.actor;
  const { rows } = await sql<NamedRecord & Keyed>`
    select n.key, c.id, 'CON-' || c.number || ' ' || c.name as label, n.is_key as "byKey" from (
      select p.contact_id as id, p.key, true as is_key from contact_point p
      where p.organization_id = ${organizationId} and p.kind = 'email' and p.is_live and p.key = any(${values}::text[])
      union all
      select k.id, k.external_id, true from contact k where k.organization_id = ${organizationId} and k.external_id = any(${values}::text[])
      union all
      select k.id, k.name, false from contact k where k.organization_id = ${organizationId} and k.name = any(${values}::text[])
    ) n join contact c on c.organization_id = ${organizationId} and c.id = n.id and c.deleted_at is null
    where ${withinReachOrGranted(ctx, "contact", sql.ref("c.id"), sql.ref("c.owner_id"))}`.execute(ctx.tx);
  return rows;
}

async function salesMeant(ctx: Context, values: readonly string[]): Promise<(Sale & Keyed)[]> {
  if (values.length === 0) return [];
  const { organizationId } = ctx.actor;
  const columns = sql`o.id, o.customer_id as "customerId", 'OPP-' || o.number || ' ' || o.title as label`;
  const where = (isMeant: RawBuilder<SqlBool>): RawBuilder<unknown> =>
    sql`from opportunity o where o.organization_id = ${organizationId} and o.deleted_at is null and ${isMeant}
      and ${withinReachOrGranted(ctx, "opportunity", sql.ref("o.id"), sql.ref("o.owner_id"))}`;
  const byNumber = Map.groupBy(values, numberIn);
  const { rows } = await sql<Sale & Keyed & { readonly number: string | null }>`
    select ${columns}, o.external_id as key, true as "byKey", null as number ${where(sql`o.external_id = any(${values}::text[])`)}
    union all
    select ${columns}, '', true, o.number::text ${where(sql`o.number = any(${[...byNumber.keys()].filter((number) => number !== null)}::bigint[])`)}
    union all
    select ${columns}, o.title, false, null ${where(sql`o.title = any(${values}::text[])`)}`.execute(ctx.tx);
  return rows.flatMap(({ number, ...row }) =>
    number === null ? row : (byNumber.get(number) ?? []).map((key) => ({ ...row, key })),
  );
}

/** "OPP-12" and "12" are a number. */
function numberIn(value: string): string | null {
  return /^(?:OPP-)?0*(\d{1,15})$/.exec(value)?.[1] ?? null;
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
