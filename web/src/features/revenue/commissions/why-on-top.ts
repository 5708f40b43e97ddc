import type { CommissionTrace } from "@rainmaker/contracts/revenue/commissions";
import { formatFullDay, formatMoney } from "#lib/format";
import { rateText } from "@rainmaker/contracts/revenue/rate-text";
import type { WhyStep } from "./why-step.ts";

type Bare = (amount: string) => string;

/** Money of another currency, at the rate of the day it arrived. */
export function exchangeSteps({ exchange }: CommissionTrace, bare: Bare): readonly WhyStep[] {
  if (exchange === undefined) return [];
  const { from, to, rate, on, paid, credited } = exchange;
  return [
    {
      id: "exchange",
      title: `${formatMoney({ amount: paid, currency: from })} in ${to}`,
      figure: bare(credited),
      evidence: `1 ${from} was ${rate} ${to} on ${formatFullDay(on)}. It stays at that rate.`,
      isResult: true,
    },
  ];
}

/** What comes beside the base: a true-up, a bonus, a cap, a SPIFF; undefined for the base itself. */
export function onTopSteps(trace: CommissionTrace, bare: Bare): readonly WhyStep[] | undefined {
  const { trueUp, bonus, cap, spiff } = trace;
  if (trueUp !== undefined) return [trueUpStep(trace, trueUp, bare)];
  if (bonus !== undefined) return [bonusStep(trace, bonus, bare)];
  if (cap !== undefined) return [capStep(trace, cap, bare)];
  if (spiff !== undefined) return [spiffStep(trace, spiff, bare)];
  return undefined;
}

function trueUpStep(trace: CommissionTrace, trueUp: NonNullable<CommissionTrace["trueUp"]>, bare: Bare): WhyStep {
  const [tier] = trace.tiers;
  const rate = tier === undefined ? "nothing" : rateText(tier.rate);
  return {
    id: "commission",
    title: `Trued up by ${trueUp.cause}`,
    figure: bare(trace.rounded),
    evidence: `With ${trueUp.cause} the month has ${bare(trace.after.credited)} credited, and everything in it pays ${rate}. This payment had earned ${bare(trueUp.before)} and now earns ${bare(trueUp.after)}.`,
  };
}

function bonusStep(trace: CommissionTrace, bonus: NonNullable<CommissionTrace["bonus"]>, bare: Bare): WhyStep {
  const how =
    bonus.rate === null
      ? "A sum for the month"
      : `${rateText(bonus.rate)} of the month's base, ${bare(trace.after.commission)}`;
  return {
    id: "commission",
    title: bonus.label,
    figure: bare(trace.rounded),
    evidence: `${how}: ${bare(bonus.after)}. ${bare(bonus.before)} of it was posted before.`,
  };
}

function capStep(trace: CommissionTrace, cap: NonNullable<CommissionTrace["cap"]>, bare: Bare): WhyStep {
  return {
    id: "commission",
    title: "Cap of the month",
    figure: bare(trace.rounded),
    evidence: `${trace.component} pays at most ${bare(cap.most)} in a month. Without it the month would have come to ${bare(cap.after)}.`,
  };
}

function spiffStep(trace: CommissionTrace, spiff: NonNullable<CommissionTrace["spiff"]>, bare: Bare): WhyStep {
  const budget =
    spiff.budget === null
      ? "It has no budget."
      : `${bare(spiff.spent)} of its budget of ${bare(spiff.budget)} is paid.`;
  return {
    id: "commission",
    title: trace.component,
    figure: bare(trace.rounded),
    evidence: `${bare(spiff.perDeal)} for each deal, in the share of its credit. ${budget}`,
  };
}
