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
