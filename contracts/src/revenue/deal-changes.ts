import * as z from "zod/mini";
import { endpoint } from "../endpoint.ts";
import { CustomerId, DealId, DealRevisionId } from "../ids.ts";
import { PositiveMoney } from "../money.ts";
import { Day } from "../time.ts";
import { Deal, dealParams, seen } from "./deals.ts";
import { Payment } from "./payments.ts";
import { paymentFacts } from "./payment-recording.ts";

const Words = z.string().check(z.trim(), z.minLength(1), z.maxLength(500));

export const createDeal = endpoint(
  "POST",
  "/deals",
  "Open a deal directly, with its first payment as a draft where one is given",
  "deal.submit",
  {
    body: z.strictObject({
      customerId: CustomerId,
      title: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
      amount: PositiveMoney,
      /** Today, unless given. */
      wonOn: z.optional(Day),
      firstPayment: z.optional(z.strictObject(paymentFacts)),
    }),
    status: 201,
    reply: z.object({ deal: Deal, firstPayment: z.nullable(Payment) }),
  },
);

export const deleteDeal = endpoint(
  "DELETE",
  "/deals/{dealId}",
  "Delete a draft that was opened directly and has no payments",
  "deal.submit",
  { params: dealParams, versioned: true, status: 204 },
);

export const proposeRevision = endpoint(
  "POST",
  "/deals/{dealId}/revisions",
  "Propose another amount for an approved deal, or to cancel it; somebody else approves",
  "deal.submit",
  {
    params: dealParams,
    body: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("amount"), amount: PositiveMoney, reason: Words, ...seen }),
      z.strictObject({ kind: z.literal("cancellation"), reason: Words, ...seen }),
    ]),
    status: 201,
    reply: Deal,
  },
);

const revisionParams = z.strictObject({ dealId: DealId, revisionId: DealRevisionId });

export const decideRevision = endpoint(
  "POST",
  "/deals/{dealId}/revisions/{revisionId}/decisions",
  "Approve or decline a proposed change of a deal",
  "deal.approve",
  {
    params: revisionParams,
    body: z.strictObject({
      verdict: z.enum(["approved", "declined"]),
      note: z.optional(z.string().check(z.trim(), z.maxLength(500))),
    }),
    status: 201,
    reply: Deal,
  },
);

export const withdrawRevision = endpoint(
  "POST",
  "/deals/{dealId}/revisions/{revisionId}/withdraw",
  "Take back a change one has proposed",
  "deal.submit",
  { params: revisionParams, reply: Deal },
);

export const submitDeal = endpoint("POST", "/deals/{dealId}/submit", "Ask for approval of a deal", "deal.submit", {
  params: dealParams,
  body: z.strictObject(seen),
  reply: Deal,
});

export const approveDeal = endpoint(
  "POST",
  "/deals/{dealId}/approve",
  "Approve a deal: amount and credits are frozen",
  "deal.approve",
  {
    params: dealParams,
    body: z.strictObject(seen),
    reply: Deal,
  },
);

export const returnDeal = endpoint(
  "POST",
  "/deals/{dealId}/return",
  "Send a deal back to draft with a reason",
  "deal.approve",
  {
    params: dealParams,
    body: z.strictObject({ ...seen, reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(500)) }),
    reply: Deal,
  },
);
