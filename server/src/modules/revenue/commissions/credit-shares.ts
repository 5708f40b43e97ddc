import { allocate } from "../money/allocate.ts";
import type { Credit } from "../deals/deal.ts";

export type Share = { readonly memberId: string; readonly basisPoints: number; readonly minor: bigint };

/**
 * What of a payment counts for whom. Revenue credits divide it: the shares add up to the payment, and an odd minor unit
 * goes by largest remainder in the order of participants. Overlay credits each take their own part of the whole on
 * top. Minor units.
 * @param credits of the deal, ordered by participant
 */
export function creditShares(amountMinor: bigint, credits: readonly Credit[], kind: Credit["kind"]): Share[] {
  const own = credits.filter((credit) => credit.kind === kind);
  if (own.length === 0) return [];
  const weights = own.map(({ basisPoints }) => BigInt(basisPoints));
  const parts =
    kind === "revenue" ? allocate(amountMinor, weights) : weights.map((weight) => overlayPart(amountMinor, weight));
  return own.map(({ participantId, basisPoints }, index) => ({
    memberId: participantId,
    basisPoints,
    minor: parts[index] ?? 0n,
  }));
}

/** The part alone and the rest, by the same rule as any division, so that overlays round like shares. */
function overlayPart(amountMinor: bigint, weight: bigint): bigint {
  return allocate(amountMinor, [weight, 10_000n - weight])[0] ?? 0n;
}

/**
 * What changes for whom as less of a payment is left, or more again: the difference of the two divisions, so that the
 * shares always add up to what is left.
 */
export function shareChanges(before: bigint, after: bigint, credits: readonly Credit[], kind: Credit["kind"]): Share[] {
  const earlier = new Map(creditShares(before, credits, kind).map(({ memberId, minor }) => [memberId, minor]));
  return creditShares(after, credits, kind)
    .map((share) => ({ ...share, minor: share.minor - (earlier.get(share.memberId) ?? 0n) }))
    .filter(({ minor }) => minor !== 0n);
}
