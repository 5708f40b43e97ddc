import { Refusal } from "#platform/errors";
import type { Boundary, Component, Tier } from "../commissions/commission.ts";
import { compare, divide, multiply, parseRational, rational, type Rational, type Rounding } from "../money/rational.ts";

/** The measure of a plan for one person, as written in it. `component` is what it comes to in minor units of credit. */
export type PlanTerms = {
  readonly tiers: readonly Tier[];
  readonly mode: Component["mode"];
  /** Whether tiers begin at sums or at shares of the quota. */
  readonly basis: "amount" | "attainment";
  readonly boundary: Boundary;
  readonly rounding: Rounding;
  /** Minor units; null where the plan has none. */
  readonly quota: bigint | null;
  readonly zeroQuota: "base_rate_only" | "reject";
  /** Share of the quota below which nothing is paid; minor units where the plan has no quota. */
  readonly threshold: Rational | null;
};

/**
 * The component that terms come to once the quota is put in. Without a quota above zero there is no attainment, so only
 * the first rate is paid, or the plan is refused, as it says.
 * @throws Refusal 422 quota_required
 */
export function componentOf({ tiers, mode, basis, boundary, rounding, ...terms }: PlanTerms): Component {
  const { quota } = terms;
  const hasQuota = quota !== null && quota > 0n;
  if (!hasQuota && terms.zeroQuota === "reject") {
    throw new Refusal("invalid", "quota_required", "This plan pays by attainment, and there is no quota to attain");
  }
  const rules = { mode, boundary, rounding };
  if (hasQuota) {
    const ofQuota = (share: Rational): Rational => multiply(share, rational(quota));
    const bounds = basis === "amount" ? tiers : tiers.map(({ from, rate }) => ({ from: ofQuota(from), rate }));
    return { ...rules, tiers: bounds, threshold: terms.threshold === null ? null : ofQuota(terms.threshold) };
  }
  const isAbsolute = quota === null && basis === "amount";
  return {
    ...rules,
    tiers: basis === "amount" ? tiers : tiers.slice(0, 1),
    threshold: isAbsolute ? terms.threshold : null,
  };
}

/** Credited by quota, exact; null without a quota above zero, never infinite. */
export function attainmentOf(credited: bigint, quota: bigint | null): Rational | null {
  return quota === null || quota <= 0n ? null : rational(credited, quota);
}

type TierRow = { readonly from: Rational; readonly to: Rational | null; readonly rate: string };

/**
 * Tiers ascend without a hole from zero to any height, and no rate is below 0 or above 100 %: a plan that breaks this is
 * refused when it is saved, not paid as zero later.
 * @throws Refusal 422 with the codes of the commission vectors
 */
export function checkTiers(tiers: readonly TierRow[]): void {
  for (const { rate } of tiers) checkRate(rate);
  for (const [index, { from }] of tiers.entries()) {
    const before = tiers[index - 1];
    if (before !== undefined && compare(from, before.from) <= 0) {
      throw new Refusal("invalid", "tiers_not_ascending", "Each tier has to begin above the one before");
    }
  }
  if (tiers[0]?.from.n !== 0n || tiers.some(({ to }, index) => !meetsNext(to, tiers[index + 1]))) {
    throw new Refusal("invalid", "tiers_not_contiguous", "The first tier begins at zero, each other where one ends");
  }
}

function meetsNext(to: Rational | null, next: TierRow | undefined): boolean {
  if (to === null) return true;
  return next !== undefined && compare(to, next.from) === 0;
}

/** @throws Refusal 422 rate_out_of_range */
export function checkRate(rate: string): void {
  const value = parseRational(rate);
  if (value.n < 0n || compare(value, rational(1n)) > 0) {
    throw new Refusal("invalid", "rate_out_of_range", "A rate is between 0 and 100 %");
  }
}

const monthsOfQuarter = rational(3n);

/** A yearly quota by the weights of its quarters and the months somebody is there in each; rounded once, at the end. */
export function prorateQuota(
  annual: bigint,
  quarters: readonly { readonly weight: Rational; readonly activeMonths: Rational }[],
): Rational {
  return quarters
    .map(({ weight, activeMonths }) =>
      multiply(rational(annual), multiply(weight, divide(activeMonths, monthsOfQuarter))),
    )
    .reduce((sum, { n, d }) => rational(sum.n * d + n * sum.d, sum.d * d), rational(0n));
}
