import { addDays, firstDayOf, lastDayOf, weekdayOf } from "@rainmaker/contracts/time";

/** Days on which the organization works. */
export type Calendar = { readonly workdays: readonly number[]; readonly holidays: readonly string[] };

export type Streak = {
  /** Consecutive working days up to now. */
  readonly current: number;
  readonly best: number;
};

export function isWorkday({ workdays, holidays }: Calendar, day: string): boolean {
  return workdays.includes(weekdayOf(day)) && !holidays.includes(day);
}

/**
 * Consecutive working days that each have something verified. Weekends and holidays neither keep nor break it. An
 * empty today does not break it yet.
 * @param days calendar days with a verified payment, in any order
 * @param today the calendar day it is counted on
 */
export function streakOf(days: readonly string[], calendar: Calendar, today: string): Streak {
  const kept = new Set(days.filter((day) => day <= today && isWorkday(calendar, day)));
  const first = [...kept].toSorted()[0];
  if (first === undefined) return { current: 0, best: 0 };
  let [current, best] = [0, 0];
  for (let day = first; day <= today; day = addDays(day, 1)) {
    if (kept.has(day)) current += 1;
    else if (day !== today && isWorkday(calendar, day)) current = 0;
    best = Math.max(best, current);
  }
  return { current, best };
}

/** The latest working days up to today, oldest first, and whether each has something verified. */
export function latestDays(
  days: readonly string[],
  calendar: Calendar,
  today: string,
  count: number,
): { day: string; kept: boolean }[] {
  const kept = new Set(days);
  const latest: { day: string; kept: boolean }[] = [];
  // A calendar without a working day would never fill the row.
  for (
    let day = today, looked = 0;
    latest.length < count && looked < count * 7 + 400;
    day = addDays(day, -1), looked += 1
  ) {
    if (isWorkday(calendar, day)) latest.push({ day, kept: kept.has(day) });
  }
  return latest.toReversed();
}

/** Working days of a month that are over by the end of a day, and all of them. */
export function workdaysOf(calendar: Calendar, month: string, today: string): { elapsed: number; total: number } {
  let [elapsed, total] = [0, 0];
  for (let day = firstDayOf(month); day <= lastDayOf(month); day = addDays(day, 1)) {
    if (!isWorkday(calendar, day)) continue;
    total += 1;
    if (day <= today) elapsed += 1;
  }
  return { elapsed, total };
}
