import { v7 as uuidv7 } from "uuid";
import { actingMember } from "#platform/context";
import { Refusal, refuseStale } from "#platform/errors";
import { dayIn } from "@rainmaker/contracts/time";
import { widen } from "#platform/scope";
import { creditChanges, takeBackCommissions, type NetChange } from "../commissions/take-back-commissions.command.ts";
import { takeOffInvoices } from "../invoices/settle-payment.command.ts";
import type { RevenueContext } from "../revenue.context.ts";
import { about, amountOf } from "./announce-payment.ts";
import { listDeciders, saveReversal } from "./decisions.store.ts";
import { countedLeft, refuseUsedCredit } from "./customer-credit.ts";
import { reversePayment as reverse, type Stakes } from "./payment.ts";
import { getPayment } from "./payments.query.ts";
import { addTransferred, insertVerifiedCredits } from "./payments.store.ts";
import { refuseWaitingRefunds } from "./refunds.store.ts";
import { lockForDecision } from "./verify-payment.command.ts";

/** Takes back a verification that was a mistake, by another verifier: nothing of the payment counts any more. */
export async function reversePayment(
  ctx: RevenueContext,
  paymentId: string,
  seenVersion: number,
  reason: string,
): Promise<void> {
  const { deal, payment, credits } = await lockForDecision(ctx, paymentId);
  const by = actingMember(ctx);
  const stakes: Stakes = { ownerId: payment.ownerId, creditedIds: credits.map(({ participantId }) => participantId) };
  const reversed = reverse(payment, by, stakes, await listDeciders(ctx, paymentId));
  await refuseStale(payment, seenVersion, () => getPayment(ctx, paymentId));
  await refuseWaitingRefunds(ctx, paymentId);
  refuseUsedCredit(payment);
  widen(ctx); // Earners' totals are not the verifier's to see.
  const causeId = uuidv7();
  if (!(await saveReversal(ctx, payment, reversed, { id: causeId, by, note: reason }))) {
    throw new Refusal("conflict", "invalid_transition", "Somebody else has reversed this payment meanwhile");
  }
  const change: NetChange = {
    deal,
    payment,
    credits,
    causeId,
    kind: "reversed",
    reason,
    happenedOn: dayIn(ctx.organization.timeZone, ctx.now),
    before: payment.amountMinor - payment.refundedMinor,
    after: 0n,
  };
  ctx.emit({
    type: "payment.reversed",
    ...about(reversed, deal),
    facts: { ...(await applyNetChange(ctx, change)), note: reason },
  });
  await takeOffInvoices(ctx, deal, payment, payment.appliedMinor);
  if (payment.creditOf !== null) await addTransferred(ctx, payment.creditOf, -payment.amountMinor);
}

type TakenBack = {
  readonly dealId: string;
  readonly amount: ReturnType<typeof amountOf>;
  readonly valueOn: string;
  readonly paymentsChange: number;
  readonly credits: { memberId: string; amount: string }[];
};

/** Commission, goals and rankings follow what is left of a payment. @returns what the event says of it */
export async function applyNetChange(ctx: RevenueContext, net: NetChange): Promise<TakenBack> {
  const change = countedChange(net);
  const { payment, deal, causeId, before, after } = change;
  const valueOn = await takeBackCommissions(ctx, change);
  const shares = creditChanges(change);
  await insertVerifiedCredits(ctx, { ...payment, valueOn }, shares, causeId);
  const wire = (amountMinor: bigint): ReturnType<typeof amountOf> => amountOf({ ...payment, amountMinor });
  return {
    dealId: deal.id,
    amount: wire(net.after - net.before),
    valueOn,
    paymentsChange: after === 0n ? -1 : before === 0n ? 1 : 0,
    credits: shares.map(({ memberId, minor }) => ({ memberId, amount: wire(minor).amount })),
  };
}

/** What is beyond the deal earned nothing, and goes back first: only what counted changes what was earned. */
function countedChange(change: NetChange): NetChange {
  const { payment, before, after } = change;
  return {
    ...change,
    payment: { ...payment, amountMinor: payment.countedMinor },
    before: countedLeft(payment, before),
    after: countedLeft(payment, after),
  };
}
