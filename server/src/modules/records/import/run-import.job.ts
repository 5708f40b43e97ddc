import type { ImportCounts } from "@rainmaker/contracts/records/imports";
import { requirePermission, type Context } from "#platform/context";
import { Refusal } from "#platform/errors";
import { asMember, type JobWork } from "#platform/jobs";
import { rooms } from "#platform/realtime";
import { inTransaction, systemCaller } from "#platform/tenant";
import { readRows, type FileRow } from "./csv-file.adapter.ts";
import { chunkRows, type Import } from "./import.ts";
import type { RowPlan, RowResult } from "./importer.ts";
import { importerOf } from "./importers.query.ts";
import {
  clearRows,
  countRows,
  listCreated,
  lockImport,
  nextStagedRows,
  saveImport,
  saveResults,
  stageRows,
} from "./imports.store.ts";
import { parseRow, readingOf, ValueCounter } from "./parse-rows.ts";
import { formOf, planRows } from "./preview-import.command.ts";

/**
 * Runs an import in chunks, each in a transaction of its own with the rights its person has by then. A worker that was
 * killed is followed by one that goes on with the first row that is not written.
 */
export async function runImportJob(work: JobWork): Promise<void> {
  const { payload } = work;
  try {
    const made = await step(work, async (ctx) => beginRun(ctx, payload.subjectId));
    if (made === null) return;
    if (made.stagedAt === null) await stageFile(work, made);
    const seen = new Set<string>();
    while (await step(work, (ctx) => writeChunk(ctx, made, seen))) continue;
  } catch (error) {
    // A right that was lost meanwhile: what is done stays and is reported. Anything else is tried again.
    if (!(error instanceof Refusal)) throw error;
    await failImport(work, error);
  }
}

/** One transaction as the import's person, who may import still. */
async function step<T>(work: JobWork, run: (ctx: Context) => Promise<T>): Promise<T> {
  return asMember(work, (ctx) => {
    requirePermission(ctx.actor, "import.run");
    return run(ctx);
  });
}

/** @returns null where it ended already: the job was delivered twice */
async function beginRun(ctx: Context, importId: string): Promise<Import | null> {
  const made = await lockImport(ctx, importId);
  if (made.status !== "queued" && made.status !== "running") return null;
  await saveImport(ctx, importId, { status: "running" });
  hint(ctx, made);
  return made;
}

/** Reads the file into rows. Cut off in the middle, it starts over: nothing was written from them yet. */
async function stageFile(work: JobWork, made: Import): Promise<void> {
  await step(work, (ctx) => clearRows(ctx, made.id));
  let chunk: FileRow[] = [];
  for await (const row of readRows(work.storage, made.storageKey, formOf(made))) {
    chunk.push(row);
    if (chunk.length < chunkRows) continue;
    const full = chunk;
    chunk = [];
    await step(work, (ctx) => stageRows(ctx, made.id, full));
  }
  await step(work, async (ctx) => {
    if (chunk.length > 0) await stageRows(ctx, made.id, chunk);
    await saveImport(ctx, made.id, { stagedAt: ctx.now });
  });
}

/** @returns whether there may be more rows to write */
async function writeChunk(ctx: Context, made: Import, seen: Set<string>): Promise<boolean> {
  const current = await lockImport(ctx, made.id);
  if (current.status !== "running") return false;
  const rows = await nextStagedRows(ctx, made.id, chunkRows);
  if (rows.length === 0) {
    await finish(ctx, made, await countRows(ctx, made.id));
    return false;
  }
  const importer = importerOf(made.entity);
  const { options } = made.mapping;
  const reading = readingOf(made, importer.fields, ctx.organization.currency);
  const counter = new ValueCounter(importer.fields);
  for (const row of rows) counter.add(parseRow(row, reading).parsed);
  await importer.makeRelations(ctx, await importer.propose(ctx, counter.all(), options), options, made.id);
  // Again: what was to be made has an id by now.
  const proposals = await importer.propose(ctx, counter.all(), options);
  const plans = await planRows(ctx, made, rows, reading, proposals, seen);
  const written = await importer.write(ctx, plans.filter(isWritten), options, made.id);
  await saveResults(ctx, made.id, [...written, ...plans.filter((plan) => !isWritten(plan)).map(toResult)]);
  await saveImport(ctx, made.id, {}, await countRows(ctx, made.id));
  hint(ctx, made);
  return true;
}

function isWritten({ verdict }: RowPlan): boolean {
  return verdict === "create" || verdict === "update";
}

function toResult({ row, verdict, faults }: RowPlan): RowResult {
  const state = verdict === "skip" ? "skipped" : "failed";
  return { row, state, recordId: null, recordVersion: null, fault: faults[0] ?? null };
}

async function finish(ctx: Context, made: Import, counts: ImportCounts): Promise<void> {
  await saveImport(ctx, made.id, { status: "finished", finishedAt: ctx.now }, counts);
  const { created, updated, skipped, failed } = counts;
  const facts = { fileName: made.fileName, entity: made.entity, created, updated, skipped, failed };
  ctx.emit({ type: "import.finished", recordId: made.id, label: made.fileName, ownerId: made.ownerId, facts });
}

async function failImport({ workplace, payload, clock }: JobWork, refusal: Refusal): Promise<void> {
  const system = await systemCaller(workplace, payload.organizationId, clock());
  const caller = { ...system, actor: { ...system.actor, memberId: payload.memberId as never, grants: new Map() } };
  await inTransaction(workplace, caller, async (ctx) => {
    const made = await lockImport(ctx, payload.subjectId);
    await saveImport(ctx, made.id, { status: "failed", finishedAt: ctx.now, failure: refusal.message });
    const facts = { fileName: made.fileName, reason: refusal.code };
    ctx.emit({ type: "import.failed", recordId: made.id, label: made.fileName, ownerId: made.ownerId, facts });
  });
}

/** Takes what an import made back to the trash, chunk by chunk; what somebody has touched since stays. */
export async function undoImportJob(work: JobWork): Promise<void> {
  const { subjectId } = work.payload;
  let afterRow = 0;
  let [removed, kept] = [0, 0];
  for (;;) {
    const done = await step(work, async (ctx) => {
      const made = await lockImport(ctx, subjectId);
      if (made.status !== "undoing") return null;
      const created = await listCreated(ctx, subjectId, afterRow, chunkRows);
      const gone = await importerOf(made.entity).undo(ctx, created, subjectId);
      return { made, last: created.at(-1)?.row, gone: gone.length, of: created.length };
    });
    if (done === null) return;
    removed += done.gone;
    kept += done.of - done.gone;
    if (done.last === undefined) {
      await step(work, (ctx) => finishUndo(ctx, done.made, removed, kept));
      return;
    }
    afterRow = done.last;
  }
}

async function finishUndo(ctx: Context, made: Import, removed: number, kept: number): Promise<void> {
  await saveImport(ctx, made.id, { status: "undone", undoneAt: ctx.now, undoRemoved: removed, undoKept: kept });
  const facts = { fileName: made.fileName, removed, kept };
  ctx.emit({ type: "import.undone", recordId: made.id, label: made.fileName, ownerId: made.ownerId, facts });
}

function hint(ctx: Context, made: Import): void {
  ctx.hint({ entity: "import", id: made.id, version: null, rooms: [rooms.member(made.ownerId)] });
}
