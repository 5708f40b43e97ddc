import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { amountAfter, lineOf, linesTotal, totalOf, wireLine } from "./line-items.ts";

const usd = (amount: string) => ({ amount, currency: "USD" });
const line = (fields: Record<string, unknown> = {}) => lineOf({ productId: "p", ...fields }, null, "USD", 0);

describe("a line adds up", () => {
  test.each([
    ["one piece at its price", {}, "10.00", 1000n],
    ["quantity times price", { quantity: "420" }, "10.01", 420_420n],
    ["parts of a piece", { quantity: "1.5" }, "10.01", 1502n],
    ["a thousandth", { quantity: "0.001" }, "10.00", 1n],
    ["less its discount", { quantity: "3", discountPercent: "12.5" }, "9.99", 2622n],
    ["a half up", { discountPercent: "50" }, "0.01", 1n],
    ["given away", { discountPercent: "100" }, "10.00", 0n],
  ])("%s", (_why, fields, price, total) => {
    expect(totalOf(line({ ...fields, unitPrice: usd(price) }))).toBe(total);
  });

  test("nothing without a price, and the list price where none is said", () => {
    expect(totalOf(line({ unitPrice: null }))).toBeNull();
    const listPrice = { minor: 500n, currency: "USD" };
    expect(lineOf({ productId: "p" }, listPrice, "USD", 0).unitPriceMinor).toBe(500n);
    expect(lineOf({ productId: "p" }, listPrice, "EUR", 0).unitPriceMinor).toBeNull();
    expect(lineOf({ productId: "p", unitPrice: null }, listPrice, "USD", 0).unitPriceMinor).toBeNull();
  });

  test("within half a unit of what it is exactly, and never below zero", () => {
    const whole = fc.record({
      quantityThousandths: fc.bigInt(1n, 999_999_999n),
      unitPriceMinor: fc.bigInt(0n, 99_999_999n),
      discountBp: fc.integer({ min: 0, max: 10_000 }),
    });
    const isNear = fc.property(whole, (priced) => {
      const exact = priced.quantityThousandths * priced.unitPriceMinor * BigInt(10_000 - priced.discountBp);
      const difference = (totalOf(priced) ?? 0n) * 10_000_000n - exact;
      return difference > -5_000_000n && difference <= 5_000_000n;
    });
    expect(() => fc.assert(isNear)).not.toThrow();
  });

  test("is refused in another currency, and beyond what an amount holds", () => {
    expect(() => line({ unitPrice: { amount: "1.00", currency: "EUR" } })).toThrow("USD");
    const most = { unitPrice: usd("9999999999999.99") };
    expect(() => line({ ...most, quantity: "1.001" })).toThrow("too much");
    expect(() => linesTotal([line(most), line(most)])).toThrow("too much");
  });

  test("reads and writes the same figures", () => {
    const given = { description: "Pilot", quantity: "2.25", unitPrice: usd("19.90"), discountPercent: "7.5" };
    expect(wireLine(line(given), "USD")).toEqual({ ...given, total: usd("41.42") });
  });
});

describe("the amount", () => {
  test.each([
    ["follows the lines", { amountMinor: 100n, linesTotalMinor: 100n }, 250n, undefined, 250n],
    ["takes the sum of the first lines", { amountMinor: 100n, linesTotalMinor: null }, 250n, undefined, 250n],
    ["stays where somebody set another", { amountMinor: 90n, linesTotalMinor: 100n }, 250n, undefined, 90n],
    ["is what is given", { amountMinor: 100n, linesTotalMinor: 100n }, 250n, 200n, 200n],
    ["goes back to the sum", { amountMinor: 90n, linesTotalMinor: 100n }, 100n, null, 100n],
    ["is taken away where there are no lines", { amountMinor: 90n, linesTotalMinor: null }, null, null, null],
    ["stays when the last price goes", { amountMinor: 100n, linesTotalMinor: 100n }, null, undefined, 100n],
  ])("%s", (_why, before, total, given, expected) => {
    expect(amountAfter(before, total, given)).toBe(expected);
  });
});
