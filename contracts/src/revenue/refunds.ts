import * as z from "zod/mini";
import { endpoint, page, pageQuery } from "../endpoint.ts";
import { CustomerId, DealId, PaymentId, RefundId } from "../ids.ts";
import { MemberRef } from "../member-ref.ts";
import { MoneyReply, PositiveMoney } from "../money.ts";
import { FileRef } from "../records/files.ts";
import { Day, Instant } from "../time.ts";

/** refund: the customer was paid back. chargeback: the bank took it back; won: and gave it again. */
export const refundKinds = ["refund", "chargeback", "chargeback_won"] as const;
export const refundStatuses = ["draft", "submitted", "verified", "rejected", "withdrawn"] as const;

/** Money of a payment that went back, or came again. */
export const Refund = z.object({
  id: RefundId,
  payment: z.object({ id: PaymentId, number: z.string(), amount: MoneyReply }),
  deal: z.object({ id: DealId, number: z.string(), title: z.string() }),
  customer: z.object({ id: CustomerId, name: z.string() }),
  kind: z.enum(refundKinds),
  amount: MoneyReply,
  /** The day it went. */
  valueOn: Day,
  reference: z.nullable(z.string()),
  reason: z.string(),
  status: z.enum(refundStatuses),
  evidence: z.array(FileRef),
  recordedBy: MemberRef,
  decidedBy: z.nullable(MemberRef),
  decidedAt: z.nullable(Instant),
  /** The verifier's words. */
  note: z.nullable(z.string()),
  createdAt: Instant,
  version: z.int(),
});
export type Refund = z.output<typeof Refund>;

const Words = z.string().check(z.trim(), z.minLength(1), z.maxLength(500));
const Reference = z.nullable(z.string().check(z.trim(), z.maxLength(140)));

export const listRefunds = endpoint("GET", "/refunds", "Money that went back, newest first", "payment.read", {
  query: z.strictObject({
    ...pageQuery,
    paymentId: z.optional(PaymentId),
    status: z.optional(z.enum(refundStatuses)),
  }),
  reply: page(Refund),
});

export const recordRefund = endpoint(
  "POST",
  "/payments/{paymentId}/refunds",
  "Record that money of a verified payment went back; it counts once its proof is verified",
  "refund.record",
  {
    params: z.strictObject({ paymentId: PaymentId }),
    body: z.strictObject({
      kind: z.enum(refundKinds),
      amount: PositiveMoney,
      valueOn: Day,
      reference: z.optional(Reference),
      reason: Words,
    }),
    status: 201,
    reply: Refund,
  },
);

const refundParams = z.strictObject({ refundId: RefundId });

export const addRefundEvidence = endpoint(
  "POST",
  "/refunds/{refundId}/evidence",
  "Attach the proof of a refund, which sends it to be verified",
  "refund.record",
  { params: refundParams, accepts: "file", status: 201, reply: Refund },
);

export const withdrawRefund = endpoint(
  "POST",
  "/refunds/{refundId}/withdraw",
  "Take back a refund that was recorded by mistake, before it is decided",
  "refund.record",
  { params: refundParams, reply: Refund },
);

export const decideRefund = endpoint(
  "POST",
  "/refunds/{refundId}/decisions",
  "Verify or reject a refund somebody else recorded",
  "payment.verify",
  {
    params: refundParams,
    body: z.discriminatedUnion("verdict", [
      z.strictObject({ verdict: z.literal("verified"), seenVersion: z.int() }),
      z.strictObject({ verdict: z.literal("rejected"), seenVersion: z.int(), note: Words }),
    ]),
    status: 201,
    reply: Refund,
  },
);
