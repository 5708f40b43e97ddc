import type { AnyEvent } from "@rainmaker/contracts/events";
import type { Context } from "#platform/context";
import { Refusal } from "#platform/errors";
import { actionName, type BulkChange } from "./bulk-change.ts";
import { bulkTargetOf } from "./bulk-targets.query.ts";
import type { BulkRow, RowOutcome } from "./bulk-changes.store.ts";

/**
 * Does something to the records of a chunk, each checked as if it were the only one. What they announce becomes one
 * event for all of them, but for what moves money: that has readers who count it.
 */
export async function applyRows(
  ctx: Context,
  made: Pick<BulkChange, "id" | "entity" | "action">,
  rows: readonly BulkRow[],
  change: (ctx: Context, row: BulkRow) => Promise<RowOutcome>,
  refused: "refused" | "kept",
): Promise<RowOutcome[]> {
  const [outcomes, changedIds]: [RowOutcome[], string[]] = [[], []];
  for (const row of rows) {
    const announced: AnyEvent[] = [];
    const emit = (event: AnyEvent): void => void announced.push(event);
    try {
      outcomes.push(await change({ ...ctx, emit: emit as Context["emit"] }, row));
    } catch (error) {
      // A command refuses before it writes and announces at its end: nothing of a refused one is in this transaction.
      if (!(error instanceof Refusal) || announced.length > 0) throw error;
      outcomes.push({ row: row.row, state: refused, code: error.code, message: error.message });
    }
    for (const event of announced.filter(isCounted)) ctx.emit(event);
    if (announced.some((event) => !isCounted(event))) changedIds.push(row.recordId);
  }
  if (changedIds.length > 0) {
    const facts = { bulkChangeId: made.id, action: actionName(made.action), ids: changedIds };
    ctx.emit({ type: bulkTargetOf(made.entity).chunkEvent, recordId: null, facts });
  }
  return outcomes;
}

/** Won, or not won any more, and whatever another module announced meanwhile. */
function isCounted({ type, facts }: AnyEvent): boolean {
  if (!type.startsWith("customer.") && !type.startsWith("opportunity.")) return true;
  return type === "opportunity.won" || ("wonOn" in facts && facts.wonOn !== null);
}
