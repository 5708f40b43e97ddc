import { calculateCommission, type Component } from "./commission.ts";

/** Sums that move together: one person, component, month and currency. */
export type Account = {
  readonly participantId: string;
  readonly componentId: string;
  readonly month: string;
  readonly currency: string;
};

/** What a verified payment counts for somebody, by its plan, and what the ledger has of it. Minor units. */
export type Booking = Account & {
  readonly payment: string;
  /** Null where no rule earns this posting. */
  readonly component: Component | null;
  readonly credit: bigint;
  /**
   * What a line has to be that corrects a closed month: at the rate of then, beside the totals of the month it is booked
   * in. Null for all others.
   */
  readonly mirrored: bigint | null;
  /** Null where nothing was posted. */
  readonly posted: Posted | null;
};

export type Posted = {
  readonly seq: bigint;
  readonly amount: bigint;
  readonly credited: bigint;
  /** Credited before it, and what it came to, as its stored explanation says; null where that cannot be read. */
  readonly creditedBefore: bigint | null;
  readonly explained: bigint | null;
  readonly payable: bigint;
  readonly expense: bigint;
};

/** The running total that the next posting of an account starts from. */
export type RunningTotal = Account & { readonly credited: bigint; readonly commission: bigint };

export type Difference = Account & {
  /** Number of the payment; null for a running total. */
  readonly payment: string | null;
  readonly what:
    | "commission"
    | "payable"
    | "expense"
    | "explanation"
    | "credit"
    | "running credit"
    | "running commission";
  readonly expected: bigint;
  readonly posted: bigint;
};

type Replayed = { readonly account: Account; credited: bigint; commission: bigint; readonly waiting: Booking[] };

/**
 * Calculates every booking anew, in the order of posting, and compares: the ledger follows from what was verified.
 * @param bookings of one organization; those that posted nothing in the order they were recorded
 * @returns the first figure that does not follow, or null
 */
export function replayLedger(bookings: readonly Booking[], totals: readonly RunningTotal[]): Difference | null {
  return differences(bookings, totals).find((difference) => difference !== null) ?? null;
}

function* differences(bookings: readonly Booking[], totals: readonly RunningTotal[]): Generator<Difference | null> {
  const accounts = new Map<string, Replayed>();
  for (const booking of bookings) {
    const account = openAccount(accounts, booking);
    if (booking.posted === null) account.waiting.push(booking);
  }
  for (const booking of inOrder(bookings)) {
    const account = openAccount(accounts, booking);
    if (booking.mirrored === null) yield* placeWaiting(account, booking.posted.creditedBefore);
    yield* compared(account, booking);
  }
  for (const account of accounts.values()) yield* placeWaiting(account, null);
  for (const total of totals) openAccount(accounts, total);
  const stored = new Map(totals.map((total) => [keyOf(total), total]));
  for (const [key, account] of accounts) yield runningDifference(account, stored.get(key));
}

function inOrder(bookings: readonly Booking[]): (Booking & { readonly posted: Posted })[] {
  return bookings
    .flatMap(({ posted, ...booking }) => (posted === null ? [] : [{ ...booking, posted }]))
    .toSorted((a, b) => (a.posted.seq < b.posted.seq ? -1 : 1));
}

function openAccount(accounts: Map<string, Replayed>, account: Account): Replayed {
  const known = accounts.get(keyOf(account));
  if (known !== undefined) return known;
  const opened = { account, credited: 0n, commission: 0n, waiting: [] };
  accounts.set(keyOf(account), opened);
  return opened;
}

/**
 * What posted nothing has no place in the order of posting. It counts before a posting as far as that started from a
 * higher total than the postings before it made.
 */
function* placeWaiting(account: Replayed, until: bigint | null): Generator<Difference | null> {
  const waiting = account.waiting.splice(0);
  const first = until === null ? waiting.length : countUpTo(waiting, until - account.credited);
  for (const booking of waiting.splice(0, first ?? 0)) yield* compared(account, booking);
  for (const booking of waiting) {
    if (first !== null || (until !== null && account.credited + booking.credit > until)) account.waiting.push(booking);
    else yield* compared(account, booking);
  }
}

/** How many of the first bookings come to a sum, money that went back among them; null where none do. */
function countUpTo(bookings: readonly Booking[], wanted: bigint): number | null {
  let sum = 0n;
  if (wanted === 0n) return 0;
  for (const [index, { credit }] of bookings.entries()) {
    sum += credit;
    if (sum === wanted) return index + 1;
  }
  return null;
}

function* compared(account: Replayed, booking: Booking): Generator<Difference | null> {
  const expected = booking.mirrored ?? calculated(account, booking);
  const { posted, payment } = booking;
  const differs = (what: Difference["what"], right: bigint, found: bigint): Difference | null =>
    right === found ? null : { ...account.account, payment, what, expected: right, posted: found };
  yield differs("commission", expected, posted?.amount ?? 0n);
  yield differs("payable", expected, posted?.payable ?? 0n);
  yield differs("expense", -expected, posted?.expense ?? 0n);
  if (posted === null) return;
  yield differs("explanation", expected, posted.explained ?? 0n);
  yield differs("credit", booking.credit, posted.credited);
}

function calculated(account: Replayed, { component, credit }: Booking): bigint {
  const commission = component === null ? 0n : calculateCommission(component, account.credited, credit).commission;
  account.credited += credit;
  account.commission += commission;
  return commission;
}

function runningDifference(
  { account, credited, commission }: Replayed,
  stored: RunningTotal | undefined,
): Difference | null {
  const total = stored ?? { credited: 0n, commission: 0n };
  const about = { ...account, payment: null };
  if (total.credited !== credited) {
    return { ...about, what: "running credit", expected: credited, posted: total.credited };
  }
  if (total.commission === commission) return null;
  return { ...about, what: "running commission", expected: commission, posted: total.commission };
}

function keyOf({ participantId, componentId, month, currency }: Account): string {
  return [participantId, componentId, month, currency].join(" ");
}
