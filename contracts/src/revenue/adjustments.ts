import * as z from "zod/mini";
import { endpoint, page, pageQuery } from "../endpoint.ts";
import { AdjustmentId, MemberId, PaymentId } from "../ids.ts";
import { MemberRef } from "../member-ref.ts";
import { MoneyReply, PositiveMoney } from "../money.ts";
import { Instant } from "../time.ts";

const Text = (most: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(most));

/** proposed: waits for another person. A penalty takes of what a payment earned somebody, an extra adds to it. */
export const AdjustmentState = z.enum(["proposed", "approved", "declined"]);

export const Adjustment = z.object({
  id: AdjustmentId,
  participant: MemberRef,
  payment: z.object({ id: PaymentId, number: z.string() }),
  kind: z.enum(["penalty", "extra"]),
  code: z.string(),
  reason: z.string(),
  amount: MoneyReply,
  /** What was posted: penalties stop at nothing. Null until it is approved. */
  posted: z.nullable(MoneyReply),
  state: AdjustmentState,
  proposedBy: MemberRef,
  proposedAt: Instant,
  decidedBy: z.nullable(MemberRef),
  decidedAt: z.nullable(Instant),
  version: z.int(),
});
export type Adjustment = z.output<typeof Adjustment>;

export const listAdjustments = endpoint(
  "GET",
  "/adjustments",
  "Penalties and extras in sight, newest first",
  "commission.read",
  { query: z.strictObject({ ...pageQuery, state: z.optional(AdjustmentState) }), reply: page(Adjustment) },
);

export const proposeAdjustment = endpoint(
  "POST",
  "/adjustments",
  "Propose a penalty or an extra about what a verified payment earned somebody else",
  "adjustment.propose",
  {
    body: z.strictObject({
      participantId: MemberId,
      paymentId: PaymentId,
      kind: z.enum(["penalty", "extra"]),
      /** In a word or two: what stands on the statement. */
      code: Text(40),
      reason: Text(1000),
      amount: PositiveMoney,
    }),
    status: 201,
    reply: Adjustment,
  },
);

export const decideAdjustment = endpoint(
  "POST",
  "/adjustments/{adjustmentId}/decisions",
  "Approve or decline what somebody else proposed; approved, it is a line of its own",
  "adjustment.approve",
  {
    params: z.strictObject({ adjustmentId: AdjustmentId }),
    body: z.strictObject({
      verdict: z.enum(["approved", "declined"]),
      seenVersion: z.int(),
    }),
    reply: Adjustment,
  },
);
