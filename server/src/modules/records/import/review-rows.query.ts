import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import type {
  listKeptRows as keptContract,
  listReviews as reviewsContract,
} from "@rainmaker/contracts/records/imports";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import type { Context } from "#platform/context";
import { notFound } from "#platform/errors";
import { cursorOf, limitOf, readCursor } from "#platform/page";
import { needsReview } from "./import.ts";

const lastLine = 2_147_483_647;

type Row = {
  readonly row: number;
  readonly record_id: string | null;
  readonly cells: string[];
  readonly undo_code: string | null;
  readonly undo_message: string | null;
};
type Query = QueryOf<typeof keptContract>;

/** Rows that undoing or redoing left as they were. @throws Refusal 404 */
export async function listKeptRows(
  ctx: Context,
  importId: string,
  query: Query,
): Promise<ReplyInput<typeof keptContract>> {
  const { rows, nextCursor } = await pageOf(ctx, importId, query, sql<SqlBool>`r.undo_state in ('kept', 'lost')`);
  return {
    items: rows.map((row) => ({ ...recordOf(row), code: row.undo_code ?? "", message: row.undo_message ?? "" })),
    nextCursor,
  };
}

/** Rows that wait for a decision. @throws Refusal 404 */
export async function listReviews(
  ctx: Context,
  importId: string,
  query: Query,
): Promise<ReplyInput<typeof reviewsContract>> {
  const { rows, nextCursor } = await pageOf(ctx, importId, query, sql<SqlBool>`r.code = ${needsReview}`);
  return { items: rows.map(recordOf), nextCursor };
}

function recordOf({ row, record_id: recordId, cells }: Row): { row: number; recordId: string; cells: string[] } {
  return { row, recordId: recordId ?? "", cells };
}

async function pageOf(
  ctx: Context,
  importId: string,
  query: Query,
  which: RawBuilder<SqlBool>,
): Promise<{ rows: Row[]; nextCursor: string | null }> {
  const limit = limitOf(query.limit);
  const [after] = readCursor(query.cursor, ["number"]) ?? [];
  const afterRow = Math.min(Math.trunc(Number(after ?? 0)), lastLine);
  // The import itself comes along, so that one that is not there is told from one that has no such rows.
  const { rows } = await sql<Row | { readonly row: null }>`
    select r.row, r.record_id, r.cells, r.undo_code, r.undo_message from import i
    left join lateral (
      select * from import_row r where r.organization_id = i.organization_id and r.import_id = i.id and ${which} and r.row > ${afterRow}
      order by r.row limit ${limit + 1}
    ) r on true
    where i.organization_id = ${ctx.actor.organizationId} and i.owner_id = ${ctx.actor.memberId} and i.id = ${importId}
    order by r.row`.execute(ctx.tx);
  if (rows.length === 0) throw notFound("import");
  const found = rows.filter((row) => row.row !== null);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, nextCursor: found.length > limit && last !== undefined ? cursorOf([last.row]) : null };
}
