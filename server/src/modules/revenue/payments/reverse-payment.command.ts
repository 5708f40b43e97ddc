import { v7 as uuidv7 } from "uuid";
import { actingMember } from "#platform/context";
import { Refusal, refuseStale } from "#platform/errors";
import { dayIn } from "@rainmaker/contracts/time";
import { widen } from "#platform/scope";
import { creditChanges, takeBackCommissions, type NetChange } from "../commissions/take-back-commissions.command.ts";
import type { RevenueContext } from "../revenue.context.ts";
import { about, amountOf } from "./announce-payment.ts";
import { listDeciders, saveReversal } from "./decisions.store.ts";
import { reversePayment as reverse, type Stakes } from "./payment.ts";
import { getPayment } from "./payments.query.ts";
import { insertVerifiedCredits } from "./payments.store.ts";
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
}

type TakenBack = {
  readonly dealId: string;
  readonly amount: ReturnType<typeof amountOf>;
  readonly valueOn: string;
  readonly paymentsChange: number;
  readonly credits: { memberId: string; amount: string }[];
};

/** Commission, goals and rankings follow what is left of a payment. @returns what the event says of it */
export async function applyNetChange(ctx: RevenueContext, change: NetChange): Promise<TakenBack> {
  const { payment, deal, causeId, before, after } = change;
  const valueOn = await takeBackCommissions(ctx, change);
  const shares = creditChanges(change);
  await insertVerifiedCredits(ctx, { ...payment, valueOn }, shares, causeId);
  const wire = (amountMinor: bigint): ReturnType<typeof amountOf> => amountOf({ ...payment, amountMinor });
  return {
    dealId: deal.id,
    amount: wire(after - before),
    valueOn,
    paymentsChange: after === 0n ? -1 : before === 0n ? 1 : 0,
    credits: shares.map(({ memberId, minor }) => ({ memberId, amount: wire(minor).amount })),
  };
}
