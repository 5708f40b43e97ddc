import { toDecimal } from "@rainmaker/contracts/money";
import type { CommissionTrace } from "@rainmaker/contracts/revenue/commissions";
import { round } from "../money/rational.ts";
import type { Calculation, Component } from "./commission.ts";
import type { Share } from "./credit-shares.ts";

type Basis = {
  readonly payment: string;
  readonly deal: { readonly number: string; readonly title: string };
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly valueOn: string;
  readonly verifiedBy: string;
  readonly verifiedAt: string;
  /** Left out where a payment was verified. */
  readonly cause?: CommissionTrace["cause"];
};

type Rule = Component & {
  readonly name: string;
  readonly creditKind: "revenue" | "overlay";
  readonly planName: string;
  readonly planVersion: number;
};

/**
 * The explanation that is stored with a posting: every figure and name it rests on, as they were then, so that nobody
 * ever shows an old line with today's rate.
 */
export function explain(rule: Rule, basis: Basis, share: Share, calculation: Calculation): CommissionTrace {
  const { currency } = basis;
  const decimal = (minor: bigint): string => toDecimal(minor, currency);
  return {
    plan: { name: rule.planName, version: rule.planVersion },
    component: rule.name,
    basis: {
      payment: basis.payment,
      deal: basis.deal,
      amount: decimal(basis.amountMinor),
      valueOn: basis.valueOn,
      verifiedBy: basis.verifiedBy,
      verifiedAt: basis.verifiedAt,
    },
    ...(basis.cause !== undefined && { cause: basis.cause }),
    credit: { kind: rule.creditKind, basisPoints: share.basisPoints, amount: decimal(share.minor) },
    before: { credited: decimal(calculation.before.credited), commission: decimal(calculation.before.commission) },
    after: { credited: decimal(calculation.after.credited), commission: decimal(calculation.after.commission) },
    tiers: calculation.parts.map(({ from, to, rate, amount, commission }) => ({
      from: decimal(round(from)),
      to: to === null ? null : decimal(round(to)),
      rate,
      amount: decimal(round(amount)),
      commission: decimal(round(commission, rule.rounding)),
    })),
    exact: calculation.exact,
    rounded: decimal(calculation.commission),
    rounding: rule.rounding,
  };
}
