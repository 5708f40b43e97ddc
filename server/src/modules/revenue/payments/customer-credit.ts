import { Refusal } from "#platform/errors";
import type { Payment } from "./payment.ts";

type Figures = Pick<
  Payment,
  "status" | "amountMinor" | "refundedMinor" | "countedMinor" | "appliedMinor" | "transferredMinor"
>;

/** What of a payment counts for its deal: what the deal is still owed. The rest earns nobody anything. Minor units. */
export function countedOf(amountMinor: bigint, dealMinor: bigint, countedBefore: bigint): bigint {
  const owed = dealMinor > countedBefore ? dealMinor - countedBefore : 0n;
  return amountMinor < owed ? amountMinor : owed;
}

/** What still counts of a payment of which this much is left: what is beyond its deal goes back first. Minor units. */
export function countedLeft({ countedMinor }: Pick<Payment, "countedMinor">, left: bigint): bigint {
  return left < countedMinor ? left : countedMinor;
}

/** What of a payment is applied to no invoice and used for nothing else: it can be applied, or paid back. Minor units. */
export function freeOf({ status, amountMinor, refundedMinor, appliedMinor, transferredMinor }: Figures): bigint {
  return status === "verified" ? amountMinor - refundedMinor - appliedMinor - transferredMinor : 0n;
}

/** What of it may pay for another deal: free, and not counted for its own. Minor units. */
export function creditLeft(payment: Figures): bigint {
  const left = payment.amountMinor - payment.refundedMinor;
  const beyond = left - countedLeft(payment, left) - payment.transferredMinor;
  const free = freeOf(payment);
  return beyond < free ? beyond : free;
}

/** @throws Refusal 409 where less is left than is to be used */
export function requireCredit(payment: Figures, amountMinor: bigint): void {
  if (amountMinor <= creditLeft(payment)) return;
  throw new Refusal("conflict", "credit_not_left", "That much credit is not left of this payment");
}

/** @throws Refusal 409 where credit of it pays for something else: that is taken back first */
export function refuseUsedCredit({ transferredMinor }: Figures): void {
  if (transferredMinor === 0n) return;
  throw new Refusal("conflict", "credit_in_use", "Credit of this payment pays for another deal; reverse that first");
}

/** @throws Refusal 409 for a payment no money came for */
export function refuseRefundOfCredit({ creditOf }: Pick<Payment, "creditOf">): void {
  if (creditOf === null) return;
  const message = "No money came for it: reverse it, and pay back the payment whose credit it uses";
  throw new Refusal("conflict", "paid_by_credit", message);
}
