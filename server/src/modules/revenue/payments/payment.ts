import { maxMinor } from "@rainmaker/contracts/money";
import type { PaymentStatus } from "@rainmaker/contracts/revenue/payments";
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
 * | submitted | asked     | the same verifier, with a question                                   |
 * | rejected  | draft     | correcting it makes the next version                                 |
 * | asked     | draft, submitted | correcting it, or answering                                   |
 * | submitted and all that came back | withdrawn | who sent it, before anybody agreed to it         |
 * | verified  | reversed  | a verifier who did not verify it, with a reason                      |
 * Above the organization's quorum two verifiers have to agree. Verified is final: a mistake is reversed, visibly, never
 * edited.
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
  readonly status: PaymentStatus;
  readonly recordedBy: string;
  readonly submittedBy: string | null;
  readonly submittedAt: string | null;
  /** What a verifier asked for, while it waits for the answer. */
  readonly question: string | null;
  /** Went back so far, verified. */
  readonly refundedMinor: bigint;
  /** What its deal was still owed when it was verified; the rest is the customer's credit. */
  readonly countedMinor: bigint;
  /** Applied to invoices. */
  readonly appliedMinor: bigint;
  /** Credit of it that pays for another deal. */
  readonly transferredMinor: bigint;
  /** The payment whose credit this one uses; null where money came. */
  readonly creditOf: string | null;
  readonly version: number;
};

/** What every payment begins with. */
export function newPayment(
  { id: dealId, ownerId, customerId, currency }: Pick<Payment, "ownerId" | "customerId" | "currency" | "id">,
  recordedBy: string,
): Omit<Payment, "id" | "number" | "amountMinor" | "method" | "valueOn" | "reference"> {
  return {
    ownerId,
    dealId,
    customerId,
    currency,
    status: "draft",
    recordedBy,
    submittedBy: null,
    submittedAt: null,
    question: null,
    refundedMinor: 0n,
    countedMinor: 0n,
    appliedMinor: 0n,
    transferredMinor: 0n,
    creditOf: null,
    version: 1,
  };
}

type PaymentFault = "amount_not_positive" | "amount_out_of_range" | "currency_mismatch";

const faultSentences: Record<PaymentFault, string> = {
  amount_not_positive: "A payment is above zero; money that goes back is a refund",
  amount_out_of_range: "An amount has at most 15 digits, decimals included",
  currency_mismatch: "A payment is in the currency of its deal",
};

/** @param at path of the payment in the request @throws Refusal 422 with the codes of the commission vectors */
export function checkAmount(amountMinor: bigint, currency: string, dealCurrency: string, at = ""): void {
  const fault = amountFault(amountMinor, currency, dealCurrency);
  if (fault === null) return;
  const message = faultSentences[fault];
  const path = at + (fault === "currency_mismatch" ? "amount.currency" : "amount.amount");
  throw new Refusal("invalid", fault, message, { errors: [{ path, code: fault, message }] });
}

export function amountFault(amountMinor: bigint, currency: string, dealCurrency: string): PaymentFault | null {
  if (amountMinor <= 0n) return "amount_not_positive";
  if (amountMinor > maxMinor) return "amount_out_of_range";
  return currency === dealCurrency ? null : "currency_mismatch";
}

/** Money that has arrived has a day that is not in the future. @param today the organization's calendar day */
export function checkValueDate(valueOn: string, today: string, at = ""): void {
  if (valueOn <= today) return;
  const message = "This day is still to come";
  throw new Refusal("invalid", "invalid_request", message, {
    errors: [{ path: `${at}valueOn`, code: "in_future", message }],
  });
}

type Correction = Partial<Pick<Payment, "amountMinor" | "method" | "valueOn" | "reference">>;

