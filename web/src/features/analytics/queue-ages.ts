import { formatCountOf } from "#lib/format";

const hour = 3600;

/** How long payments wait, as people say it; the last is past the day they should take. */
const bands = [
  { label: "under 1 h", below: hour },
  { label: "1 to 4 h", below: 4 * hour },
  { label: "4 to 12 h", below: 12 * hour },
  { label: "12 to 24 h", below: 24 * hour },
  { label: "over 24 h", below: Number.POSITIVE_INFINITY },
] as const;

type Age = { readonly label: string; readonly count: number; readonly share: number; readonly isLate: boolean };

/** How many payments have waited how long. */
export function queueAges(waitingSeconds: readonly number[]): readonly Age[] {
  const counts = bands.map(({ below }, index) => {
    const from = bands[index - 1]?.below ?? 0;
    return waitingSeconds.filter((seconds) => seconds >= from && seconds < below).length;
  });
  const most = Math.max(1, ...counts);
  return bands.map(({ label, below }, index) => ({
    label,
    count: counts[index] ?? 0,
    share: (counts[index] ?? 0) / most,
    isLate: below === Number.POSITIVE_INFINITY,
  }));
}

/** The finding: "4 payments are past 24 h". */
export function agesTitle(waiting: number, overdue: number): string {
  if (waiting === 0) return "Nothing waits";
  if (overdue === 0) return "Nothing is past 24 h";
  return overdue === 1 ? "One payment is past 24 h" : `${formatCountOf(overdue, "payment")} are past 24 h`;
}
