import { expect, test } from "vitest";
import { contactText, riskOf, warningOf } from "./opportunity-risk.ts";

const stage = { id: "s" as never, name: "Discovery", kind: "open", probability: 30 } as const;
const now = new Date("2026-11-20T12:00:00.000Z");
const today = "2026-11-20";
const ago = (hours: number): string => new Date(now.getTime() - hours * 3_600_000).toISOString();

test.each([
  ["is fine on the close date itself", { expectedCloseOn: today, stageSince: ago(1) }, 12, null],
  ["is overdue the day after", { expectedCloseOn: "2026-11-19", stageSince: ago(1) }, 12, "Overdue by 1 day"],
  ["is fine up to the last hour of the norm", { expectedCloseOn: null, stageSince: ago(13 * 24 - 1) }, 12, null],
  [
    "stands too long from the day after the norm",
    { expectedCloseOn: null, stageSince: ago(13 * 24) },
    12,
    "In stage 13 days, norm 12",
  ],
  ["has no norm to pass", { expectedCloseOn: null, stageSince: ago(2400) }, null, null],
  [
    "says the passed date before the long stay",
    { expectedCloseOn: "2026-11-10", stageSince: ago(2400) },
    12,
    "Overdue by 10 days",
  ],
] as const)("an opportunity %s", (_what, facts, norm, risk) => {
  expect(riskOf({ stage, freshness: null, ...facts }, norm, today, now)).toBe(risk);
});

test("silence is told before the long stay, and warned of before it is a risk", () => {
  const quiet = (state: "warning" | "rotten") => ({ state, quietDays: 12, limitDays: 7, pausedUntil: null });
  const facts = { stage, expectedCloseOn: null, stageSince: ago(2400) };
  expect(riskOf({ ...facts, freshness: quiet("rotten") }, 12, today, now)).toBe("No contact 12 d, limit 7");
  expect(warningOf({ freshness: quiet("rotten") })).toBeNull();
  expect(warningOf({ freshness: quiet("warning") })).toBe("No contact 12 d, limit 7");
});

test("nothing that is won or lost is at risk", () => {
  const won = { ...stage, kind: "won" } as const;
  expect(
    riskOf({ stage: won, stageSince: ago(9999), freshness: null, expectedCloseOn: "2020-01-01" }, 1, today, now),
  ).toBeNull();
});

test("contact is told in days, or as what is planned", () => {
  const fresh = { state: "fresh", quietDays: 3, limitDays: 7, pausedUntil: null } as const;
  expect(contactText(fresh)).toBe("3 d ago, limit 7");
  expect(contactText({ ...fresh, quietDays: 0 })).toBe("Today");
  expect(contactText({ ...fresh, pausedUntil: "2031-03-04" })).toBe("Planned for 4 Mar 2031");
});
