import { addMonths, firstDayOf, lastDayOf, monthOf } from "@rainmaker/contracts/time";

/** The stretches of time that figures are shown for; the first unless chosen. */
export const spans = ["last-12-months", "this-month", "this-quarter", "this-year"] as const;
export type Span = (typeof spans)[number];

export const spanWords: Readonly<Record<Span, string>> = {
  "last-12-months": "Last 12 months",
  "this-month": "This month",
  "this-quarter": "This quarter",
  "this-year": "This year",
};

/** First and last day of a span; quarters and years are those of the calendar. */
export function daysOfSpan(span: Span, today: string): { readonly from: string; readonly to: string } {
  const month = monthOf(today);
  const to = lastDayOf(month);
  if (span === "last-12-months") return { from: firstDayOf(addMonths(month, -11)), to };
  if (span === "this-month") return { from: firstDayOf(month), to };
  const number = Number(month.slice(5));
  const since = span === "this-year" ? number - 1 : (number - 1) % 3;
  return { from: firstDayOf(addMonths(month, -since)), to };
}
