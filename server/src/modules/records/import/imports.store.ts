import { sql } from "kysely";
import type { ImportCounts, ImportMapping, ImportableEntity } from "@rainmaker/contracts/records/imports";
import { notFound } from "#platform/errors";
import type { RecordsContext } from "../records.context.ts";
import type { Column, Earlier, Import, ImportStatus } from "./import.ts";

export type NewImport = Pick<
  Import,
  "id" | "entity" | "fileName" | "storageKey" | "encoding" | "delimiter" | "columns" | "mapping"
> & {
  readonly fileSize: number;
  readonly rows: number;
  readonly headerKey: string;
  readonly matchedAs: string | null;
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
      header_key: made.headerKey,
      matched_as: made.matchedAs,
      created_at: ctx.now.toISOString(),
      version: 1,
    })
    .execute();
}

/** The own import of the same headers that was started last: what was chosen then is offered again. */
export async function findEarlier(
  ctx: RecordsContext,
  entity: ImportableEntity,
  headerKey: string,
): Promise<Earlier | null> {
  const row = await ctx.tx
    .selectFrom("import")
    .select(["id", "columns", "mapping"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("owner_id", "=", ctx.actor.memberId ?? "")
    .where("entity", "=", entity)
    .where("header_key", "=", headerKey)
    .where("started_at", "is not", null)
    .orderBy("created_at", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { id: row.id, columns: row.columns as unknown as Column[], mapping: row.mapping as unknown as ImportMapping };
}

/**
 * Plans statements of this transaction for the values they have. Plans for any values, as they are made otherwise, compare
 * each record with each of thousands of keys.
 */
export async function planForValues(ctx: RecordsContext): Promise<void> {
  await sql`select set_config('plan_cache_mode', 'force_custom_plan', true)`.execute(ctx.tx);
}

/** Until the transaction ends nobody else's import of the entity writes: each finds what those before it have made. */
export async function lockImporting(ctx: RecordsContext, entity: ImportableEntity): Promise<void> {
  await planForValues(ctx);
  const key = `import ${ctx.actor.organizationId} ${entity}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(ctx.tx);
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
  created_count: number;
  updated_count: number;
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
    doneRows: row.created_count + row.updated_count,
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
  undo: UndoCounts;
  toReview: number;
}>;

/** What undoing did, with the reasons for what stays. */
export type UndoCounts = {
  readonly removed: number;
  readonly restored: number;
  readonly kept: number;
  readonly reasons: readonly { readonly code: string; readonly message: string; readonly rows: number }[];
};

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
      ...(change.undo === undefined ? {} : undoColumns(change.undo)),
      ...(change.toReview === undefined ? {} : { review_count: change.toReview }),
      ...(counts === undefined ? {} : countColumns(counts)),
      version: eb("version", "+", 1),
    }))
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", importId)
    .execute();
}

function undoColumns({ removed, restored, kept, reasons }: UndoCounts) {
  return {
    undo_removed: removed,
    undo_restored: restored,
    undo_kept: kept,
    undo_reasons: JSON.stringify(reasons),
  };
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
