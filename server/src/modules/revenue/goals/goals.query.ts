import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import { toWire } from "@rainmaker/contracts/money";
import type { listGoals as listContract, setGoal as setContract } from "@rainmaker/contracts/revenue/goals";
import { dayIn, firstDayOf, lastDayOf, monthOf } from "@rainmaker/contracts/time";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import { reachFor, type Context } from "#platform/context";
import { notFound } from "#platform/errors";
import { visibleOwners, withinPermission } from "#platform/scope";
import { workdaysOf } from "../streaks/streak.ts";
import { attainmentOf } from "./goal.ts";

type Goal = ReplyInput<typeof setContract>;

type Row = {
  id: string;
  scope: Goal["scope"];
  subject_id: string;
  name: string | null;
  month: string;
  target_minor: bigint;
  stretch_minor: bigint | null;
  currency: string;
  version: number;
  verified: string;
};

export async function listGoals(
  ctx: Context,
  query: QueryOf<typeof listContract>,
): Promise<ReplyInput<typeof listContract>> {
  const today = dayIn(ctx.organization.timeZone, ctx.now);
  const month = query.month ?? monthOf(today);
  const rows = await readGoals(ctx, sql<SqlBool>`g.month = ${month}`, month);
  return { month, workdays: workdaysOf(ctx.organization, month, today), items: rows.map(toReply) };
}

/** @throws Refusal 404 */
export async function getGoal(ctx: Context, goalId: string): Promise<Goal> {
  const { rows } = await sql<{
    month: string;
  }>`select month from goal where organization_id = ${ctx.actor.organizationId} and id = ${goalId}`.execute(ctx.tx);
  const [goal] = rows;
  if (goal === undefined) throw notFound("goal");
  const [row] = await readGoals(ctx, sql<SqlBool>`g.id = ${goalId}`, goal.month);
  if (row === undefined) throw notFound("goal");
  return toReply(row);
}

/**
 * Goals with what is verified so far, in their own currency. A team's figure counts who was in it on the day the money
 * arrived. Members' goals are seen within the reach of analytics.read, a team's by its people too, the organization's by
 * everybody.
 */
async function readGoals(ctx: Context, condition: RawBuilder<SqlBool>, month: string): Promise<Row[]> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<Row>`
    select g.id, g.scope, g.subject_id, coalesce(m.name, t.name, ${ctx.organization.name}) as name, g.month, g.target_minor, g.stretch_minor, g.currency, g.version,
      coalesce((select sum(v.amount_minor) from verified_credit v
        where v.organization_id = g.organization_id and v.currency = g.currency and v.value_on between ${firstDayOf(month)}::date and ${lastDayOf(month)}::date
          and case g.scope when 'member' then v.owner_id = g.subject_id when 'organization' then true else exists (select from organization.membership_ref x
            where x.organization_id = v.organization_id and x.team_id = g.subject_id and x.member_id = v.owner_id and x.during @> v.value_on) end), 0)::text as verified
    from goal g
    left join organization.member_ref m on g.scope = 'member' and m.organization_id = g.organization_id and m.id = g.subject_id
    left join organization.team_ref t on g.scope = 'team' and t.organization_id = g.organization_id and t.id = g.subject_id
    where g.organization_id = ${organizationId} and ${condition} and case g.scope
      when 'member' then ${withinPermission(ctx, "analytics.read", sql.ref("g.subject_id"))} when 'organization' then true
      else ${teamInSight(ctx)} end
    order by g.scope = 'organization' desc, g.scope desc, name limit 1000`.execute(ctx.tx);
  return rows;
}

function teamInSight(ctx: Context): RawBuilder<SqlBool> {
  const reach = reachFor(ctx.actor, "analytics.read");
  if (reach === "all") return sql<SqlBool>`true`;
  return sql<SqlBool>`exists (select from organization.member_ref x where x.organization_id = g.organization_id
    and x.team_id = g.subject_id and x.id in (${visibleOwners(ctx, reach === "tree" ? "tree" : "team")}))`;
}

function toReply(row: Row): Goal {
  const verified = BigInt(row.verified);
  return {
    id: row.id,
    scope: row.scope,
    subject: { id: row.subject_id, name: row.name ?? "" },
    metric: "verified_revenue",
    month: row.month,
    target: toWire(row.target_minor, row.currency),
    stretch: row.stretch_minor === null ? null : toWire(row.stretch_minor, row.currency),
    verified: toWire(verified, row.currency),
    attainment: attainmentOf(verified, row.target_minor),
    version: row.version,
  };
}
