import * as z from "zod/mini";
import { endpoint } from "../endpoint.ts";
import { OpportunityId } from "../ids.ts";
import { MoneyReply } from "../money.ts";
import { Month } from "../time.ts";

/** The way to what pays more: this much more verified revenue, and the rate from there. */
const NextStep = z.nullable(z.object({ missing: MoneyReply, rate: z.string() }));

export const Earnings = z.object({
  month: Month,
  /** One per currency; two currencies are never added up. */
  sums: z.array(
    z.object({
      /** Posted in the month. */
      earned: MoneyReply,
      /** On statements that are approved and not paid out yet. */
      approved: MoneyReply,
      /** Earned, and held back until later. */
      held: MoneyReply,
      /** What payments in verification would add. */
      waiting: MoneyReply,
      /** What the rest of approved deals would add on top of that, if it came this month. */
      expected: MoneyReply,
    }),
  ),
  rules: z.array(
    z.object({
      plan: z.object({ name: z.string(), version: z.int() }),
      component: z.string(),
      credited: MoneyReply,
      quota: z.nullable(MoneyReply),
      /** Credited by quota as a decimal with four places; null without a quota. */
      attainment: z.nullable(z.string()),
      next: NextStep,
    }),
  ),
});
export type Earnings = z.output<typeof Earnings>;

export const readEarnings = endpoint(
  "GET",
  "/earnings/me",
  "What the caller has earned this month, what waits, and the way to the next rate",
  "commission.read",
  { reply: Earnings },
);

export const readWhatIf = endpoint(
  "POST",
  "/earnings/what-if",
  "What the caller would earn if these open opportunities were paid in full this month, one after another; nothing is written",
  "commission.read",
  {
    body: z.strictObject({ opportunityIds: z.array(OpportunityId).check(z.minLength(1), z.maxLength(50)) }),
    reply: z.object({
      /** In the order that was asked. Null without a value, and where the plan has no rate for its currency. */
      items: z.array(
        z.object({
          opportunityId: OpportunityId,
          /** On top of those before it. */
          commission: z.nullable(MoneyReply),
          /** Without any of the others. */
          alone: z.nullable(MoneyReply),
        }),
      ),
      /** One per currency. */
      totals: z.array(MoneyReply),
      /** From where it would leave the month, rule by rule. */
      next: z.array(
        z.object({
          component: z.string(),
          /** The rate of the last threshold or tier that it passes; null where it passes none. */
          reached: z.nullable(z.string()),
          step: NextStep,
        }),
      ),
    }),
  },
);
export type WhatIf = z.output<NonNullable<typeof readWhatIf.reply>>;
