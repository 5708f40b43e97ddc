import { invalidField, Refusal } from "#platform/errors";

export type DisputeState = "open" | "accepted" | "partly" | "declined" | "withdrawn";

/** Somebody holds what a payment earned them for wrong. Minor units. */
export type Dispute = {
  readonly id: string;
  readonly ownerId: string;
  readonly paymentId: string;
  readonly dealId: string;
  readonly customerId: string;
  /** Of the statement it is about. */
  readonly month: string;
  readonly postedMinor: bigint;
  readonly expectedMinor: bigint;
  readonly currency: string;
  readonly state: DisputeState;
  readonly version: number;
};

/** `expectedMinor` is what the payment comes to. */
export type Verdict =
  | { readonly verdict: "accepted" }
  | { readonly verdict: "declined" }
  | { readonly verdict: "partly"; readonly expectedMinor: bigint };

/** @throws Refusal 409 once it is answered or withdrawn */
export function requireOpen({ state }: Pick<Dispute, "state">): void {
  if (state === "open") return;
  const sentence = state === "withdrawn" ? "This dispute was withdrawn" : "This dispute is answered already";
  throw new Refusal("conflict", "invalid_transition", sentence);
}

/**
 * What an answer adds to what was posted.
 * @throws Refusal 403 for the own dispute, 422 where accepting in part gives nothing, everything, or the wrong way
 */
export function grantedBy(dispute: Dispute, answer: Verdict, memberId: string): bigint {
  if (dispute.ownerId === memberId) {
    throw new Refusal("forbidden", "own_dispute", "Your own dispute is answered by somebody else");
  }
  if (answer.verdict === "declined") return 0n;
  const { postedMinor: posted, expectedMinor: expected } = dispute;
  if (answer.verdict === "accepted") return expected - posted;
  const [low, high] = posted < expected ? [posted, expected] : [expected, posted];
  if (answer.expectedMinor > low && answer.expectedMinor < high) return answer.expectedMinor - posted;
  throw invalidField("expected.amount", "not_between", "In part is between what is posted and what is expected");
}

/** @throws Refusal 403 */
export function requireOwn({ ownerId }: Pick<Dispute, "ownerId">, memberId: string): void {
  if (ownerId === memberId) return;
  throw new Refusal("forbidden", "not_yours", "Only who opened a dispute withdraws it");
}
