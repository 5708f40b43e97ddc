import { expect, test } from "vitest";
import { greeting, longDay } from "./greeting.ts";

test("a day is written out", () => {
  expect(longDay("2026-11-20")).toBe("Friday 20 November");
  expect(longDay("2026-11-22")).toBe("Sunday 22 November");
});

test("the greeting follows the clock", () => {
  expect([greeting(0), greeting(11), greeting(12), greeting(17), greeting(18)]).toEqual([
    "Good morning",
    "Good morning",
    "Good afternoon",
    "Good afternoon",
    "Good evening",
  ]);
});
