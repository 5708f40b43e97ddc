import type { EventType } from "@rainmaker/contracts/events";
import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import type { opportunityTimeline } from "@rainmaker/contracts/records/records";
import { sql, type RawBuilder } from "kysely";
import type { ScopedEntity } from "@rainmaker/contracts/organization/permissions";
import type { Context } from "#platform/context";
import { cursorOf, limitOf, readCursor } from "#platform/page";
import { seesAll, withinReach } from "#platform/scope";

type Timeline = ReplyInput<typeof opportunityTimeline>;
/** An entry before what it tells of was looked up. */
export type TimelineLine = Omit<Timeline["items"][number], "interaction">;

type Row = {
  id: string;
  seq: bigint | null;
  type: string;
  entity: string;
  record_id: string | null;
  label: string | null;
  actor_id: string | null;
  actor_name: string | null;
  occurred_at: string;
  changes: Record<string, [unknown, unknown]>;
  facts: Record<string, unknown>;
  is_pinned: boolean;
};

export type TimelineSource = {
  /** Whose timeline it is: entries are pinned to it. */
  readonly about: { readonly entity: ScopedEntity; readonly id: string };
  /** The records whose threads are told, as a subquery of the columns id and owner_id. */
  readonly threads: RawBuilder<unknown>;
  /** Entities that stand on these threads without being seen by everybody who sees the thread. */
  readonly apart: readonly ScopedEntity[];
  /** Only these are told. */
  readonly types: readonly EventType[];
  /**
   * Rows that are told beside the log, of the columns id, type, entity, record_id, label, actor_id, occurred_at; the
   * conditions go into its WHERE.
   */
  readonly beside: (conditions: Conditions) => RawBuilder<unknown> | null;
};

type Asked = {
  /** Column of who did it. */
  readonly actor: string;
  /** The entry's id. */
  readonly id: RawBuilder<unknown>;
  /** Text that is searched. */
  readonly said: RawBuilder<unknown>;
};

type Conditions = {
  /** Whether a row comes after the page before. */
  readonly after: (occurredAt: string, id: RawBuilder<unknown>) => RawBuilder<unknown>;
  /** Whether a row is among what is asked for. */
  readonly asked: (row: Asked) => RawBuilder<unknown>;
  readonly most: number;
};

/**
 * What happened to a record and to what hangs on it, latest first by when it happened: what was entered later stands
 * where it belongs. Whoever calls has made sure that the viewer sees the records of the threads.
 */
export async function readTimeline(
  ctx: Context,
  { about, threads, types, apart, beside }: TimelineSource,
  query: QueryOf<typeof opportunityTimeline>,
): Promise<{ items: TimelineLine[]; nextCursor: string | null }> {
  const limit = limitOf(query.limit);
  const pins = pinsOf(ctx, about);
  const conditions = conditionsOf(query, pins, limit + 1);
  const others = beside(conditions);
  const { rows } = await sql<Row>`
    select t.*, m.name as actor_name, t.id in (${pins}) as is_pinned from (
      ${fromLog(ctx, { threads, types, apart }, conditions)}
      ${others === null ? sql`` : sql`union all (${besideColumns(others)})`}
    ) t left join organization.member_ref m on m.organization_id = ${ctx.actor.organizationId} and m.id = t.actor_id
    order by t.occurred_at desc, t.id collate "C" desc limit ${limit + 1}`.execute(ctx.tx);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toLine),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf([last.occurred_at, last.id]) : null,
  };
}

/** Ids of the entries that are pinned to a timeline, as a subquery. */
function pinsOf({ actor }: Context, { entity, id }: TimelineSource["about"]): RawBuilder<unknown> {
  return sql`select p.entry_id from timeline_pin p
    where p.organization_id = ${actor.organizationId} and p.entity = ${entity} and p.record_id = ${id}::uuid`;
}

function conditionsOf(
  { cursor, actorId, q, entryId, pinned }: QueryOf<typeof opportunityTimeline>,
  pins: RawBuilder<unknown>,
  most: number,
): Conditions {
  const text = q?.trim() ?? "";
  const start = readCursor(cursor, ["text", "text"]);
  return {
    // The first comparison is the one an index walks by.
    after: (occurredAt, id) => {
      const at = sql.ref(occurredAt);
      if (start === null) return sql`true`;
      return sql`${at} <= ${start[0]}::timestamptz and (${at}, ${id} collate "C") < (${start[0]}::timestamptz, ${start[1]}::text collate "C")`;
    },
    asked: ({ actor, id, said }) =>
      sql.join(
        [
          actorId === undefined ? sql`true` : sql`${sql.ref(actor)} = ${actorId}::uuid`,
          text === "" ? sql`true` : sql`strpos(lower(${said}), lower(${text}::text)) > 0`,
          entryId === undefined ? sql`true` : sql`${id} = ${entryId}::text`,
          pinned === undefined ? sql`true` : sql`${id} in (${pins})`,
        ],
        sql` and `,
      ),
    most,
  };
}

/** Thread by thread, so that each is walked along its index however long it is. */
function fromLog(
  ctx: Context,
  { threads, types, apart }: Pick<TimelineSource, "threads" | "types" | "apart">,
  { after, asked, most }: Conditions,
): RawBuilder<unknown> {
  // What hangs on a record has the owner it has now, whoever that was when it happened.
  const inSight = apart
    .filter((entity) => !seesAll(ctx, entity))
    .map((entity) => sql`and (e.entity <> ${entity} or ${withinReach(ctx, entity, sql.ref("thread.owner_id"))})`);
  const id = sql`('e' || lpad(e.seq::text, 19, '0'))`;
  const said = sql`(coalesce(e.label, '') || ' ' || e.changes::text || ' ' || e.facts::text)`;
  return sql`(select l.* from (${threads}) thread cross join lateral (
    select ${id} as id, e.seq, e.type, e.entity, e.record_id, e.label, e.actor_id, e.occurred_at, e.changes, e.facts from event_log e
    where e.organization_id = ${ctx.actor.organizationId} and e.thread_id = thread.id and e.type = any(${[...types]}::text[])
      ${sql.join(inSight, sql` `)} and ${asked({ actor: "e.actor_id", id, said })} and ${after("e.occurred_at", id)}
    order by e.occurred_at desc, e.seq desc limit ${most}) l)`;
}

function besideColumns(others: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select o.id, null::bigint as seq, o.type, o.entity, o.record_id, o.label, o.actor_id, o.occurred_at, '{}'::jsonb as changes,
    '{}'::jsonb as facts from (${others}) o`;
}

function toLine(row: Row): TimelineLine {
  return {
    id: row.id,
    seq: row.seq === null ? null : Number(row.seq),
    type: row.type,
    entity: row.entity,
    recordId: row.record_id,
    label: row.label,
    actor: row.actor_id === null ? null : { id: row.actor_id, name: row.actor_name ?? "" },
    occurredAt: row.occurred_at,
    changes: row.changes,
    facts: row.facts,
    isPinned: row.is_pinned,
  };
}
