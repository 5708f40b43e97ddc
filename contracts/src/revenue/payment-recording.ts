import * as z from "zod/mini";
import { endpoint } from "../endpoint.ts";
import { DealId } from "../ids.ts";
import { PositiveMoney } from "../money.ts";
import { Day } from "../time.ts";
import { Payment, PaymentMethod, paymentParams } from "./payments.ts";

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
