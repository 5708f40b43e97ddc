import * as z from "zod/mini";
import { endpoint, page, pageQuery } from "../endpoint.ts";
import { CustomerId, DealId, MemberId, PaymentId } from "../ids.ts";
import { MoneyReply } from "../money.ts";
import { MemberRef } from "../member-ref.ts";
import { FileRef } from "../records/files.ts";
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
  "over_threshold",
  "last_day",
  "other_month",
  "deal_changed",
  "same_pair",
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
