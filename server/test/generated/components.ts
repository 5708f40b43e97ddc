import fc from "fast-check";
import type { Component } from "../../src/modules/revenue/commissions/commission.ts";
import { add, rational, zero } from "../../src/modules/revenue/money/rational.ts";

export const anyRate = fc.integer({ min: 0, max: 400_000 }).map((rate) => `0.${String(rate).padStart(6, "0")}`);

/** Tiers as wide as this at most. Shares of a quota begin between two units, too. */
export const anyTiers = (widest: bigint) =>
  fc
    .tuple(anyRate, fc.array(fc.tuple(fc.bigInt(1n, widest), fc.bigInt(1n, 7n), anyRate), { maxLength: 4 }))
    .map(([first, steps]) => {
      let from = zero;
      const rest = steps.map(([n, d, rate]) => ({ from: (from = add(from, rational(n, d))), rate }));
      return [{ from: zero, rate: first }, ...rest];
    });

/** Any component there can be. */
export const anyComponent = (widest: bigint): fc.Arbitrary<Component> =>
  fc.record({
    tiers: anyTiers(widest),
    mode: fc.constantFrom("marginal" as const, "retroactive" as const),
    boundary: fc.constantFrom("lower_inclusive" as const, "upper_inclusive" as const),
    threshold: fc.option(
      fc.bigInt(0n, 2n * widest).map((bound) => rational(bound, 2n)),
      { nil: null },
    ),
    rounding: fc.constantFrom("half_up" as const, "half_even" as const),
  });
