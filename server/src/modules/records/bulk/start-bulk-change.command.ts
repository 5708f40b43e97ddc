import type { BodyOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import {
  mostInBulk,
  mostTried,
  type startBulkChange as startContract,
  type tryBulkChange as tryContract,
} from "@rainmaker/contracts/records/bulk";
import { v7 as uuidv7 } from "uuid";
import { requirePermission, type Context } from "#platform/context";
import { invalidField } from "#platform/errors";
import { tryOut, type Caller, type Workplace } from "#platform/tenant";
import { checkFilter } from "../lists/filter.query.ts";
import { viewableOf } from "../views/viewables.query.ts";
import { applyRows } from "./apply-rows.command.ts";
import { actionName, requireUndoable } from "./bulk-change.ts";
import { insertBulkChange, lockBulkChange, saveBulkChange, type RowOutcome } from "./bulk-changes.store.ts";
import { applyRow } from "./run-bulk-change.command.ts";
import { bulkTargetOf } from "./bulk-targets.query.ts";

type Selection = BodyOf<typeof startContract>;

/** Settles which records are meant, and asks for the job. */
export async function startBulkChange(ctx: Context, body: Selection): Promise<string> {
  const recordIds = await selectedIds(ctx, body);
  const { entity, action, filter } = body;
  const id = uuidv7();
  await insertBulkChange(ctx, { id, entity, action, filter }, recordIds);
  const facts = { entity, action: actionName(action), total: recordIds.length };
  ctx.emit({ type: "bulk.requested", recordId: id, ownerId: ctx.actor.memberId, facts });
  return id;
}

export async function requestBulkUndo(ctx: Context, bulkChangeId: string): Promise<void> {
  const made = await lockBulkChange(ctx, bulkChangeId);
  requireUndoable(made, ctx.now);
  await saveBulkChange(ctx, bulkChangeId, { status: "undoing" });
  const facts = { entity: made.entity, action: actionName(made.action) };
  ctx.emit({ type: "bulk.undo-requested", recordId: bulkChangeId, ownerId: made.ownerId, facts });
}

const pageSize = 1000;

/** Ids of the selection at the actor's sight, all of them. */
async function selectedIds(ctx: Context, { entity, filter, timeZone, action }: Selection): Promise<string[]> {
  const { record, ids } = await viewableOf(ctx, entity);
  requirePermission(ctx.actor, bulkTargetOf(entity).permissionFor(action));
  checkFilter(record, filter);
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await ids(ctx, { filter: JSON.stringify(filter), timeZone, limit: String(pageSize), cursor });
    found.push(...page.items);
    cursor = page.nextCursor ?? undefined;
    if (found.length > mostInBulk) {
      const most = mostInBulk.toLocaleString("en");
      throw invalidField("filter", "too_many", `More than ${most} records at once; narrow the filter`);
    }
  } while (cursor !== undefined);
  if (found.length === 0) throw invalidField("filter", "nothing_selected", "No record fits this selection");
  return found;
}

type Trial = ReplyInput<typeof tryContract>;

/** The change itself on the first records, taken back: what it would do to them is what it will do. */
export function tryBulkChange(workplace: Workplace, caller: Caller, body: Selection): Promise<Trial> {
  return tryOut(workplace, caller, async (ctx) => {
    const recordIds = await selectedIds(ctx, body);
    const rows = recordIds.slice(0, mostTried).map((recordId, row) => ({ row, recordId, applied: null }));
    const made = { ...body, id: uuidv7() };
    const outcomes = await applyRows(ctx, made, rows, (each, row) => applyRow(each, made, row), "refused");
    return trialOf(recordIds.length, outcomes);
  });
}

function trialOf(total: number, outcomes: readonly RowOutcome[]): Trial {
  const count = (state: string): number => outcomes.filter((outcome) => outcome.state === state).length;
  const byCode = Map.groupBy(
    outcomes.filter(({ state }) => state === "refused"),
    ({ code }) => code ?? "",
  );
  const refusals = [...byCode].map(([code, rows]) => ({ code, message: rows[0]?.message ?? "", rows: rows.length }));
  return {
    total,
    tried: outcomes.length,
    changed: count("changed"),
    unchanged: count("unchanged"),
    refused: count("refused"),
    refusals: refusals.toSorted((one, other) => other.rows - one.rows),
  };
}
