import type { ImportCounts } from "@rainmaker/contracts/records/imports";
import type { Context } from "#platform/context";
import { Refusal } from "#platform/errors";
import type { JobWork } from "#platform/jobs";
import { inTransaction, systemCaller } from "#platform/tenant";
import { readRows, type FileRow } from "./csv-file.adapter.ts";
import { chunkRows, type Import } from "./import.ts";
import type { Seen } from "./importer.ts";
import { clearRows, countRows, nextStagedRows, stageRows } from "./import-rows.store.ts";
import { hintImport, importStep } from "./import-step.command.ts";
import { lockImport, lockImporting, saveImport } from "./imports.store.ts";
import { formOf } from "./preview-import.command.ts";
import { writeRows } from "./write-rows.command.ts";

/**
 * Runs an import in chunks, each in a transaction of its own with the rights its person has by then. A worker that was
 * killed is followed by one that goes on with the first row that is not written.
 */
export async function runImportJob(work: JobWork): Promise<void> {
  const { payload } = work;
  try {
    const made = await importStep(work, async (ctx) => beginRun(ctx, payload.subjectId));
    if (made === null) return;
    if (made.stagedAt === null) await stageFile(work, made);
    const seen: Seen = new Map();
    while (await importStep(work, (ctx) => writeChunk(ctx, made, seen))) continue;
  } catch (error) {
    // A right that was lost meanwhile: what is done stays and is reported. Anything else is tried again.
    if (!(error instanceof Refusal)) throw error;
    await failImport(work, error);
  }
}

/** @returns null where it ended already: the job was delivered twice */
async function beginRun(ctx: Context, importId: string): Promise<Import | null> {
  const made = await lockImport(ctx, importId);
  if (made.status !== "queued" && made.status !== "running") return null;
  await saveImport(ctx, importId, { status: "running" });
  hintImport(ctx, made);
  return made;
}

/** Reads the file into rows. Cut off in the middle, it starts over: nothing was written from them yet. */
async function stageFile(work: JobWork, made: Import): Promise<void> {
  await importStep(work, (ctx) => clearRows(ctx, made.id));
  let chunk: FileRow[] = [];
  for await (const row of readRows(work.storage, made.storageKey, formOf(made))) {
    chunk.push(row);
    if (chunk.length < chunkRows) continue;
    const full = chunk;
    chunk = [];
    await importStep(work, (ctx) => stageRows(ctx, made.id, full));
  }
  await importStep(work, async (ctx) => {
    if (chunk.length > 0) await stageRows(ctx, made.id, chunk);
    await saveImport(ctx, made.id, { stagedAt: ctx.now });
  });
}

/** @returns whether there may be more rows to write */
async function writeChunk(ctx: Context, made: Import, seen: Seen): Promise<boolean> {
  const current = await lockImport(ctx, made.id);
  if (current.status !== "running") return false;
  // Two files with the same keys at once: the second finds what the first has made.
  await lockImporting(ctx, made.entity);
  const rows = await nextStagedRows(ctx, made.id, chunkRows);
  if (rows.length === 0) {
    const { toReview: _toReview, staged: _staged, ...counts } = await countRows(ctx, made.id);
    await finish(ctx, made, counts);
    return false;
  }
  await writeRows(ctx, made, rows, seen);
  const { toReview, ...counts } = await countRows(ctx, made.id);
  await saveImport(ctx, made.id, { toReview }, counts);
  hintImport(ctx, made);
  return true;
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
