import type { EventType } from "@rainmaker/contracts/events";
import type { ReplyInput } from "@rainmaker/contracts/endpoint";
import type { opportunityTimeline } from "@rainmaker/contracts/records/records";
import { sql } from "kysely";
import type { Context } from "#platform/context";
import { cursorOf, limitOf, readCursor } from "#platform/page";

type Timeline = ReplyInput<typeof opportunityTimeline>;
type Entry = Timeline["items"][number];

type Row = {
  seq: bigint;
  type: string;
  entity: string;
  record_id: string | null;
  label: string | null;
  actor_id: string | null;
  actor_name: string | null;
  occurred_at: string;
  changes: Record<string, [unknown, unknown]>;
  facts: Record<string, unknown>;
};

/**
 * What the log says of a record and of what hangs on it, newest first. Whoever calls has made sure that the viewer
 * sees the record; only these types are told.
 */
export async function readTimeline(
  ctx: Context,
  threadId: string,
  types: readonly EventType[],
  query: { limit?: string | undefined; cursor?: string | undefined },
): Promise<Timeline> {
  const limit = limitOf(query.limit);
  const after = readCursor(query.cursor, ["number"]);
  const { rows } = await sql<Row>`
    select e.seq, e.type, e.entity, e.record_id, e.label, e.actor_id, m.name as actor_name, e.occurred_at, e.changes, e.facts
    from event_log e left join organization.member_ref m on m.organization_id = e.organization_id and m.id = e.actor_id
    where e.organization_id = ${ctx.actor.organizationId} and e.thread_id = ${threadId} and e.type = any(${[...types]}::text[])
      and (${after?.[0] ?? null}::bigint is null or e.seq < ${after?.[0] ?? null}::bigint)
    order by e.seq desc limit ${limit + 1}`.execute(ctx.tx);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toEntry),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf([last.seq]) : null,
  };
}

function toEntry(row: Row): Entry {
  return {
    seq: Number(row.seq),
    type: row.type,
    entity: row.entity,
    recordId: row.record_id,
    label: row.label,
    actor: row.actor_id === null ? null : { id: row.actor_id, name: row.actor_name ?? "" },
    occurredAt: row.occurred_at,
    changes: row.changes,
    facts: row.facts,
  };
}
