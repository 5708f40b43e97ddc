import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyComponent, anyRate } from "../../../../test/generated/components.ts";
import { add, parseRational, rational, zero, type Rational } from "../money/rational.ts";
import { postCredit, postSpiff, ruleTotals, type Bonus, type Entry, type Position, type Rule } from "./post-credit.ts";
import { nextStep } from "./what-if.ts";

const anyBonus = fc.tuple(anyRate, fc.option(fc.bigInt(1n, 9_000n), { nil: null }), fc.boolean());
const anyRule: fc.Arbitrary<Rule> = fc
  .tuple(anyComponent(5_000n), fc.array(anyBonus, { maxLength: 3 }), fc.option(fc.bigInt(0n, 3_000n), { nil: null }))
  .map(([component, bonuses, cap]) => ({
    ...component,
    cap,
    bonuses: bonuses.map(([rate, from, isShare], index): Bonus => {
      const named = { code: `b${index}`, label: `Bonus ${index}`, from: from === null ? null : rational(from, 3n) };
      return isShare ? { ...named, rate } : { ...named, amount: BigInt(rate.slice(2)) };
    }),
  }));

/** Payments of a period, in fractions of a unit as exchanging leaves them, and what share of each goes back. */
const anyPayments = fc.array(fc.tuple(fc.bigInt(1n, 4_000_000n), fc.integer({ min: 0, max: 4 })), {
  minLength: 1,
  maxLength: 8,
});

type Period = { credited: Rational; positions: Position[]; readonly entries: Entry[] };

function post(rule: Rule, period: Period, paymentId: string, amount: Rational, kind: "earned" | "reversal"): Entry[] {
  const entries = postCredit(rule, period.credited, period.positions, { paymentId, amount, kind });
  const known = period.positions.some((position) => position.paymentId === paymentId);
  const positions = known ? period.positions : [...period.positions, { paymentId, credited: zero, posted: 0n }];
  const isBase = (entry: Entry) => ["earned", "reversal", "true_up"].includes(entry.kind);
  period.positions = positions.map((position) => ({
    ...position,
    credited: position.paymentId === paymentId ? add(position.credited, amount) : position.credited,
    posted: entries
      .filter((entry) => entry.paymentId === position.paymentId && isBase(entry))
      .reduce((sum, entry) => sum + entry.amount, position.posted),
  }));
  period.credited = add(period.credited, amount);
  period.entries.push(...entries);
  return entries;
}

const sumOf = (entries: readonly Entry[]): bigint => entries.reduce((sum, { amount }) => sum + amount, 0n);

describe("postCredit", () => {
  test("posts what the preview says, over 10,000 plans and deals: any kind of tiers, bonuses, caps, exchanged or not", () => {
    fc.assert(
      fc.property(anyRule, anyPayments, fc.boolean(), (rule, payments, isExchanged) => {
        const period: Period = { credited: zero, positions: [], entries: [] };
        for (const [index, [minor]] of payments.entries()) {
          const amount = isExchanged ? rational(minor, 1_000n) : rational(minor / 1_000n + 1n);
          const preview =
            ruleTotals(rule, add(period.credited, amount)).total - ruleTotals(rule, period.credited).total;
          expect(sumOf(post(rule, period, `p${index}`, amount, "earned"))).toBe(preview);
        }
        expect(sumOf(period.entries)).toBe(ruleTotals(rule, period.credited).total);
        expect(rule.cap === null || sumOf(period.entries) <= rule.cap).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });

  test("walks back down as money goes back: the period is as if only the rest had come, and all of it leaves nothing", () => {
    fc.assert(
      fc.property(anyRule, anyPayments, (rule, payments) => {
        const period: Period = { credited: zero, positions: [], entries: [] };
        for (const [index, [minor]] of payments.entries()) post(rule, period, `p${index}`, rational(minor), "earned");
        for (const [index, [minor, quarters]] of payments.entries()) {
          const back = rational(-(minor * BigInt(quarters)), 4n);
          if (back.n !== 0n) post(rule, period, `p${index}`, back, "reversal");
          expect(sumOf(period.entries)).toBe(ruleTotals(rule, period.credited).total);
        }
        for (const { paymentId, credited } of period.positions) {
          const rest = rational(-credited.n, credited.d);
          if (rest.n !== 0n) post(rule, period, paymentId, rest, "reversal");
        }
        expect(sumOf(period.entries)).toBe(0n);
      }),
    );
  });
});

test("a fraction of a unit never makes the way to the next tier shorter", () => {
  const rule = {
    tiers: [
      { from: zero, rate: "0.1" },
      { from: rational(100n), rate: "0.2" },
    ],
    mode: "marginal" as const,
    boundary: "lower_inclusive" as const,
    threshold: null,
    rounding: "half_up" as const,
  };
  expect(nextStep(rule, parseRational("99.5"))).toEqual({ missing: 1n, rate: "0.2" });
  expect(nextStep(rule, parseRational("-0.5"))).toEqual({ missing: 101n, rate: "0.2" });
});

describe("postSpiff", () => {
  const spiff = { perUnit: 10_000n, budget: 25_000n };
  const half = rational(1n, 2n);
  const credit = (amount: bigint, share = rational(1n)) => ({
    paymentId: "p",
    amount: rational(amount),
    kind: amount > 0n ? ("earned" as const) : ("reversal" as const),
    share,
  });
  const nothing = { credited: zero, paid: 0n };

  test.each([
    ["the first money of a deal", 0n, nothing, credit(5n), 10_000n],
    ["half of a deal", 0n, nothing, credit(5n, half), 5_000n],
    ["more money of the same deal", 10_000n, { credited: rational(5n), paid: 10_000n }, credit(5n), 0n],
    ["the last of the budget", 20_000n, nothing, credit(5n), 5_000n],
    ["a budget that is used up", 25_000n, nothing, credit(5n), 0n],
    ["some of it back", 10_000n, { credited: rational(5n), paid: 10_000n }, credit(-4n), 0n],
    ["all of it back", 10_000n, { credited: rational(5n), paid: 10_000n }, credit(-5n), -10_000n],
    ["all of it back of what found no budget", 25_000n, { credited: rational(5n), paid: 0n }, credit(-5n), 0n],
  ])("%s", (_, spent, deal, change, expected) => {
    expect(sumOf(postSpiff(spiff, spent, deal, change))).toBe(expected);
  });
});
