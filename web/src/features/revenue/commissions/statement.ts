import { fromWire, toWire, type WireMoney } from "@rainmaker/contracts/money";
import type { Commission, Statement } from "@rainmaker/contracts/revenue/commissions";
import { addDays, firstDayOf, lastDayOf, weekdayOf } from "@rainmaker/contracts/time";

/** A line as the statement shows it. */
export type StatementLine = Commission & {
  /** Names it in the address of the page. */
  readonly key: string;
  /** Earned in the month up to and including it, in its currency. */
  readonly soFar: WireMoney;
};

/** The lines, newest first, each with the month's earnings up to it. */
export function statementLines({ lines }: Pick<Statement, "lines">): readonly StatementLine[] {
  const ordered = lines.toReversed();
  const times = Map.groupBy(ordered, ({ payment }) => payment.number);
  const earned = new Map<string, bigint>();
  const counted = ordered.map((line) => {
    const { currency } = line.amount;
    const minor = (earned.get(currency) ?? 0n) + fromWire(line.amount).minor;
    earned.set(currency, minor);
    const isOnly = times.get(line.payment.number)?.length === 1;
    return { ...line, key: isOnly ? line.payment.number : line.id, soFar: toWire(minor, currency) };
  });
  return counted.toReversed();
}

export type Week = { readonly from: string; readonly to: string; readonly earned: WireMoney };

/** What each week's money earned, in one currency: weeks from Monday, cut at the ends of the month, empty ones left out. */
export function weeksOf(lines: readonly Commission[], month: string, currency: string): readonly Week[] {
  const weeks: Week[] = [];
  for (let from = firstDayOf(month); from <= lastDayOf(month); from = addDays(from, 8 - weekdayOf(from))) {
    const sunday = addDays(from, 7 - weekdayOf(from));
    const to = sunday < lastDayOf(month) ? sunday : lastDayOf(month);
    const minor = lines
      .filter((line) => line.amount.currency === currency && isWithin(weekDayOf(line, month), from, to))
      .reduce((total, { amount }) => total + fromWire(amount).minor, 0n);
    if (minor !== 0n) weeks.push({ from, to, earned: toWire(minor, currency) });
  }
  return weeks;
}

/** The day a line counts in its month: when the money arrived, or was posted where that was another month's. */
function weekDayOf({ trace, postedAt }: Commission, month: string): string {
  const arrived = trace?.basis.valueOn ?? postedAt.slice(0, 10);
  if (arrived < firstDayOf(month)) return firstDayOf(month);
  return arrived > lastDayOf(month) ? lastDayOf(month) : arrived;
}

function isWithin(day: string, from: string, to: string): boolean {
  return day >= from && day <= to;
}

/** Where each step begins and ends, as shares of the highest point: lengths of a chart, never figures. */
export function staircase(steps: readonly WireMoney[]): readonly { readonly from: number; readonly to: number }[] {
  const ends: bigint[] = [];
  for (const step of steps) ends.push((ends.at(-1) ?? 0n) + fromWire(step).minor);
  const highest = ends.reduce((most, end) => (end > most ? end : most), 1n);
  const share = (minor: bigint): number => Number((minor * 10_000n) / highest) / 10_000;
  return ends.map((end, index) => ({ from: share(ends[index - 1] ?? 0n), to: share(end) }));
}
