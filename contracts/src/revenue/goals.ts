import * as z from "zod/mini";
import { endpoint } from "../endpoint.ts";
import { GoalId, MemberId, TeamId } from "../ids.ts";
import { MoneyReply, PositiveMoney } from "../money.ts";
import { Month } from "../time.ts";

export const Goal = z.object({
  id: GoalId,
  scope: z.enum(["member", "team", "organization"]),
  subject: z.object({ id: z.uuid(), name: z.string() }),
  metric: z.literal("verified_revenue"),
  month: Month,
  target: MoneyReply,
  /** Beyond the target; null where nobody said. */
  stretch: z.nullable(MoneyReply),
  /** Verified in the month so far, in the goal's currency. */
  verified: MoneyReply,
  /** verified / target as a decimal with four places; null when the target is nothing. */
  attainment: z.nullable(z.string()),
  version: z.int(),
});
export type Goal = z.output<typeof Goal>;

export const listGoals = endpoint("GET", "/goals", "Goals of a month with attainment", "goal.read", {
  query: z.strictObject({ month: z.optional(Month) }),
  reply: z.object({
    month: Month,
    /** Working days of the month that are over, today included, and all of them: where a goal would be on pace. */
    workdays: z.object({ elapsed: z.int(), total: z.int() }),
    items: z.array(Goal),
  }),
});

const aim = {
  month: Month,
  target: PositiveMoney,
  /** Above the target, in its currency; leaving it out takes it away. */
  stretch: z.optional(z.nullable(PositiveMoney)),
  seenVersion: z.optional(z.int()),
};

export const setGoal = endpoint(
  "PUT",
  "/goals",
  "Set the goal of a member, a team or the organization for a month; changing one needs its version",
  "goal.edit",
  {
    body: z.discriminatedUnion("scope", [
      z.strictObject({ scope: z.literal("member"), memberId: MemberId, ...aim }),
      z.strictObject({ scope: z.literal("team"), teamId: TeamId, ...aim }),
      z.strictObject({ scope: z.literal("organization"), ...aim }),
    ]),
    reply: Goal,
  },
);
