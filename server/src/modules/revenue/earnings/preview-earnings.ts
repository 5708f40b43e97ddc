import { ruleTotals } from "../commissions/post-credit.ts";
import { nextStep, type NextStep } from "../commissions/what-if.ts";
import { add, rational, round, type Rational } from "../money/rational.ts";
import type { PlanRule } from "../plans/plan-rule.ts";

/** A rule of somebody's plan with what it has credited in the month so far, in one currency. */
export type EarningAccount = { readonly rule: PlanRule; readonly currency: string; readonly credited: Rational };

/** Money that may come: all of it credited to the person, minor units. */
export type Prospect = { readonly id: string; readonly minor: bigint; readonly currency: string };

export type ProspectPreview = { readonly id: string; readonly currency: string; readonly commission: bigint | null };

/**
 * What money would earn if it came now, one after another: the function of the posting itself on what is credited so
 * far, written nowhere. Money that no rule counts in its currency has no commission.
 */
export class EarningsPreview {
  readonly #accounts: Map<string, EarningAccount>;

  constructor(accounts: readonly EarningAccount[]) {
    this.#accounts = new Map(accounts.map((account) => [keyOf(account), account]));
  }

  add({ id, minor, currency }: Prospect): ProspectPreview {
    let commission: bigint | null = null;
    for (const account of this.#accounts.values()) {
      if (account.currency !== currency || account.rule.creditKind !== "revenue") continue;
      commission = (commission ?? 0n) + this.#count(account, rational(minor));
    }
    return { id, currency, commission };
  }

  steps(): { readonly account: EarningAccount; readonly next: NextStep | null }[] {
    return [...this.#accounts.values()]
      .filter(({ rule }) => rule.spiff === null)
      .map((account) => ({ account, next: nextStep(account.rule, account.credited) }));
  }

  #count(account: EarningAccount, credit: Rational): bigint {
    const { rule, credited } = account;
    const after = add(credited, credit);
    this.#accounts.set(keyOf(account), { ...account, credited: after });
    if (rule.spiff !== null) return rule.spiff.perUnit;
    return ruleTotals(rule, after).total - ruleTotals(rule, credited).total;
  }
}

function keyOf({ rule, currency }: EarningAccount): string {
  return `${rule.id} ${currency}`;
}

/** Credited so far in whole minor units, for people. */
export function creditedMinor({ credited }: EarningAccount): bigint {
  return round(credited);
}
