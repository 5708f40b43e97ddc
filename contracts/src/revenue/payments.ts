import * as z from "zod/mini";
import { endpoint, page, pageQuery } from "../endpoint.ts";
import { CustomerId, DealId, MemberId, PaymentId } from "../ids.ts";
import { MoneyReply, PositiveMoney } from "../money.ts";
import { MemberRef } from "../member-ref.ts";
import { FileRef } from "../records/records.ts";
import { Day, Instant } from "../time.ts";
import { paymentStatuses } from "./payment-status.ts";

export type { PaymentStatus } from "./payment-status.ts";

export const paymentMethods = ["bank_transfer", "card", "cheque", "cash", "direct_debit", "other"] as const;
export const PaymentMethod = z.enum(paymentMethods);
/** customer_credit: no money came, credit of another payment is used. */
export const shownMethods = [...paymentMethods, "customer_credit"] as const;

export const rejectReasons = [
  "amount_differs",
  "date_differs",
  "payer_differs",
  "unreadable",
  "wrong_document",
  "duplicate",
  "other",
] as const;
export const RejectReason = z.enum(rejectReasons);

/** endorsed: the first of two verifiers agrees. */
export const verdicts = ["endorsed", "verified", "rejected", "asked", "reversed"] as const;

export const PaymentDecision = z.object({
  verdict: z.enum(verdicts),
  by: MemberRef,
  at: Instant,
  /** The version that was decided. */
  version: z.int(),
  reasonCode: z.nullable(RejectReason),
  note: z.nullable(z.string()),
});

export const Payment = z.object({
  id: PaymentId,
  /** PAY-n. */
  number: z.string(),
  deal: z.object({ id: DealId, number: z.string(), title: z.string(), amount: MoneyReply }),
  customer: z.object({ id: CustomerId, name: z.string() }),
  owner: MemberRef,
  amount: MoneyReply,
  method: z.enum(shownMethods),
  /** The day the money arrived. */
  valueOn: Day,
  reference: z.nullable(z.string()),
  status: z.enum(paymentStatuses),
  recordedBy: MemberRef,
  submittedBy: z.nullable(MemberRef),
  submittedAt: z.nullable(Instant),
  evidence: z.array(FileRef),
  decisions: z.array(PaymentDecision),
  /** What a verifier asked for and waits to hear; null unless it was asked. */
  question: z.nullable(z.string()),
  /** What was answered when it was sent last. */
  answer: z.nullable(z.string()),
  /** How many verifiers have to agree. */
  approvalsNeeded: z.int(),
  /** Went back so far, verified; what is left of the payment counts. */
  refunded: MoneyReply,
  /** Verified, and applied to no invoice and used for nothing else. */
  free: MoneyReply,
  /** Of that, what is beyond its deal: the customer's credit, which can pay for another deal. */
  credit: MoneyReply,
  /** The payment whose credit it uses; null where money came. */
  creditOf: z.nullable(z.object({ id: PaymentId, number: z.string() })),
  createdAt: Instant,
  version: z.int(),
});
export type Payment = z.output<typeof Payment>;

export const listPayments = endpoint("GET", "/payments", "Payments the viewer sees, newest first", "payment.read", {
  query: z.strictObject({
    ...pageQuery,
    dealId: z.optional(DealId),
    customerId: z.optional(CustomerId),
    ownerId: z.optional(MemberId),
    status: z.optional(z.enum(paymentStatuses)),
  }),
  reply: page(Payment),
});

const Words = z.string().check(z.trim(), z.minLength(1), z.maxLength(500));
const Reference = z.nullable(z.string().check(z.trim(), z.maxLength(140)));

/** What is written down of money that arrived. */
export const paymentFacts = {
  amount: PositiveMoney,
  method: PaymentMethod,
  valueOn: Day,
  reference: z.optional(Reference),
};

export const recordPayment = endpoint("POST", "/payments", "Record money that arrived, as a draft", "payment.record", {
  body: z.strictObject({
    dealId: DealId,
    ...paymentFacts,
  }),
  status: 201,
  reply: Payment,
});

export const paymentParams = z.strictObject({ paymentId: PaymentId });

export const getPayment = endpoint(
  "GET",
  "/payments/{paymentId}",
  "One payment with its proof and decisions",
  "payment.read",
  {
    params: paymentParams,
    reply: Payment,
  },
);

export const updatePayment = endpoint(
  "PATCH",
  "/payments/{paymentId}",
  "Correct a draft, or fix a rejected payment: it becomes a draft of the next version",
  "payment.record",
  {
    params: paymentParams,
    body: z.strictObject({
      amount: z.optional(PositiveMoney),
      method: z.optional(PaymentMethod),
      valueOn: z.optional(Day),
      reference: z.optional(Reference),
      seenVersion: z.optional(z.int()),
    }),
    versioned: true,
    reply: Payment,
  },
);

export const addEvidence = endpoint(
  "POST",
  "/payments/{paymentId}/evidence",
  "Attach a proof: PDF, PNG, JPEG or WebP up to 25 MB",
  "payment.record",
  {
    params: paymentParams,
    accepts: "file",
    status: 201,
    reply: Payment,
  },
);

