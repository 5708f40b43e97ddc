import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import type {
  listAuditLog as listContract,
  verifyAuditLog as verifyContract,
} from "@rainmaker/contracts/organization/audit";
import { sql, type RawBuilder } from "kysely";
import type { Context } from "#platform/context";
import { readQuestion } from "./audit-question.ts";
import { cursorOf, limitOf, readCursor } from "#platform/page";

type Row = {
  seq: bigint;
  id: string;
  type: string;
  entity: string;
  record_id: string | null;
  label: string | null;
  actor_id: string | null;
  actor_name: string | null;
  occurred_at: string;
  changes: Record<string, [unknown, unknown]>;
  facts: Record<string, unknown>;
  request_id: string | null;
  address: string | null;
  device: string | null;
};

/** The organization's log, newest first, by position: the order nobody can set back. */
export async function listAuditLog(
  ctx: Context,
  query: QueryOf<typeof listContract>,
): Promise<ReplyInput<typeof listContract>> {
  const limit = limitOf(query.limit);
  const after = readCursor(query.cursor, ["number"]);
  const conditions: RawBuilder<unknown>[] = [sql`e.organization_id = ${ctx.actor.organizationId}`];
  if (after !== null) conditions.push(sql`e.seq < ${after[0]}::bigint`);
  if (query.q !== undefined) conditions.push(...conditionsOf(ctx, query.q));
  if (query.field !== undefined) conditions.push(sql`jsonb_exists(e.changes, ${query.field})`);
  if (query.actorId !== undefined) conditions.push(sql`e.actor_id = ${query.actorId}`);
  if (query.entity !== undefined) conditions.push(sql`e.entity = ${query.entity}`);
  if (query.type !== undefined) conditions.push(sql`e.type = ${query.type}`);
  if (query.recordId !== undefined) conditions.push(sql`e.record_id = ${query.recordId}`);
  if (query.from !== undefined)
    conditions.push(sql`e.occurred_at >= (${query.from}::date)::timestamp at time zone ${ctx.organization.timeZone}`);
  if (query.to !== undefined)
    conditions.push(sql`e.occurred_at < (${query.to}::date + 1)::timestamp at time zone ${ctx.organization.timeZone}`);
  const { rows } = await sql<Row>`
    select e.seq, e.id, e.type, e.entity, e.record_id, e.label, e.actor_id, m.name as actor_name, e.occurred_at, e.changes, e.facts, e.request_id, e.address, e.device
    from event_log e left join organization.member_ref m on m.organization_id = e.organization_id and m.id = e.actor_id
    where ${sql.join(conditions, sql` and `)} order by e.seq desc limit ${limit + 1}`.execute(ctx.tx);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(toEntry),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf([last.seq]) : null,
  };
}

function conditionsOf(ctx: Context, text: string): RawBuilder<unknown>[] {
  const { labels, types, entities, words } = readQuestion(text);
  const conditions = words.map((word) => {
    const begins = `${word.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    return sql`(e.actor_id in (select w.id from organization.member_ref w where w.organization_id = ${ctx.actor.organizationId}
      and (lower(w.name::text) like ${begins} or lower(w.name::text) like ${`% ${begins}`})) or lower(e.label) like ${begins})`;
  });
  if (labels.length > 0) conditions.push(sql`e.label = any(${[...labels]}::text[])`);
  if (types !== null) conditions.push(sql`e.type = any(${[...types]}::text[])`);
  if (entities.length > 0) conditions.push(sql`e.entity = any(${[...entities]}::text[])`);
  return conditions;
}

function toEntry(row: Row): ReplyInput<typeof listContract>["items"][number] {
  return {
    seq: Number(row.seq),
    id: row.id,
    type: row.type,
    entity: row.entity,
    recordId: row.record_id,
    label: row.label,
    actor: row.actor_id === null ? null : { id: row.actor_id, name: row.actor_name ?? "" },
    occurredAt: row.occurred_at,
    changes: row.changes,
    facts: row.facts,
    requestId: row.request_id,
    address: row.address,
    device: row.device,
  };
}

/** Recomputes every hash from the first entry on and says where the chain breaks, if it does. */
export async function verifyAuditLog(ctx: Context): Promise<ReplyInput<typeof verifyContract>> {
  const { rows } = await sql<{ entries: bigint; bad: bigint | null; last: bigint | null; head: bigint | null }>`
    with chain as (
      select e.seq, e.hash, app.event_hash(coalesce(lag(e.hash) over (order by e.seq), ''::bytea), e) as expected, row_number() over (order by e.seq) as place
      from event_log e where e.organization_id = ${ctx.actor.organizationId}
    )
    select count(*) as entries, min(seq) filter (where hash <> expected or seq <> place) as bad, max(seq) as last,
      (select seq from event_head where organization_id = ${ctx.actor.organizationId}) as head
    from chain`.execute(ctx.tx);
  const { entries = 0n, bad = null, last = null, head = null } = rows[0] ?? {};
  // Entries cut off at the end leave a chain that is sound and too short.
  const firstBad = bad ?? (head !== last ? (last ?? 0n) + 1n : null);
  return {
    verified: firstBad === null,
    entries: Number(entries),
    firstBadSeq: firstBad === null ? null : Number(firstBad),
    checkedAt: ctx.now.toISOString(),
  };
}
