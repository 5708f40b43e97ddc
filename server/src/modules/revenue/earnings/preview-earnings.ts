import { ruleTotals } from "../commissions/post-credit.ts";
import { nextStep, reachedRate, type NextStep } from "../commissions/what-if.ts";
import { add, rational, round, type Rational } from "../money/rational.ts";
import type { PlanRule } from "../plans/plan-rule.ts";

/** A rule of somebody's plan with what it has credited in the month so far, in one currency. */
export type EarningAccount = { readonly rule: PlanRule; readonly currency: string; readonly credited: Rational };

/** Money that may come: all of it credited to the person, minor units. */
export type Prospect = { readonly id: string; readonly minor: bigint; readonly currency: string };

export type ProspectPreview = {
  readonly id: string;
  readonly currency: string;
  /** On top of what was added before it. */
  readonly commission: bigint | null;
  /** On top of what is credited so far alone. */
  readonly alone: bigint | null;
};

/** Where a rule stands once all that was added has come. */
export type RuleStep = {
  readonly account: EarningAccount;
  /** The rate that it reaches on the way; null where it passes no bound. */
  readonly reached: string | null;
  readonly next: NextStep | null;
};

/**
 * What money would earn if it came now, one after another: the function of the posting itself on what is credited so
 * far, written nowhere. Money that no rule counts in its currency has no commission.
 */
export class EarningsPreview {
  readonly #start: ReadonlyMap<string, EarningAccount>;
  readonly #accounts: Map<string, EarningAccount>;

  constructor(accounts: readonly EarningAccount[]) {
    this.#start = new Map(accounts.map((account) => [keyOf(account), account]));
    this.#accounts = new Map(this.#start);
  }

  add(prospect: Prospect): ProspectPreview {
    const { id, minor, currency } = prospect;
    const alone = commissionOn(this.#start, prospect);
    const commission = commissionOn(this.#accounts, prospect);
    for (const [key, account] of this.#accounts) {
      if (doesCount(account, prospect)) {
        this.#accounts.set(key, { ...account, credited: add(account.credited, rational(minor)) });
      }
    }
    return { id, currency, commission, alone };
  }

  steps(): RuleStep[] {
    return [...this.#accounts]
      .filter(([, { rule }]) => rule.spiff === null)
      .map(([key, account]) => {
        const { rule, credited } = account;
        const before = this.#start.get(key)?.credited ?? credited;
        return { account, reached: reachedRate(rule, before, credited), next: nextStep(rule, credited) };
      });
  }
}

function doesCount({ rule, currency }: EarningAccount, prospect: Prospect): boolean {
  return currency === prospect.currency && rule.creditKind === "revenue";
}

/** Null where no rule counts it. */
function commissionOn(accounts: ReadonlyMap<string, EarningAccount>, prospect: Prospect): bigint | null {
  const counting = [...accounts.values()].filter((account) => doesCount(account, prospect));
  if (counting.length === 0) return null;
  return counting.reduce((sum, { rule, credited }) => {
    if (rule.spiff !== null) return sum + rule.spiff.perUnit;
    return sum + ruleTotals(rule, add(credited, rational(prospect.minor))).total - ruleTotals(rule, credited).total;
  }, 0n);
}

function keyOf({ rule, currency }: EarningAccount): string {
  return `${rule.id} ${currency}`;
}

/** Credited so far in whole minor units, for people. */
export function creditedMinor({ credited }: EarningAccount): bigint {
  return round(credited);
}
