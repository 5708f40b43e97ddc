import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import type { getImport as getContract, listImports as listContract } from "@rainmaker/contracts/records/imports";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import type { Context } from "#platform/context";
import { notFound } from "#platform/errors";
import { cursorOf, limitOf, readCursor } from "#platform/page";
import { undoUntil } from "./import.ts";
import { importFieldsOf } from "../custom-fields/import-fields.query.ts";
import type { ImportField } from "./import.ts";
import { importerOf } from "./importers.query.ts";

type Reply = ReplyInput<typeof getContract>;

type Row = {
  id: string;
  entity: Reply["entity"];
  status: Reply["status"];
  file_name: string;
  file_size: bigint;
  encoding: string;
  delimiter: string;
  columns: Reply["columns"];
  mapping: Reply["mapping"];
  read_count: number;
  created_count: number;
  updated_count: number;
  skipped_count: number;
  failed_count: number;
  undo_removed: number | null;
  undo_restored: number | null;
  undo_kept: number | null;
  undo_reasons: NonNullable<Reply["undo"]>["reasons"] | null;
  review_count: number;
  matched_as: string | null;
  failure: string | null;
  owner_id: string;
  owner_name: string | null;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  version: number;
};

export async function listImports(
  ctx: Context,
  query: QueryOf<typeof listContract>,
): Promise<ReplyInput<typeof listContract>> {
  const limit = limitOf(query.limit);
  const after = readCursor(query.cursor, ["text", "text"]);
  const conditions = ownImports(ctx);
  if (after !== null)
    conditions.push(sql<SqlBool>`(i.created_at, i.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  const rows = await selectImports(ctx, conditions, limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => toReply(row, importerOf(row.entity).fields)),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf([last.created_at, last.id]) : null,
  };
}

/** @throws Refusal 404 */
export async function getImport(ctx: Context, importId: string): Promise<Reply> {
  const [row] = await selectImports(ctx, [...ownImports(ctx), sql<SqlBool>`i.id = ${importId}`], 1);
  if (row === undefined) throw notFound("import");
  return toReply(row, await importFieldsOf(ctx, row.entity));
}

/** An import shows rows of a file nobody else has seen: it is its person's alone. */
function ownImports(ctx: Context): RawBuilder<SqlBool>[] {
  const { organizationId, memberId } = ctx.actor;
  return [sql<SqlBool>`i.organization_id = ${organizationId}`, sql<SqlBool>`i.owner_id = ${memberId}`];
}

async function selectImports(ctx: Context, conditions: readonly RawBuilder<SqlBool>[], most: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select i.id, i.entity, i.status, i.file_name, i.file_size, i.encoding, i.delimiter, i.columns, i.mapping, i.read_count, i.created_count,
      i.updated_count, i.skipped_count, i.failed_count, i.undo_removed, i.undo_restored, i.undo_kept, i.undo_reasons, i.review_count, i.matched_as, i.failure, i.owner_id, m.name as owner_name, i.created_at,
      i.started_at, i.finished_at, i.version
    from import i left join organization.member_ref m on m.organization_id = i.organization_id and m.id = i.owner_id
    where ${sql.join(conditions, sql` and `)} order by i.created_at desc, i.id desc limit ${most}`.execute(ctx.tx);
  return rows;
}

function toReply(row: Row, all: readonly ImportField[]): Reply {
  const importer = importerOf(row.entity);
  const fields = all.map(({ name, label, required, kind }) => ({ name, label, required, kind }));
  const { created_count: created, updated_count: updated, skipped_count: skipped, failed_count: failed } = row;
  return {
    id: row.id,
    entity: row.entity,
    status: row.status,
    fileName: row.file_name,
    fileSize: Number(row.file_size),
    encoding: row.encoding,
    delimiter: row.delimiter,
    columns: row.columns,
    mapping: row.mapping,
    fields,
    counts: { read: row.read_count, created, updated, skipped, failed },
    progress: created + updated + skipped + failed,
    owner: { id: row.owner_id, name: row.owner_name ?? "" },
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    undoUntil: undoUntil(row.finished_at),
    failure: row.failure,
    undo: undoOf(row),
    toReview: row.review_count,
    matchKeys: [...importer.matchKeys],
    matchedAs: row.matched_as,
    version: row.version,
  };
}

/** Once it is done again, only the rows that could not be are left to tell of. */
function undoOf({
  status,
  undo_removed: removed,
  undo_restored: restored,
  undo_kept: kept,
  undo_reasons: reasons,
}: Row) {
  const isTold = removed !== null && (status === "undone" || status === "undoing" || kept !== 0);
  return isTold ? { removed, restored: restored ?? 0, kept: kept ?? 0, reasons: reasons ?? [] } : null;
}
