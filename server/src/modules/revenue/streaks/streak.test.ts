import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dayIn } from "@rainmaker/contracts/time";
import { describe, expect, test } from "vitest";
import { latestDays, streakOf, workdaysOf } from "./streak.ts";

const file = join(import.meta.dirname, "../../../../test/vectors/commission-vectors.json");
const { vectors } = JSON.parse(readFileSync(file, "utf8")) as { vectors: any[] };
const calendar = { workdays: [1, 2, 3, 4, 5], holidays: [] as string[] };

describe("streakOf reproduces the worked examples", () => {
  test.each(vectors.filter(({ op }) => op === "streak"))("$id: $description", ({ plan, inputs, expected }) => {
    const days = inputs.verified_at.map((instant: string) => dayIn(plan.timezone, new Date(instant)));
    const { current } = streakOf(
      days,
      { workdays: plan.workdays, holidays: plan.holidays ?? [] },
      dayIn(plan.timezone, new Date(inputs.now)),
    );
    expect(days).toEqual(expected.local_days);
    expect(current).toBe(expected.current);
  });
});

describe("streakOf", () => {
  test.each([
    ["nothing at all", [], 0, 0],
    ["only today", ["2026-11-19"], 1, 1],
    ["yesterday, today still empty", ["2026-11-18"], 1, 1],
    ["a gap on a working day", ["2026-11-16", "2026-11-18"], 1, 1],
    ["over a weekend", ["2026-11-13", "2026-11-16", "2026-11-17", "2026-11-18"], 4, 4],
    ["two empty working days", ["2026-11-16", "2026-11-17"], 0, 2],
    ["money on a Saturday", ["2026-11-13", "2026-11-14", "2026-11-16", "2026-11-17", "2026-11-18"], 4, 4],
    ["broken, the best stays", ["2026-11-09", "2026-11-10", "2026-11-11", "2026-11-18"], 1, 3],
    ["two payments on one day", ["2026-11-18", "2026-11-18", "2026-11-19"], 2, 2],
    ["a day in the future", ["2026-11-20"], 0, 0],
  ])("%s: %o", (_why, days, current, best) =>
    expect(streakOf(days, calendar, "2026-11-19")).toEqual({ current, best }),
  );
});

test("latestDays leaves weekends and holidays out", () => {
  const withHoliday = { ...calendar, holidays: ["2026-11-18"] };
  expect(latestDays(["2026-11-13"], withHoliday, "2026-11-19", 3)).toEqual([
    { day: "2026-11-16", kept: false },
    { day: "2026-11-17", kept: false },
    { day: "2026-11-19", kept: false },
  ]);
});

test("workdaysOf counts the month's working days up to today", () => {
  expect(workdaysOf(calendar, "2026-11", "2026-11-19")).toEqual({ elapsed: 14, total: 21 });
  expect(workdaysOf(calendar, "2026-10", "2026-11-19")).toEqual({ elapsed: 22, total: 22 });
  expect(workdaysOf(calendar, "2026-12", "2026-11-19")).toEqual({ elapsed: 0, total: 23 });
});
