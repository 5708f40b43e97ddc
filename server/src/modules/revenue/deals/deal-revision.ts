import { Refusal } from "#platform/errors";
import { requireNoStake, type Credit, type Deal } from "./deal.ts";

/** proposed -> approved | declined, by somebody without a stake; -> withdrawn, by who proposed it. */
export type Revision = {
  readonly id: string;
  readonly dealId: string;
  readonly ownerId: string;
  readonly kind: "amount" | "cancellation";
  readonly revision: number;
  readonly amountBeforeMinor: bigint;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly reason: string;
  readonly state: "proposed" | "approved" | "declined" | "withdrawn";
  readonly proposedBy: string;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly note: string | null;
  readonly version: number;
};

/** @throws Refusal 409 for a deal that was not approved, or was cancelled */
export function requireRevisable(deal: Deal): void {
  if (deal.status === "approved") return;
  const sentence = deal.status === "cancelled" ? "This deal is cancelled" : "This deal is not approved yet; change it";
  throw new Refusal("conflict", "invalid_transition", sentence);
}

/** What is verified stays: a deal is worth at least that, and is cancelled only without. Minor units. */
export function requireRoom({ kind, amountMinor }: Pick<Revision, "kind" | "amountMinor">, verified: bigint): void {
  if (kind === "cancellation" && verified !== 0n) {
    throw new Refusal("conflict", "deal_has_money", "Money of this deal is verified; refund it first");
  }
  if (kind === "amount" && amountMinor < verified) {
    throw new Refusal("conflict", "deal_below_verified", "More than that is verified of this deal already");
  }
}

/** @throws Refusal */
export function decideRevision(
  revision: Revision,
  verdict: "approved" | "declined",
  { by, note, now }: { readonly by: string; readonly note: string | null; readonly now: Date },
  deal: Deal,
  credits: readonly Credit[],
): Revision {
  requireProposed(revision);
  requireNoStake({ ...deal, submittedBy: revision.proposedBy }, by, credits);
  return {
    ...revision,
    state: verdict,
    decidedBy: by,
    decidedAt: now.toISOString(),
    note,
    version: revision.version + 1,
  };
}

/** @throws Refusal */
export function withdrawRevision(revision: Revision, by: string): Revision {
  requireProposed(revision);
  if (revision.proposedBy !== by) {
    throw new Refusal("forbidden", "not_submitter", "Only who proposed it can take it back");
  }
  return { ...revision, state: "withdrawn", version: revision.version + 1 };
}

function requireProposed({ state }: Revision): void {
  if (state === "proposed") return;
  throw new Refusal("conflict", "invalid_transition", `This change is already ${state}`);
}

/** The deal as an approved revision makes it. */
export function reviseDeal(deal: Deal, { kind, amountMinor, revision }: Revision): Deal {
  const status = kind === "cancellation" ? "cancelled" : deal.status;
  return { ...deal, status, amountMinor, revision, version: deal.version + 1 };
}
