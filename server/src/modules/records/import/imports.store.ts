import type { ImportCounts, ImportMapping, ImportableEntity } from "@rainmaker/contracts/records/imports";
import { sql } from "kysely";
import { notFound } from "#platform/errors";
import type { RecordsContext } from "../records.context.ts";
import type { Column, Import, ImportStatus } from "./import.ts";
import type { RowResult } from "./importer.ts";

export type NewImport = Pick<
  Import,
  "id" | "entity" | "fileName" | "storageKey" | "encoding" | "delimiter" | "columns" | "mapping"
> & {
  readonly fileSize: number;
  readonly rows: number;
};

export async function insertImport(ctx: RecordsContext, made: NewImport): Promise<void> {
  await ctx.tx
    .insertInto("import")
    .values({
      organization_id: ctx.actor.organizationId,
      id: made.id,
      owner_id: ctx.actor.memberId ?? "",
      entity: made.entity,
      status: "draft",
      file_name: made.fileName,
      file_size: BigInt(made.fileSize),
      storage_key: made.storageKey,
      encoding: made.encoding,
      delimiter: made.delimiter,
      columns: JSON.stringify(made.columns),
      mapping: JSON.stringify(made.mapping),
      read_count: made.rows,
      created_at: ctx.now.toISOString(),
      version: 1,
    })
    .execute();
}

/** Own imports only, for update. @throws Refusal 404 */
export async function lockImport(ctx: RecordsContext, importId: string): Promise<Import> {
  const row = await ctx.tx
    .selectFrom("import")
    .selectAll()
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", importId)
    .where("owner_id", "=", ctx.actor.memberId ?? "")
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notFound("import");
  return toImport(row);
}

type Row = {
  id: string;
  owner_id: string;
  entity: string;
  status: string;
  file_name: string;
  storage_key: string;
  encoding: string;
  delimiter: string;
  columns: unknown;
  mapping: unknown;
  staged_at: string | null;
  finished_at: string | null;
  version: number;
};

export function toImport(row: Row): Import {
  return {
    id: row.id,
    ownerId: row.owner_id,
    entity: row.entity as ImportableEntity,
    status: row.status as ImportStatus,
    fileName: row.file_name,
    storageKey: row.storage_key,
    encoding: row.encoding,
    delimiter: row.delimiter,
    columns: row.columns as Column[],
    mapping: row.mapping as ImportMapping,
    stagedAt: row.staged_at,
    finishedAt: row.finished_at,
    version: row.version,
  };
}

type Change = Partial<{
  status: ImportStatus;
  mapping: ImportMapping;
  stagedAt: Date;
  startedAt: Date;
  finishedAt: Date;
  undoneAt: Date;
  failure: string;
  undoRemoved: number;
  undoKept: number;
}>;

export async function saveImport(
  ctx: RecordsContext,
  importId: string,
  change: Change,
  counts?: ImportCounts,
): Promise<void> {
  await ctx.tx
    .updateTable("import")
    .set((eb) => ({
      ...(change.status === undefined ? {} : { status: change.status }),
      ...(change.mapping === undefined ? {} : { mapping: JSON.stringify(change.mapping) }),
      ...(change.stagedAt === undefined ? {} : { staged_at: change.stagedAt.toISOString() }),
      ...(change.startedAt === undefined ? {} : { started_at: change.startedAt.toISOString() }),
      ...(change.finishedAt === undefined ? {} : { finished_at: change.finishedAt.toISOString() }),
      ...(change.undoneAt === undefined ? {} : { undone_at: change.undoneAt.toISOString() }),
      ...(change.failure === undefined ? {} : { failure: change.failure }),
      ...(change.undoRemoved === undefined ? {} : { undo_removed: change.undoRemoved }),
      ...(change.undoKept === undefined ? {} : { undo_kept: change.undoKept }),
      ...(counts === undefined ? {} : countColumns(counts)),
      version: eb("version", "+", 1),
    }))
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", importId)
    .execute();
}

