export type StatementPeriod = { readonly id: string; readonly isOpen: boolean };

export type StatementEntry = {
  readonly id: string;
  readonly period: string;
  readonly amount: bigint;
  /** Came when its period was closed already. */
  readonly isLate: boolean;
};

export type StatementRow = {
  readonly period: string;
  readonly entries: bigint;
  readonly broughtForward: bigint;
  readonly payable: bigint;
  readonly carriedForward: bigint;
};

/** A late entry, the period it is booked in, and the one it adjusts. */
export type Reposted = { readonly id: string; readonly posted: string; readonly adjusts: string };

/**
 * Statements of consecutive periods. What comes late for a closed period is booked in the next open one: what was paid
 * is never edited. Nobody pays money in; a balance below zero is carried into the next period. Minor units.
 * @throws RangeError where no period is left open for what came late
 */
export function statementsOf(
  periods: readonly StatementPeriod[],
  entries: readonly StatementEntry[],
): { readonly rows: StatementRow[]; readonly reposted: Reposted[] } {
  const booked = entries.map((entry) => ({ ...entry, posted: bookedIn(periods, entry) }));
  let balance = 0n;
  const rows = periods.map(({ id }) => {
    const sum = booked.filter(({ posted }) => posted === id).reduce((total, { amount }) => total + amount, 0n);
    const settled = settle(sum, balance);
    balance = settled.carriedForward;
    return { period: id, ...settled };
  });
  const reposted = booked
    .filter(({ posted, period }) => posted !== period)
    .map(({ id, posted, period }) => ({ id, posted, adjusts: period }));
  return { rows, reposted };
}

/** What a month's entries come to with what was owed before. Nobody pays money in: a balance below zero is carried on. */
export function settle(entries: bigint, broughtForward: bigint): Omit<StatementRow, "period"> {
  const due = entries + broughtForward;
  const carriedForward = due < 0n ? due : 0n;
  return { entries, broughtForward, payable: due - carriedForward, carriedForward };
}

function bookedIn(periods: readonly StatementPeriod[], { id, period, isLate }: StatementEntry): string {
  if (!isLate) return period;
  const from = periods.findIndex((each) => each.id === period);
  const open = periods.slice(from).find(({ isOpen }) => isOpen);
  if (open === undefined) throw new RangeError(`no period is open for ${id}`);
  return open.id;
}
