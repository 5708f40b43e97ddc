import { Refusal } from "#platform/errors";
import { calculateCommission, reprices, roundedTotal, roundedTotalAt, type Component } from "./commission.ts";

/** Money of a deal that counts, in the order it came; below zero where it went back. Minor units. */
export type PeriodEvent = {
  readonly id: string;
  readonly deal: string;
  readonly amount: bigint;
  readonly kind: "earned" | "reversal";
};

/** A line of the period. `deal` is null for what was credited before the first of these events. */
export type PeriodEntry = {
  readonly event: string;
  readonly deal: string | null;
  readonly kind: "earned" | "reversal" | "true_up";
  readonly amount: bigint;
};

/** What a deal has been credited and has earned. */
type DealAccount = { readonly deal: string | null; credited: bigint; posted: bigint; isSoldHere: boolean };

/**
 * The lines that a period's events post. Usually each posts the difference of the cumulative commission on its deal. An
 * event that changes what earlier credit is paid (a retroactive tier or a threshold is crossed, up or down) trues up
 * every earlier deal, so that each shows its own new total; all lines add up to the rounded commission of the whole.
 * @param prior credited in the period before the first event, minor units
 * @throws Refusal 422 refund_exceeds_captured where more goes back than the deal brought in
 */
export function postPeriod(component: Component, prior: bigint, events: readonly PeriodEvent[]): PeriodEntry[] {
  const accounts = new Map<string | null, DealAccount>();
  if (prior !== 0n) {
    accounts.set(null, { deal: null, credited: prior, posted: roundedTotal(component, prior), isSoldHere: false });
  }
  let credited = prior;
  return events.flatMap((event) => {
    const own = accounts.get(event.deal) ?? { deal: event.deal, credited: 0n, posted: 0n, isSoldHere: false };
    accounts.set(event.deal, own);
    take(own, event);
    const before = credited;
    credited += event.amount;
    if (reprices(component, before, credited)) return repriced(component, event, [...accounts.values()], credited);
    const { commission } = calculateCommission(component, before, event.amount);
    return post(event, own, own.posted + commission);
  });
}

function take(own: DealAccount, event: PeriodEvent): void {
  own.credited += event.amount;
  own.isSoldHere ||= event.kind === "earned";
  // A deal of an earlier period may lose here what it was credited there.
  if (own.isSoldHere && own.credited < 0n) {
    throw new Refusal("invalid", "refund_exceeds_captured", "More goes back than came in");
  }
}

/** In the order of the deals, each its part of the whole: the last unit of rounding falls where it falls in C(x). */
function repriced(
  component: Component,
  event: PeriodEvent,
  accounts: readonly DealAccount[],
  reached: bigint,
): PeriodEntry[] {
  let credited = 0n;
  return accounts.flatMap((account) => {
    const below = roundedTotalAt(component, credited, reached);
    credited += account.credited;
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
