import fc from "fast-check";
import { addDays, weekdayOf } from "@rainmaker/contracts/time";
import { describe, expect, test } from "vitest";
import { tellStory, type DemoPayment, type DemoSale, type DemoStory } from "./story.ts";

/** Any day of some years, leap days and weekends among them. */
const someDay = fc.integer({ min: 0, max: 365 * 8 }).map((days) => addDays("2026-01-01", days));

/** A weekday, both days of a weekend, a leap day, a New Year, and days that differ from run to run. */
const days = ["2026-11-19", "2026-11-21", "2026-11-22", "2028-02-29", "2027-01-01", ...fc.sample(someDay, 25)];
const stories = days.map((today) => tellStory(today));

/** Shows the day where the check does not hold. */
const expectOnAnyDay = (check: (story: DemoStory) => unknown, expected: unknown): void => {
  for (const story of stories)
    expect({ day: story.today, found: check(story) }).toEqual({ day: story.today, found: expected });
};

const present = (days: readonly (string | null)[]): string[] => days.filter((day) => day !== null);
const daysOf = (sale: DemoSale): string[] =>
  present([sale.openedOn, ...sale.moves, sale.closedOn, sale.submittedOn, sale.approvedOn]);
const daysOfPayment = ({ valueOn, recordedOn, decidedOn }: DemoPayment): string[] =>
  present([valueOn, recordedOn, decidedOn]);
const isAscending = (days: readonly string[]): boolean => days.every((day, index) => day >= (days[index - 1] ?? ""));
const faulty = (sales: readonly DemoSale[], isFaulty: (sale: DemoSale) => boolean): DemoSale[] =>
  sales.filter(isFaulty);

const paid = ({ payments }: DemoSale): number => payments.reduce((sum, { amount }) => sum + amount, 0);
const isOdd = ({ amount }: DemoPayment): boolean => !Number.isInteger(amount) || amount <= 0;

describe("the demo's history", () => {
  test("is the same for the same day", () => {
    for (const story of stories.slice(0, 6)) expect(tellStory(story.today)).toEqual(story);
  });

  test("has nothing that happened after today or before its first day", () => {
    const all = (sale: DemoSale): string[] => [...daysOf(sale), ...sale.payments.flatMap(daysOfPayment)];
    expectOnAnyDay(
      ({ sales, firstDay, today }) => faulty(sales, (sale) => all(sale).some((day) => day > today || day < firstDay)),
      [],
    );
  });

  test("happens in order: opened, moved, closed, submitted, approved, paid, recorded, decided", () => {
    expectOnAnyDay(({ sales }) => faulty(sales, (sale) => !isAscending(daysOf(sale))), []);
    const isOutOfOrder = (sale: DemoSale): boolean =>
      sale.payments.some((payment) => !isAscending([sale.approvedOn ?? "9", ...daysOfPayment(payment)]));
    expectOnAnyDay(({ sales }) => faulty(sales, isOutOfOrder), []);
  });

  test("happens on working days", () => {
    expectOnAnyDay(({ sales }) => faulty(sales, (sale) => daysOf(sale).some((day) => weekdayOf(day) > 5)), []);
  });

  const wrong: [what: string, isWrong: (sale: DemoSale) => boolean][] = [
    ["a deal of a sale that was not won", ({ outcome, submittedOn }) => outcome !== "won" && submittedOn !== null],
    ["an open sale that was closed", ({ outcome, closedOn }) => (outcome === "open") !== (closedOn === null)],
    ["a lost sale without a reason", ({ outcome, lostReason }) => (outcome === "lost") !== (lostReason !== null)],
    ["a payment of a deal nobody approved", ({ approvedOn, payments }) => approvedOn === null && payments.length > 0],
    ["more paid than was sold", (sale) => paid(sale) > sale.amount],
    ["a payment that is not of whole dollars", ({ payments }) => payments.some(isOdd)],
  ];
  test.each(wrong)("has not %s", (_what, isWrong) => {
    expectOnAnyDay(({ sales }) => faulty(sales, isWrong), []);
  });

  test("brings Maya verified money on each of the last 14 working days", () => {
    expectOnAnyDay(({ sales, today }) => {
      const payments = sales.filter(({ seller }) => seller === "maya").flatMap((sale) => sale.payments);
      const verified = new Set(payments.filter(({ decidedOn }) => decidedOn !== null).map(({ valueOn }) => valueOn));
      const before = Array.from({ length: 30 }, (_, index) => addDays(today, -index - 1));
      const workdays = before.filter((day) => weekdayOf(day) <= 5).slice(0, 14);
      return workdays.filter((day) => !verified.has(day));
    }, []);
  });

  test("leaves something to do today: open sales, deals to approve, payments to verify", () => {
    const isToApprove = ({ submittedOn, approvedOn }: DemoSale): boolean => submittedOn !== null && approvedOn === null;
    const waits = ({ payments }: DemoSale): boolean => payments.some(({ decidedOn }) => decidedOn === null);
    expectOnAnyDay(
      ({ sales }) => [
        sales.filter(({ outcome }) => outcome === "open").length > 40,
        sales.some(isToApprove),
        sales.some(waits),
      ],
      [true, true, true],
    );
  });

  test("spans nineteen months up to this one, with a goal for each seller", () => {
    expectOnAnyDay(
      ({ months, today }) => [months.length, months.at(-1) === today.slice(0, 7), isAscending(months)],
      [19, true, true],
    );
    expectOnAnyDay(({ goals, sales }) => {
      const sellers = new Set(sales.map(({ seller }) => seller));
      return [...sellers].filter((seller) => !((goals.get(seller) ?? 0) > 0));
    }, []);
  });
});
