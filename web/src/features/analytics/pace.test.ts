import { expect, test } from "vitest";
import { daysAhead, paceShare, standingOf } from "./pace.ts";

const november = { elapsed: 15, total: 21 };

test("days ahead are working days of the month, behind ones negative", () => {
  expect(daysAhead("0.5000", november)).toBe(-4);
  expect(daysAhead("0.9000", november)).toBe(3);
});

test("whoever has reached the goal is no further ahead than the month has days left", () => {
  expect(daysAhead("2.8326", november)).toBe(6);
});

test("a standing says how far from the pace, and calls out who is far behind", () => {
  expect(standingOf("0.9000", november)).toEqual({ words: "3 days ahead", tone: "success" });
  expect(standingOf("0.7200", november)).toEqual({ words: "On pace", tone: "neutral" });
  expect(standingOf("0.6600", november)).toEqual({ words: "1 day behind", tone: "warning" });
  expect(standingOf("0.1573", november)).toEqual({ words: "11 days behind", tone: "danger" });
  expect(standingOf("1.0000", november)).toEqual({ words: "Goal reached", tone: "success" });
});

test("a month that has not begun has no pace, one that is over has what it fell short by", () => {
  expect(standingOf("0.0000", { elapsed: 0, total: 21 })).toEqual({ words: "Not started", tone: "neutral" });
  expect(standingOf("0.8401", { elapsed: 21, total: 21 })).toEqual({ words: "16% short", tone: "danger" });
  expect(standingOf("1.1200", { elapsed: 21, total: 21 }).words).toBe("Goal reached");
});

test("a calendar without working days has no pace", () => {
  expect(paceShare({ elapsed: 0, total: 0 })).toBe(0);
});