/** Corrects a draft; a rejected payment becomes a draft again, as the next version. */
export function correctPayment(payment: Payment, correction: Correction): Payment {
  if (!isWithSender(payment)) {
    const sentence =
      payment.status === "submitted"
        ? "It is being verified; wait for the decision, or withdraw it"
        : `It is ${payment.status} and does not change any more`;
    throw new Refusal("conflict", "invalid_transition", sentence);
  }
  return { ...payment, ...correction, status: "draft", version: payment.version + 1 };
}

/** Whether whoever recorded it has to do something next. */
function isWithSender({ status }: Pick<Payment, "status">): boolean {
  return status === "draft" || status === "rejected" || status === "asked";
}

/** @throws Refusal 409 that says what is missing */
export function submitPayment(
  payment: Payment,
  by: string,
  facts: { readonly proofs: number; readonly isDealApproved: boolean },
  now: Date,
): Payment {
  if (payment.status !== "draft" && payment.status !== "asked") {
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
    question: null,
    version: payment.version + 1,
  };
}

/** Takes back what was sent, by who sent it, until a verifier has agreed to it. @throws Refusal */
export function withdrawPayment(payment: Payment, by: string, endorsedBy: string | null): Payment {
  const isSent = payment.status === "submitted" || (isWithSender(payment) && payment.submittedBy !== null);
  if (!isSent) {
    const sentence =
      payment.status === "draft" ? "It was never sent; delete it instead" : `This payment is already ${payment.status}`;
    throw new Refusal("conflict", "invalid_transition", sentence);
  }
  if (payment.submittedBy !== by) {
    throw new Refusal("forbidden", "not_submitter", "Only who sent it to verify can withdraw it");
  }
  if (payment.status === "submitted" && endorsedBy !== null) {
    throw new Refusal(
      "conflict",
      "invalid_transition",
      `${endorsedBy} has agreed to it already; ask for it to be rejected`,
    );
  }
  return { ...payment, status: "withdrawn", question: null, version: payment.version + 1 };
}

/** A draft that was never sent has no history worth keeping. @throws Refusal 409 */
export function checkDeletable({ status, submittedBy }: Payment): void {
  if (status !== "draft") {
    throw new Refusal("conflict", "invalid_transition", `Only a draft is deleted; this payment is ${status}`);
  }
  if (submittedBy !== null) {
    throw new Refusal("conflict", "invalid_transition", "It was sent before, and what was decided stays; withdraw it");
  }
}

/** How many days count together, so that splitting a payment does not avoid the second verifier. */
export const quorumDays = 7;

/**
 * How many verifiers have to agree. An amount in another currency than the quorum's cannot be compared with it: two.
 * @param together the payment with those of the same deal and customer in the days around it, minor units
 */
export function approvalsNeeded(
  together: bigint,
  currency: string,
  quorum: { readonly minor: bigint; readonly currency: string } | null,
): 1 | 2 {
  if (quorum === null) return 1;
  return quorum.currency !== currency || together >= quorum.minor ? 2 : 1;
}

/** Verified by mistake: taken back by somebody who neither verified it nor has a stake in it. @throws Refusal */
export function reversePayment(payment: Payment, by: string, stakes: Stakes, deciders: readonly string[]): Payment {
  if (payment.status !== "verified") {
    throw new Refusal(
      "conflict",
      "invalid_transition",
      `This payment is ${payment.status}; only a verified one is reversed`,
    );
  }
  if (deciders.includes(by)) {
    throw new Refusal("forbidden", "self_approval", "Somebody who did not verify it has to reverse it");
  }
  if (barFor(payment, stakes, by) !== null) {
    throw new Refusal("forbidden", "self_approval", "Someone without a stake in this deal has to decide it");
  }
  return { ...payment, status: "reversed", version: payment.version + 1 };
}

/** Who has a stake in a payment and may therefore never decide it. */
export type Stakes = { readonly ownerId: string; readonly creditedIds: readonly string[] };

export type Bar = "submitted_by_you" | "your_deal" | "credited_to_you" | "endorsed_by_you" | "verified_by_you";

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
  verdict: "verified" | "rejected" | "asked",
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
