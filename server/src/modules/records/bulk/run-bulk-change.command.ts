import type { Context } from "#platform/context";
import { requirePermission } from "#platform/context";
import { Refusal } from "#platform/errors";
import { rooms } from "#platform/realtime";
import { applyRows } from "./apply-rows.command.ts";
import { changePlainRows, revertPlainRows } from "./change-plain-rows.command.ts";
import { actionName, chunkRows, type BulkChange } from "./bulk-change.ts";
import {
  countOutcomes,
  lockBulkChange,
  nextRows,
  saveBulkChange,
  saveOutcomes,
  type BulkRow,
  type RowOutcome,
} from "./bulk-changes.store.ts";
import { bulkTargetOf } from "./bulk-targets.query.ts";

/** Changes one record, or finds that there is nothing to change. */
async function applyRow(
  ctx: Context,
  { entity, action }: Pick<BulkChange, "entity" | "action">,
  { row, recordId, seenVersion }: BulkRow,
): Promise<RowOutcome> {
  const applied = await bulkTargetOf(entity).apply(ctx, recordId, action, seenVersion ?? undefined);
  return applied === null ? { row, state: "unchanged" } : { row, state: "changed", applied };
}

/** How rows are changed: many at once where that can be, otherwise each by its command. */
export function changing(made: Pick<BulkChange, "entity" | "action">): Parameters<typeof applyRows>[3] {
  return { plain: changePlainRows, one: (ctx, row) => applyRow(ctx, made, row), refused: "refused" };
}

/** The next chunk of a bulk change, in the rights its person has by now. @returns whether there may be more */
export async function runChunk(ctx: Context, bulkChangeId: string): Promise<boolean> {
  const made = await lockBulkChange(ctx, bulkChangeId);
  if (made.status !== "queued" && made.status !== "running") return false;
  requirePermission(ctx.actor, bulkTargetOf(made.entity).permissionFor(made.action));
  const rows = await nextRows(ctx, bulkChangeId, "waiting", chunkRows);
  const outcomes = await applyRows(ctx, made, rows, changing(made));
  await saveOutcomes(ctx, bulkChangeId, outcomes);
  const isLast = rows.length < chunkRows;
  await saveBulkChange(ctx, bulkChangeId, isLast ? { status: "finished", finishedAt: ctx.now } : { status: "running" });
  if (isLast) await announceEnd(ctx, made);
  hint(ctx, made);
  return !isLast;
}

async function announceEnd(ctx: Context, made: BulkChange): Promise<void> {
  const { changed, unchanged, refused } = await countOutcomes(ctx, made.id);
  const facts = { entity: made.entity, action: actionName(made.action), changed, unchanged, refused };
  ctx.emit({ type: "bulk.finished", recordId: made.id, ownerId: made.ownerId, facts });
}

/** Puts back the next chunk; what somebody changed since stays as they left it. @returns whether there may be more */
export async function undoChunk(ctx: Context, bulkChangeId: string): Promise<boolean> {
  const made = await lockBulkChange(ctx, bulkChangeId);
  if (made.status !== "undoing") return false;
  const rows = await nextRows(ctx, bulkChangeId, "changed", chunkRows);
  const outcomes = await applyRows(ctx, made, rows, {
    plain: revertPlainRows,
    one: (each, row) => revertRow(each, made, row),
    refused: "kept",
  });
  await saveOutcomes(ctx, bulkChangeId, outcomes);
  const isLast = rows.length < chunkRows;
  await saveBulkChange(ctx, bulkChangeId, isLast ? { status: "undone", undoneAt: ctx.now } : { status: "undoing" });
  if (isLast) {
    const { restored, kept } = await countOutcomes(ctx, made.id);
    ctx.emit({
      type: "bulk.undone",
      recordId: made.id,
      ownerId: made.ownerId,
      facts: { entity: made.entity, restored, kept },
    });
  }
  hint(ctx, made);
  return !isLast;
}

async function revertRow(ctx: Context, made: BulkChange, { row, recordId, applied }: BulkRow): Promise<RowOutcome> {
  if (applied === null) throw new TypeError("a changed row says what it was");
  await bulkTargetOf(made.entity).revert(ctx, recordId, made.action, applied);
  return { row, state: "restored" };
}

/** Stops it where its person says so: what is done stays, and can be undone. @throws Refusal 409 where it has ended */
export async function cancelBulkChange(ctx: Context, bulkChangeId: string): Promise<void> {
  const made = await lockBulkChange(ctx, bulkChangeId);
  if (made.status !== "queued" && made.status !== "running") {
    throw new Refusal("conflict", "invalid_transition", "Only a bulk change that is at work can be stopped");
  }
  await saveBulkChange(ctx, bulkChangeId, { status: "cancelled", finishedAt: ctx.now });
  const { changed, unchanged, refused } = await countOutcomes(ctx, bulkChangeId);
  const facts = { entity: made.entity, action: actionName(made.action), changed, unchanged, refused };
  ctx.emit({ type: "bulk.cancelled", recordId: bulkChangeId, ownerId: made.ownerId, facts });
  hint(ctx, made);
}

/** Stops it for good: what is done stays and is reported. */
export async function failBulkChange(ctx: Context, bulkChangeId: string, code: string, message: string): Promise<void> {
  const made = await lockBulkChange(ctx, bulkChangeId);
  await saveBulkChange(ctx, bulkChangeId, { status: "failed", finishedAt: ctx.now, failure: message });
  ctx.emit({
    type: "bulk.failed",
    recordId: made.id,
    ownerId: made.ownerId,
    facts: { entity: made.entity, reason: code },
  });
}

function hint(ctx: Context, made: BulkChange): void {
  ctx.hint({ entity: "bulk", id: made.id, version: null, rooms: [rooms.member(made.ownerId)] });
}
