import type { AbsenceReason } from "@rainmaker/contracts/revenue/commissions";
import { monthOf } from "@rainmaker/contracts/time";
import { numberOf } from "#modules/records";
import { dealRecord, type Credit, type Deal } from "../deals/deal.ts";
import { getRate } from "../money/rates.store.ts";
import { paymentRecord, type Payment } from "../payments/payment.ts";
import { getOpenPeriod } from "../periods/periods.store.ts";
import { listLeaders, listRules } from "../plans/rules.store.ts";
import type { RevenueContext } from "../revenue.context.ts";
import { absenceOf } from "./absence.ts";
import { insertAbsences } from "./absences.store.ts";
import { dueCredits, type DueCredit } from "./due-credits.ts";
import { postCredits, type CountedCredit, type Happening } from "./post-credits.command.ts";
import type { PlanRule } from "../plans/plan-rule.ts";

export type VerifiedPayment = {
  readonly deal: Deal;
  readonly payment: Payment;
  readonly credits: readonly Credit[];
  readonly decisionId: string;
};

/** Posts what a verified payment earns each person it counts for, or why it earns them nothing. */
export async function postCommissions(ctx: RevenueContext, verified: VerifiedPayment): Promise<void> {
  const { payment, deal, credits } = verified;
  const period = await getOpenPeriod(ctx, monthOf(payment.valueOn));
  const participants = [...new Set(credits.map(({ participantId }) => participantId))];
  const leads = await listLeaders(ctx, participants, payment.valueOn);
  const people = [...participants, ...leads.map(({ leaderId }) => leaderId)];
  const asked = { month: period.month, currency: payment.currency };
  const rules = await listRules(ctx, people, payment.valueOn, asked);
  const due = await exchanged(ctx, payment, dueCredits(payment.amountMinor, credits, rules, leads));
  const happening: Happening = {
    period,
    deal,
    payment,
    causeId: verified.decisionId,
    kind: "earned",
    basis: {
      payment: numberOf(paymentRecord, payment.number),
      deal: { number: numberOf(dealRecord, deal.number), title: deal.title },
      amountMinor: payment.amountMinor,
      currency: payment.currency,
      valueOn: payment.valueOn,
      verifiedBy: ctx.actor.name,
      verifiedAt: ctx.now.toISOString(),
    },
  };
  const posted = due.length === 0 ? [] : await postCredits(ctx, happening, due);
  const absent = participants.flatMap((participantId) => {
    const own = posted.filter(({ credit }) => credit.rule.memberId === participantId);
    if (own.some(({ entries }) => entries.length > 0)) return [];
    return [{ participantId, reason: absenceOf(own.map(({ credit, written }) => ({ rule: credit.rule, written }))) }];
  });
  await explainAbsences(ctx, happening, absent);
}

/** Puts the rate of the day the money arrived beside what is paid in another currency. @throws Refusal 409 without one */
async function exchanged(
  ctx: RevenueContext,
  { currency, valueOn }: Payment,
  due: readonly DueCredit<PlanRule>[],
): Promise<CountedCredit[]> {
  const rates = new Map<string, CountedCredit["exchange"]>();
  for (const { rule } of due) {
    const to = rule.currency ?? currency;
    if (!rates.has(to)) rates.set(to, to === currency ? null : await getRate(ctx, currency, to, valueOn));
  }
  return due.map((credit) => ({ ...credit, exchange: rates.get(credit.rule.currency ?? currency) ?? null }));
}

async function explainAbsences(
  ctx: RevenueContext,
  { payment, deal, period }: Happening,
  absent: readonly { readonly participantId: string; readonly reason: AbsenceReason }[],
): Promise<void> {
  await insertAbsences(
    ctx,
    absent.map(({ participantId, reason }) => ({
      participantId,
      dealId: deal.id,
      paymentId: payment.id,
      customerId: deal.customerId,
      reason,
      month: period.month,
      currency: payment.currency,
    })),
  );
}
