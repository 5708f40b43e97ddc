import { toWire } from "@rainmaker/contracts/money";
import { dayIn } from "@rainmaker/contracts/time";
import { actingMember } from "#platform/context";
import { notFound, Refusal } from "#platform/errors";
import { requireReach, widen } from "#platform/scope";
import type { RevenueContext } from "../revenue.context.ts";
import {
  countOpenPoints,
  deleteStatements,
  issueStatements,
  listStatements,
  lockStatements,
  payStatements,
  saveApproved,
  type StoredStatement,
} from "../statements/statements.store.ts";
import {
  requireAnotherPayer,
  requireClosable,
  requireLockable,
  requirePeriodState,
  type PeriodRecord,
} from "./period.ts";
import { findEarlierOpen, lockPeriod, savePeriod } from "./periods.store.ts";

/** Issues the statements of a month that is over. From here on new money counts for the next open month. */
export async function closePeriod(ctx: RevenueContext, month: string): Promise<void> {
  const period = await lockPeriod(ctx, month);
  requirePeriodState(period, "open");
  requireClosable(period, dayIn(ctx.organization.timeZone, ctx.now), await findEarlierOpen(ctx, month));
  widen(ctx);
  const statements = await issueStatements(ctx, period);
  await savePeriod(ctx, period, "closing", { closing_by: actingMember(ctx), closing_at: ctx.now.toISOString() });
  ctx.emit({ type: "period.closing", ...about(period), facts: { month, statements } });
}

/** Takes a close back as long as nothing is locked: the statements are live again. */
export async function reopenPeriod(ctx: RevenueContext, month: string): Promise<void> {
  const period = await lockPeriod(ctx, month);
  requirePeriodState(period, "closing");
  widen(ctx);
  await deleteStatements(ctx, period);
  await savePeriod(ctx, period, "open", { closing_by: null, closing_at: null });
  ctx.emit({ type: "period.reopened", ...about(period), facts: { month } });
}

/** Approves statements of others; all of them or none. */
export async function approveStatements(ctx: RevenueContext, month: string, ids: readonly string[]): Promise<void> {
  const period = await lockPeriod(ctx, month);
  const statements = await listStatements(ctx, period, ids);
  if (statements.length < new Set(ids).size) throw notFound("statement");
  requirePeriodState(period, "closing");
  for (const statement of statements) await judge(ctx, statement);
  await saveApproved(ctx, ids);
  for (const [ownerId, own] of Map.groupBy(statements, (statement) => statement.ownerId)) {
    const facts = { month, ids: own.map(({ id }) => id) };
    ctx.emit({ type: "statement.approved", recordId: facts.ids[0] ?? null, label: month, ownerId, facts });
  }
}

async function judge(ctx: RevenueContext, { ownerId, state }: StoredStatement): Promise<void> {
  if (state !== "issued") {
    throw new Refusal("conflict", "invalid_transition", "Somebody else has approved one of these statements meanwhile");
  }
  await requireReach(ctx, "statement.approve", ownerId);
  if (ownerId !== actingMember(ctx)) return;
  throw new Refusal("forbidden", "self_approval", "Your own statement is approved by somebody else");
}

/** Freezes the month. There is no way back: later facts are posted in the next open month and name this one. */
export async function lockMonth(ctx: RevenueContext, month: string): Promise<void> {
  const period = await lockPeriod(ctx, month);
  requirePeriodState(period, "closing");
  widen(ctx);
  const { notApproved, openDisputes } = await countOpenPoints(ctx, period);
  requireLockable(notApproved, openDisputes);
  const statements = await lockStatements(ctx, period);
  await savePeriod(ctx, period, "locked", { locked_by: actingMember(ctx), locked_at: ctx.now.toISOString() });
  ctx.emit({ type: "period.locked", ...about(period), facts: { month, statements } });
}

/** Releases the payout, by somebody else than who locked. */
export async function payPeriod(ctx: RevenueContext, month: string): Promise<void> {
  const period = await lockPeriod(ctx, month);
  requirePeriodState(period, "locked");
  requireAnotherPayer(period, actingMember(ctx));
  widen(ctx);
  const totals = (await payStatements(ctx, period, actingMember(ctx))).map(({ currency, payable }) =>
    toWire(payable, currency),
  );
  await savePeriod(ctx, period, "paid", { paid_by: actingMember(ctx), paid_at: ctx.now.toISOString() });
  ctx.emit({ type: "period.paid", ...about(period), facts: { month, totals } });
}

function about({ id, month }: PeriodRecord): { recordId: string; label: string } {
  return { recordId: id, label: month };
}
