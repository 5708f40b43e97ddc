import { toDecimal } from "@rainmaker/contracts/money";
import type { CommissionTrace } from "@rainmaker/contracts/revenue/commissions";
import { add, multiply, parseRational, round, toDecimals, type Rational } from "../money/rational.ts";
import { attainmentOf } from "../plans/plan-terms.ts";
import type { PlanRule } from "../plans/plan-rule.ts";
import { calculateCommission } from "./commission.ts";
import type { Share } from "./credit-shares.ts";
import { ruleTotals, type Entry } from "./post-credit.ts";

export type Basis = {
  readonly payment: string;
  readonly deal: { readonly number: string; readonly title: string };
  readonly amountMinor: bigint;
  /** Of the payment. */
  readonly currency: string;
  readonly valueOn: string;
  readonly verifiedBy: string;
  readonly verifiedAt: string;
  /** Left out where a payment was verified. */
  readonly cause?: CommissionTrace["cause"];
};

/** A credit that posted, with everything its lines rest on. */
export type Explained = {
  readonly rule: PlanRule;
  readonly basis: Basis;
  readonly share: Share;
  /** What is posted is in this currency, minor units. */
  readonly currency: string;
  readonly exchange: { readonly rate: string; readonly on: string } | null;
  /** Credited in the period before it, and by it. */
  readonly before: Rational;
  readonly credit: Rational;
};

/**
 * The explanation that is stored with the line a payment earns: every figure and name it rests on, as they were then, so
 * that nobody ever shows an old line with today's rate.
 */
export function explain(credit: Explained, entry: Entry): CommissionTrace {
  const { rule, currency, before } = credit;
  const calculation = calculateCommission(rule, before, credit.credit);
  const decimal = (minor: bigint): string => toDecimal(minor, currency);
  return {
    ...explainAround(credit),
    before: { credited: decimal(round(before)), commission: decimal(calculation.before.commission) },
    after: { credited: decimal(round(calculation.after.credited)), commission: decimal(calculation.after.commission) },
    tiers: calculation.parts.map(({ from, to, rate, amount, commission }) => ({
      from: decimal(round(from)),
      to: to === null ? null : decimal(round(to)),
      rate,
      amount: decimal(round(amount)),
      commission: decimal(round(commission, rule.rounding)),
    })),
    exact: calculation.exact,
    rounded: decimal(entry.amount),
  };
}

/** The explanation of a line beside the base: what it had come to in the period before, and after. */
export function explainOnTop(credit: Explained, entry: Entry): CommissionTrace {
  const { rule, currency, before } = credit;
  const decimal = (minor: bigint): string => toDecimal(minor, currency);
  const [earlier, now] = [ruleTotals(rule, before), ruleTotals(rule, add(before, credit.credit))];
  const around = {
    ...explainAround(credit),
    before: { credited: decimal(round(before)), commission: decimal(earlier.base) },
    after: { credited: decimal(round(add(before, credit.credit))), commission: decimal(now.base) },
    tiers: [],
    exact: String(entry.amount),
    rounded: decimal(entry.amount),
  };
  if (entry.kind === "cap") {
    const uncapped = (totals: typeof now): string => decimal(totals.total - totals.cap);
    return { ...around, cap: { most: decimal(rule.cap ?? 0n), before: uncapped(earlier), after: uncapped(now) } };
  }
  const bonus = rule.bonuses.find(({ code }) => code === entry.code);
  if (bonus === undefined) return around;
  const amountOf = ({ bonuses }: typeof now): string =>
    decimal(bonuses.find(({ code }) => code === entry.code)?.amount ?? 0n);
  return {
    ...around,
    bonus: {
      label: bonus.label,
      rate: "rate" in bonus ? bonus.rate : null,
      amount: "amount" in bonus ? decimal(bonus.amount) : null,
      before: amountOf(earlier),
      after: amountOf(now),
    },
  };
}

/** An earlier payment of the period, whose commission a later one changes. */
export type Earlier = {
  readonly basis: Omit<Basis, "verifiedBy" | "verifiedAt" | "cause">;
  readonly basisPoints: number;
  readonly credited: Rational;
  readonly posted: bigint;
};

/** The explanation of a true-up: by the rules that the whole period has reached now, this payment comes to something else. */
export function explainTrueUp(credit: Explained, earlier: Earlier, entry: Entry): CommissionTrace {
  const { basis, currency } = credit;
  const decimal = (minor: bigint): string => toDecimal(minor, currency);
  const { basis: own } = earlier;
  const trace = explain(credit, entry);
  const { cause: _, ...rest } = trace;
  return {
    ...rest,
    basis: {
      payment: own.payment,
      deal: own.deal,
      amount: toDecimal(own.amountMinor, own.currency),
      valueOn: own.valueOn,
      verifiedBy: basis.verifiedBy,
      verifiedAt: basis.verifiedAt,
    },
    credit: { ...trace.credit, basisPoints: earlier.basisPoints, amount: decimal(round(earlier.credited)) },
    trueUp: {
      cause: basis.payment,
      before: decimal(earlier.posted),
      after: decimal(earlier.posted + entry.amount),
    },
    tiers: trace.tiers.slice(-1).map(({ from, to, rate }) => ({
      from,
      to,
      rate,
      amount: decimal(round(earlier.credited)),
      commission: decimal(round(multiply(earlier.credited, parseRational(rate)), credit.rule.rounding)),
    })),
    rounded: decimal(entry.amount),
  };
}

/** The explanation of a SPIFF. @param spent of its budget, minor units, with this line */
export function explainSpiff(credit: Explained, entry: Entry, spent: bigint): CommissionTrace {
  const { rule, currency } = credit;
  const decimal = (minor: bigint): string => toDecimal(minor, currency);
  const budget = rule.spiff?.budget ?? null;
  return {
    ...explainOnTop(credit, entry),
    spiff: {
      perDeal: decimal(rule.spiff?.perUnit ?? 0n),
      budget: budget === null ? null : decimal(budget),
      spent: decimal(spent),
    },
  };
}

type Around = Omit<CommissionTrace, "before" | "after" | "tiers" | "exact" | "rounded">;

function explainAround({ rule, basis, share, currency, exchange, before, credit }: Explained): Around {
  const { cause } = basis;
  const credited = toDecimal(round(credit), currency);
  const ofQuota = (amount: Rational): string | null => {
    const attained = attainmentOf(round(amount), rule.quota);
    return attained === null ? null : toDecimals(attained, 4);
  };
  const attained = { before: ofQuota(before), after: ofQuota(add(before, credit)) };
  return {
    plan: { name: rule.planName, version: rule.planVersion },
    component: rule.name,
    basis: {
      payment: basis.payment,
      deal: basis.deal,
      amount: toDecimal(basis.amountMinor, basis.currency),
      valueOn: basis.valueOn,
      verifiedBy: basis.verifiedBy,
      verifiedAt: basis.verifiedAt,
    },
    ...(cause !== undefined && { cause }),
    credit: { kind: rule.creditKind, basisPoints: share.basisPoints, amount: credited },
    ...(exchange !== null && {
      exchange: {
        from: basis.currency,
        to: currency,
        ...exchange,
        paid: toDecimal(share.minor, basis.currency),
        credited,
      },
    }),
    ...(rule.quota !== null &&
      attained.before !== null &&
      attained.after !== null && {
        quota: { amount: toDecimal(rule.quota, currency), before: attained.before, after: attained.after },
      }),
    rounding: rule.rounding,
  };
}
