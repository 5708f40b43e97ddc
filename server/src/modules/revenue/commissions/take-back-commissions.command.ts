import { toDecimal, toWire, type WireMoney } from "@rainmaker/contracts/money";
import type { CommissionTrace } from "@rainmaker/contracts/revenue/commissions";
import { monthOf } from "@rainmaker/contracts/time";
import { v7 as uuidv7 } from "uuid";
import { numberOf } from "#modules/records";
import { dealRecord, type Credit, type Deal } from "../deals/deal.ts";
import { paymentRecord, type Payment } from "../payments/payment.ts";
import { getOpenPeriod, type Period } from "../periods/periods.store.ts";
import type { PlanRule } from "../plans/plan-rule.ts";
import { listRulesOf } from "../plans/rules.store.ts";
import type { RevenueContext } from "../revenue.context.ts";
import { findBooking, listCounted, listEarned, type Booking, type Counted, type Earned } from "./booking.store.ts";
import { shareChanges, type Share } from "./credit-shares.ts";
import { teamShareChange } from "./due-credits.ts";
import type { Basis } from "./explain.ts";
import { mirrorChange } from "./mirror.ts";
import { postCredits } from "./post-credits.command.ts";
import { insertPostings, type WrittenPosting } from "./posting.store.ts";

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
  if (booking === null) return change.payment.valueOn;
  if (booking.isOpen) {
    await walkBack(ctx, change, booking);
    return change.payment.valueOn;
  }
  const period = await getOpenPeriod(ctx, monthOf(change.happenedOn));
  const lines = await listEarned(ctx, change.payment.id);
  const postings = lines.flatMap((line) => mirrored(ctx, change, booking, period, line));
  await insertPostings(ctx, postings);
  for (const { participantId, amountMinor, currency } of postings) {
    announce(ctx, change, period, participantId, toWire(amountMinor, currency));
  }
  return change.happenedOn;
}

/** By the rules and at the rates that counted the payment, whatever holds by now. */
async function walkBack(ctx: RevenueContext, change: NetChange, period: Period): Promise<void> {
  const { payment, deal } = change;
  const counted = await listCounted(ctx, payment.id);
  if (counted.length === 0) return;
  const rules = await listRulesOf(ctx, counted, { month: period.month, currency: payment.currency });
  const credits = counted.flatMap((own) => {
    const rule = rules.find(({ id, memberId }) => id === own.componentId && memberId === own.memberId);
    const minor = rule === undefined ? 0n : changeOf(change, rule, own);
    if (rule === undefined || minor === 0n) return [];
    const share = { memberId: own.memberId, basisPoints: own.basisPoints, minor };
    return [{ rule, share, exchange: own.exchange }];
  });
  if (credits.length === 0) return;
  const happening = { period, deal, payment, causeId: change.causeId, kind: "reversal" as const };
  const basis = {
    ...basisOf(ctx, change),
    amountMinor: change.after - change.before,
    currency: payment.currency,
    cause: causeOf(change, null),
  };
  await postCredits(ctx, { ...happening, basis }, credits);
}

function changeOf({ before, after, credits, payment }: NetChange, rule: PlanRule, counted: Counted): bigint {
  if (rule.creditKind === "team") {
    return teamShareChange({ payment: payment.amountMinor, counted: counted.shareMinor }, before, after);
  }
  const shares = shareChanges(before, after, credits, rule.creditKind);
  return shares.find(({ memberId }) => memberId === counted.memberId)?.minor ?? 0n;
}

/** What a payment of a closed month was paid, in the next open one. */
function mirrored(
  ctx: RevenueContext,
  change: NetChange,
  booking: Booking,
  period: Period,
  line: Earned,
): WrittenPosting[] {
  const { payment, deal, before, after } = change;
  const amountMinor = mirrorChange({ earned: line.amount, left: line.amountLeft }, payment.amountMinor, before, after);
  if (amountMinor === 0n) return [];
  const credited = { earned: line.credited, left: line.creditedLeft };
  const creditedMinor = mirrorChange(credited, payment.amountMinor, before, after);
  const { currency, componentId, participantId } = line;
  const wire = (minor: bigint): string => toDecimal(minor, currency);
  const { plan, component, credit, rounding } = line.trace;
  const trace: CommissionTrace = {
    plan,
    component,
    basis: { ...basisOf(ctx, change), amount: toDecimal(after - before, payment.currency) },
    cause: causeOf(change, booking.month),
    credit: { ...credit, amount: wire(creditedMinor) },
    before: { credited: wire(line.creditedLeft), commission: wire(line.amountLeft) },
    after: { credited: wire(line.creditedLeft + creditedMinor), commission: wire(line.amountLeft + amountMinor) },
    tiers: [],
    exact: String(amountMinor),
    rounded: wire(amountMinor),
    rounding,
  };
  const about = { dealId: deal.id, paymentId: payment.id, customerId: deal.customerId, causeId: change.causeId };
  const key = { participantId, componentId, periodId: period.id, currency };
  const booked = { ...key, ...about, id: uuidv7(), adjustsMonth: booking.month, amountMinor, creditedMinor };
  return [{ ...booked, kind: "reversal", code: null, trace }];
}

function announce(
  ctx: RevenueContext,
  { payment }: NetChange,
  { month }: Period,
  participantId: string,
  amount: WireMoney,
): void {
  ctx.emit({
    type: "commission.posted",
    recordId: payment.id,
    label: numberOf(paymentRecord, payment.number),
    ownerId: participantId,
    facts: { paymentId: payment.id, participantId, amount, month },
  });
}

function basisOf(
  ctx: RevenueContext,
  { payment, deal, happenedOn }: NetChange,
): Omit<Basis, "amountMinor" | "currency" | "cause"> {
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
