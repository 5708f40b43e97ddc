import { Refusal } from "#platform/errors";
import { checkCredits } from "../deals/deal.ts";
import { creditShares } from "./credit-shares.ts";

/** Somebody with a share of the credit, and what a credit earns this person. Minor units. */
export type SplitParticipant = {
  readonly id: string;
  readonly basisPoints: number;
  readonly commissionOn: (credit: bigint) => bigint;
};

/** Somebody above who earns on the whole, on top of what is divided. */
export type Override = { readonly id: string; readonly commissionOn: (credit: bigint) => bigint };

export type SplitLine = {
  readonly participant: string;
  readonly credit: bigint;
  readonly isOverride: boolean;
  readonly commission: bigint;
};

/**
 * Divides the credit first, then pays each by the own plan: 100 % is of the credit, not of the commission.
 * @throws Refusal 422 with the codes of the commission vectors
 */
export function splitCommission(
  amount: bigint,
  participants: readonly SplitParticipant[],
  overrides: readonly Override[],
): SplitLine[] {
  const credits = participants.map(({ id, basisPoints }) => ({
    participantId: id,
    kind: "revenue" as const,
    basisPoints,
  }));
  checkCredits(credits);
  if (new Set(overrides.map(({ id }) => id)).size !== overrides.length) {
    throw new Refusal("invalid", "duplicate_participant", "Somebody has two overrides");
  }
  const shares = creditShares(amount, credits, "revenue");
  const lines = participants.map(({ id, commissionOn }, index): SplitLine => {
    const credit = shares[index]?.minor ?? 0n;
    return { participant: id, credit, isOverride: false, commission: commissionOn(credit) };
  });
  const above = overrides.map(({ id, commissionOn }): SplitLine => ({
    participant: id,
    credit: 0n,
    isOverride: true,
    commission: commissionOn(amount),
  }));
  return [...lines, ...above];
}
