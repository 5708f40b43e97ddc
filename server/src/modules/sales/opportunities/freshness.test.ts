import { expect, test } from "vitest";
import { freshnessOf } from "./freshness.ts";

const now = new Date("2026-11-20T12:00:00Z");
const quietFor = (hours: number) => ({
  quietSince: new Date(now.getTime() - hours * 3_600_000).toISOString(),
  nextStepOn: null,
  followUpOn: null,
});
const stateAfter = (hours: number, planned: object = {}) =>
  freshnessOf({ ...quietFor(hours), ...planned }, 10, "2026-11-20", now)?.state;

test.each([
  [0, "fresh", "just moved"],
  [7 * 24 - 1, "fresh", "an hour short of 70 %"],
  [7 * 24, "warning", "70 % of ten days"],
  [11 * 24 - 1, "warning", "ten days and 23 hours are ten whole days"],
  [11 * 24, "rotten", "the eleventh day"],
])("after %i hours of ten days it is %s: %s", (hours, state) => expect(stateAfter(hours)).toBe(state));

test("a step that lies ahead or is due today pauses it, one that was missed does not", () => {
  expect(stateAfter(500, { nextStepOn: "2026-11-21" })).toBe("fresh");
  expect(stateAfter(500, { followUpOn: "2026-11-20" })).toBe("fresh");
  expect(stateAfter(500, { nextStepOn: "2026-11-19" })).toBe("rotten");
});

test("it tells the later of what is planned, whole days and the limit; without a limit nothing", () => {
  const quiet = { ...quietFor(26), nextStepOn: "2026-11-22", followUpOn: "2026-12-01" };
  expect(freshnessOf(quiet, 7, "2026-11-20", now)).toEqual({
    state: "fresh",
    quietDays: 1,
    limitDays: 7,
    pausedUntil: "2026-12-01",
  });
  expect(freshnessOf(quiet, null, "2026-11-20", now)).toBeNull();
});
