import * as z from "zod/mini";
import { endpoint } from "../endpoint.ts";
import { MemberId, TeamId } from "../ids.ts";
import { MoneyReply } from "../money.ts";
import { MemberRef } from "../member-ref.ts";
import { Day, Instant, Month } from "../time.ts";

export const Attainment = z.object({
  target: MoneyReply,
  verified: MoneyReply,
  /** verified / target, four decimals. */
  ratio: z.nullable(z.string()),
  /** Share of the month's working days that are over, four decimals: where the ratio would be on pace. */
  pace: z.string(),
});

/** Working days of the month that are over, today included, and all of them. */
export const Workdays = z.object({ elapsed: z.int(), total: z.int() });

export const Streak = z.object({
  /** Consecutive working days with a verified payment, by value date. */
  current: z.int(),
  best: z.int(),
  /** The latest working days, oldest first, and whether each counts. */
  days: z.array(z.object({ day: Day, kept: z.boolean() })),
});

export const LeaderboardRow = z.object({
  /** Ties share a rank; null without a goal. */
  rank: z.nullable(z.int()),
  member: MemberRef,
  ratio: z.nullable(z.string()),
  streak: z.int(),
  isYou: z.boolean(),
});

export const Dashboard = z.object({
  asOf: Instant,
  month: Month,
  currency: z.string(),
  workdays: Workdays,
  /** Whose target and streak these are: the own, or those of the team that the person leads. */
  scope: z.enum(["member", "team"]),
  team: z.nullable(z.object({ id: TeamId, name: z.string() })),
  /** Null where no goal is set for the viewer (or, for who leads a team, the team). */
  attainment: z.nullable(Attainment),
  /** Verified in the month within the viewer's reach. */
  verified: MoneyReply,
  /** Commission posted to the viewer this month; null for who may not read commissions. */
  earned: z.nullable(MoneyReply),
  streak: Streak,
  /** Open opportunities expected to close this month. */
  closing: z.object({ count: z.int(), amount: MoneyReply, weighted: MoneyReply }),
  /** Verified money by day of the month, for the chart. */
  days: z.array(z.object({ day: Day, verified: MoneyReply })),
  leaderboard: z.nullable(
    z.object({ team: z.object({ id: z.nullable(TeamId), name: z.string() }), rows: z.array(LeaderboardRow) }),
  ),
  /** What waits for a decision of the viewer. */
  approvals: z.object({ deals: z.int(), payments: z.int() }),
});
export type Dashboard = z.output<typeof Dashboard>;

export const readDashboard = endpoint(
  "GET",
  "/analytics/dashboard",
  "Key figures of the viewer, live",
  "analytics.read",
  {
    /** A member whose figures to show instead of the own, within reach. */
    query: z.strictObject({ memberId: z.optional(MemberId) }),
    reply: Dashboard,
  },
);
