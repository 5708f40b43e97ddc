import { add, compare, rational, round, zero, type Rational } from "../money/rational.ts";
import type { PlanRule } from "../plans/plan-rule.ts";
import { postCredit, postSpiff, type Entry, type Position } from "./post-credit.ts";

/** Sums that move together: one person, component, month and currency. */
export type Account = {
  readonly participantId: string;
  readonly componentId: string;
  readonly month: string;
  readonly currency: string;
};

/** What of a payment counts for somebody, by its plan. Minor units. */
export type Booking = Account & {
  readonly cause: string;
  readonly payment: Named;
  readonly deal: string;
  readonly kind: "earned" | "reversal";
  readonly rule: PlanRule;
  readonly credit: Rational;
  /** Of the deal, for what a SPIFF pays of it. */
  readonly share: Rational;
  /** What was written of it, and its place in the order of posting; null where nothing was. */
  readonly written: { readonly seq: bigint; readonly credit: Rational } | null;
};

/** What a line has to be that corrects a closed month: at the rate of then, beside the totals of the month it is booked in. */
export type Mirrored = Account & {
  readonly cause: string;
  readonly payment: Named;
  readonly amount: bigint;
  readonly credited: bigint;
};

export type Named = { readonly id: string; readonly number: string };

/** A line of the ledger. Minor units. */
export type Posted = Account & {
  readonly cause: string;
  readonly kind: Entry["kind"];
  readonly code: string | null;
  readonly payment: Named;
  readonly amount: bigint;
  readonly credited: bigint;
  /** What its stored explanation comes to; null where that cannot be read. */
  readonly explained: bigint | null;
  readonly payable: bigint;
  readonly expense: bigint;
};

/** The running total that the next posting of an account starts from. */
export type RunningTotal = Account & { readonly credited: Rational; readonly commission: bigint };

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

type Replayed = { readonly account: Account; credited: Rational; commission: bigint; positions: Position[] };

/** What a SPIFF has paid: all of it, and by person and deal. */
type Spent = { all: bigint; readonly deals: Map<string, { credited: Rational; paid: bigint }> };

type Books = {
  readonly posted: Map<string, Posted>;
  readonly accounts: Map<string, Replayed>;
  readonly spent: Map<string, Spent>;
};

/**
 * Calculates every posting anew, in the order of posting, and compares: the ledger follows from what was verified.
 * @param bookings of one organization
 * @returns the first figure that does not follow, or null
 */
export function replayLedger(
  bookings: readonly Booking[],
  mirrored: readonly Mirrored[],
  posted: readonly Posted[],
  totals: readonly RunningTotal[],
): Difference | null {
  const books: Books = {
    posted: new Map(posted.map((line) => [lineKey(line), line])),
    accounts: new Map(),
    spent: new Map(),
  };
  return differences(books, bookings, mirrored, totals).find((difference) => difference !== null) ?? null;
}

function* differences(
  books: Books,
  bookings: readonly Booking[],
  mirrored: readonly Mirrored[],
  totals: readonly RunningTotal[],
): Generator<Difference | null> {
  const causes = new Set([...bookings, ...mirrored].map(causeKey));
  for (const line of books.posted.values()) {
    // Follows from no verified payment.
    if (!causes.has(causeKey(line))) yield* comparedLine(line, line.payment, 0n, line);
  }
  for (const booking of bookings.toSorted(bySeq)) yield* replayed(books, booking);
  for (const line of mirrored) yield* comparedMirror(books, line);
  for (const line of books.posted.values()) yield* comparedLine(line, line.payment, 0n, line);
  for (const total of totals) openAccount(books, total);
  const stored = new Map(totals.map((total) => [accountKey(total), total]));
  for (const [key, account] of books.accounts) yield runningDifference(account, stored.get(key));
}

/** What was never written comes last. */
function bySeq(a: Booking, b: Booking): number {
  if (a.written === null || b.written === null) return Number(a.written === null) - Number(b.written === null);
  return a.written.seq < b.written.seq ? -1 : 1;
}

function* replayed(books: Books, booking: Booking): Generator<Difference | null> {
  const account = openAccount(books, booking);
  const entries = booking.rule.spiff === null ? postedBy(account, booking) : spiffOf(books, booking);
  let creditedBy: Posted | null = null;
  for (const entry of entries) {
    account.commission += entry.amount;
    const key = lineKey({ ...booking, kind: entry.kind, code: entry.code, payment: { id: entry.paymentId } });
    const line = books.posted.get(key);
    books.posted.delete(key);
    yield* comparedLine(booking, line?.payment ?? booking.payment, entry.amount, line);
    if (entry.kind === booking.kind) creditedBy = line ?? null;
  }
  account.credited = add(account.credited, booking.credit);
  move(account, booking, entries);
  const about = { ...accountOf(booking), payment: booking.payment.number, what: "credit" as const };
  const [expected, written] = [round(booking.credit), booking.written?.credit ?? zero];
  if (creditedBy !== null && creditedBy.credited !== expected) {
    yield { ...about, expected, posted: creditedBy.credited };
  }
  if (compare(written, booking.credit) !== 0) yield { ...about, expected, posted: round(written) };
}

