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
    /** team: what those earned for whom the person is the leader, on top of what is divided. */
    kind: z.enum(["revenue", "overlay", "team"]),
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
  /** Where the payment is in another currency: at the rate of the day its money arrived. */
  exchange: z.optional(
    z.object({ from: z.string(), to: z.string(), rate: z.string(), on: Day, paid: z.string(), credited: z.string() }),
  ),
  /** Where the plan pays by attainment: the quota, and the shares of it that were attained before and after. */
  quota: z.optional(z.object({ amount: z.string(), before: z.string(), after: z.string() })),
  /** Where a later payment changed what this one pays: its number, and what this one came to before and after. */
  trueUp: z.optional(z.object({ cause: z.string(), before: z.string(), after: z.string() })),
  /** A share of the base, or a sum; one of both is null. Before and after: what it had come to in the period. */
  bonus: z.optional(
    z.object({
      label: z.string(),
      rate: z.nullable(z.string()),
      amount: z.nullable(z.string()),
      before: z.string(),
      after: z.string(),
    }),
  ),
  /** The most the rule pays in a period, and what it had earned without it. */
  cap: z.optional(z.object({ most: z.string(), before: z.string(), after: z.string() })),
  /** A sum for each deal, as long as the budget of everybody lasts. */
  spiff: z.optional(z.object({ perDeal: z.string(), budget: z.nullable(z.string()), spent: z.string() })),
  /** Cumulative commission before rounding, in minor units as a fraction. */
  exact: z.string(),
  rounded: z.string(),
  rounding: z.enum(["half_up", "half_even"]),
});
export type CommissionTrace = z.output<typeof CommissionTrace>;

/** open: computed from the ledger until it is issued with the close of the month. */
export const StatementState = z.enum(["open", "issued", "approved", "locked", "paid"]);
export type StatementState = z.output<typeof StatementState>;

/**
 * earned: for a payment. reversal: as money goes back. true_up: a later payment changed what this one pays. bonus, cap:
 * on top of what a month earns, or off it. spiff: a sum for a deal. adjustment: approved by two. correction: the answer
 * to a dispute.
 */
export const CommissionKind = z.enum([
  "earned",
  "reversal",
  "true_up",
  "bonus",
  "cap",
  "spiff",
  "adjustment",
  "correction",
]);
export type CommissionKind = z.output<typeof CommissionKind>;

export const AbsenceReason = z.enum(["no_plan", "zero_rate", "rounds_to_zero", "below_threshold", "budget_spent"]);
export type AbsenceReason = z.output<typeof AbsenceReason>;

/** accrued: posted. nothing: the payment earned nothing, and `reason` says why. */
export const Commission = z.object({
  id: z.uuid(),
  participant: MemberRef,
  payment: z.object({ id: PaymentId, number: z.string(), amount: MoneyReply }),
  deal: z.object({ id: DealId, number: z.string(), title: z.string() }),
  customer: z.object({ id: CustomerId, name: z.string() }),
  amount: MoneyReply,
  status: z.enum(["accrued", "nothing"]),
  reason: z.nullable(AbsenceReason),
  /** Null where it earned nothing. */
  kind: z.nullable(CommissionKind),
  month: Month,
  /** The closed month that this corrects, or that its money arrived in. */
  adjusts: z.nullable(Month),
  postedAt: Instant,
  trace: z.nullable(CommissionTrace),
  /** A penalty or an extra: why, and the two people behind it. */
  adjustment: z.nullable(
    z.object({
      code: z.string(),
      reason: z.string(),
      proposedBy: z.string(),
      approvedBy: z.string(),
      approvedAt: Instant,
    }),
  ),
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
