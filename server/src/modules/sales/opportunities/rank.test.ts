import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rankBetween, rankOnTop } from "./rank.ts";

describe("rankBetween", () => {
  test.each([
    [null, null, "i"],
    [null, "i", "9"],
    ["i", null, "r"],
    ["4", "5", "4i"],
    ["4", "41", "40i"],
    [null, "1", "0i"],
    ["z", null, "zi"],
    ["az", "b", "azi"],
    ["a", "b1", "b"],
  ])("between %s and %s lies %s", (above, below, expected) => {
    expect(rankBetween(above, below)).toBe(expected);
  });

  test("always finds room, however often cards are put in between", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 120 }), (places) => {
        const ranks: string[] = [];
        for (const place of places) {
          const index = place % (ranks.length + 1);
          const made = rankBetween(ranks[index - 1] ?? null, ranks[index] ?? null);
          ranks.splice(index, 0, made);
          expect(made.endsWith("0")).toBe(false);
        }
        expect(ranks).toEqual(ranks.toSorted());
        expect(new Set(ranks).size).toBe(ranks.length);
      }),
    );
  });

  test("refuses neighbours in the wrong order", () => {
    expect(() => rankBetween("b", "a")).toThrow(RangeError);
    expect(() => rankBetween("a", "a")).toThrow(RangeError);
  });
});

test("rankOnTop puts later cards above earlier ones", () => {
  const [earlier, later] = [rankOnTop(new Date("2025-01-01"), 0.9), rankOnTop(new Date("2026-11-19"), 0)];
  expect(later < earlier).toBe(true);
  expect(rankBetween(null, later) < later).toBe(true);
  expect(rankOnTop(new Date("2026-11-19"), 0.99) > later).toBe(true);
});
