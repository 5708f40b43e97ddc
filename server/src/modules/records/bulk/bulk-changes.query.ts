import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import type { getBulkChange as getContract, listBulkChanges as listContract } from "@rainmaker/contracts/records/bulk";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import type { Context } from "#platform/context";
import { notFound } from "#platform/errors";
import { cursorOf, limitOf, readCursor } from "#platform/page";
import { undoUntil } from "./bulk-change.ts";

type Reply = ReplyInput<typeof getContract>;

type Row = {
  id: string;
  entity: Reply["entity"];
  action: Reply["action"];
  status: Reply["status"];
  owner_id: string;
  owner_name: string | null;
  total_count: number;
  failure: string | null;
  created_at: string;
  finished_at: string | null;
  undone_at: string | null;
  version: number;
  states: { state: string; code: string | null; message: string | null; rows: number }[];
};

export async function listBulkChanges(
  ctx: Context,
  query: QueryOf<typeof listContract>,
): Promise<ReplyInput<typeof listContract>> {
  const limit = limitOf(query.limit);
  const after = readCursor(query.cursor, ["text", "text"]);
  const from =
    after === null
      ? sql<SqlBool>`true`
      : sql<SqlBool>`(b.created_at, b.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  const rows = await select(ctx, from, limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toReply),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf([last.created_at, last.id]) : null,
  };
}

/** @throws Refusal 404 where it is not an own one */
export async function getBulkChange(ctx: Context, bulkChangeId: string): Promise<Reply> {
  const [row] = await select(ctx, sql<SqlBool>`b.id = ${bulkChangeId}`, 1);
  if (row === undefined) throw notFound("bulk change");
  return toReply(row);
}

async function select(ctx: Context, which: RawBuilder<SqlBool>, most: number): Promise<Row[]> {
  const { organizationId, memberId } = ctx.actor;
  const { rows } = await sql<Row>`
    select b.id, b.entity, b.action, b.status, b.owner_id, m.name as owner_name, b.total_count, b.failure, b.created_at,
      b.finished_at, b.undone_at, b.version,
      coalesce((select json_agg(s) from (
        select r.state, r.code, min(r.message) as message, count(*) as rows from bulk_change_row r
        where r.organization_id = b.organization_id and r.bulk_change_id = b.id group by r.state, r.code order by count(*) desc) s), '[]') as states
    from bulk_change b left join organization.member_ref m on m.organization_id = b.organization_id and m.id = b.owner_id
    where b.organization_id = ${organizationId} and b.owner_id = ${memberId} and ${which}
    order by b.created_at desc, b.id desc limit ${most}`.execute(ctx.tx);
  return rows;
}

function toReply(row: Row): Reply {
  const count = (...states: string[]): number =>
    row.states.filter(({ state }) => states.includes(state)).reduce((sum, { rows }) => sum + rows, 0);
  const [restored, kept] = [count("restored"), count("kept")];
  return {
    id: row.id,
    entity: row.entity,
    action: row.action,
    status: row.status,
    owner: { id: row.owner_id, name: row.owner_name ?? "" },
    total: row.total_count,
    changed: count("changed") + restored + kept,
    unchanged: count("unchanged"),
    refused: count("refused"),
    refusals: row.states.flatMap(({ state, code, message, rows }) =>
      state === "refused" ? [{ code: code ?? "", message: message ?? "", rows }] : [],
    ),
    undo: row.undone_at === null ? null : { restored, kept },
    undoUntil: undoUntil(row.finished_at),
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    failure: row.failure,
    version: row.version,
  };
}
