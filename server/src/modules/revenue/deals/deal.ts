import { record, type RecordDefinition } from "#modules/records";
import { Refusal } from "#platform/errors";

/** What a deal is to the record engine. */
export const dealRecord = record({
  name: "deal",
  table: "deal",
  numberPrefix: "DL",
  titleColumn: "title",
  hasGrants: false,
  sorts: {},
  filters: {},
}) satisfies RecordDefinition;

/** A share of a deal. Revenue credits total 10,000 basis points; overlay credits may total anything. */
export type Credit = {
  readonly participantId: string;
  readonly kind: "revenue" | "overlay";
  readonly basisPoints: number;
};

/**
 * draft -> submitted (owner or manager) -> approved (somebody without a stake) | draft again (returned with a reason).
 * Amount, currency, customer and credits are frozen at approval; a revision that somebody else approves changes the
 * amount, or cancels the deal.
 */
export type Deal = {
  readonly id: string;
  readonly number: bigint;
  readonly ownerId: string;
  readonly opportunityId: string | null;
  readonly customerId: string;
  readonly title: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly status: "draft" | "submitted" | "approved" | "cancelled";
  readonly wonOn: string;
  readonly submittedBy: string | null;
  readonly submittedAt: string | null;
  readonly approvedBy: string | null;
  readonly approvedAt: string | null;
  readonly returnReason: string | null;
  /** How often its amount was approved. */
  readonly revision: number;
  readonly version: number;
};

export const wholeInBasisPoints = 10_000;

/** @throws Refusal 422 with the codes of the commission vectors */
export function checkCredits(credits: readonly Credit[]): void {
  const revenue = credits.filter(({ kind }) => kind === "revenue");
  if (new Set(revenue.map(({ participantId }) => participantId)).size !== revenue.length) {
    throw new Refusal("invalid", "duplicate_participant", "Somebody is credited twice");
  }
  if (revenue.reduce((sum, { basisPoints }) => sum + basisPoints, 0) !== wholeInBasisPoints) {
    throw new Refusal("invalid", "splits_must_total_10000_bp", "The revenue credits of a deal have to total 100 %");
  }
}

export function submitDeal(deal: Deal, by: string, credits: readonly Credit[], now: Date): Deal {
  if (deal.status !== "draft")
    throw new Refusal("conflict", "invalid_transition", `This deal is already ${deal.status}`);
  checkCredits(credits);
  return {
    ...deal,
    status: "submitted",
    submittedBy: by,
    submittedAt: now.toISOString(),
    returnReason: null,
    version: deal.version + 1,
  };
}

/** Four eyes: whoever submitted a deal, owns it or earns on it may not approve it. */
export function approveDeal(deal: Deal, by: string, credits: readonly Credit[], now: Date): Deal {
  if (deal.status !== "submitted") {
    const sentence = deal.status === "draft" ? "This deal was not submitted yet" : "This deal is already approved";
    throw new Refusal("conflict", "invalid_transition", sentence);
  }
  requireNoStake(deal, by, credits);
  return { ...deal, status: "approved", approvedBy: by, approvedAt: now.toISOString(), version: deal.version + 1 };
}

/** Back to draft with a reason; whoever may approve may return. */
export function returnDeal(deal: Deal, by: string, credits: readonly Credit[], reason: string): Deal {
  if (deal.status !== "submitted") {
    throw new Refusal("conflict", "invalid_transition", `This deal is ${deal.status}, not waiting for approval`);
  }
  requireNoStake(deal, by, credits);
  return {
    ...deal,
    status: "draft",
    submittedBy: null,
    submittedAt: null,
    returnReason: reason,
    version: deal.version + 1,
  };
}

/** @throws Refusal 403 for whoever submitted it, owns it or earns on it */
export function requireNoStake(deal: Deal, by: string, credits: readonly Credit[]): void {
  if (by === deal.submittedBy || by === deal.ownerId || credits.some(({ participantId }) => participantId === by)) {
    throw new Refusal("forbidden", "self_approval", "Somebody without a stake in this deal has to approve it");
  }
}

export type Position = {
  readonly state: "unpaid" | "partial" | "paid" | "overpaid" | "refunded";
  readonly verified: bigint;
  readonly inReview: bigint;
  readonly toFix: bigint;
  readonly draft: bigint;
  /** Still to come, never below zero. */
  readonly open: bigint;
  /** Came beyond the deal: the customer's. */
  readonly credit: bigint;
  /** Went back. */
  readonly refunded: bigint;
};

/** Where the money of a deal stands: derived from its payments each time, so that it cannot drift. Minor units. */
export function positionOf(
  amount: bigint,
  sums: Pick<Position, "verified" | "inReview" | "toFix" | "draft" | "refunded">,
): Position {
  const open = amount > sums.verified ? amount - sums.verified : 0n;
  const credit = sums.verified > amount ? sums.verified - amount : 0n;
  return { ...sums, open, credit, state: stateOf(amount, sums) };
}

function stateOf(amount: bigint, { verified, refunded }: Pick<Position, "verified" | "refunded">): Position["state"] {
  if (verified === 0n) return refunded > 0n ? "refunded" : "unpaid";
  if (verified < amount) return "partial";
  return verified === amount ? "paid" : "overpaid";
}
