import type { BodyOf } from "@rainmaker/contracts/endpoint";
import { fromWire } from "@rainmaker/contracts/money";
import type { payByCredit as contract } from "@rainmaker/contracts/revenue/customer-credit";
import { dayIn } from "@rainmaker/contracts/time";
import { v7 as uuidv7 } from "uuid";
import { listFileHashes, numberOf } from "#modules/records";
import { actingMember } from "#platform/context";
import { invalidField, Refusal } from "#platform/errors";
import { requireReach, widen } from "#platform/scope";
import { lockDeal } from "../deals/deals.store.ts";
import type { RevenueContext } from "../revenue.context.ts";
import { about, amountOf } from "./announce-payment.ts";
import { creditLeft, requireCredit } from "./customer-credit.ts";
import { readQuorum } from "./decisions.store.ts";
import { approvalsNeeded, checkAmount, newPayment, paymentRecord, submitPayment as submit } from "./payment.ts";
import { getStoredPayment, insertPayment, insertSubmission, savePayment } from "./payments.store.ts";

/**
 * Pays for a deal with the customer's credit. No money comes, so it is a payment of its own that is sent to be verified
 * at once, with the proofs of the payment whose credit it uses; the credit is used when it is verified.
 * @returns the new payment's id
 */
export async function payByCredit(
  ctx: RevenueContext,
  sourceId: string,
  { dealId, amount }: BodyOf<typeof contract>,
): Promise<string> {
  const deal = await lockDeal(ctx, dealId);
  await requireReach(ctx, "payment.record", deal.ownerId);
  const source = await getStoredPayment(ctx, sourceId);
  if (source.customerId !== deal.customerId) {
    throw invalidField("dealId", "other_customer", "This deal is another customer's; the credit is not theirs");
  }
  const asked = amount === undefined ? { minor: creditLeft(source), currency: source.currency } : fromWire(amount);
  if (source.status !== "verified" || asked.minor === 0n) {
    throw new Refusal("conflict", "credit_not_left", "This payment has no credit left");
  }
  checkAmount(asked.minor, asked.currency, deal.currency);
  checkAmount(asked.minor, asked.currency, source.currency);
  requireCredit(source, asked.minor);
  const draft = await insertPayment(ctx, {
    ...newPayment(deal, actingMember(ctx)),
    id: uuidv7(),
    amountMinor: asked.minor,
    method: "customer_credit",
    valueOn: dayIn(ctx.organization.timeZone, ctx.now),
    reference: numberOf(paymentRecord, source.number),
    creditOf: source.id,
  });
  widen(ctx); // The quorum counts payments of the deal beyond reach, too.
  const evidence = await listFileHashes(ctx, "payment", source.id);
  const facts = { proofs: evidence.length, isDealApproved: deal.status === "approved" };
  const submitted = submit(draft, actingMember(ctx), facts, ctx.now);
  const { quorum, together } = await readQuorum(ctx, draft);
  await savePayment(ctx, submitted);
  const approvals = approvalsNeeded(together, draft.currency, quorum);
  await insertSubmission(ctx, submitted, { evidence, approvals, answer: null });
  ctx.emit({
    type: "payment.submitted",
    ...about(submitted, deal),
    facts: { dealId: deal.id, amount: amountOf(submitted), valueOn: submitted.valueOn },
  });
  return draft.id;
}
