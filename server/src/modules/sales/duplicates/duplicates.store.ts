import type { DuplicateEntity } from "@rainmaker/contracts/sales/duplicates";
import { sql, type RawBuilder } from "kysely";
import type { SalesContext } from "../sales.context.ts";
import { freeMail, type Facts, type Likeness } from "./match.ts";

export type Known = Facts & { readonly id: string };
export type Pair = Likeness & { readonly lowId: string; readonly highId: string };

/** Records that one key leads to; of a key that more share, that they share it says little. */
const mostByKey = 50;

/** Keys w(kind, key) as ranges: of a phone number the end is compared, of everything else all of it. */
const ranged = sql`case w.kind when 'phone' then left(w.key, 7) else w.key end as low,
  case w.kind when 'phone' then left(w.key, 7) || U&'\\+10FFFF' else w.key end as high`;
const compared = sql`('name', 'part', 'email', 'phone', 'domain')`;

/** Ids of records with one of these keys, whoever sees them. @param wanted a select of kind and key */
export function recordsByKeys(
  ctx: SalesContext,
  entity: DuplicateEntity,
  wanted: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`select distinct k.record_id from (select distinct w.kind, ${ranged} from (${wanted}) w
      where w.kind in ${compared} and not (w.kind = 'domain' and w.key = any(${[...freeMail]}::text[]))) w,
    lateral (select k.record_id from record_key k where k.organization_id = ${ctx.actor.organizationId} and k.kind = w.kind
      and k.key >= w.low and k.key <= w.high and k.entity = ${entity} limit ${mostByKey}) k`;
}

type FactsRow = { id: string; name_key: string; keys: { kind: string; key: string }[]; customer_ids: string[] };

/** What records are compared by. */
export async function listFacts(ctx: SalesContext, entity: DuplicateEntity, ids: readonly string[]): Promise<Known[]> {
  if (ids.length === 0) return [];
  const { organizationId } = ctx.actor;
  const { rows } = await sql<FactsRow>`
    select k.record_id as id, coalesce(max(k.key) filter (where k.kind = 'name'), '') as name_key,
      json_agg(json_build_object('kind', k.kind, 'key', k.key)) as keys,
      array(select l.customer_id::text from contact_customer l
        where l.organization_id = ${organizationId} and l.contact_id = k.record_id) as customer_ids
    from record_key k where k.organization_id = ${organizationId} and k.record_id = any(${[...ids]}::uuid[])
      and k.entity = ${entity} and k.kind in ('name', 'email', 'phone', 'domain') group by k.record_id`.execute(ctx.tx);
  return rows.map(({ id, name_key: nameKey, keys, customer_ids: customerIds }) => ({
    id,
    ...factsOf(nameKey, keys, customerIds),
  }));
}

const digitsCompared = 9;

/** Keys as the database writes them, by what they are. */
export function factsOf(
  nameKey: string,
  keys: readonly { readonly kind: string; readonly key: string }[],
  customerIds: readonly string[],
): Facts {
  const of = (kind: string): string[] => keys.filter((one) => one.kind === kind).map(({ key }) => key);
  return {
    nameKey,
    emails: of("email"),
    phones: of("phone").map((digits) => digits.slice(0, digitsCompared)),
    domains: of("domain").filter((domain) => !freeMail.includes(domain)),
    customerIds,
  };
}

/** Pairs of records that have a key in common, one of them among these. */
export async function listNeighbours(
  ctx: SalesContext,
  entity: DuplicateEntity,
  ids: readonly string[],
): Promise<{ id: string; other: string }[]> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<{ id: string; other: string }>`
    select distinct w.record_id as id, k.record_id as other from (select w.record_id, w.kind, ${ranged} from record_key w
      where w.organization_id = ${organizationId} and w.record_id = any(${[...ids]}::uuid[]) and w.entity = ${entity}
        and w.kind in ${compared} and not (w.kind = 'domain' and w.key = any(${[...freeMail]}::text[]))) w,
    lateral (select k.record_id from record_key k where k.organization_id = ${organizationId} and k.kind = w.kind
      and k.key >= w.low and k.key <= w.high and k.entity = ${entity} limit ${mostByKey}) k
    where k.record_id <> w.record_id`.execute(ctx.tx);
  return rows;
}

/** From which likelihood on the organization wants to hear of two records. */
export async function readThreshold(ctx: SalesContext): Promise<number> {
  const { rows } = await sql<{ score: number }>`
    select duplicate_score as score from organization where id = ${ctx.actor.organizationId}`.execute(ctx.tx);
  return rows[0]?.score ?? 100;
}

/** Writes the pairs of these records anew; what was dismissed stays dismissed. */
export async function savePairs(
  ctx: SalesContext,
  entity: DuplicateEntity,
  ids: readonly string[],
  pairs: readonly Pair[],
): Promise<void> {
  const { organizationId } = ctx.actor;
  const given = JSON.stringify(pairs);
  await sql`delete from duplicate_pair p where p.organization_id = ${organizationId} and p.entity = ${entity}
    and (p.low_id = any(${[...ids]}::uuid[]) or p.high_id = any(${[...ids]}::uuid[])) and p.dismissed_at is null
    and not exists (select from jsonb_to_recordset(${given}::jsonb) as g("lowId" uuid, "highId" uuid)
      where g."lowId" = p.low_id and g."highId" = p.high_id)`.execute(ctx.tx);
  await sql`
    insert into duplicate_pair (organization_id, entity, low_id, high_id, score, reasons, found_at)
    select ${organizationId}, ${entity}, g."lowId", g."highId", g.score, g.reasons, ${ctx.now}
    from jsonb_to_recordset(${given}::jsonb) as g("lowId" uuid, "highId" uuid, score smallint, reasons text[])
    order by 3, 4
    on conflict (organization_id, entity, low_id, high_id) do update set score = excluded.score, reasons = excluded.reasons`.execute(
    ctx.tx,
  );
}

/** Says of two records that they are not the same, or takes it back. */
export async function markPair(
  ctx: SalesContext,
  entity: DuplicateEntity,
  [lowId, highId]: readonly [string, string],
  isDismissed: boolean,
): Promise<void> {
  const by = isDismissed ? ctx.actor.memberId : null;
  const at = isDismissed ? ctx.now : null;
  await sql`
    insert into duplicate_pair (organization_id, entity, low_id, high_id, score, reasons, found_at, dismissed_by, dismissed_at)
    values (${ctx.actor.organizationId}, ${entity}, ${lowId}, ${highId}, 0, '{}', ${ctx.now}, ${by}, ${at})
    on conflict (organization_id, entity, low_id, high_id) do update
      set dismissed_by = excluded.dismissed_by, dismissed_at = excluded.dismissed_at`.execute(ctx.tx);
}
