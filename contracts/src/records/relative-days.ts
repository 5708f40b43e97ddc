import { addDays, firstDayOf, lastDayOf } from "../time.ts";

/** Stretches of days that move with the calendar; weeks begin on Monday. */
export const relativePeriods = [
  "today",
  "yesterday",
  "tomorrow",
  "this_week",
  "last_week",
  "next_week",
  "this_month",
  "last_month",
  "next_month",
  "this_quarter",
  "last_quarter",
  "next_quarter",
  "this_year",
  "last_year",
  "next_year",
] as const;
export type RelativePeriod = (typeof relativePeriods)[number];

/** First and last day, both included. */
export type Period = { readonly from: string; readonly to: string };

const day = /^\d{4}-\d{2}-\d{2}$/;
const month = /^\d{4}-(0[1-9]|1[0-2])$/;
/** "-11d" is eleven days ago, "+30d" in thirty days. */
const distance = /^([+-])(\d{1,4})d$/;

/**
 * The days a word of a filter stands for: a day, a month, a distance from today, or a period.
 * @param today the organization's calendar day
 * @returns undefined where the word says no day
 */
export function periodOf(word: string, today: string): Period | undefined {
  if (day.test(word)) return isDay(word) ? { from: word, to: word } : undefined;
  if (month.test(word)) return { from: firstDayOf(word), to: lastDayOf(word) };
  const away = distance.exec(word);
  if (away !== null) {
    const at = addDays(today, Number(away[2]) * (away[1] === "-" ? -1 : 1));
    return { from: at, to: at };
  }
  return (relativePeriods as readonly string[]).includes(word)
    ? calendarPeriod(word as RelativePeriod, today)
    : undefined;
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

const shifts: Readonly<Record<string, number>> = { last: -1, this: 0, next: 1 };

function calendarPeriod(word: RelativePeriod, today: string): Period {
  if (word === "today") return { from: today, to: today };
  if (word === "yesterday") return periodOf("-1d", today) ?? { from: today, to: today };
  if (word === "tomorrow") return periodOf("+1d", today) ?? { from: today, to: today };
  const [which = "this", unit] = word.split("_");
  const shift = shifts[which] ?? 0;
  if (unit === "week") {
    const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
    const from = addDays(today, 7 * shift - weekday);
    return { from, to: addDays(from, 6) };
  }
  const months = unit === "month" ? 1 : unit === "quarter" ? 3 : 12;
  return monthsAround(today, months, shift);
}

/** The stretch of so many whole months that holds the day, moved by so many of them. */
function monthsAround(today: string, months: number, shift: number): Period {
  const [year = 0, month = 1] = today.split("-").map(Number);
  const first = year * 12 + Math.floor((month - 1) / months) * months + shift * months;
  return { from: firstOf(first), to: addDays(firstOf(first + months), -1) };
}

function firstOf(monthIndex: number): string {
  const [year, month] = [Math.floor(monthIndex / 12), (monthIndex % 12) + 1];
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-01`;
}
