import type { Bonus, Rule, Spiff } from "../commissions/post-credit.ts";
import { multiply, parseRational, rational, type Rational } from "../money/rational.ts";
import { componentOf, type PlanTerms } from "./plan-terms.ts";

/** A bonus as it is stored: a share of the base, or a sum in minor units. `from` is measured like the tiers. */
export type StoredBonus = {
  readonly code: string;
  readonly label: string;
  readonly rate?: string;
  readonly amount?: string;
  readonly from: string | null;
};

/** A component of a plan as it is stored. Sums are minor units, as text where they may be shares of the quota. */
export type StoredRule = {
  readonly tiers: readonly { readonly from: string; readonly rate: string }[];
  readonly tierMode: Rule["mode"];
  readonly tierBasis: PlanTerms["basis"];
  readonly boundary: Rule["boundary"];
  readonly rounding: Rule["rounding"];
  readonly zeroQuota: PlanTerms["zeroQuota"];
  readonly threshold: string | null;
  readonly cap: bigint | null;
  readonly bonuses: readonly StoredBonus[];
  readonly perUnit: bigint | null;
  readonly budget: bigint | null;
};

/** A rule that earns somebody commission, with the names its explanation needs. */
export type PlanRule = Rule & {
  readonly id: string;
  readonly memberId: string;
  readonly name: string;
  readonly creditKind: "revenue" | "overlay" | "team";
  readonly planName: string;
  readonly planVersion: number;
  /** What it counts and pays in; null: each currency by itself. */
  readonly currency: string | null;
  /** Minor units; null without one. */
  readonly quota: bigint | null;
  readonly byAttainment: boolean;
  /** Null where it pays rates. */
  readonly spiff: Spiff | null;
};

/**
 * The rule that a stored component comes to for somebody once the quota is put in.
 * @throws Refusal 422 quota_required
 */
export function ruleOf(
  stored: StoredRule,
  quota: bigint | null,
): Rule & Pick<PlanRule, "spiff" | "quota" | "byAttainment"> {
  const spiff = stored.perUnit === null ? null : { perUnit: stored.perUnit, budget: stored.budget };
  const byAttainment = stored.tierBasis === "attainment" || (stored.threshold !== null && quota !== null);
  const component = componentOf({
    tiers: stored.tiers.map(({ from, rate }) => ({ from: parseRational(from), rate })),
    mode: stored.tierMode,
    basis: stored.tierBasis,
    boundary: stored.boundary,
    rounding: stored.rounding,
    quota: stored.tierBasis === "attainment" ? quota : null,
    zeroQuota: stored.tierBasis === "attainment" ? stored.zeroQuota : "base_rate_only",
    threshold: stored.threshold === null ? null : parseRational(stored.threshold),
  });
  const bonuses = stored.bonuses.flatMap((bonus) => bonusOf(bonus, stored.tierBasis, quota));
  return { ...component, bonuses, cap: stored.cap, spiff, quota: byAttainment ? quota : null, byAttainment };
}

/** A bonus from a share of the quota on cannot be reached without one. */
function bonusOf(bonus: StoredBonus, basis: PlanTerms["basis"], quota: bigint | null): Bonus[] {
  const { code, label, rate, amount } = bonus;
  const named = { code, label, ...(rate === undefined ? { amount: BigInt(amount ?? "0") } : { rate }) };
  if (bonus.from === null) return [{ ...named, from: null }];
  const from = parseRational(bonus.from);
  if (basis === "amount") return [{ ...named, from }];
  return quota === null || quota === 0n ? [] : [{ ...named, from: ofQuota(from, quota) }];
}

function ofQuota(share: Rational, quota: bigint): Rational {
  return multiply(share, rational(quota));
}
