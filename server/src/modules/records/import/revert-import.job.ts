import type { Context } from "#platform/context";
import type { JobWork } from "#platform/jobs";
import { countReverted, nextWritten, saveReverted } from "./import-rows.store.ts";
import { hintImport, importStep } from "./import-step.command.ts";
import { chunkRows, type Import } from "./import.ts";
import type { Direction } from "./importer.ts";
import { importerOf } from "./importers.query.ts";
import { lockImport, lockImporting, saveImport, type UndoCounts } from "./imports.store.ts";

/** Takes back what an import wrote, chunk by chunk; what somebody has touched since stays. */
export async function undoImportJob(work: JobWork): Promise<void> {
  await revertImport(work, "undo");
}

/** Does again what an undo took back. */
export async function redoImportJob(work: JobWork): Promise<void> {
  await revertImport(work, "redo");
}

/** Each chunk marks its rows: a worker that was killed is followed by one that goes on with the others. */
async function revertImport(work: JobWork, direction: Direction): Promise<void> {
  let afterRow: number | null = 0;
  while (afterRow !== null) {
    const from: number = afterRow;
    afterRow = await importStep(work, (ctx) => revertChunk(ctx, work.payload.subjectId, direction, from));
  }
}

/** @returns the row to go on after, or null where nothing is left */
async function revertChunk(
  ctx: Context,
  importId: string,
  direction: Direction,
  afterRow: number,
): Promise<number | null> {
  const made = await lockImport(ctx, importId);
  if (made.status !== (direction === "undo" ? "undoing" : "redoing")) return null;
  await lockImporting(ctx, made.entity);
  const rows = await nextWritten(ctx, importId, direction, afterRow, chunkRows);
  const last = rows.at(-1);
  if (last === undefined) {
    await finish(ctx, made, direction);
    return null;
  }
  const results = await importerOf(made.entity).revert(ctx, rows, direction, importId);
  await saveReverted(ctx, importId, results, direction);
  hintImport(ctx, made);
  return last.row;
}

async function finish(ctx: Context, made: Import, direction: Direction): Promise<void> {
  const counts = await undoCounts(ctx, made.id);
  const about = { recordId: made.id, label: made.fileName, ownerId: made.ownerId };
  if (direction === "undo") {
    await saveImport(ctx, made.id, { status: "undone", undoneAt: ctx.now, undo: counts });
    const { removed, restored, kept } = counts;
    ctx.emit({ type: "import.undone", ...about, facts: { fileName: made.fileName, removed, restored, kept } });
    return;
  }
  await saveImport(ctx, made.id, { status: "finished", undo: counts });
  const rows = made.doneRows - counts.kept;
  ctx.emit({ type: "import.redone", ...about, facts: { fileName: made.fileName, rows, kept: counts.kept } });
}

/** What is undone now, and what was refused on the way, with the reasons. */
async function undoCounts(ctx: Context, importId: string): Promise<UndoCounts> {
  const groups = await countReverted(ctx, importId);
  const sum = (isMeant: (group: (typeof groups)[number]) => boolean): number =>
    groups.filter(isMeant).reduce((all, { rows }) => all + rows, 0);
  const isUndone = (state: string): boolean => state === "undone";
  return {
    removed: sum(({ state, undo_state: undo }) => isUndone(undo) && state === "created"),
    restored: sum(({ state, undo_state: undo }) => isUndone(undo) && state === "updated"),
    kept: sum(({ undo_state: undo }) => !isUndone(undo)),
    reasons: groups.flatMap(({ undo_state: undo, code, message, rows }) =>
      isUndone(undo) ? [] : [{ code: code ?? "", message: message ?? "", rows }],
    ),
  };
}
