import type { ImportCounts } from "@rainmaker/contracts/records/imports";
import { sql } from "kysely";
import type { RecordsContext } from "../records.context.ts";
import { needsReview } from "./import.ts";
import type { Direction, Replaced, RevertResult, RowResult, WrittenRow } from "./importer.ts";

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
    results.map(({ row, state, recordId, recordVersion, fault, before = null }) => ({
      row,
      state,
      record_id: recordId,
      record_version: recordVersion,
      before,
      field: fault?.field ?? null,
      code: fault?.code ?? null,
      message: fault?.message ?? null,
    })),
  );
  await sql`
    update import_row r set state = g.state, record_id = g.record_id, record_version = g.record_version, before = g.before,
      field = g.field, code = g.code, message = g.message
    from jsonb_to_recordset(${given}::jsonb) as g(row integer, state text, record_id uuid, record_version integer, before jsonb, field text, code text, message text)
    where r.organization_id = ${ctx.actor.organizationId} and r.import_id = ${importId} and r.row = g.row`.execute(
    ctx.tx,
  );
}

/** Counted from the rows themselves: what is read is created, updated, skipped, failed or still waiting. */
export async function countRows(
  ctx: RecordsContext,
  importId: string,
): Promise<ImportCounts & { readonly staged: number; readonly toReview: number }> {
  const rows = await ctx.tx
    .selectFrom("import_row")
    .select([
      "state",
      ({ fn }) => fn.countAll<bigint>().as("count"),
      sql<bigint>`count(*) filter (where code = ${needsReview})`.as("reviews"),
    ])
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
  const toReview = rows.reduce((sum, { reviews }) => sum + Number(reviews), 0);
  return { read: created + updated + skipped + failed + staged, created, updated, skipped, failed, staged, toReview };
}

/** Written rows that are to be taken back (undo) or done again (redo), after a row of the file, in its order. */
export async function nextWritten(
  ctx: RecordsContext,
  importId: string,
  direction: Direction,
  afterRow: number,
  most: number,
): Promise<WrittenRow[]> {
  const rows = await ctx.tx
    .selectFrom("import_row")
    .select(["row", "state", "record_id", "record_version", "before"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("import_id", "=", importId)
    .where("state", "in", ["created", "updated"])
    .where((eb) => (direction === "undo" ? eb("undo_state", "is", null) : eb("undo_state", "=", "undone")))
    .where("row", ">", afterRow)
    .orderBy("row")
    .limit(most)
    .execute();
  return rows.map(({ row, state, record_id: recordId, record_version: version, before }) => ({
    row,
    state: state as WrittenRow["state"],
    recordId: recordId ?? "",
    version: version ?? 0,
    before: before as Replaced | null,
  }));
}

export async function saveReverted(
  ctx: RecordsContext,
  importId: string,
  results: readonly RevertResult[],
  direction: Direction,
): Promise<void> {
  const [done, refused] = direction === "undo" ? ["undone", "kept"] : [null, "lost"];
  const given = JSON.stringify(
    results.map((result) =>
      "refusal" in result
        ? { row: result.row, state: refused, ...result.refusal }
        : { row: result.row, state: done, version: result.version, before: result.before },
    ),
  );
  await sql`
    update import_row r set undo_state = g.state, undo_code = g.code, undo_message = g.message,
      record_version = coalesce(g.version, r.record_version), before = case when g.code is null then g.before else r.before end
    from jsonb_to_recordset(${given}::jsonb) as g(row integer, state text, code text, message text, version integer, before jsonb)
    where r.organization_id = ${ctx.actor.organizationId} and r.import_id = ${importId} and r.row = g.row`.execute(
    ctx.tx,
  );
}

/** Rows that were left as they were the last time are tried again. */
export async function forgetRefusals(ctx: RecordsContext, importId: string, direction: Direction): Promise<void> {
  const [refused, open] = direction === "undo" ? ["kept", null] : ["lost", "undone"];
  await ctx.tx
    .updateTable("import_row")
    .set({ undo_state: open, undo_code: null, undo_message: null })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("import_id", "=", importId)
    .where("undo_state", "=", refused)
    .execute();
}

type Reverted = {
  readonly state: string;
  readonly undo_state: string;
  readonly code: string | null;
  readonly message: string | null;
  readonly rows: number;
};

/** What undoing did so far, counted from the rows themselves. */
export async function countReverted(ctx: RecordsContext, importId: string): Promise<Reverted[]> {
  const { rows } = await sql<Reverted>`
    select state, undo_state, undo_code as code, min(undo_message) as message, count(*)::integer as rows from import_row
    where organization_id = ${ctx.actor.organizationId} and import_id = ${importId} and undo_state is not null
    group by state, undo_state, undo_code order by count(*) desc`.execute(ctx.tx);
  return rows;
}

/** The rows that wait for a decision, of those asked for; locked, so that each is decided about once. */
export async function lockReviews(
  ctx: RecordsContext,
  importId: string,
  rows: readonly number[],
): Promise<StagedRow[]> {
  const found = await ctx.tx
    .selectFrom("import_row")
    .select(["row", "cells"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("import_id", "=", importId)
    .where("row", "in", [...rows])
    .where("code", "=", needsReview)
    .orderBy("row")
    .forUpdate()
    .execute();
  return found.map(({ row, cells }) => ({ row, cells, fault: null }));
}
