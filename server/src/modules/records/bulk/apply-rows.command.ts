import type { AnyEvent } from "@rainmaker/contracts/events";
import type { Context } from "#platform/context";
import { Refusal } from "#platform/errors";
import { actionName, type BulkChange } from "./bulk-change.ts";
import { bulkTargetOf } from "./bulk-targets.query.ts";
import type { changePlainRows } from "./change-plain-rows.command.ts";
import type { BulkRow, RowOutcome } from "./bulk-changes.store.ts";

type Way = {
  /** All of a chunk by a few statements, where there is such a way. */
  readonly plain: typeof changePlainRows;
  /** One by its command. */
  readonly one: (ctx: Context, row: BulkRow) => Promise<RowOutcome>;
  readonly refused: "refused" | "kept";
};

/**
 * Does something to the records of a chunk, each checked as if it were the only one. What they announce becomes one
 * event for all of them, but for what moves money: that has readers who count it.
 */
export async function applyRows(
  ctx: Context,
  made: Pick<BulkChange, "id" | "entity" | "action">,
  rows: readonly BulkRow[],
  { plain, one, refused }: Way,
): Promise<RowOutcome[]> {
  const target = bulkTargetOf(made.entity);
  const swift = await plain(ctx, target, made.action, rows);
  const outcomes: RowOutcome[] = [...(swift?.outcomes ?? [])];
  const idOf = new Map(rows.map(({ row, recordId }) => [row, recordId]));
  const changedIds = outcomes.flatMap(({ row, state }) =>
    state === "changed" || state === "restored" ? (idOf.get(row) ?? []) : [],
  );
  for (const row of swift?.left ?? rows) {
    const announced: AnyEvent[] = [];
    const emit = (event: AnyEvent): void => void announced.push(event);
    try {
      outcomes.push(await one({ ...ctx, emit: emit as Context["emit"] }, row));
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
    ctx.emit({ type: target.chunkEvent, recordId: null, facts });
  }
  return outcomes;
}

/** Won, or not won any more, and whatever another module announced meanwhile. */
function isCounted({ type, facts }: AnyEvent): boolean {
  if (!/^(customer|contact|opportunity)\./.test(type)) return true;
  return type === "opportunity.won" || ("wonOn" in facts && facts.wonOn !== null);
}
