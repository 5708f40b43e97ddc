import type { BodyOf } from "@rainmaker/contracts/endpoint";
import { fromWire, toWire } from "@rainmaker/contracts/money";
import type {
  answerDispute as answerContract,
  openDispute as openContract,
} from "@rainmaker/contracts/revenue/disputes";
import { actingMember } from "#platform/context";
import { invalidField, Refusal, refuseStale } from "#platform/errors";
import { requireReach, widen } from "#platform/scope";
import { insertDecided } from "../commissions/decided.store.ts";
import { getCorrectablePeriod } from "../periods/periods.store.ts";
import type { RevenueContext } from "../revenue.context.ts";
import { issueStatements } from "../statements/statements.store.ts";
import { grantedBy, requireOpen, requireOwn, type Dispute, type Verdict } from "./dispute.ts";
import { getDispute } from "./disputes.query.ts";
import { getDisputed, insertDispute, insertMessage, lockDispute, saveDispute } from "./disputes.store.ts";

/** Asks about what a verified payment earned the caller, or why nothing. One question at a time for each payment. */
export async function openDispute(ctx: RevenueContext, body: BodyOf<typeof openContract>): Promise<string> {
  const ownerId = actingMember(ctx);
  const disputed = await getDisputed(ctx, body.paymentId, ownerId);
  if (disputed.status !== "verified") {
    throw new Refusal("conflict", "payment_not_verified", "A payment earns once it is verified; this one is not yet");
  }
  const { minor: expectedMinor, currency } = fromWire(body.expected);
  if (currency !== disputed.currency) {
    throw invalidField("expected.currency", "currency_differs", `This payment is in ${disputed.currency}`);
  }
  if (expectedMinor === disputed.postedMinor) {
    throw invalidField("expected.amount", "nothing_differs", "That is what is posted already");
  }
  const { category } = body;
  const id = await insertDispute(ctx, ownerId, disputed, { category, expectedMinor });
  if (id === null) {
    throw new Refusal("conflict", "dispute_open", "You have asked about this payment already; it is not answered yet");
  }
  await insertMessage(ctx, { id, ownerId }, ownerId, body.body);
  ctx.emit({
    type: "dispute.opened",
    recordId: id,
    label: disputed.month,
    ownerId,
    version: 1,
    facts: {
      paymentId: body.paymentId,
      month: disputed.month,
      category,
      posted: toWire(disputed.postedMinor, currency),
      expected: body.expected,
    },
  });
  return id;
}

/** A question or something to add, by anybody who sees it. */
export async function addDisputeMessage(ctx: RevenueContext, disputeId: string, body: string): Promise<void> {
  const dispute = await lockDispute(ctx, disputeId);
  requireOpen(dispute);
  await insertMessage(ctx, dispute, actingMember(ctx), body);
  await saveDispute(ctx, dispute);
  ctx.emit({ type: "dispute.commented", ...about(dispute), facts: { month: dispute.month } });
}

/**
 * Answers a dispute. What is accepted is a posting of its own, in the month it is about while that takes any, else in
 * the next open one with the month it corrects.
 */
export async function answerDispute(
  ctx: RevenueContext,
  disputeId: string,
  body: BodyOf<typeof answerContract>,
): Promise<void> {
  const dispute = await lockDispute(ctx, disputeId);
  await requireReach(ctx, "dispute.answer", dispute.ownerId);
  requireOpen(dispute);
  const amountMinor = grantedBy(dispute, verdictOf(dispute, body), actingMember(ctx));
  await refuseStale(dispute, body.seenVersion, () => getDispute(ctx, disputeId));
  widen(ctx);
  await insertMessage(ctx, dispute, actingMember(ctx), body.body);
  const { month } = dispute;
  if (amountMinor === 0n) {
    await saveDispute(ctx, dispute, { state: "declined" });
    ctx.emit({ type: "dispute.declined", ...about(dispute), facts: { month } });
    return;
  }
  const period = await getCorrectablePeriod(ctx, month);
  const { name: decidedBy } = ctx.actor;
  const adjustingTxnId = await insertDecided(ctx, period, {
    ...dispute,
    kind: "correction",
    causeId: dispute.id,
    amountMinor,
    code: null,
    trace: { dispute: dispute.id, note: body.body, decidedBy, decidedAt: ctx.now.toISOString() },
  });
  // A statement that is out already says what it says now, and is approved anew.
  if (period.state === "closing") await issueStatements(ctx, period, dispute.ownerId);
  const state = body.verdict === "partly" ? "partly" : "accepted";
  await saveDispute(ctx, dispute, { state, grantedMinor: amountMinor, adjustingTxnId });
  const facts = { month, granted: toWire(amountMinor, dispute.currency), postedIn: period.month };
  ctx.emit({ type: "dispute.accepted", ...about(dispute), facts });
}

function verdictOf({ currency }: Dispute, body: BodyOf<typeof answerContract>): Verdict {
  if (body.verdict !== "partly") return { verdict: body.verdict };
  const expected = fromWire(body.expected);
  if (expected.currency === currency) return { verdict: "partly", expectedMinor: expected.minor };
  throw invalidField("expected.currency", "currency_differs", `This payment is in ${currency}`);
}

export async function withdrawDispute(ctx: RevenueContext, disputeId: string): Promise<void> {
  const dispute = await lockDispute(ctx, disputeId);
  requireOwn(dispute, actingMember(ctx));
  requireOpen(dispute);
  await saveDispute(ctx, dispute, { state: "withdrawn" });
  ctx.emit({ type: "dispute.withdrawn", ...about(dispute), facts: { month: dispute.month } });
}

function about(dispute: Dispute): { recordId: string; label: string; ownerId: string; version: number } {
  const { id, month, ownerId, version } = dispute;
  return { recordId: id, label: month, ownerId, version: version + 1 };
}
