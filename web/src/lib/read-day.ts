import { addDays, addMonths, lastDayOf, weekdayOf } from "@rainmaker/contracts/time";

/**
 * Reads a day as people type it: "today", "fri", "30 nov", "30 Nov 2027", "30/11", "2026-11-30", "+2w", "-3d".
 * A weekday is the next one; a day without a year is the one closest ahead, or up to three months ago.
 * @returns YYYY-MM-DD, or null where it is no day
 */
export function readDay(text: string, today: string): string | null {
  const input = text.trim().toLowerCase();
  return (
    readWord(input, today) ??
    readOffset(input, today) ??
    readWeekday(input, today) ??
    readIso(input) ??
    readNumbers(input, today) ??
    readNamedMonth(input, today)
  );
}

function readWord(input: string, today: string): string | null {
  const offset = { today: 0, tod: 0, tomorrow: 1, tom: 1, yesterday: -1 }[input];
  return offset === undefined ? null : addDays(today, offset);
}

function readOffset(input: string, today: string): string | null {
  const match = /^([+\-\u2212])\s*(\d{1,4})\s*([dwmy])?$/.exec(input);
  if (match === null) return null;
  const count = Number(match[2]) * (match[1] === "+" ? 1 : -1);
  switch (match[3]) {
    case "w":
      return addDays(today, count * 7);
    case "m":
      return sameDayOf(addMonths(today.slice(0, 7), count), today);
    case "y":
      return sameDayOf(addMonths(today.slice(0, 7), count * 12), today);
    default:
      return addDays(today, count);
  }
}

/** 31 January and a month is the last of February. */
function sameDayOf(month: string, day: string): string {
  const last = lastDayOf(month);
  const wanted = `${month}-${day.slice(8)}`;
  return wanted < last ? wanted : last;
}

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

function readWeekday(input: string, today: string): string | null {
  if (input.length < 2) return null;
  const index = weekdays.findIndex((name) => name.startsWith(input));
  if (index === -1) return null;
  const ahead = (index + 1 - weekdayOf(today) + 7) % 7;
  return addDays(today, ahead === 0 ? 7 : ahead);
}

function readIso(input: string): string | null {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(input);
  return match === null ? null : dayOf(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** Day first, as in Britain and most of the world. */
function readNumbers(input: string, today: string): string | null {
  const match = /^(\d{1,2})[./\-\s](\d{1,2})(?:[./\-\s](\d{2}|\d{4}))?\.?$/.exec(input);
  return match === null ? null : withYear(Number(match[1]), Number(match[2]), match[3], today);
}

const monthNames = "january february march april may june july august september october november december".split(" ");

function readNamedMonth(input: string, today: string): string | null {
  const match = /^(\d{1,2})(?:st|nd|rd|th)?\s*([a-z]{3,9})\.?(?:,?\s*(\d{2}|\d{4}))?$/.exec(input);
  if (match === null) return null;
  const month = monthNames.findIndex((name) => name.startsWith(match[2] ?? "?")) + 1;
  return month === 0 ? null : withYear(Number(match[1]), month, match[3], today);
}

function withYear(day: number, month: number, year: string | undefined, today: string): string | null {
  if (year !== undefined) return dayOf(year.length === 2 ? 2000 + Number(year) : Number(year), month, day);
  const thisYear = Number(today.slice(0, 4));
  const earliest = addDays(today, -92);
  return (
    // Up to eight years ahead, for the 29 February.
    [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8]
      .map((years) => thisYear + years)
      .map((candidate) => dayOf(candidate, month, day))
      .find((candidate) => candidate !== null && candidate >= earliest) ?? null
  );
}

/** Null for days that do not exist, such as 31 February. */
function dayOf(year: number, month: number, day: number): string | null {
  if (month < 1 || month > 12 || day < 1) return null;
  const monthText = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
  const text = `${monthText}-${String(day).padStart(2, "0")}`;
  return text <= lastDayOf(monthText) ? text : null;
}
