import { v7 as uuidv7 } from "uuid";
import { actingMember } from "#platform/context";
import { Refusal, refuseStale } from "#platform/errors";
import { widen } from "#platform/scope";
import { postCommissions } from "../commissions/post-commissions.command.ts";
import { creditShares } from "../commissions/credit-shares.ts";
import { fulfilledEvent } from "../deals/announce-deal.ts";
import type { Credit, Deal } from "../deals/deal.ts";
import { listCredits } from "../deals/deals.store.ts";
import type { RevenueContext } from "../revenue.context.ts";
import { about, amountOf } from "./announce-payment.ts";
import { decide, type Payment, type Stakes } from "./payment.ts";
import { insertEndorsement, readApprovals } from "./decisions.store.ts";
import { getPayment } from "./payments.query.ts";
import { settlePayment } from "../invoices/settle-payment.command.ts";
import { countedOf } from "./customer-credit.ts";
import {
  addTransferred,
  findDecider,
  insertVerifiedCredits,
  lockDealAndPayment,
  readCounted,
  saveDecision,
} from "./payments.store.ts";
import { listFlags } from "./payment-flags.query.ts";

type Approval = {
  readonly seenVersion: number;
  readonly note: string | null;
  /** One of several at once: then nothing about it may be odd. */
  readonly isOneOfMany: boolean;
};
type Reason = { readonly reasonCode: string; readonly note: string | null };

/**
 * Verifies a payment that somebody else submitted. One transaction: the decision, who it counts for, the commissions
 * and what is announced commit together or not at all. Where two have to agree, the first only endorses it.
 */
export async function verifyPayment(
  ctx: RevenueContext,
  paymentId: string,
  { seenVersion, note, isOneOfMany }: Approval,
): Promise<void> {
  const { deal, payment, credits } = await lockForDecision(ctx, paymentId);
  const verified = await judge(ctx, payment, credits, "verified");
  await refuseStale(payment, seenVersion, () => getPayment(ctx, paymentId));
  widen(ctx); // Earners' totals are not the verifier's to see.
  if (isOneOfMany) await refuseFlagged(ctx, paymentId);
  const { needed, endorsedBy } = await readApprovals(ctx, payment);
  if (needed === 2 && endorsedBy === null) return endorse(ctx, deal, payment, note);
  if (needed === 2 && endorsedBy?.id === actingMember(ctx)) {
    throw new Refusal("conflict", "second_verifier_needed", "You agreed to it already; a second verifier decides it");
  }
  await settle(ctx, deal, payment, verified, credits, note);
}

/** What follows from a verification: it counts, earns, is announced, and last pays invoices. */
async function settle(
  ctx: RevenueContext,
  deal: Deal,
  payment: Payment,
  verified: Payment,
  credits: readonly Credit[],
  note: string | null,
): Promise<void> {
  const countedBefore = await readCounted(ctx, deal.id);
  const countedMinor = countedOf(payment.amountMinor, deal.amountMinor, countedBefore);
  const decisionId = await record(ctx, payment, { ...verified, countedMinor }, { reasonCode: null, note });
  if (payment.creditOf !== null) await takeCredit(ctx, payment.creditOf, payment.amountMinor);

  const shares = countedMinor === 0n ? [] : creditShares(countedMinor, credits, "revenue");
  await insertVerifiedCredits(ctx, payment, shares);
  const counted = { ...verified, amountMinor: countedMinor };
  if (countedMinor > 0n) await postCommissions(ctx, { deal, payment: counted, credits, decisionId });

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
  if (countedMinor > 0n && countedBefore + countedMinor === deal.amountMinor) ctx.emit(fulfilledEvent(deal));
  await settlePayment(ctx, deal, verified);
}

/** @throws Refusal 409 where it was used elsewhere meanwhile */
async function takeCredit(ctx: RevenueContext, sourceId: string, minor: bigint): Promise<void> {
  if (await addTransferred(ctx, sourceId, minor)) return;
  throw new Refusal("conflict", "credit_not_left", "The credit it uses was used elsewhere meanwhile");
}

/** The first of two verifiers agrees. */
async function endorse(ctx: RevenueContext, deal: Deal, payment: Payment, note: string | null): Promise<void> {
  await insertEndorsement(ctx, payment, { id: uuidv7(), by: actingMember(ctx), note });
  ctx.emit({
    type: "payment.endorsed",
    ...about(payment, deal),
    facts: { dealId: deal.id, amount: amountOf(payment) },
  });
}

async function refuseFlagged(ctx: RevenueContext, paymentId: string): Promise<void> {
  const flags = await listFlags(ctx, paymentId);
  if (flags.length === 0) return;
  throw new Refusal("conflict", "flagged", "Something about it has to be looked at; decide it by itself");
}

/** Asks whoever sent it for more; it comes back with the answer. */
export async function askAboutPayment(
  ctx: RevenueContext,
  paymentId: string,
  seenVersion: number,
  question: string,
): Promise<void> {
  const { deal, payment, credits } = await lockForDecision(ctx, paymentId);
  const asked = { ...(await judge(ctx, payment, credits, "asked")), question };
  await refuseStale(payment, seenVersion, () => getPayment(ctx, paymentId));
  widen(ctx);
  await record(ctx, payment, asked, { reasonCode: null, note: question });
  ctx.emit({
    type: "payment.asked",
    ...about(asked, deal),
    facts: { dealId: deal.id, amount: amountOf(payment), question },
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

/** Locks a payment that is about to be decided, with everybody who has a stake in it. */
export async function lockForDecision(
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
  verdict: "verified" | "rejected" | "asked",
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
  const verdict = after.status as "verified" | "rejected" | "asked";
  const decision = { id, verdict, decidedBy: actingMember(ctx), reasonCode, note };
  if (!(await saveDecision(ctx, before, after, decision))) {
    throw new Refusal("conflict", "invalid_transition", "Somebody else has decided this payment meanwhile");
  }
  return id;
}
