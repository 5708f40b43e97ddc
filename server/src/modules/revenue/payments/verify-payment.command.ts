import { v7 as uuidv7 } from "uuid";
import { actingMember } from "#platform/context";
import { Refusal, refuseStale } from "#platform/errors";
import { widen } from "#platform/scope";
import { postCommissions } from "../commissions/post-commissions.command.ts";
import { creditShares } from "../commissions/credit-shares.ts";
import type { Credit, Deal } from "../deals/deal.ts";
import { listCredits } from "../deals/deals.store.ts";
import type { RevenueContext } from "../revenue.context.ts";
import { about, amountOf } from "./announce-payment.ts";
import { decide, type Payment, type Stakes } from "./payment.ts";
import { getPayment } from "./payments.query.ts";
import { findDecider, insertVerifiedCredits, lockDealAndPayment, saveDecision } from "./payments.store.ts";

type Reason = { readonly reasonCode: string; readonly note: string | null };

/**
 * Verifies a payment that somebody else submitted. One transaction: the decision, who it counts for, the commissions
 * and what is announced commit together or not at all.
 */
export async function verifyPayment(
  ctx: RevenueContext,
  paymentId: string,
  seenVersion: number,
  note: string | null,
): Promise<void> {
  const { deal, payment, credits } = await lockForDecision(ctx, paymentId);
  const verified = await judge(ctx, payment, credits, "verified");
  await refuseStale(payment, seenVersion, () => getPayment(ctx, paymentId));
  widen(ctx); // Earners' totals are not the verifier's to see.
  const decisionId = await record(ctx, payment, verified, { reasonCode: null, note });

  const shares = creditShares(payment.amountMinor, credits, "revenue");
  await insertVerifiedCredits(ctx, payment, shares);
  await postCommissions(ctx, { deal, payment: verified, credits, decisionId });

  ctx.emit({
    type: "payment.verified",
    ...about(verified, deal),
    facts: {
      dealId: deal.id,
      customerId: deal.customerId,
      amount: amountOf(payment),
      valueOn: payment.valueOn,
      submittedBy: payment.submittedBy ?? "",
      decisionId,
      credits: shares.map(({ memberId, minor }) => ({
        memberId,
        amount: amountOf({ ...payment, amountMinor: minor }).amount,
      })),
    },
  });
}

/** Sends a payment back with a reason; correcting it makes the next version. */
export async function rejectPayment(
  ctx: RevenueContext,
  paymentId: string,
  seenVersion: number,
  reason: Reason,
): Promise<void> {
  const { deal, payment, credits } = await lockForDecision(ctx, paymentId);
  const rejected = await judge(ctx, payment, credits, "rejected");
  await refuseStale(payment, seenVersion, () => getPayment(ctx, paymentId));
  widen(ctx);
  await record(ctx, payment, rejected, reason);
  ctx.emit({
    type: "payment.rejected",
    ...about(rejected, deal),
    facts: { dealId: deal.id, amount: amountOf(payment), reasonCode: reason.reasonCode, note: reason.note },
  });
}

async function lockForDecision(
  ctx: RevenueContext,
  paymentId: string,
): Promise<{ deal: Deal; payment: Payment; credits: Credit[] }> {
  const { deal, payment } = await lockDealAndPayment(ctx, paymentId);
  return { deal, payment, credits: await listCredits(ctx, deal.id) };
}

async function judge(
  ctx: RevenueContext,
  payment: Payment,
  credits: readonly Credit[],
  verdict: "verified" | "rejected",
): Promise<Payment> {
  const stakes: Stakes = { ownerId: payment.ownerId, creditedIds: credits.map(({ participantId }) => participantId) };
  const decidedBefore = payment.status === "submitted" ? null : await findDecider(ctx, payment.id);
  return decide(payment, verdict, actingMember(ctx), stakes, decidedBefore);
}

async function record(
  ctx: RevenueContext,
  before: Payment,
  after: Payment,
  { reasonCode, note }: { reasonCode: string | null; note: string | null },
): Promise<string> {
  const id = uuidv7();
  const verdict = after.status === "verified" ? "verified" : "rejected";
  const decision = { id, verdict, decidedBy: actingMember(ctx), reasonCode, note } as const;
  if (!(await saveDecision(ctx, before, after, decision))) {
    throw new Refusal("conflict", "invalid_transition", "Somebody else has decided this payment meanwhile");
  }
  return id;
}
