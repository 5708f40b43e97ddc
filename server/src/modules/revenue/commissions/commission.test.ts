import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyComponent, anyTiers } from "../../../../test/generated/components.ts";
import { add, compare, rational, zero } from "../money/rational.ts";
import { checkTiers } from "../plans/plan-terms.ts";
import { calculateCommission, marginalComponent, roundedTotal, type Amount, type Component } from "./commission.ts";

const component = anyComponent(10n ** 9n);
const tiers = anyTiers(10n ** 9n);
const unlimited = component.map((plan): Component => ({ ...plan, threshold: null }));

describe("calculateCommission, whatever the plan", () => {
  test("instalments pay what the whole pays, in whatever order they come", () => {
    const credits = fc.array(fc.bigInt(1n, 10n ** 8n), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(component, credits, fc.infiniteStream(fc.nat()), (plan, amounts, keys) => {
        const shuffled = amounts.map((amount) => ({ amount, key: keys.next().value }));
        const paid = [amounts, shuffled.toSorted((a, b) => a.key - b.key).map(({ amount }) => amount)].map((order) => {
          let credited: Amount = 0n;
          return order.reduce((sum, credit) => {
            const { commission, after } = calculateCommission(plan, credited, credit);
            credited = after.credited;
            return sum + commission;
          }, 0n);
        });
        const whole = roundedTotal(
          plan,
          amounts.reduce((sum, amount) => sum + amount, 0n),
        );
        expect(paid).toEqual([whole, whole]);
      }),
    );
  });

  test("taking everything back leaves nothing", () => {
    fc.assert(
      fc.property(component, fc.bigInt(0n, 10n ** 9n), fc.bigInt(1n, 10n ** 9n), (plan, before, credit) => {
        const given = calculateCommission(plan, before, credit);
        const taken = calculateCommission(plan, before + credit, -credit);
        expect(given.commission + taken.commission).toBe(0n);
      }),
    );
  });

  test("the parts of the explanation add up to the credit", () => {
    const moves = fc.bigInt(-(10n ** 9n), 10n ** 9n);
    fc.assert(
      fc.property(unlimited, fc.bigInt(0n, 10n ** 9n), moves, (plan, before, credit) => {
        const { parts } = calculateCommission(plan, before, credit);
        expect(compare(parts.map(({ amount }) => amount).reduce(add, zero), rational(credit))).toBe(0);
      }),
    );
  });

  test("more credit never earns less where rates rise", () => {
    const rising = component.map((plan): Component => {
      const ordered = plan.tiers.map(({ rate }) => rate).toSorted();
      return { ...plan, tiers: plan.tiers.map(({ from }, index) => ({ from, rate: ordered[index] ?? "0" })) };
    });
    fc.assert(
      fc.property(rising, fc.bigInt(0n, 10n ** 9n), fc.bigInt(1n, 10n ** 9n), (plan, before, credit) => {
        expect(calculateCommission(plan, before, credit).commission).toBeGreaterThanOrEqual(0n);
      }),
    );
  });

  test("a retroactive plan of rising rates pays at least what the same tiers pay marginally", () => {
    fc.assert(
      fc.property(tiers, fc.bigInt(0n, 10n ** 10n), (rows, credited) => {
        const ordered = rows.map(({ rate }) => rate).toSorted();
        const rising = rows.map(({ from }, index) => ({ from, rate: ordered[index] ?? "0" }));
        const marginal = marginalComponent(rising, "half_up");
        expect(roundedTotal({ ...marginal, mode: "retroactive" }, credited)).toBeGreaterThanOrEqual(
          roundedTotal(marginal, credited),
        );
      }),
    );
  });

  test("below the threshold nothing is earned, at it everything from the first unit", () => {
    fc.assert(
      fc.property(component, fc.bigInt(1n, 10n ** 9n), (plan, bound) => {
        const withThreshold: Component = { ...plan, threshold: rational(bound) };
        const without: Component = { ...plan, threshold: null };
        const met = plan.boundary === "lower_inclusive" ? bound : bound + 1n;
        expect(roundedTotal(withThreshold, met - 1n)).toBe(0n);
        expect(roundedTotal(withThreshold, met)).toBe(roundedTotal(without, met));
      }),
    );
  });

  test("every table these properties draw is one a plan may have", () => {
    fc.assert(fc.property(tiers, (rows) => checkTiers(rows.map((row) => ({ ...row, to: null })))));
  });
});
