import { add, compare, round, zero, type Rational } from "../money/rational.ts";
import { adjust, type Adjustment } from "./adjust.ts";
import { exactly, isReached, roundedTotal, type Amount, type Component } from "./commission.ts";
import { paySpiff } from "./pay-out.ts";
import { postEvent, type DealAccount } from "./post-period.ts";

/** Something on top of what a period earns somebody, once enough is credited. */
export type Bonus = Adjustment & {
  readonly label: string;
  /** Credit (minor units) it takes; null: any. */
  readonly from: Rational | null;
};

/** A component with what is put on top of it in a period, and the most that it pays in one. */
export type Rule = Component & { readonly bonuses: readonly Bonus[]; readonly cap: bigint | null };

/** What a period's credit comes to, by its parts. Minor units. */
export type RuleTotals = {
  readonly base: bigint;
  /** One for each bonus of the rule, zero where it is not reached. */
  readonly bonuses: readonly { readonly code: string; readonly amount: bigint }[];
  /** Zero, or what the cap takes: below zero. */
  readonly cap: bigint;
  readonly total: bigint;
};

/** What everything credited in a period earns: a pure function of the credit, like the commission itself. */
export function ruleTotals(rule: Rule, credited: Amount): RuleTotals {
  const reached = exactly(credited);
  const base = roundedTotal(rule, reached);
  const earned = rule.bonuses.filter(({ from }) => isEarned(rule, from, reached));
  const { lines, total } = adjust(base, { bonuses: earned, penalties: [], cap: rule.cap, rounding: rule.rounding });
  const amountOf = (code: string): bigint => lines.find((line) => line.code === code)?.amount ?? 0n;
  return {
    base,
    bonuses: rule.bonuses.map(({ code }) => ({ code, amount: amountOf(code) })),
    cap: lines.find(({ kind }) => kind === "cap")?.amount ?? 0n,
    total,
  };
}

function isEarned({ boundary }: Rule, from: Rational | null, credited: Rational): boolean {
  return from === null ? compare(credited, zero) > 0 : isReached(from, boundary, credited);
}

/** A payment's part of a period: what it was credited, and what its base has come to so far. Minor units. */
export type Position = { readonly paymentId: string; readonly credited: Rational; readonly posted: bigint };

/** Money that counts for somebody now; below zero where it goes back. Minor units. */
export type NewCredit = {
  readonly paymentId: string;
  readonly amount: Rational;
  readonly kind: "earned" | "reversal";
};

/** A line that a credit posts, on the payment it is about. */
export type Entry = {
  readonly paymentId: string;
  readonly kind: "earned" | "reversal" | "true_up" | "bonus" | "cap" | "spiff";
  /** Of a bonus. */
  readonly code: string | null;
  readonly amount: bigint;
};

/**
 * The lines that a credit posts: its base, what earlier payments are trued up by, and by how much bonuses and the cap
 * move. All lines of a period add up to `ruleTotals` of its credit.
 * @param positions the period's payments in the order they were first credited; only read where earlier ones change
 */
export function postCredit(rule: Rule, before: Rational, positions: readonly Position[], credit: NewCredit): Entry[] {
  const accounts = positions.map(({ paymentId, credited, posted }): DealAccount => ({
    deal: paymentId,
    credited,
    posted,
    isSoldHere: true,
  }));
  const { paymentId, amount, kind } = credit;
  const base = postEvent(rule, accounts, before, { id: paymentId, deal: paymentId, amount, kind });
  return [
    ...base.map((entry): Entry => ({
      paymentId: entry.deal ?? paymentId,
      kind: entry.kind,
      code: null,
      amount: entry.amount,
    })),
    ...onTop(rule, before, credit),
  ];
}

function onTop(rule: Rule, before: Rational, { paymentId, amount }: NewCredit): Entry[] {
  const [earlier, now] = [ruleTotals(rule, before), ruleTotals(rule, add(before, amount))];
  const bonuses = now.bonuses.map((bonus, index): Entry => ({
    paymentId,
    kind: "bonus",
    code: bonus.code,
    amount: bonus.amount - (earlier.bonuses[index]?.amount ?? 0n),
  }));
  const cap: Entry = { paymentId, kind: "cap", code: null, amount: now.cap - earlier.cap };
  return [...bonuses, cap].filter((entry) => entry.amount !== 0n);
}

/** A sum for each deal whose money counts, as long as the budget lasts. Minor units. */
export type Spiff = { readonly perUnit: bigint; readonly budget: bigint | null };

/**
 * What a deal's money pays of a SPIFF: once, when the first of it counts; taken back when none of it counts any more.
 * A share of the deal pays the same share.
 * @param spent of the budget by everybody so far
 * @param deal credited to the person on the deal so far, and paid for it
 */
export function postSpiff(
  { perUnit, budget }: Spiff,
  spent: bigint,
  deal: { readonly credited: Rational; readonly paid: bigint },
  credit: NewCredit & { readonly share: Rational },
): Entry[] {
  const after = compare(add(deal.credited, credit.amount), zero);
  const amount = compare(deal.credited, zero) <= 0 && after > 0 ? payout() : after <= 0 ? -deal.paid : 0n;
  return amount === 0n ? [] : [{ paymentId: credit.paymentId, kind: "spiff", code: null, amount }];

  function payout(): bigint {
    const own = round({ n: perUnit * credit.share.n, d: credit.share.d });
    return paySpiff(own, budget === null ? null : budget - spent, 1)[0] ?? 0n;
  }
}
