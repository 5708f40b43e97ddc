import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyComponent } from "../../../../test/generated/components.ts";
import { rational, zero } from "../money/rational.ts";
import { roundedTotal, type Component } from "./commission.ts";
import { postPeriod, type PeriodEntry, type PeriodEvent } from "./post-period.ts";

const component = anyComponent(5_000n);

type Sale = { readonly amount: bigint; readonly refunded: bigint };
const sales = fc.array(
  fc
    .tuple(fc.bigInt(1n, 4_000n), fc.integer({ min: 0, max: 100 }))
    .map(([amount, share]): Sale => ({ amount, refunded: (amount * BigInt(share)) / 100n })),
  { minLength: 1, maxLength: 12 },
);

/** All deals, then what goes back of them. */
function eventsOf(all: readonly Sale[]): PeriodEvent<bigint>[] {
  const sold = all.map(({ amount }, deal): PeriodEvent<bigint> => ({
    id: `d${deal}`,
    deal: `d${deal}`,
    amount,
    kind: "earned",
  }));
  const refunded = all.flatMap(({ refunded }, deal): PeriodEvent<bigint>[] =>
    refunded === 0n ? [] : [{ id: `r${deal}`, deal: `d${deal}`, amount: -refunded, kind: "reversal" }],
  );
  return [...sold, ...refunded];
}
const sumOf = (entries: readonly PeriodEntry[]): bigint => entries.reduce((sum, { amount }) => sum + amount, 0n);
const creditOf = (events: readonly PeriodEvent<bigint>[]): bigint =>
  events.reduce((sum, { amount }) => sum + amount, 0n);

const retroactive: Component = {
  tiers: [
    { from: zero, rate: "0.05" },
    { from: rational(10_000_000n), rate: "0.08" },
  ],
  mode: "retroactive",
  boundary: "lower_inclusive",
  threshold: null,
  rounding: "half_up",
};
const sale = (deal: string, amount: bigint): PeriodEvent<bigint> => ({ id: deal, deal, amount, kind: "earned" });
const lines = (entries: readonly PeriodEntry[]): unknown[] =>
  entries.map(({ event, deal, kind, amount }) => `${event} ${deal} ${kind} ${amount}`);

describe("postPeriod", () => {
  test("adds up to the rounded commission of the whole after every event, whatever the plan", () => {
    fc.assert(
      fc.property(component, fc.bigInt(0n, 6_000n), sales, (plan, prior, all) => {
        const events = eventsOf(all);
        for (const [index] of events.entries()) {
          const until = events.slice(0, index + 1);
          const expected = roundedTotal(plan, prior + creditOf(until)) - roundedTotal(plan, prior);
          expect(sumOf(postPeriod(plan, prior, until))).toBe(expected);
        }
      }),
    );
  });

  test("a line that was posted never changes: later events only add lines", () => {
    fc.assert(
      fc.property(component, sales, (plan, all) => {
        const events = eventsOf(all);
        const whole = postPeriod(plan, 0n, events);
        const half = postPeriod(plan, 0n, events.slice(0, Math.ceil(events.length / 2)));
        expect(whole.slice(0, half.length)).toEqual(half);
      }),
    );
  });

  test("giving everything back leaves nothing with anybody, and no line is nothing", () => {
    fc.assert(
      fc.property(component, sales, (plan, all) => {
        const entries = postPeriod(plan, 0n, eventsOf(all.map(({ amount }) => ({ amount, refunded: amount }))));
        expect(sumOf(entries)).toBe(0n);
        expect(entries.filter(({ amount }) => amount === 0n)).toEqual([]);
      }),
    );
  });

  test("its total does not depend on the order deals come in", () => {
    fc.assert(
      fc.property(component, sales, (plan, all) => {
        const events = eventsOf(all.map(({ amount }) => ({ amount, refunded: 0n })));
        expect(sumOf(postPeriod(plan, 0n, events.toReversed()))).toBe(sumOf(postPeriod(plan, 0n, events)));
      }),
    );
  });

  test("a retroactive crossing trues up each earlier deal, so that each shows its own new total", () => {
    const entries = postPeriod(retroactive, 0n, [sale("d1", 6_000_000n), sale("d2", 5_000_000n)]);
    expect(lines(entries)).toEqual(["d1 d1 earned 300000", "d2 d1 true_up 180000", "d2 d2 earned 400000"]);
  });

  test("what was credited before these events is trued up as a line of no deal", () => {
    const entries = postPeriod(retroactive, 6_000_000n, [sale("d2", 5_000_000n)]);
    expect(lines(entries)).toEqual(["d2 null true_up 180000", "d2 d2 earned 400000"]);
  });

  test("reaching a threshold pays the deals that earned nothing until then", () => {
    const plan = { ...retroactive, mode: "marginal" as const, threshold: rational(8_000_000n) };
    const entries = postPeriod(plan, 0n, [sale("d1", 6_000_000n), sale("d2", 2_000_000n)]);
    expect(lines(entries)).toEqual(["d2 d1 true_up 300000", "d2 d2 earned 100000"]);
  });

  test("refuses that more goes back than a deal of this period brought in, and takes it from an earlier one", () => {
    const refund: PeriodEvent = { id: "r", deal: "d1", amount: -6_000_001n, kind: "reversal" };
    expect(() => postPeriod(retroactive, 0n, [sale("d1", 6_000_000n), refund])).toThrow("More goes back");
    expect(lines(postPeriod(retroactive, 0n, [refund]))).toEqual(["r d1 reversal -300000"]);
  });
});
