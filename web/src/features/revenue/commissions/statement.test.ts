import type { Commission } from "@rainmaker/contracts/revenue/commissions";
import { expect, test } from "vitest";
import { staircase, statementLines, weeksOf } from "./statement.ts";

const line = (id: string, number: string, amount: string, valueOn: string, currency = "USD"): Commission =>
  ({
    id,
    payment: { id: number, number, amount: { amount: "100.00", currency } },
    amount: { amount, currency },
    trace: { basis: { valueOn } },
  }) as unknown as Commission;

test("lines stand newest first, with what is earned up to each, by currency", () => {
  const lines = statementLines({
    lines: [
      line("3", "PAY-3", "5.00", "2026-11-20"),
      line("2", "PAY-2", "7.00", "2026-11-10", "EUR"),
      line("1", "PAY-1", "1.50", "2026-11-02"),
    ],
  });
  expect(lines.map(({ key, soFar }) => [key, soFar.amount, soFar.currency])).toEqual([
    ["PAY-3", "6.50", "USD"],
    ["PAY-2", "7.00", "EUR"],
    ["PAY-1", "1.50", "USD"],
  ]);
});

test("two lines of one payment are told apart by their own ids", () => {
  const lines = statementLines({
    lines: [line("b", "PAY-1", "1.00", "2026-11-02"), line("a", "PAY-1", "1.00", "2026-11-02")],
  });
  expect(lines.map(({ key }) => key)).toEqual(["b", "a"]);
});

test("weeks begin on Monday and end with the month", () => {
  const lines = [
    line("1", "PAY-1", "1.00", "2026-11-01"),
    line("2", "PAY-2", "2.00", "2026-11-02"),
    line("3", "PAY-3", "3.00", "2026-11-08"),
    line("4", "PAY-4", "4.00", "2026-11-30"),
  ];
  expect(weeksOf(lines, "2026-11", "USD").map(({ from, to, earned }) => [from, to, earned.amount])).toEqual([
    ["2026-11-01", "2026-11-01", "1.00"],
    ["2026-11-02", "2026-11-08", "5.00"],
    ["2026-11-30", "2026-11-30", "4.00"],
  ]);
});

test("steps stand on each other, down again where money was taken back", () => {
  const usd = (amount: string) => ({ amount, currency: "USD" });
  expect(staircase([usd("60.00"), usd("40.00"), usd("-50.00")])).toEqual([
    { from: 0, to: 0.6 },
    { from: 0.6, to: 1 },
    { from: 1, to: 0.5 },
  ]);
});
