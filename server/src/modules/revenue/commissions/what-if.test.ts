import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyComponent } from "../../../../test/generated/components.ts";
import { rational, zero } from "../money/rational.ts";
import { roundedTotal, type Component } from "./commission.ts";
import { postPeriod } from "./post-period.ts";
import { nextStep, previewCommission, reachedRate } from "./what-if.ts";

const component = anyComponent(50_000n);

describe("previewCommission", () => {
  test("says what will be posted, over 10,000 plans and deals", () => {
    const credits = fc.array(fc.bigInt(1n, 40_000n), { maxLength: 5 });
    fc.assert(
      fc.property(component, credits, fc.bigInt(1n, 40_000n), (plan, before, credit) => {
        const deals = [...before, credit].map((amount, index) => ({
          id: `e${index}`,
          deal: `d${index}`,
          amount,
          kind: "earned" as const,
        }));
        const credited = before.reduce((sum, amount) => sum + amount, 0n);
        const posted = postPeriod(plan, 0n, deals)
          .filter(({ event }) => event === `e${before.length}`)
          .reduce((sum, { amount }) => sum + amount, 0n);
        expect(previewCommission(plan, credited, credit).commission).toBe(posted);
      }),
      { numRuns: 10_000 },
    );
  });
});

describe("nextStep", () => {
  const plan: Component = {
    tiers: [
      { from: zero, rate: "0.1" },
      { from: rational(10_000n), rate: "0.12" },
      { from: rational(25_001n, 2n), rate: "0.15" },
    ],
    mode: "marginal",
    boundary: "lower_inclusive",
    threshold: null,
    rounding: "half_up",
  };

  test("is the way to the next tier, from where its rate is paid", () => {
    expect(nextStep(plan, 1_600n)).toEqual({ missing: 8_400n, rate: "0.12" });
    expect(nextStep(plan, 9_999n)).toEqual({ missing: 1n, rate: "0.12" });
    expect(nextStep(plan, 10_000n)).toEqual({ missing: 2_501n, rate: "0.15" });
    expect(nextStep(plan, 12_501n)).toBeNull();
    expect(nextStep(plan, -5n)).toEqual({ missing: 10_005n, rate: "0.12" });
  });

  test("is one unit more where a retroactive tier begins above its bound", () => {
    const above = { ...plan, mode: "retroactive" as const, boundary: "upper_inclusive" as const };
    expect(nextStep(above, 10_000n)).toEqual({ missing: 1n, rate: "0.12" });
    expect(nextStep({ ...above, boundary: "lower_inclusive" }, 10_000n)).toEqual({ missing: 2_501n, rate: "0.15" });
  });

  test("is passed with enough credit, several at once too, and then its rate is reached", () => {
    expect(reachedRate(plan, 1_600n, 9_999n)).toBeNull();
    expect(reachedRate(plan, 1_600n, 10_000n)).toBe("0.12");
    expect(reachedRate(plan, 1_600n, 50_000n)).toBe("0.15");
    expect(reachedRate(plan, 12_501n, 50_000n)).toBeNull();
  });

  test("is the threshold first, with the rate that is paid there", () => {
    const cliff = { ...plan, threshold: rational(11_000n) };
    expect(nextStep(cliff, 9_000n)).toEqual({ missing: 2_000n, rate: "0.12" });
    expect(nextStep(cliff, 11_000n)).toEqual({ missing: 1_501n, rate: "0.15" });
    expect(nextStep({ ...cliff, threshold: rational(500n) }, 0n)).toEqual({ missing: 500n, rate: "0.1" });
  });

  test("is never later than needed: one unit less still pays by the rules before it", () => {
    const retroactive = component.map((each): Component => ({
      ...each,
      mode: "retroactive",
      // Rates that differ, so that each step shows.
      tiers: each.tiers.map(({ from }, index) => ({ from, rate: `0.${index + 1}` })),
    }));
    fc.assert(
      fc.property(retroactive, fc.bigInt(0n, 60_000n), (each, credited) => {
        const next = nextStep(each, credited);
        fc.pre(next !== null);
        const at = credited + (next?.missing ?? 0n);
        const paid = (credit: bigint): bigint => roundedTotal(each, credit);
        const rate = BigInt(next?.rate.slice(2) ?? "0");
        expect(10n * paid(at) - at * rate).toBeLessThanOrEqual(5n);
        expect(at * rate - 10n * paid(at)).toBeLessThanOrEqual(5n);
        fc.pre(at > 100n);
        expect(paid(at - 1n)).toBeLessThan(paid(at));
      }),
    );
  });
});
