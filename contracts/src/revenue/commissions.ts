import * as z from "zod/mini";
import { endpoint, page, pageQuery } from "../endpoint.ts";
import { CustomerId, DealId, DisputeId, MemberId, PaymentId } from "../ids.ts";
import { MoneyReply } from "../money.ts";
import { MemberRef } from "../member-ref.ts";
import { Day, Instant, Month } from "../time.ts";

/**
 * The stored explanation of a posting: every figure that led to it, so that nothing is looked up again later.
 * Sums are decimals in the currency of the posting.
 */
export const CommissionTrace = z.object({
  plan: z.object({ name: z.string(), version: z.int() }),
  component: z.string(),
  basis: z.object({
    payment: z.string(),
    /** Number and title of the deal; older postings do not have them. */
    deal: z.optional(z.object({ number: z.string(), title: z.string() })),
    amount: z.string(),
    valueOn: Day,
    verifiedBy: z.string(),
    verifiedAt: Instant,
  }),
  credit: z.object({
    kind: z.enum(["revenue", "overlay"]),
    /** 10,000 is the whole. */
    basisPoints: z.int(),
    amount: z.string(),
  }),
  /** Credited and earned in the period so far: the posting is the difference of the two rounded totals. */
  before: z.object({ credited: z.string(), commission: z.string() }),
  after: z.object({ credited: z.string(), commission: z.string() }),
  /** The parts of the credited amount and the rate each was paid at; `to` is null in the last. */
  tiers: z.array(
    z.object({
      from: z.string(),
      to: z.nullable(z.string()),
      rate: z.string(),
      amount: z.string(),
      commission: z.string(),
    }),
  ),
  /** Why money that was credited before goes back, or comes again; left out where it is a payment that was verified. */
  cause: z.optional(
    z.object({
      kind: z.enum(["reversed", "refund", "chargeback", "chargeback_won"]),
      reason: z.string(),
      /** The month it was earned in, where that is closed: taken back at what it was paid then. */
      closedMonth: z.nullable(Month),
    }),
  ),
  /** Cumulative commission before rounding, in minor units as a fraction. */
  exact: z.string(),
  rounded: z.string(),
  rounding: z.enum(["half_up", "half_even"]),
});
export type CommissionTrace = z.output<typeof CommissionTrace>;

/** open: computed from the ledger until it is issued with the close of the month. */
export const StatementState = z.enum(["open", "issued", "approved", "locked", "paid"]);
export type StatementState = z.output<typeof StatementState>;

/** accrued: posted. nothing: the payment earned nothing, and `reason` says why. */
export const Commission = z.object({
  id: z.uuid(),
  participant: MemberRef,
  payment: z.object({ id: PaymentId, number: z.string(), amount: MoneyReply }),
  deal: z.object({ id: DealId, number: z.string(), title: z.string() }),
  customer: z.object({ id: CustomerId, name: z.string() }),
  amount: MoneyReply,
  status: z.enum(["accrued", "nothing"]),
  reason: z.nullable(z.enum(["no_plan", "zero_rate", "rounds_to_zero"])),
  month: Month,
  /** The closed month that this corrects, or that its money arrived in. */
  adjusts: z.nullable(Month),
  postedAt: Instant,
  trace: z.nullable(CommissionTrace),
  /** Where it follows from the answer to a dispute. */
  correction: z.nullable(
    z.object({ disputeId: DisputeId, note: z.string(), decidedBy: z.string(), decidedAt: Instant }),
  ),
});
export type Commission = z.output<typeof Commission>;

export const listCommissions = endpoint(
  "GET",
  "/commissions",
  "Commission postings the viewer sees, newest first",
  "commission.read",
  {
    query: z.strictObject({
      ...pageQuery,
      paymentId: z.optional(PaymentId),
      participantId: z.optional(MemberId),
      month: z.optional(Month),
    }),
    reply: page(Commission),
  },
);

/** One person's month: computed from the ledger until it is issued, and equal to it from then on. */
export const Statement = z.object({
  month: Month,
  state: StatementState,
  participant: MemberRef,
  plan: z.nullable(z.object({ name: z.string(), version: z.int(), rate: z.string() })),
  /** One per currency; two currencies are never added up. */
  totals: z.array(z.object({ verified: MoneyReply, credited: MoneyReply, earned: MoneyReply })),
  /** Once it is issued, in each currency: owed from earlier months, and what is paid. */
  issued: z.array(z.object({ broughtForward: MoneyReply, payable: MoneyReply })),
  lines: z.array(Commission),
});
export type Statement = z.output<typeof Statement>;

export const readStatement = endpoint(
  "GET",
  "/statements/{month}",
  "A person's commission of a month, line by line",
  "commission.read",
  {
    params: z.strictObject({ month: Month }),
    /** The caller, unless given. */
    query: z.strictObject({ participantId: z.optional(MemberId) }),
    reply: Statement,
  },
);
