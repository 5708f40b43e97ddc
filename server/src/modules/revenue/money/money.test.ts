import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allocate } from "./allocate.ts";
import { multiply, parseRational, rational, round, toDecimals } from "./rational.ts";

const file = join(import.meta.dirname, "../../../../test/vectors/commission-vectors.json");
const { vectors } = JSON.parse(readFileSync(file, "utf8")) as { vectors: any[] };
const ofOperation = (operation: string): any[] => vectors.filter(({ op }) => op === operation);

describe("round reproduces the worked examples", () => {
  test.each(ofOperation("round"))("$id", ({ plan, inputs, expected }) => {
    const exact = multiply(rational(BigInt(inputs.amount_minor)), parseRational(plan.rate));
    expect(String(round(exact, "half_up"))).toBe(expected.half_up_minor);
    expect(String(round(exact, "half_even"))).toBe(expected.half_even_minor);
  });

  test.each([
    [5n, 2n, 3n, 2n],
    [-5n, 2n, -3n, -2n],
    [7n, 2n, 4n, 4n],
    [1n, 3n, 0n, 0n],
    [-2n, 3n, -1n, -1n],
  ])("%s/%s is %s half up and %s half even", (n, d, up, even) => {
    expect(round(rational(n, d))).toBe(up);
    expect(round(rational(n, d), "half_even")).toBe(even);
  });
});

describe("allocate reproduces the worked examples", () => {
  test.each(ofOperation("money.allocate"))("$id", ({ inputs, expected }) => {
    expect(allocate(BigInt(inputs.total_minor), inputs.weights.map(BigInt)).map(String)).toEqual(expected.parts_minor);
  });

  test("the parts add up to the whole, are within one unit of exact, and mirror for what is taken back", () => {
    const weights = fc
      .array(fc.bigInt(0n, 10_000n), { minLength: 1, maxLength: 12 })
      .filter((all) => all.some((weight) => weight > 0n));
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 15n), weights, (total, all) => {
        const parts = allocate(total, all);
        const sum = all.reduce((a, b) => a + b, 0n);
        expect(parts.reduce((a, b) => a + b, 0n)).toBe(total);
        for (const [index, part] of parts.entries()) {
          const exact = total * (all[index] ?? 0n);
          expect(part * sum - exact).toBeLessThan(sum);
          expect(exact - part * sum).toBeLessThan(sum);
        }
        expect(allocate(-total, all)).toEqual(parts.map((part) => -part));
      }),
    );
  });

  test("refuses weights that say nothing", () => {
    expect(() => allocate(5n, [0n, 0n])).toThrow(RangeError);
    expect(() => allocate(5n, [2n, -1n])).toThrow(RangeError);
  });
});

test("parseRational reads decimals exactly and nothing else", () => {
  expect(parseRational("0.035")).toEqual({ n: 7n, d: 200n });
  expect(parseRational("-12")).toEqual({ n: -12n, d: 1n });
  for (const text of ["1e3", "", ".5", "NaN", "1,5"]) expect(() => parseRational(text)).toThrow(RangeError);
});

test("toDecimals cuts", () => {
  expect(toDecimals(rational(6n, 5n), 4)).toBe("1.2000");
  expect(toDecimals(rational(2n, 3n), 4)).toBe("0.6666");
  expect(toDecimals(rational(-1n, 8n), 2)).toBe("-0.12");
});
