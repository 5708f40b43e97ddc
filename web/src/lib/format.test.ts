import { describe, expect, test } from "vitest";
import {
  currencySymbol,
  daysBetween,
  formatAgo,
  formatBasisPoints,
  formatCount,
  formatCountOf,
  formatDay,
  formatDuration,
  formatInstant,
  formatLeft,
  formatMoney,
  formatMonth,
  formatPercent,
  formatSize,
  formatStamp,
  formatTime,
  shareOf,
  signOf,
  type MoneyOptions,
} from "./format.ts";

const usd = (amount: string): { amount: string; currency: string } => ({ amount, currency: "USD" });

describe("money", () => {
  test.each<[amount: string, currency: string, options: MoneyOptions, expected: string, why: string]>([
    ["1234.50", "USD", {}, "$1,234.50", "settled money shows its cents"],
    ["1234.00", "USD", {}, "$1,234.00", "also where they are nothing"],
    ["0.05", "USD", {}, "$0.05", "less than one"],
    ["-384.00", "USD", {}, "−$384.00", "a true minus, before the currency"],
    ["250.00", "USD", { signed: true }, "+$250.00", "differences say plus"],
    ["0.00", "USD", { signed: true }, "$0.00", "nothing has no sign"],
    ["999999999999.99", "USD", {}, "$999,999,999,999.99", "beyond what a float holds to the cent"],
    ["54600.00", "USD", { style: "short" }, "$54,600", "pipelines leave zero cents out"],
    ["54600.50", "USD", { style: "short" }, "$54,600.50", "but never cents that are there"],
    ["3456.00", "USD", { bare: true }, "3,456.00", "a column that names its currency above"],
    ["1200", "JPY", {}, "¥1,200", "a currency without decimals"],
    ["1.250", "KWD", {}, "KWD\u00a01.250", "three decimals; a code keeps its distance"],
    ["1200.00", "AUD", {}, "A$1,200.00", "never two currencies with one sign"],
    ["1200.00", "EUR", {}, "€1,200.00", "currency before the figure"],
    ["nonsense", "USD", {}, "nonsense", "what cannot be read is shown as it came"],
  ])("%s %s %o is %s: %s", (amount, currency, options, expected) => {
    expect(formatMoney({ amount, currency }, options)).toBe(expected);
  });

  test.each([
    ["950.40", "$950"],
    ["9999.49", "$9,999"],
    ["10000.00", "$10k"],
    ["194000.00", "$194k"],
    ["266500.00", "$266.5k"],
    ["566249.99", "$566.2k"],
    ["566250.00", "$566.3k"],
    ["999949.99", "$999.9k"],
    ["999960.00", "$1.00M"],
    ["1220000.00", "$1.22M"],
    ["2100000.00", "$2.10M"],
    ["-1225000.00", "−$1.23M"],
    ["1000000000.00", "$1.00B"],
    ["123456789012.00", "$123.46B"],
  ])("%s in a heading is %s", (amount, expected) => {
    expect(formatMoney(usd(amount), { style: "compact" })).toBe(expected);
  });

  test("symbols of dollars differ", () => {
    expect(["USD", "CAD", "AUD"].map(currencySymbol)).toEqual(["$", "CA$", "A$"]);
  });

  test("signs and shares of sums", () => {
    expect(["-1.00", "0.00", "1.00"].map((amount) => signOf(usd(amount)))).toEqual([-1, 0, 1]);
    expect(shareOf(usd("25.00"), usd("100.00"))).toBe(0.25);
    expect(shareOf(usd("300.00"), usd("100.00"))).toBe(1);
    expect(shareOf(usd("1.00"), usd("0.00"))).toBe(0);
  });
});

describe("counts and ratios", () => {
  test.each([
    [48212, "48,212"],
    [-1200, "−1,200"],
    [7, "7"],
  ])("%i is %s", (count, expected) => expect(formatCount(count)).toBe(expected));

  test("one and many", () => {
    expect(formatCountOf(1, "deal")).toBe("1 deal");
    expect(formatCountOf(1204, "person", "people")).toBe("1,204 people");
  });

  test.each([
    ["0.7104", "71%"],
    ["0.6949", "69%"],
    ["0.6950", "70%"],
    ["0.0250", "2.5%"],
    ["0.0600", "6%"],
    ["0.0999", "10%"],
    ["1.0800", "108%"],
    ["12.3456", "1,235%"],
    ["-0.0500", "−5%"],
    ["0.0000", "0%"],
  ])("%s is %s", (ratio, expected) => expect(formatPercent(ratio)).toBe(expected));

  test.each([
    [10_000, "100%"],
    [250, "2.5%"],
    [625, "6.25%"],
  ])("%i basis points are %s", (points, expected) => expect(formatBasisPoints(points)).toBe(expected));

  test("sizes of files", () => {
    expect([512, 96_000, 1_240_000, 4_000_000].map(formatSize)).toEqual(["512 B", "96 kB", "1.2 MB", "4 MB"]);
  });
});

describe("time", () => {
  const today = "2026-11-19";

  test.each([
    ["2026-11-19", "Today"],
    ["2026-11-20", "Tomorrow"],
    ["2026-11-18", "Yesterday"],
    ["2026-11-24", "Tue 24 Nov"],
    ["2026-11-13", "Fri 13 Nov"],
    ["2026-10-06", "6 Oct"],
    ["2025-10-06", "6 Oct 2025"],
    ["2027-01-02", "2 Jan 2027"],
  ])("%s is %s", (day, expected) => expect(formatDay(day, today)).toBe(expected));

  const now = new Date("2026-11-19T08:12:00Z");
  const zone = "Europe/Berlin";

  test.each([
    ["2026-11-19T14:00:00Z", "Today 15:00"],
    ["2026-11-18T15:40:00Z", "Yesterday 16:40"],
    ["2026-11-20T09:00:00Z", "Tomorrow 10:00"],
    ["2026-11-13T23:30:00Z", "Sat 14 Nov 00:30"],
    ["2026-10-06T10:00:00Z", "6 Oct"],
  ])("%s is %s in the viewer's zone", (instant, expected) => expect(formatInstant(instant, now, zone)).toBe(expected));

  test.each([
    ["2026-11-19T08:11:30Z", "now"],
    ["2026-11-19T07:50:00Z", "22 min"],
    ["2026-11-18T16:12:00Z", "16 h"],
    ["2026-11-17T08:12:00Z", "2 d"],
    ["2026-11-12T08:00:00Z", "12 Nov"],
  ])("%s was %s", (instant, expected) => expect(formatAgo(instant, now, zone)).toBe(expected));

  test("what is left", () => {
    expect(formatLeft("2026-11-26T07:00:00Z", now)).toBe("6 d left");
    expect(formatLeft("2026-11-19T07:00:00Z", now)).toBe("over");
  });

  test.each([
    [30_000, "under 1 min"],
    [41 * 60_000, "41 min"],
    [16 * 3_600_000, "16 h"],
    [12 * 86_400_000, "12 d"],
  ])("%i ms are %s", (ms, expected) => expect(formatDuration(ms)).toBe(expected));

  test("the exact moment names its zone", () => {
    expect(formatStamp("2026-11-19T08:12:41Z", zone)).toBe("Thu 19 Nov 2026, 09:12:41 CET");
    expect(formatTime("2026-11-19T23:05:00Z", { timeZone: zone })).toBe("00:05");
  });

  test("months and distances", () => {
    expect(formatMonth("2026-10")).toBe("October 2026");
    expect(daysBetween("2026-03-28", "2026-03-30")).toBe(2);
  });
});