export const submitPayment = endpoint(
  "POST",
  "/payments/{paymentId}/submit",
  "Send a payment with its proof to be verified",
  "payment.record",
  {
    params: paymentParams,
    body: z.strictObject({
      seenVersion: z.optional(z.int()),
      /** To what a verifier asked. */
      answer: z.optional(z.string().check(z.trim(), z.maxLength(500))),
    }),
    reply: Payment,
  },
);

export const withdrawPayment = endpoint(
  "POST",
  "/payments/{paymentId}/withdraw",
  "Take back what one has sent, before it is decided",
  "payment.record",
  {
    params: paymentParams,
    body: z.strictObject({ seenVersion: z.optional(z.int()) }),
    reply: Payment,
  },
);

export const deletePayment = endpoint(
  "DELETE",
  "/payments/{paymentId}",
  "Delete a draft that was never sent",
  "payment.record",
  { params: paymentParams, versioned: true, status: 204 },
);

/** Why the viewer may not decide a payment, or null. */
export const DecisionBar = z.nullable(
  z.enum(["submitted_by_you", "your_deal", "credited_to_you", "endorsed_by_you", "verified_by_you"]),
);

export const riskFlags = [
  "same_file",
  "same_reference",
  "same_amount_and_day",
  "first_payment",
  "above_deal",
  "round_sum",
  "before_approval",
  "sent_again",
] as const;
export const RiskFlag = z.enum(riskFlags);

/** Another payment that this one may be the same as. */
export const Twin = z.object({
  id: PaymentId,
  number: z.string(),
  customer: z.object({ id: CustomerId, name: z.string() }),
  amount: MoneyReply,
  valueOn: Day,
  status: z.enum(paymentStatuses),
  recordedBy: MemberRef,
  createdAt: Instant,
  same: z.array(z.enum(["file", "reference", "amount_and_day"])),
});

export const QueueItem = z.object({
  payment: Payment,
  waitingSeconds: z.int(),
  barred: DecisionBar,
  /** Things to look at twice, found by comparing with other payments. */
  flags: z.array(RiskFlag),
  twins: z.array(Twin),
  /** Somebody else who looks at it right now. */
  claim: z.nullable(z.object({ by: MemberRef, until: Instant })),
  /** The first of two verifiers, who agreed already. */
  endorsedBy: z.nullable(MemberRef),
});

export const readQueue = endpoint(
  "GET",
  "/verification-queue",
  "Payments that wait for a decision, oldest first",
  "payment.verify",
  {
    query: z.strictObject({ ...pageQuery }),
    reply: z.object({
      items: z.array(QueueItem),
      nextCursor: z.nullable(z.string()),
      waiting: z.int(),
      /** Of those, how many the viewer may decide. */
      yours: z.int(),
      /** Waiting longer than a day. */
      overdue: z.int(),
      decidedToday: z.int(),
      /** Median seconds from submission to decision over 30 days; null without decisions. */
      medianWaitSeconds: z.nullable(z.int()),
      /** Nine of ten were decided within this; null without decisions. */
      p90WaitSeconds: z.nullable(z.int()),
      /** Verified, and reversed within the last 30 days. */
      reversed30Days: z.int(),
      sentBack30Days: z.int(),
      decided30Days: z.int(),
      reasons: z.array(z.object({ reasonCode: RejectReason, count: z.int() })),
    }),
  },
);

export const decidePayment = endpoint(
  "POST",
  "/payments/{paymentId}/decisions",
  "Verify or reject a payment somebody else submitted",
  "payment.verify",
  {
    params: paymentParams,
    body: z.discriminatedUnion("verdict", [
      z.strictObject({
        verdict: z.literal("verified"),
        seenVersion: z.int(),
        note: z.optional(z.string().check(z.maxLength(500))),
        /** One of several approved at once: refused where anything about it has to be looked at. */
        isOneOfMany: z.optional(z.boolean()),
      }),
      z.strictObject({
        verdict: z.literal("rejected"),
        seenVersion: z.int(),
        reasonCode: RejectReason,
        note: z.optional(z.string().check(z.trim(), z.maxLength(500))),
      }),
      /** Back to who sent it, with a question; it comes again with the answer. */
      z.strictObject({ verdict: z.literal("asked"), seenVersion: z.int(), note: Words }),
      /** It was verified by mistake: by another verifier, with the reason. */
      z.strictObject({ verdict: z.literal("reversed"), seenVersion: z.int(), note: Words }),
    ]),
    status: 201,
    reply: Payment,
  },
);

export const approvePayment = endpoint(
  "POST",
  "/payments/{paymentId}/approve",
  "Short form of a decision with verdict verified",
  "payment.verify",
  {
    params: paymentParams,
    body: z.strictObject({ seenVersion: z.int() }),
    status: 201,
    reply: Payment,
  },
);

export const claimPayment = endpoint(
  "PUT",
  "/payments/{paymentId}/claim",
  "Say that one looks at a payment of the queue: others see it for ten minutes; it decides nothing",
  "payment.verify",
  {
    params: paymentParams,
    reply: z.object({ by: MemberRef, until: Instant, isYours: z.boolean() }),
  },
);

export const releasePayment = endpoint(
  "DELETE",
  "/payments/{paymentId}/claim",
  "Stop looking at a payment",
  "payment.verify",
  { params: paymentParams, status: 204 },
);
