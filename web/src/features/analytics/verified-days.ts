import type { Dashboard } from "@rainmaker/contracts/analytics/dashboard";
import { fromWire, toWire, type WireMoney } from "@rainmaker/contracts/money";
import { addDays, firstDayOf, lastDayOf } from "@rainmaker/contracts/time";
import { formatDay, formatMoney, shareOf } from "#lib/format";

type Day = { readonly day: string; readonly verified: WireMoney; readonly share: number };

/** Every day of the month with what was verified for it, days without money too. */
export function daysOfMonth({ month, days, currency }: Pick<Dashboard, "month" | "days" | "currency">): readonly Day[] {
  const known = new Map(days.map(({ day, verified }) => [day, verified]));
  const most = largest(days)?.verified ?? toWire(1n, currency);
  const all: Day[] = [];
  for (let day = firstDayOf(month); day <= lastDayOf(month); day = addDays(day, 1)) {
    const verified = known.get(day) ?? toWire(0n, currency);
    all.push({ day, verified, share: shareOf(verified, most) });
  }
  return all;
}

/** The finding: "$50,000 verified, most of it on 5 Nov". */
export function verifiedTitle({ days, verified }: Pick<Dashboard, "days" | "verified">): string {
  const best = largest(days);
  if (best === undefined) return "Nothing verified yet this month";
  const sum = formatMoney(verified, { style: "short" });
  return days.length === 1
    ? `${sum} verified, all on ${dayText(best.day)}`
    : `${sum} verified, most on ${dayText(best.day)}`;
}

/** Always the date: "most on yesterday" would be no sentence. */
export function dayText(day: string): string {
  const far = addDays(day, day.slice(5, 7) === "01" ? 20 : -20);
  return formatDay(day, far);
}

function largest(days: Dashboard["days"]): Dashboard["days"][number] | undefined {
  return days.reduce<Dashboard["days"][number] | undefined>(
    (best, one) => (best === undefined || fromWire(one.verified).minor > fromWire(best.verified).minor ? one : best),
    undefined,
  );
}
