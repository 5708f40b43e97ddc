import type { EventType, LoggedEvent } from "@rainmaker/contracts/events";
import { sql } from "kysely";
import type { Context } from "../context.ts";

type Row = {
  seq: bigint;
  id: string;
  type: EventType;
  record_id: string | null;
  label: string | null;
  record_version: number | null;
  owner_id: string | null;
  previous_owner_id: string | null;
  thread_id: string | null;
  actor_id: string | null;
  changes: Record<string, [unknown, unknown]>;
  facts: never;
  occurred_at: string;
};

/** One event of the organization's log, or undefined. */
export async function readEvent(ctx: Context, seq: bigint): Promise<LoggedEvent | undefined> {
  const { rows } =
    await sql<Row>`select ${columns} from event_log where organization_id = ${ctx.actor.organizationId} and seq = ${seq}`.execute(
      ctx.tx,
    );
  return rows[0] === undefined ? undefined : toEvent(ctx.actor.organizationId, rows[0]);
}

/** Events of these types after one position and up to another, in order. */
export async function readEventsBetween(
  ctx: Context,
  after: bigint,
  upTo: bigint,
  types: readonly EventType[],
): Promise<LoggedEvent[]> {
  const { rows } = await sql<Row>`select ${columns} from event_log
    where organization_id = ${ctx.actor.organizationId} and seq > ${after} and seq <= ${upTo} and type = any(${[...types]}::text[])
    order by seq`.execute(ctx.tx);
  return rows.map((row) => toEvent(ctx.actor.organizationId, row));
}

const columns = sql.raw(
  "seq, id, type, record_id, label, record_version, owner_id, previous_owner_id, thread_id, actor_id, changes, facts, occurred_at",
);

function toEvent(organizationId: string, row: Row): LoggedEvent {
  return {
    organizationId,
    seq: row.seq,
    id: row.id,
    type: row.type,
    recordId: row.record_id,
    label: row.label ?? undefined,
    version: row.record_version ?? undefined,
    ownerId: row.owner_id,
    previousOwnerId: row.previous_owner_id,
    threadId: row.thread_id,
    actorId: row.actor_id,
    changes: row.changes,
    facts: row.facts,
    occurredAt: row.occurred_at,
  };
}