function countColumns({ read, created, updated, skipped, failed }: ImportCounts): Record<string, number> {
  return {
    read_count: read,
    created_count: created,
    updated_count: updated,
    skipped_count: skipped,
    failed_count: failed,
  };
}

/** Rows of the file as they stand in it, between reading and writing. */
export type StagedRow = { readonly row: number; readonly cells: readonly string[]; readonly fault: string | null };

export async function clearRows(ctx: RecordsContext, importId: string): Promise<void> {
  // A plain statement: the app role deletes staged rows of a run that was cut off while reading.
  await ctx.tx
    .deleteFrom("import_row")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("import_id", "=", importId)
    .execute();
}

export async function stageRows(ctx: RecordsContext, importId: string, rows: readonly StagedRow[]): Promise<void> {
  const given = JSON.stringify(rows);
  await sql`
    insert into import_row (organization_id, import_id, row, cells, state, field, code, message)
    select ${ctx.actor.organizationId}, ${importId}, g.row, array(select jsonb_array_elements_text(g.cells)),
      case when g.fault is null then 'staged' else 'failed' end, case when g.fault is null then null else '' end,
      case when g.fault is null then null else 'row_not_readable' end, g.fault
    from jsonb_to_recordset(${given}::jsonb) as g(row integer, cells jsonb, fault text)`.execute(ctx.tx);
}

/** The next rows that were not written yet. */
export async function nextStagedRows(ctx: RecordsContext, importId: string, most: number): Promise<StagedRow[]> {
  const rows = await ctx.tx
    .selectFrom("import_row")
    .select(["row", "cells"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("import_id", "=", importId)
    .where("state", "=", "staged")
    .orderBy("row")
    .limit(most)
    .execute();
  return rows.map(({ row, cells }) => ({ row, cells, fault: null }));
}

export async function saveResults(ctx: RecordsContext, importId: string, results: readonly RowResult[]): Promise<void> {
  const given = JSON.stringify(
    results.map(({ row, state, recordId, recordVersion, fault }) => ({
      row,
      state,
      record_id: recordId,
      record_version: recordVersion,
      field: fault?.field ?? null,
      code: fault?.code ?? null,
      message: fault?.message ?? null,
    })),
  );
  await sql`
    update import_row r set state = g.state, record_id = g.record_id, record_version = g.record_version, field = g.field, code = g.code, message = g.message
    from jsonb_to_recordset(${given}::jsonb) as g(row integer, state text, record_id uuid, record_version integer, field text, code text, message text)
    where r.organization_id = ${ctx.actor.organizationId} and r.import_id = ${importId} and r.row = g.row`.execute(
    ctx.tx,
  );
}

/** Counted from the rows themselves: what is read is created, updated, skipped, failed or still waiting. */
export async function countRows(
  ctx: RecordsContext,
  importId: string,
): Promise<ImportCounts & { readonly staged: number }> {
  const rows = await ctx.tx
    .selectFrom("import_row")
    .select(["state", ({ fn }) => fn.countAll<bigint>().as("count")])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("import_id", "=", importId)
    .groupBy("state")
    .execute();
  const of = (state: string): number => Number(rows.find((row) => row.state === state)?.count ?? 0n);
  const [created, updated, skipped, failed, staged] = [
    of("created"),
    of("updated"),
    of("skipped"),
    of("failed"),
    of("staged"),
  ];
  return { read: created + updated + skipped + failed + staged, created, updated, skipped, failed, staged };
}

/** Records an import made, after a row; oldest first. */
export async function listCreated(
  ctx: RecordsContext,
  importId: string,
  afterRow: number,
  most: number,
): Promise<{ row: number; id: string; version: number }[]> {
  const rows = await ctx.tx
    .selectFrom("import_row")
    .select(["row", "record_id", "record_version"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("import_id", "=", importId)
    .where("state", "=", "created")
    .where("row", ">", afterRow)
    .orderBy("row")
    .limit(most)
    .execute();
  return rows.map(({ row, record_id: id, record_version: version }) => ({ row, id: id ?? "", version: version ?? 0 }));
}
