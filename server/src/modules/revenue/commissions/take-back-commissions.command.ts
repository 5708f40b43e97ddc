import { toDecimal, toWire } from "@rainmaker/contracts/money";
import type { CommissionTrace } from "@rainmaker/contracts/revenue/commissions";
import { monthOf } from "@rainmaker/contracts/time";
import { v7 as uuidv7 } from "uuid";
import { numberOf } from "#modules/records";
import { dealRecord, type Credit, type Deal } from "../deals/deal.ts";
import { paymentRecord, type Payment } from "../payments/payment.ts";
import { getOpenPeriod, type Period } from "../periods/periods.store.ts";
import { listComponents, type PlanComponent } from "../plans/plans.store.ts";
import type { RevenueContext } from "../revenue.context.ts";
import { calculateCommission } from "./commission.ts";
import { shareChanges, type Share } from "./credit-shares.ts";
import { explain } from "./explain.ts";
import { addCredited, insertPosting, lockAccumulator } from "./ledger.store.ts";
import { findBooking, type Booking, type Earned } from "./booking.store.ts";
import { mirrorChange } from "./mirror.ts";

/** What is left of a verified payment changes: by a reversal, a refund, a chargeback, or one that was won. */
export type NetChange = {
  readonly deal: Deal;
  readonly payment: Payment;
  /** Ordered by participant: so locks are taken in one order everywhere. */
  readonly credits: readonly Credit[];
  /** Decision or refund it follows from: posted once. */
  readonly causeId: string;
  readonly kind: NonNullable<CommissionTrace["cause"]>["kind"];
  readonly reason: string;
  /** Calendar day it happened. */
  readonly happenedOn: string;
  /** What was left of the payment before, and is after. Minor units. */
  readonly before: bigint;
  readonly after: bigint;
};

/**
 * Takes commission back, or gives it again, as what is left of a payment changes. While the month is open in which the
 * payment earned, the cumulative commission is walked back down: the month then is as if only the rest had been paid.
 * Where that month is closed, the lines of then are mirrored in the next open month, at what was paid then.
 * @returns the day from which on figures count it
 */
export async function takeBackCommissions(ctx: RevenueContext, change: NetChange): Promise<string> {
  const booking = await findBooking(ctx, change.payment.id);
  if (booking === null || booking.isOpen) {
    const period = booking ?? (await getOpenPeriod(ctx, monthOf(change.payment.valueOn)));
    await walkBack(ctx, change, period);
    return change.payment.valueOn;
  }
  const period = await getOpenPeriod(ctx, monthOf(change.happenedOn));
  for (const line of booking.earned) await mirror(ctx, change, booking, period, line);
  return change.happenedOn;
}

async function walkBack(ctx: RevenueContext, change: NetChange, period: Period): Promise<void> {
  for (const participantId of new Set(change.credits.map((credit) => credit.participantId))) {
    for (const component of await listComponents(ctx, participantId, change.payment.valueOn)) {
      const shares = shareChanges(change.before, change.after, change.credits, component.creditKind);
      const share = shares.find(({ memberId }) => memberId === participantId);
      if (share !== undefined) await postChange(ctx, change, period, component, share);
    }
  }
}

async function postChange(
  ctx: RevenueContext,
  change: NetChange,
  period: Period,
  component: PlanComponent,
  share: Share,
): Promise<void> {
  const { currency } = change.payment;
  const key = { participantId: share.memberId, componentId: component.id, periodId: period.id, currency };
  const calculation = calculateCommission(component, await lockAccumulator(ctx, key), share.minor);
  if (calculation.commission === 0n) {
    await addCredited(ctx, key, calculation.after.credited);
    return;
  }
  const basis = {
    ...basisOf(ctx, change),
    deal: { number: numberOf(dealRecord, change.deal.number), title: change.deal.title },
    amountMinor: change.after - change.before,
    currency,
    cause: causeOf(change, null),
  };
  await post(ctx, change, period, {
    ...key,
    amountMinor: calculation.commission,
    creditedMinor: share.minor,
    after: calculation.after,
    adjustsMonth: null,
    trace: explain(component, basis, share, calculation),
  });
}

/** What a line of a closed month was paid, in the next open one. */
async function mirror(
  ctx: RevenueContext,
  change: NetChange,
  booking: Booking,
  period: Period,
  line: Earned,
): Promise<void> {
  const { payment, before, after } = change;
  const amountMinor = mirrorChange({ earned: line.amount, left: line.amountLeft }, payment.amountMinor, before, after);
  if (amountMinor === 0n) return;
  const credited = { earned: line.credited, left: line.creditedLeft };
  const creditedMinor = mirrorChange(credited, payment.amountMinor, before, after);
  const { currency } = payment;
  const wire = (minor: bigint): string => toDecimal(minor, currency);
  await post(ctx, change, period, {
    participantId: line.participantId,
    componentId: line.componentId,
    currency,
    amountMinor,
    creditedMinor,
    after: null,
    adjustsMonth: booking.month,
    trace: {
      ...line.trace,
      basis: { ...basisOf(ctx, change), amount: wire(after - before) },
      cause: causeOf(change, booking.month),
      credit: { ...line.trace.credit, amount: wire(creditedMinor) },
      before: { credited: wire(line.creditedLeft), commission: wire(line.amountLeft) },
      after: { credited: wire(line.creditedLeft + creditedMinor), commission: wire(line.amountLeft + amountMinor) },
      tiers: [],
      exact: String(amountMinor),
      rounded: wire(amountMinor),
    },
  });
}

type Line = Omit<
  Parameters<typeof insertPosting>[1],
  "id" | "kind" | "periodId" | "dealId" | "paymentId" | "customerId" | "sourceEvent"
>;

async function post(ctx: RevenueContext, change: NetChange, period: Period, line: Line): Promise<void> {
  const { deal, payment, causeId } = change;
  await insertPosting(ctx, {
    ...line,
    id: uuidv7(),
    kind: "reversal",
    periodId: period.id,
    dealId: deal.id,
    paymentId: payment.id,
    customerId: deal.customerId,
    sourceEvent: causeId,
  });
  ctx.emit({
    type: "commission.posted",
    recordId: payment.id,
    label: numberOf(paymentRecord, payment.number),
    ownerId: line.participantId,
    facts: {
      paymentId: payment.id,
      participantId: line.participantId,
      amount: toWire(line.amountMinor, line.currency),
      month: period.month,
    },
  });
}

function basisOf(
  ctx: RevenueContext,
  { payment, deal, happenedOn }: NetChange,
): Omit<CommissionTrace["basis"], "amount"> {
  return {
    payment: numberOf(paymentRecord, payment.number),
    deal: { number: numberOf(dealRecord, deal.number), title: deal.title },
    valueOn: happenedOn,
    verifiedBy: ctx.actor.name,
    verifiedAt: ctx.now.toISOString(),
  };
}

function causeOf({ kind, reason }: NetChange, closedMonth: string | null): NonNullable<CommissionTrace["cause"]> {
  return { kind, reason, closedMonth };
}

/** What a change takes from each person it is credited to, for goals and rankings. */
export function creditChanges({ before, after, credits }: NetChange): Share[] {
  return shareChanges(before, after, credits, "revenue");
}
