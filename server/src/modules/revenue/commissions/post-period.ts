import { Refusal } from "#platform/errors";
import { add, compare, zero, type Rational } from "../money/rational.ts";
import {
  calculateCommission,
  exactly,
  reprices,
  roundedTotal,
  roundedTotalAt,
  type Amount,
  type Component,
} from "./commission.ts";

/** Money of a deal that counts, in the order it came; below zero where it went back. Minor units. */
export type PeriodEvent<A extends Amount = Amount> = {
  readonly id: string;
  readonly deal: string;
  readonly amount: A;
  readonly kind: "earned" | "reversal";
};

/** A line of the period. `deal` is null for what was credited before the first of these events. */
export type PeriodEntry = {
  readonly event: string;
  readonly deal: string | null;
  readonly kind: "earned" | "reversal" | "true_up";
  readonly amount: bigint;
};

/** What a deal has been credited and has earned in the period. */
export type DealAccount = { readonly deal: string | null; credited: Rational; posted: bigint; isSoldHere: boolean };

/**
 * The lines that a period's events post, one after another.
 * @param prior credited in the period before the first event, minor units
 * @throws Refusal 422 refund_exceeds_captured where more goes back than the deal brought in
 */
export function postPeriod(component: Component, prior: Amount, events: readonly PeriodEvent[]): PeriodEntry[] {
  const accounts: DealAccount[] = [];
  let credited = exactly(prior);
  if (credited.n !== 0n) {
    accounts.push({ deal: null, credited, posted: roundedTotal(component, credited), isSoldHere: false });
  }
  return events.flatMap((event) => {
    const entries = postEvent(component, accounts, credited, event);
    credited = add(credited, exactly(event.amount));
    return entries;
  });
}

/**
 * The lines that an event posts. Usually the difference of the cumulative commission, on its deal. An event that changes
 * what earlier credit is paid (a retroactive tier or a threshold is crossed, up or down) trues up every earlier deal, so
 * that each shows its own new total; all lines add up to the rounded commission of the whole.
 * @param accounts of the period's deals, in the order they were first credited: moved along
 * @param before credited in the period so far, minor units
 */
export function postEvent(
  component: Component,
  accounts: DealAccount[],
  before: Rational,
  event: PeriodEvent,
): PeriodEntry[] {
  const own = accounts.find(({ deal }) => deal === event.deal) ?? {
    deal: event.deal,
    credited: zero,
    posted: 0n,
    isSoldHere: false,
  };
  if (!accounts.includes(own)) accounts.push(own);
  take(own, event);
  const credited = add(before, exactly(event.amount));
  if (reprices(component, before, credited)) return repriced(component, event, accounts, credited);
  const { commission } = calculateCommission(component, before, event.amount);
  return post(event, own, own.posted + commission);
}

function take(own: DealAccount, event: PeriodEvent): void {
  own.credited = add(own.credited, exactly(event.amount));
  own.isSoldHere ||= event.kind === "earned";
  // A deal of an earlier period may lose here what it was credited there.
  if (own.isSoldHere && compare(own.credited, zero) < 0) {
    throw new Refusal("invalid", "refund_exceeds_captured", "More goes back than came in");
  }
}

/** In the order of the deals, each its part of the whole: the last unit of rounding falls where it falls in C(x). */
function repriced(
  component: Component,
  event: PeriodEvent,
  accounts: readonly DealAccount[],
  reached: Rational,
): PeriodEntry[] {
  let credited = zero;
  return accounts.flatMap((account) => {
    const below = roundedTotalAt(component, credited, reached);
    credited = add(credited, account.credited);
    return post(event, account, roundedTotalAt(component, credited, reached) - below);
  });
}

/** Nothing is no line. */
function post(event: PeriodEvent, account: DealAccount, target: bigint): PeriodEntry[] {
  const amount = target - account.posted;
  account.posted = target;
  if (amount === 0n) return [];
  return [{ event: event.id, deal: account.deal, kind: account.deal === event.deal ? event.kind : "true_up", amount }];
}
