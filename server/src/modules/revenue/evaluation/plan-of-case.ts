import type { PlanAdjustment, PlanConfig, PlanEvent, PlanTier } from "@rainmaker/contracts/revenue/plan-cases";
import { adjust, type Adjustment, type Adjustments } from "../commissions/adjust.ts";
import { roundedTotal, type Component } from "../commissions/commission.ts";
import type { PeriodEvent } from "../commissions/post-period.ts";
import { parseRational, zero } from "../money/rational.ts";
import { checkRate, checkTiers, componentOf, type PlanTerms } from "../plans/plan-terms.ts";

/** A case cannot be evaluated as it is written; the path names the field. */
export class CaseFault extends Error {
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/** A plan as a file says it, put together for the engine. */
export type CasePlan = {
  readonly component: Component;
  readonly quota: bigint | null;
  /** Whether the result says how much of the quota was attained. */
  readonly hasAttainment: boolean;
  readonly adjustments: Adjustments;
};

/** @throws Refusal where the plan itself is refused; CaseFault where it says too little */
export function planOfCase(plan: PlanConfig): CasePlan {
  const terms = termsOf(plan);
  checkTiers(tiersOf(plan));
  return {
    component: componentOf(terms),
    quota: terms.quota,
    hasAttainment: terms.quota !== null || terms.basis === "attainment",
    adjustments: adjustmentsOf(plan),
  };
}

/** The whole commission on a credit: base, bonuses, penalties and cap, minor units. */
export function commissionOf({ component, adjustments }: CasePlan, credited: bigint): bigint {
  return adjust(roundedTotal(component, credited), adjustments).total;
}

export function adjustmentsOf({ bonuses = [], penalties = [], cap_minor: cap, rounding }: PlanConfig): Adjustments {
  return {
    bonuses: bonuses.map(adjustmentOf),
    penalties: penalties.map(adjustmentOf),
    cap: cap === undefined ? null : BigInt(cap),
    rounding: rounding ?? "half_up",
  };
}

function adjustmentOf({ code, rate, amount_minor: amount }: PlanAdjustment): Adjustment {
  return rate === undefined ? { code, amount: BigInt(amount ?? "0") } : { code, rate };
}

/** The plan with one rate on everything in place of its own. @throws Refusal rate_out_of_range */
export function withRate(plan: PlanConfig, rate: string): PlanConfig {
  checkRate(rate);
  return { ...plan, tiers: undefined, rate };
}

export function rateOf({ rate }: PlanConfig): string {
  return required(rate, "plan.rate");
}

/** @throws CaseFault where the operation needs a field that is not there */
export function required<T>(value: T | undefined, path: string): T {
  if (value === undefined) throw new CaseFault(path, "this operation needs it");
  return value;
}

export function tierRow({ from, to, rate }: PlanTier): Parameters<typeof checkTiers>[0][number] {
  return { from: parseRational(from), to: to === undefined ? null : parseRational(to), rate };
}

function tiersOf(plan: PlanConfig): ReturnType<typeof tierRow>[] {
  if (plan.tiers !== undefined) return plan.tiers.map(tierRow);
  return [{ from: zero, to: null, rate: required(plan.rate, "plan.rate") }];
}

function termsOf(plan: PlanConfig): PlanTerms {
  const { quota_minor: quota, threshold } = plan;
  return {
    tiers: tiersOf(plan),
    mode: plan.tier_mode ?? "marginal",
    basis: plan.tier_basis ?? "amount",
    boundary: plan.boundary ?? "lower_inclusive",
    rounding: plan.rounding ?? "half_up",
    quota: quota === undefined ? null : BigInt(quota),
    zeroQuota: plan.zero_quota ?? "base_rate_only",
    threshold: threshold === undefined ? null : parseRational(threshold),
  };
}

export function periodEvent({ id, of, kind, amount_minor: amount }: PlanEvent): PeriodEvent<bigint> {
  return { id, deal: of ?? id, amount: BigInt(amount), kind: kind === "refund" ? "reversal" : "earned" };
}
