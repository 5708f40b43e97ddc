import type { AbsenceReason } from "@rainmaker/contracts/revenue/commissions";
import type { Rational } from "../money/rational.ts";
import type { PlanRule } from "../plans/plan-rule.ts";
import { isReached } from "./commission.ts";

type Counted = {
  readonly rule: Pick<PlanRule, "spiff" | "threshold" | "boundary" | "tiers">;
  readonly written: { readonly after: { readonly credited: Rational } };
};

/** Why a payment that counts by these rules earns somebody nothing by itself. */
export function absenceOf(counted: readonly Counted[]): AbsenceReason {
  const first = counted.find(({ rule }) => rule.spiff === null);
  if (first === undefined) return counted.length === 0 ? "no_plan" : "budget_spent";
  const { rule, written } = first;
  if (rule.threshold !== null && !isReached(rule.threshold, rule.boundary, written.after.credited)) {
    return "below_threshold";
  }
  return rule.tiers.some(({ from, rate }) => Number(rate) > 0 && isReached(from, rule.boundary, written.after.credited))
    ? "rounds_to_zero"
    : "zero_rate";
}
