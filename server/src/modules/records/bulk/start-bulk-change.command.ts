import type { BodyOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import {
  mostDeletedUncounted,
  mostInBulk,
  mostRefusedTold,
  mostTried,
  type startBulkChange as startContract,
  type tryBulkChange as tryContract,
} from "@rainmaker/contracts/records/bulk";
import { v7 as uuidv7 } from "uuid";
import { requirePermission, type Context } from "#platform/context";
import { invalidField } from "#platform/errors";
import { tryOut, type Caller, type Workplace } from "#platform/tenant";
import { keySetBy, readCustomSet } from "../custom-fields/custom-set.query.ts";
import { checkFilter } from "../lists/filter.query.ts";
import { listSelected, type Selected } from "../lists/ids.query.ts";
import { requireViewable, viewableOf } from "../views/viewables.query.ts";
import { applyRows } from "./apply-rows.command.ts";
import { actionName, requireUndoable } from "./bulk-change.ts";
import { insertBulkChange, lockBulkChange, saveBulkChange, type RowOutcome } from "./bulk-changes.store.ts";
import { changing } from "./run-bulk-change.command.ts";
import { titlesOf, type Titled } from "./titles.query.ts";
import { bulkTargetOf } from "./bulk-targets.query.ts";

type Selection = BodyOf<typeof tryContract>;
type Started = BodyOf<typeof startContract>;

/** Settles which records are meant, and asks for the job. */
export async function startBulkChange(ctx: Context, body: Started): Promise<string> {
  const selected = await selectedOf(ctx, body);
  requireCounted(body, selected.length);
  const { entity, action, filter } = body;
  const id = uuidv7();
  await insertBulkChange(ctx, { id, entity, action, filter }, selected);
  const facts = { entity, action: actionName(action), total: selected.length };
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

/** Records of the selection at the actor's sight, all of them. @throws Refusal 422 for none, or more than at once */
async function selectedOf(ctx: Context, { entity, filter, timeZone, action }: Selection): Promise<Selected[]> {
  const { record } = await viewableOf(ctx, entity);
  requirePermission(ctx.actor, bulkTargetOf(entity).permissionFor(action));
  if (action.kind === "set" && keySetBy(action) !== null) await readCustomSet(ctx, entity, action);
  checkFilter(record, filter);
  const found = await listSelected(ctx, record, { filter, timeZone }, mostInBulk + 1);
  if (found.length > mostInBulk) {
    const most = mostInBulk.toLocaleString("en");
    throw invalidField("filter", "too_many", `More than ${most} records at once; narrow the filter`);
  }
  if (found.length === 0) throw invalidField("filter", "nothing_selected", "No record fits this selection");
  return found;
}

/** Many are deleted only by somebody who has said how many they are. @throws Refusal 422 */
function requireCounted({ action, confirmedCount }: Started, total: number): void {
  if (action.kind !== "delete" || total <= mostDeletedUncounted || confirmedCount === total) return;
  throw invalidField("confirmedCount", "count_not_confirmed", `Say that you mean ${total} records to delete them`);
}

type Trial = ReplyInput<typeof tryContract>;

/** The change itself on the first records, taken back: what it would do to them is what it will do. */
export function tryBulkChange(workplace: Workplace, caller: Caller, body: Selection): Promise<Trial> {
  return tryOut(workplace, caller, async (ctx) => {
    const selected = await selectedOf(ctx, body);
    const rows = selected
      .slice(0, mostTried)
      .map(({ id, version }, row) => ({ row, recordId: id, seenVersion: version, applied: null }));
    const titles = await titlesOf(ctx, requireViewable(ctx, body.entity).record, rows);
    const made = { ...body, id: uuidv7() };
    const outcomes = await applyRows(ctx, made, rows, changing(made));
    return trialOf(selected.length, outcomes, titles);
  });
}

function trialOf(total: number, outcomes: readonly RowOutcome[], titles: ReadonlyMap<number, Titled>): Trial {
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
    refusedRecords: outcomes
      .flatMap(({ row, state, code = "" }) => {
        const titled = titles.get(row);
        return state === "refused" && titled !== undefined ? [{ ...titled, code }] : [];
      })
      .slice(0, mostRefusedTold),
  };
}
