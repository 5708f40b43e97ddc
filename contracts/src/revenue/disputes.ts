import * as z from "zod/mini";
import { endpoint, page, pageQuery } from "../endpoint.ts";
import { CommissionId, CustomerId, DealId, DisputeId, MemberId, PaymentId } from "../ids.ts";
import { MemberRef } from "../member-ref.ts";
import { MoneyReply, UnsignedMoney } from "../money.ts";
import { Instant, Month } from "../time.ts";

export const disputeCategories = ["split", "rate", "missing", "other"] as const;
export const DisputeState = z.enum(["open", "accepted", "partly", "declined", "withdrawn"]);
export type DisputeState = z.output<typeof DisputeState>;

const words = z.string().check(z.trim(), z.minLength(1), z.maxLength(2000));

export const Dispute = z.object({
  id: DisputeId,
  participant: MemberRef,
  payment: z.object({ id: PaymentId, number: z.string() }),
  deal: z.object({ id: DealId, number: z.string() }),
  customer: z.object({ id: CustomerId, name: z.string() }),
  /** The line it is about; null where one is missing. */
  commissionId: z.nullable(CommissionId),
  /** The month of the statement. */
  month: Month,
  category: z.enum(disputeCategories),
  state: DisputeState,
  /** What stands on the statement, and what should. */
  posted: MoneyReply,
  expected: MoneyReply,
  /** What the answer added, and the month it is posted in. */
  granted: z.nullable(MoneyReply),
  grantedIn: z.nullable(Month),
  openedAt: Instant,
  closedBy: z.nullable(MemberRef),
  closedAt: z.nullable(Instant),
  messages: z.array(z.object({ id: z.uuid(), author: MemberRef, body: z.string(), sentAt: Instant })),
  version: z.int(),
});
export type Dispute = z.output<typeof Dispute>;

export const listDisputes = endpoint("GET", "/disputes", "Disputes in sight, newest first", "commission.read", {
  query: z.strictObject({
    ...pageQuery,
    state: z.optional(z.enum(["open", "closed"])),
    participantId: z.optional(MemberId),
    month: z.optional(Month),
  }),
  reply: page(Dispute),
});

const params = z.strictObject({ disputeId: DisputeId });

export const getDispute = endpoint("GET", "/disputes/{disputeId}", "Read a dispute", "commission.read", {
  params,
  reply: Dispute,
});

export const openDispute = endpoint(
  "POST",
  "/disputes",
  "Say what a verified payment should have earned the caller",
  "commission.read",
  {
    status: 201,
    body: z.strictObject({
      paymentId: PaymentId,
      category: z.enum(disputeCategories),
      expected: UnsignedMoney,
      body: words,
    }),
    reply: Dispute,
  },
);

export const addDisputeMessage = endpoint(
  "POST",
  "/disputes/{disputeId}/messages",
  "Ask or add something, while it is open",
  "commission.read",
  { status: 201, params, body: z.strictObject({ body: words }), reply: Dispute },
);

const answer = { body: words, seenVersion: z.int() };

export const answerDispute = endpoint(
  "POST",
  "/disputes/{disputeId}/answers",
  "Accept, accept in part or decline; what is accepted is posted as a line of its own",
  "dispute.answer",
  {
    status: 201,
    params,
    body: z.discriminatedUnion("verdict", [
      z.strictObject({ verdict: z.literal("accepted"), ...answer }),
      /** `expected` is what the line comes to. */
      z.strictObject({ verdict: z.literal("partly"), expected: UnsignedMoney, ...answer }),
      z.strictObject({ verdict: z.literal("declined"), ...answer }),
    ]),
    reply: Dispute,
  },
);

export const withdrawDispute = endpoint(
  "POST",
  "/disputes/{disputeId}/withdrawals",
  "Take the own dispute back",
  "commission.read",
  { status: 201, params, reply: Dispute },
);
