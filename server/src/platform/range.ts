import { addMonths, firstDayOf, lastDayOf, monthOf } from "@rainmaker/contracts/time";
import { invalidField } from "./errors.ts";

/** Figures are asked for over at most this many months. */
const mostMonths = 60;

export type Range = { readonly from: string; readonly to: string };

/**
 * The days that are asked for, both included: the last twelve months with this one unless given.
 * @throws Refusal 422 naming `from` where it lies after `to` or more than five years before
 */
export function daysAsked({ from, to }: { from?: string | undefined; to?: string | undefined }, today: string): Range {
  const until = to ?? lastDayOf(monthOf(from !== undefined && from > today ? from : today));
  const since = from ?? firstDayOf(addMonths(monthOf(until), -11));
  refuse(since, until, addMonths(monthOf(since), mostMonths) <= monthOf(until));
  return { from: since, to: until };
}

/** The same in months. */
export function monthsAsked(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  today: string,
): Range {
  const until = to ?? (from !== undefined && from > monthOf(today) ? from : monthOf(today));
  const since = from ?? addMonths(until, -11);
  refuse(since, until, addMonths(since, mostMonths) <= until);
  return { from: since, to: until };
}

function refuse(from: string, to: string, isTooLong: boolean): void {
  if (from > to) throw invalidField("from", "after_end", "The first day lies after the last");
  if (isTooLong) throw invalidField("from", "range_too_long", "Figures span at most five years");
}