function postedBy(account: Replayed, { rule, payment, credit, kind }: Booking): Entry[] {
  return postCredit(rule, account.credited, account.positions, { paymentId: payment.id, amount: credit, kind });
}

function spiffOf({ spent }: Books, booking: Booking): Entry[] {
  const { rule, participantId, deal, payment, credit, kind, share } = booking;
  if (rule.spiff === null) return [];
  const budget = spent.get(rule.id) ?? { all: 0n, deals: new Map() };
  spent.set(rule.id, budget);
  const key = `${participantId} ${deal}`;
  const known = budget.deals.get(key) ?? { credited: zero, paid: 0n };
  const entries = postSpiff(rule.spiff, budget.all, known, { paymentId: payment.id, amount: credit, kind, share });
  const paid = entries.reduce((sum, { amount }) => sum + amount, 0n);
  budget.all += paid;
  budget.deals.set(key, { credited: add(known.credited, credit), paid: known.paid + paid });
  return entries;
}

function move(account: Replayed, { payment, credit }: Booking, entries: readonly Entry[]): void {
  const base = entries.filter(({ kind }) => kind === "earned" || kind === "reversal" || kind === "true_up");
  const changes = new Map(base.map(({ paymentId, amount }) => [paymentId, amount]));
  if (!account.positions.some(({ paymentId }) => paymentId === payment.id)) {
    account.positions.push({ paymentId: payment.id, credited: zero, posted: 0n });
  }
  account.positions = account.positions.map((position) => ({
    paymentId: position.paymentId,
    credited: position.paymentId === payment.id ? add(position.credited, credit) : position.credited,
    posted: position.posted + (changes.get(position.paymentId) ?? 0n),
  }));
}

function* comparedMirror(books: Books, line: Mirrored): Generator<Difference | null> {
  const key = lineKey({ ...line, kind: "reversal", code: null });
  const posted = books.posted.get(key);
  books.posted.delete(key);
  yield* comparedLine(line, line.payment, line.amount, posted);
  if (posted === undefined || posted.credited === line.credited) return;
  const about = { ...accountOf(line), payment: line.payment.number, what: "credit" as const };
  yield { ...about, expected: line.credited, posted: posted.credited };
}

function* comparedLine(
  account: Account,
  payment: Named,
  expected: bigint,
  posted: Posted | undefined,
): Generator<Difference | null> {
  const differs = (what: Difference["what"], right: bigint, found: bigint): Difference | null =>
    right === found ? null : { ...accountOf(account), payment: payment.number, what, expected: right, posted: found };
  yield differs("commission", expected, posted?.amount ?? 0n);
  yield differs("payable", expected, posted?.payable ?? 0n);
  yield differs("expense", -expected, posted?.expense ?? 0n);
  if (posted !== undefined) yield differs("explanation", expected, posted.explained ?? 0n);
}

function runningDifference(
  { account, credited, commission }: Replayed,
  stored: RunningTotal | undefined,
): Difference | null {
  const total = stored ?? { credited: rational(0n), commission: 0n };
  const about = { ...accountOf(account), payment: null };
  if (compare(total.credited, credited) !== 0) {
    return { ...about, what: "running credit", expected: round(credited), posted: round(total.credited) };
  }
  if (total.commission === commission) return null;
  return { ...about, what: "running commission", expected: commission, posted: total.commission };
}

function openAccount({ accounts }: Books, account: Account): Replayed {
  const known = accounts.get(accountKey(account));
  if (known !== undefined) return known;
  const opened = { account, credited: zero, commission: 0n, positions: [] };
  accounts.set(accountKey(account), opened);
  return opened;
}

function accountOf({ participantId, componentId, month, currency }: Account): Account {
  return { participantId, componentId, month, currency };
}

function accountKey({ participantId, componentId, month, currency }: Account): string {
  return [participantId, componentId, month, currency].join(" ");
}

function causeKey({ cause, participantId, componentId }: Account & { readonly cause: string }): string {
  return [cause, participantId, componentId].join(" ");
}

type LineName = Account & Pick<Posted, "cause" | "kind" | "code"> & { readonly payment: { readonly id: string } };

function lineKey(line: LineName): string {
  return [causeKey(line), line.kind, line.payment.id, line.code ?? ""].join(" ");
}
