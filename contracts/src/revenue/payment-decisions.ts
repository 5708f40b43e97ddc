import * as z from "zod/mini";
import { endpoint } from "../endpoint.ts";
import { MemberRef } from "../member-ref.ts";
import { Instant } from "../time.ts";
import { Payment, paymentParams, RejectReason } from "./payments.ts";

const Words = z.string().check(z.trim(), z.minLength(1), z.maxLength(500));

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
