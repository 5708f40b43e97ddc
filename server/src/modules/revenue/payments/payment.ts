import { maxMinor } from "@rainmaker/contracts/money";
import { record, type RecordDefinition } from "#modules/records";
import { Refusal } from "#platform/errors";

/** What a payment is to the record engine. */
export const paymentRecord = record({
  name: "payment",
  table: "payment",
  numberPrefix: "PAY",
  titleColumn: "reference",
  hasGrants: false,
  sorts: {},
  filters: {},
}) satisfies RecordDefinition;

/**
 * | from      | to        | who                                                                  |
 * |-----------|-----------|----------------------------------------------------------------------|
 * | draft     | submitted | whoever may record payments, once a proof is there and the deal approved |
 * | submitted | verified  | a verifier who did not submit it, does not own it, is not credited   |
 * | submitted | rejected  | the same verifier, with a reason                                     |
 * | rejected  | draft     | correcting it makes the next version                                 |
 * Verified is final: a mistake is reversed, visibly, never edited.
 */
export type Payment = {
  readonly id: string;
  readonly number: bigint;
  readonly ownerId: string;
  readonly dealId: string;
  readonly customerId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly method: string;
  /** Calendar day the money arrived. */
  readonly valueOn: string;
  readonly reference: string | null;
  readonly status: "draft" | "submitted" | "verified" | "rejected";
  readonly recordedBy: string;
  readonly submittedBy: string | null;
  readonly submittedAt: string | null;
  readonly version: number;
};

type PaymentFault = "amount_not_positive" | "amount_out_of_range" | "currency_mismatch";

const faultSentences: Record<PaymentFault, string> = {
  amount_not_positive: "A payment is above zero; money that goes back is a refund",
  amount_out_of_range: "An amount has at most 15 digits, decimals included",
  currency_mismatch: "A payment is in the currency of its deal",
};

/** @throws Refusal 422 with the codes of the commission vectors */
export function checkAmount(amountMinor: bigint, currency: string, dealCurrency: string): void {
  const fault = amountFault(amountMinor, currency, dealCurrency);
  if (fault === null) return;
  const message = faultSentences[fault];
  const path = fault === "currency_mismatch" ? "amount.currency" : "amount.amount";
  throw new Refusal("invalid", fault, message, { errors: [{ path, code: fault, message }] });
}

export function amountFault(amountMinor: bigint, currency: string, dealCurrency: string): PaymentFault | null {
  if (amountMinor <= 0n) return "amount_not_positive";
  if (amountMinor > maxMinor) return "amount_out_of_range";
  return currency === dealCurrency ? null : "currency_mismatch";
}

/** Money that has arrived has a day that is not in the future. @param today the organization's calendar day */
export function checkValueDate(valueOn: string, today: string): void {
  if (valueOn <= today) return;
  const message = "This day is still to come";
  throw new Refusal("invalid", "invalid_request", message, {
    errors: [{ path: "valueOn", code: "in_future", message }],
  });
}

type Correction = Partial<Pick<Payment, "amountMinor" | "method" | "valueOn" | "reference">>;

/** Corrects a draft; a rejected payment becomes a draft again, as the next version. */
export function correctPayment(payment: Payment, correction: Correction): Payment {
  if (payment.status === "submitted" || payment.status === "verified") {
    const sentence =
      payment.status === "submitted"
        ? "It is being verified; wait for the decision"
        : "It is verified and does not change any more";
    throw new Refusal("conflict", "invalid_transition", sentence);
  }
  return { ...payment, ...correction, status: "draft", version: payment.version + 1 };
}

/** @throws Refusal 409 that says what is missing */
export function submitPayment(
  payment: Payment,
  by: string,
  facts: { readonly proofs: number; readonly isDealApproved: boolean },
  now: Date,
): Payment {
  if (payment.status !== "draft") {
    const sentence =
      payment.status === "rejected"
        ? "Correct it first, then send it again"
        : `This payment is already ${payment.status}`;
    throw new Refusal("conflict", "invalid_transition", sentence);
  }
  if (facts.proofs === 0)
    throw new Refusal("conflict", "proof_missing", "Attach a proof first: the file that shows the money arrived");
  if (!facts.isDealApproved) throw new Refusal("conflict", "deal_not_approved", "Its deal has to be approved first");
  return {
    ...payment,
    status: "submitted",
    submittedBy: by,
    submittedAt: now.toISOString(),
    version: payment.version + 1,
  };
}

/** Who has a stake in a payment and may therefore never decide it. */
export type Stakes = { readonly ownerId: string; readonly creditedIds: readonly string[] };

export type Bar = "submitted_by_you" | "your_deal" | "credited_to_you";

/** Why somebody may not decide a payment, or null. */
export function barFor(
  payment: Pick<Payment, "submittedBy">,
  { ownerId, creditedIds }: Stakes,
  memberId: string,
): Bar | null {
  if (memberId === payment.submittedBy) return "submitted_by_you";
  if (memberId === ownerId) return "your_deal";
  return creditedIds.includes(memberId) ? "credited_to_you" : null;
}

/** Why somebody cannot decide a payment, or null. State is tested first: the loser of a race hears who won. */
export function decisionFault(
  payment: { readonly status: string; readonly submittedBy: string | null },
  by: string,
  stakes: Stakes,
): "invalid_transition" | "self_approval" | null {
  if (payment.status !== "submitted") return "invalid_transition";
  return barFor(payment, stakes, by) === null ? null : "self_approval";
}

/** Four eyes: whoever submitted a payment, or earns on its deal, may never decide it. */
export function decide(
  payment: Payment,
  verdict: "verified" | "rejected",
  by: string,
  stakes: Stakes,
  decidedBefore: string | null,
): Payment {
  const fault = decisionFault(payment, by, stakes);
  if (fault === "invalid_transition") {
    const who = decidedBefore === null ? "" : ` by ${decidedBefore}`;
    throw new Refusal("conflict", "invalid_transition", `This payment is already ${payment.status}${who}`);
  }
  if (fault === "self_approval") {
    throw new Refusal("forbidden", "self_approval", "Someone without a stake in this deal has to decide it");
  }
  return { ...payment, status: verdict, version: payment.version + 1 };
}
