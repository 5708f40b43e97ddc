import { Refusal } from "#platform/errors";

/** A penalty or an extra about what a payment earned somebody. Minor units. */
export type AdjustmentRecord = {
  readonly id: string;
  readonly ownerId: string;
  readonly paymentId: string;
  readonly dealId: string;
  readonly customerId: string;
  readonly code: string;
  readonly reason: string;
  /** Below zero: a penalty. */
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly state: "proposed" | "approved" | "declined";
  readonly proposedBy: string;
  readonly proposerName: string;
  readonly version: number;
};

/** Nobody proposes or decides about their own commission, and nobody decides what they proposed. @throws Refusal */
export function requireSecond({ ownerId, proposedBy, state }: AdjustmentRecord, by: string): void {
  if (state !== "proposed") {
    throw new Refusal("conflict", "invalid_transition", `Somebody has ${state} this already`);
  }
  if (by === ownerId) throw new Refusal("forbidden", "self_approval", "Somebody else decides about your commission");
  if (by === proposedBy) throw new Refusal("forbidden", "self_approval", "You proposed it, so somebody else decides");
}

/**
 * What of an adjustment is posted: a penalty takes at most what the payment has left of commission.
 * @throws Refusal 409 where nothing is left to take
 */
export function postable(amountMinor: bigint, earned: bigint): bigint {
  if (amountMinor > 0n) return amountMinor;
  const left = earned > 0n ? earned : 0n;
  if (left === 0n) throw new Refusal("conflict", "nothing_left", "The payment has no commission left to take from");
  return -amountMinor > left ? -left : amountMinor;
}
