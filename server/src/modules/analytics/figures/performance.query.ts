import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import { toWire } from "@rainmaker/contracts/money";
import type { readPerformance as contract } from "@rainmaker/contracts/analytics/figures";
import { dayIn, firstDayOf, lastDayOf, monthOf } from "@rainmaker/contracts/time";
import { sql } from "kysely";
import { attainmentOf } from "#modules/revenue";
import { reachFor, type Context } from "#platform/context";
import { withinPermission, withinReach } from "#platform/scope";

const mostMembers = 1000;

type Row = {
  id: string;
  name: string;
  verified: string;
  target: string | null;
  won: number;
  earned: string | null;
};

/** A month of every member who sold, earned or had a goal in it; by money, largest first. */
export async function readPerformance(
  ctx: Context,
  query: QueryOf<typeof contract>,
): Promise<ReplyInput<typeof contract>> {
  const { organizationId } = ctx.actor;
  const { currency } = ctx.organization;
  const month = query.month ?? monthOf(dayIn(ctx.organization.timeZone, ctx.now));
  const days = sql`between ${firstDayOf(month)}::date and ${lastDayOf(month)}::date`;
  const mayReadEarnings = reachFor(ctx.actor, "commission.read") !== null;
  const { rows } = await sql<Row>`
    select m.id, m.name, coalesce(v.minor, 0)::text as verified, g.target_minor::text as target, coalesce(w.won, 0)::integer as won,
      ${mayReadEarnings ? sql`case when ${withinReach(ctx, "commission", sql.ref("m.id"))} then coalesce(e.minor, 0)::text end` : sql`null`} as earned
    from organization.member_ref m
    left join (select c.owner_id, sum(c.amount_minor) as minor from revenue.credit_ref c where c.organization_id = ${organizationId}
      and c.currency = ${currency} and c.value_on ${days} group by 1) v on v.owner_id = m.id
    left join (select d.owner_id, sum(d.count) as won from daily_metric d where d.organization_id = ${organizationId}
      and d.metric = 'deals_won' and d.day ${days} group by 1) w on w.owner_id = m.id
    left join (select p.owner_id, sum(p.amount_minor) as minor from revenue.posting_ref p where p.organization_id = ${organizationId}
      and p.currency = ${currency} and p.month = ${month} group by 1) e on e.owner_id = m.id
    left join revenue.goal_ref g on g.organization_id = m.organization_id and g.scope = 'member' and g.subject_id = m.id and g.month = ${month}
      and g.currency = ${currency} and g.metric = 'verified_revenue'
    where m.organization_id = ${organizationId} and ${withinPermission(ctx, "analytics.read", sql.ref("m.id"))}
      and ${query.teamId === undefined ? sql`true` : sql`m.team_id = ${query.teamId}`}
      and (v.minor is not null or w.won is not null or e.minor is not null or g.target_minor is not null)
    order by coalesce(v.minor, 0) desc, m.name, m.id limit ${mostMembers}`.execute(ctx.tx);
  return {
    month,
    currency,
    members: rows.map(({ id, name, verified, target, won, earned }) => ({
      member: { id, name },
      verified: toWire(BigInt(verified), currency),
      target: target === null ? null : toWire(BigInt(target), currency),
      attainment: target === null ? null : attainmentOf(BigInt(verified), BigInt(target)),
      won,
      earned: earned === null ? null : toWire(BigInt(earned), currency),
    })),
  };
}
