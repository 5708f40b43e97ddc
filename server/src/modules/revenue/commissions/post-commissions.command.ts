import { toWire } from "@rainmaker/contracts/money";
import { monthOf } from "@rainmaker/contracts/time";
import { v7 as uuidv7 } from "uuid";
import { numberOf } from "#modules/records";
import { dealRecord, type Credit, type Deal } from "../deals/deal.ts";
import { paymentRecord, type Payment } from "../payments/payment.ts";
import { getOpenPeriod, type Period } from "../periods/periods.store.ts";
import { listComponents, type PlanComponent } from "../plans/plans.store.ts";
import type { RevenueContext } from "../revenue.context.ts";
import { calculateCommission } from "./commission.ts";
import { creditShares, type Share } from "./credit-shares.ts";
import { explain } from "./explain.ts";
import { addCredited, insertAbsence, insertPosting, lockAccumulator, type Absence } from "./ledger.store.ts";

export type VerifiedPayment = {
  readonly deal: Deal;
  readonly payment: Payment;
  /** Ordered by participant: so locks are taken in one order everywhere. */
  readonly credits: readonly Credit[];
  readonly decisionId: string;
};

/** Posts what a verified payment earns each person it is credited to, or why it earns them nothing. */
export async function postCommissions(ctx: RevenueContext, verified: VerifiedPayment): Promise<void> {
  const period = await getOpenPeriod(ctx, monthOf(verified.payment.valueOn));
  for (const participantId of new Set(verified.credits.map((credit) => credit.participantId))) {
    await postFor(ctx, verified, period, participantId);
  }
}

async function postFor(
  ctx: RevenueContext,
  verified: VerifiedPayment,
  period: Period,
  participantId: string,
): Promise<void> {
  const { payment, credits } = verified;
  const components = await listComponents(ctx, participantId, payment.valueOn);
  const lines = components.flatMap((component) =>
    creditShares(payment.amountMinor, credits, component.creditKind)
      .filter(({ memberId }) => memberId === participantId)
      .map((share) => ({ component, share })),
  );
  if (lines.length === 0) await explainAbsence(ctx, verified, period, participantId, "no_plan");
  for (const { component, share } of lines) await postLine(ctx, verified, period, component, share);
}

async function postLine(
  ctx: RevenueContext,
  verified: VerifiedPayment,
  period: Period,
  component: PlanComponent,
  share: Share,
): Promise<void> {
  const { payment, deal, decisionId } = verified;
  const { currency } = payment;
  const key = { participantId: share.memberId, componentId: component.id, periodId: period.id, currency };
  const calculation = calculateCommission(component, await lockAccumulator(ctx, key), share.minor);
  if (calculation.commission === 0n) {
    await addCredited(ctx, key, calculation.after.credited);
    const isFree = calculation.parts.every(({ rate }) => Number(rate) === 0);
    await explainAbsence(ctx, verified, period, share.memberId, isFree ? "zero_rate" : "rounds_to_zero");
    return;
  }
  const basis = {
    payment: numberOf(paymentRecord, payment.number),
    deal: { number: numberOf(dealRecord, deal.number), title: deal.title },
    amountMinor: payment.amountMinor,
    currency,
    valueOn: payment.valueOn,
    verifiedBy: ctx.actor.name,
    verifiedAt: ctx.now.toISOString(),
  };
  await insertPosting(ctx, {
    ...key,
    id: uuidv7(),
    dealId: deal.id,
    paymentId: payment.id,
    customerId: deal.customerId,
    sourceEvent: decisionId,
    amountMinor: calculation.commission,
    kind: "earned",
    creditedMinor: share.minor,
    after: calculation.after,
    adjustsMonth: null,
    trace: explain(component, basis, share, calculation),
  });
  ctx.emit({
    type: "commission.posted",
    recordId: payment.id,
    label: basis.payment,
    ownerId: share.memberId,
    facts: {
      paymentId: payment.id,
      participantId: share.memberId,
      amount: toWire(calculation.commission, currency),
      month: period.month,
    },
  });
}

async function explainAbsence(
  ctx: RevenueContext,
  { payment, deal }: VerifiedPayment,
  { month }: Period,
  participantId: string,
  reason: Absence["reason"],
): Promise<void> {
  await insertAbsence(ctx, {
    id: uuidv7(),
    participantId,
    dealId: deal.id,
    paymentId: payment.id,
    customerId: deal.customerId,
    reason,
    month,
    currency: payment.currency,
  });
}
