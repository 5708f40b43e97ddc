import * as z from "zod/mini";
import { SalesGrouping } from "./choices.ts";
import { endpoint, page, pageQuery } from "../endpoint.ts";
import { CustomerId, DealId, MemberId, PaymentId, TeamId } from "../ids.ts";
import { MoneyReply } from "../money.ts";
import { MemberRef } from "../member-ref.ts";
import { PaymentMethod } from "../revenue/payments.ts";
import { Day, Month } from "../time.ts";

const range = {
  /** First and last day by value date, at most five years apart. The last twelve months unless given. */
  from: z.optional(Day),
  to: z.optional(Day),
  /** The organization's unless given; currencies are never added up. */
  currency: z.optional(z.string().check(z.regex(/^[A-Z]{3}$/))),
};

const salesFilters = {
  memberId: z.optional(MemberId),
  /** Credited to somebody who was in this team on the day. */
  teamId: z.optional(TeamId),
  customerId: z.optional(CustomerId),
  method: z.optional(PaymentMethod),
};

export const SalesGroup = z.object({
  /** A month, an id or a method. Null for what has none, and for payments that the viewer may add up but not open. */
  key: z.nullable(z.string()),
  label: z.nullable(z.string()),
  /** Verified money net of what was taken back. */
  amount: MoneyReply,
  payments: z.int(),
  /** Part of the total, four decimals; null where the total is zero. */
  share: z.nullable(z.string()),
});
export type SalesGroup = z.output<typeof SalesGroup>;

export const readSalesFigures = endpoint(
  "GET",
  "/analytics/sales",
  "Verified money by month, member, team, customer or method",
  "analytics.read",
  {
    query: z.strictObject({ ...range, ...salesFilters, by: z.optional(SalesGrouping) }),
    reply: z.object({
      from: Day,
      to: Day,
      currency: z.string(),
      by: SalesGrouping,
      total: z.object({ amount: MoneyReply, payments: z.int() }),
      /** The largest 200, months in their order. */
      groups: z.array(SalesGroup),
      /** What the groups beyond the largest 200 add up to. */
      rest: z.nullable(z.object({ groups: z.int(), amount: MoneyReply })),
    }),
  },
);

export const SalesRow = z.object({
  /** Credited to. */
  member: MemberRef,
  valueOn: Day,
  /** Negative where it was taken back. */
  amount: MoneyReply,
  /** Null where the viewer may add it up but not open it. */
  payment: z.nullable(z.object({ id: PaymentId, number: z.string() })),
  deal: z.nullable(z.object({ id: DealId, number: z.string(), title: z.string() })),
  customer: z.nullable(z.object({ id: CustomerId, name: z.string() })),
});
export type SalesRow = z.output<typeof SalesRow>;

export const listSalesRows = endpoint(
  "GET",
  "/analytics/sales/rows",
  "The credits that a figure of /analytics/sales adds up, newest first",
  "analytics.read",
  {
    query: z.strictObject({
      ...range,
      ...salesFilters,
      ...pageQuery,
      /** One group of this grouping: `key` as the group has it, left out for the one without. */
      by: z.optional(SalesGrouping),
      key: z.optional(z.string().check(z.maxLength(40))),
    }),
    reply: page(SalesRow),
  },
);

export const commissionGroupings = ["month", "member"] as const;

export const readCommissionFigures = endpoint(
  "GET",
  "/analytics/commission",
  "Commission posted by month or member; GET /commissions lists the postings behind each figure",
  "commission.read",
  {
    query: z.strictObject({
      from: z.optional(Month),
      to: z.optional(Month),
      currency: range.currency,
      memberId: z.optional(MemberId),
      by: z.optional(z.enum(commissionGroupings)),
    }),
    reply: z.object({
      from: Month,
      to: Month,
      currency: z.string(),
      by: z.enum(commissionGroupings),
      total: z.object({ amount: MoneyReply, postings: z.int() }),
      groups: z.array(z.object({ key: z.string(), label: z.string(), amount: MoneyReply, postings: z.int() })),
    }),
  },
);

export const readPerformance = endpoint(
  "GET",
  "/analytics/performance",
  "Each member's verified money against the goal, sales won and commission, within the viewer's reach",
  "analytics.read",
  {
    query: z.strictObject({ month: z.optional(Month), teamId: z.optional(TeamId) }),
    reply: z.object({
      month: Month,
      currency: z.string(),
      members: z.array(
        z.object({
          member: MemberRef,
          verified: MoneyReply,
          target: z.nullable(MoneyReply),
          /** verified / target, four decimals; null without a goal. */
          attainment: z.nullable(z.string()),
          /** Sales closed as won in the month. */
          won: z.int(),
          /** Null for who may not read commissions of this member. */
          earned: z.nullable(MoneyReply),
        }),
      ),
    }),
  },
);
