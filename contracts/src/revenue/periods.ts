import * as z from "zod/mini";
import { endpoint } from "../endpoint.ts";
import { StatementId } from "../ids.ts";
import { MemberRef } from "../member-ref.ts";
import { MoneyReply } from "../money.ts";
import { Instant, Month } from "../time.ts";
import { StatementState } from "./commissions.ts";

/** open: takes postings. closing: statements are issued, new money counts for the next open month. */
export const PeriodState = z.enum(["open", "closing", "locked", "paid"]);

/** One person's month in one currency. */
const PeriodStatement = z.object({
  /** Null until it is issued. */
  id: z.nullable(StatementId),
  participant: MemberRef,
  state: StatementState,
  credited: MoneyReply,
  earned: MoneyReply,
  /** Mean of what the three months before earned. */
  usual: MoneyReply,
  /** Corrections among what was earned. */
  adjusted: MoneyReply,
  broughtForward: MoneyReply,
  payable: MoneyReply,
  openDisputes: z.int(),
  approvedBy: z.nullable(MemberRef),
  approvedAt: z.nullable(Instant),
});
export type PeriodStatement = z.output<typeof PeriodStatement>;

const Act = z.nullable(z.object({ by: z.nullable(MemberRef), at: Instant }));

export const Period = z.object({
  month: Month,
  state: PeriodState,
  closing: Act,
  locked: Act,
  paid: Act,
  checks: z.object({
    /** Payments of the month that nobody has decided: verified later, they count for the next open month. */
    waitingPayments: z.int(),
    openDisputes: z.int(),
    notApproved: z.int(),
    /** Payments that earned somebody nothing because no plan holds for them. */
    withoutPlan: z.int(),
    /** An earlier month that has to be closed first. */
    earlierMonth: z.nullable(Month),
    /** Every statement is the sum of its postings. */
    ledgerAgrees: z.boolean(),
  }),
  statements: z.array(PeriodStatement),
  /** One per currency. */
  totals: z.array(z.object({ credited: MoneyReply, earned: MoneyReply, payable: MoneyReply })),
  /** What was paid out to those in sight, one per currency; empty until it is released. */
  payouts: z.array(z.object({ batchId: z.uuid(), people: z.int(), paid: MoneyReply })),
});
export type Period = z.output<typeof Period>;

const params = z.strictObject({ month: Month });

export const listPeriods = endpoint("GET", "/periods", "Months of commission, newest first", "statement.approve", {
  reply: z.object({ items: z.array(z.object({ month: Month, state: PeriodState })) }),
});

export const readPeriod = endpoint(
  "GET",
  "/periods/{month}",
  "The close of a month: checks, and the statements in sight",
  "statement.approve",
  { params, reply: Period },
);

export const closePeriod = endpoint(
  "POST",
  "/periods/{month}/close",
  "Issue the statements of a month that is over; new money counts for the next open month",
  "period.close",
  { params, reply: Period },
);

export const reopenPeriod = endpoint(
  "POST",
  "/periods/{month}/reopen",
  "Take a close back that is not locked yet",
  "period.close",
  { params, reply: Period },
);

export const approveStatements = endpoint(
  "POST",
  "/periods/{month}/approvals",
  "Approve statements of others",
  "statement.approve",
  {
    params,
    body: z.strictObject({ statementIds: z.array(StatementId).check(z.minLength(1), z.maxLength(1000)) }),
    reply: Period,
  },
);

export const lockPeriod = endpoint(
  "POST",
  "/periods/{month}/lock",
  "Freeze the approved statements of a month with a fingerprint each; this cannot be undone",
  "period.close",
  { params, reply: Period },
);

export const payPeriod = endpoint(
  "POST",
  "/periods/{month}/pay",
  "Release the payout of a locked month; by another person than who locked it",
  "period.close",
  { params, reply: Period },
);

export const payrollFile = endpoint(
  "GET",
  "/periods/{month}/payroll.csv",
  "What a locked month pays each person, for payroll",
  "period.close",
  { params, replyType: "text/csv; charset=utf-8" },
);

export const generalLedgerFile = endpoint(
  "GET",
  "/periods/{month}/general-ledger.csv",
  "Debits and credits of a locked month, for accounting",
  "period.close",
  { params, replyType: "text/csv; charset=utf-8" },
);
