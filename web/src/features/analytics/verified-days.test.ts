import { expect, test } from "vitest";
import { dayText, daysOfMonth, verifiedTitle } from "./verified-days.ts";

const usd = (amount: string) => ({ amount, currency: "USD" });

test("every day of the month stands in the chart, the largest at full height", () => {
  const days = daysOfMonth({
    month: "2026-11",
    currency: "USD",
    days: [
      { day: "2026-11-02", verified: usd("50.00") },
      { day: "2026-11-05", verified: usd("200.00") },
    ],
  });
  expect(days).toHaveLength(30);
  expect(days[1]).toEqual({ day: "2026-11-02", verified: usd("50.00"), share: 0.25 });
  expect(days[2]).toMatchObject({ verified: usd("0.00"), share: 0 });
  expect(days[4]?.share).toBe(1);
});

test("the title says the finding", () => {
  expect(verifiedTitle({ days: [], verified: usd("0.00") })).toBe("Nothing verified yet this month");
  expect(verifiedTitle({ days: [{ day: "2026-11-05", verified: usd("200.00") }], verified: usd("200.00") })).toBe(
    "$200 verified, all on 5 Nov",
  );
  const days = [
    { day: "2026-11-05", verified: usd("20.00") },
    { day: "2026-11-06", verified: usd("30.00") },
  ];
  expect(verifiedTitle({ days, verified: usd("50.00") })).toBe("$50 verified, most on 6 Nov");
});

test("a day is named by its date, also at the turn of the year", () => {
  expect(dayText("2026-01-02")).toBe("2 Jan");
  expect(dayText("2026-12-31")).toBe("31 Dec");
});
