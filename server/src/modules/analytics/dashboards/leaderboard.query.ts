import type { ReplyInput } from "@rainmaker/contracts/endpoint";
import type { readDashboard as contract } from "@rainmaker/contracts/analytics/dashboard";
import { firstDayOf, lastDayOf } from "@rainmaker/contracts/time";
import { sql } from "kysely";
import { rankByAttainment, streakOf } from "#modules/revenue";
import { reachFor, type Context } from "#platform/context";

type Leaderboard = ReplyInput<typeof contract>["leaderboard"];
type Team = { readonly id: string; readonly name: string } | null;

/** Ranking fewer people would tell one person's result to the other. */
const fewestPeople = 3;
const mostPeople = 500;

type Row = { id: string; name: string; target: string; verified: string; days: string[] };

/**
 * The viewer's team by share of the own goal: attainment, not money, so that territories compare fairly. Who has no
 * team and sees everybody gets the whole organization. Null for fewer than three people.
 */
export async function readLeaderboard(ctx: Context, team: Team, month: string, today: string): Promise<Leaderboard> {
  if (team === null && reachFor(ctx.actor, "analytics.read") !== "all") return null;
  const { organizationId, memberId } = ctx.actor;
  const { currency, name } = ctx.organization;
  const { rows } = await sql<Row>`
    select m.id, m.name, coalesce(g.target_minor, 0)::text as target,
      coalesce((select sum(d.amount_minor) from daily_metric d where d.organization_id = m.organization_id and d.owner_id = m.id
        and d.metric = 'verified_revenue' and d.currency = ${currency}
        and d.day between ${firstDayOf(month)}::date and ${lastDayOf(month)}::date), 0)::text as verified,
      array(select distinct d.day::text from daily_metric d where d.organization_id = m.organization_id and d.owner_id = m.id
        and d.metric = 'verified_revenue' and d.count > 0 and d.day between ${today}::date - 400 and ${today}::date) as days
    from organization.member_ref m
    left join revenue.goal_ref g on g.organization_id = m.organization_id and g.scope = 'member' and g.subject_id = m.id
      and g.month = ${month} and g.currency = ${currency}
    where m.organization_id = ${organizationId} and m.status = 'active'
      and ${team === null ? sql`g.target_minor is not null` : sql`m.team_id = ${team.id}`}
    order by m.name, m.id limit ${mostPeople}`.execute(ctx.tx);
  if (rows.length < fewestPeople) return null;
  const byId = new Map(rows.map((row) => [row.id, row]));
  const ranked = rankByAttainment(
    rows.map(({ id, verified, target }) => ({ id, actual: BigInt(verified), target: BigInt(target) })),
  );
  return {
    team: team ?? { id: null, name },
    rows: ranked.map(({ id, rank, attainment }) => ({
      rank,
      member: { id, name: byId.get(id)?.name ?? "" },
      ratio: attainment,
      streak: streakOf(byId.get(id)?.days ?? [], ctx.organization, today).current,
      isYou: id === memberId,
    })),
  };
}
