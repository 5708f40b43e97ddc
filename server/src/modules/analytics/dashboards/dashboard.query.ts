import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import { toWire } from "@rainmaker/contracts/money";
import type { readDashboard as contract } from "@rainmaker/contracts/analytics/dashboard";
import { dayIn, firstDayOf, lastDayOf, monthOf } from "@rainmaker/contracts/time";
import { sql } from "kysely";
import { attainmentOf, latestDays, streakOf, workdaysOf } from "#modules/revenue";
import { actingMember, holds, type Context } from "#platform/context";
import { notFound } from "#platform/errors";
import { withinPermission, withinReach } from "#platform/scope";
import { readLeaderboard } from "./leaderboard.query.ts";

type Dashboard = ReplyInput<typeof contract>;

/** Working days a streak is shown over. */
const streakDays = 15;

/** The viewer's month, from roll-ups: as many rows as there are days and people, however many payments there were. */
export async function readDashboard(ctx: Context, { memberId }: QueryOf<typeof contract>): Promise<Dashboard> {
  const person = await readPerson(ctx, memberId ?? actingMember(ctx));
  const today = dayIn(ctx.organization.timeZone, ctx.now);
  const month = monthOf(today);
  const scope = { person, month, today };
  const facts = await readFacts(ctx, scope);
  const { currency } = ctx.organization;
  return {
    asOf: ctx.now.toISOString(),
    month,
    currency,
    workdays: workdaysOf(ctx.organization, month, today),
    scope: person.leads ? "team" : "member",
    team: person.team,
    attainment: attainment(ctx, facts, scope),
    verified: toWire(sum(facts.days), currency),
    earned: holds(ctx.actor, "commission.read") ? toWire(BigInt(facts.earned), currency) : null,
    streak: {
      ...streakOf(facts.streak_days, ctx.organization, today),
      days: latestDays(facts.streak_days, ctx.organization, today, streakDays),
    },
    closing: {
      count: facts.closing.count,
      amount: toWire(BigInt(facts.closing.amount), currency),
      weighted: toWire(BigInt(facts.closing.weighted), currency),
    },
    days: facts.days.map(({ day, minor }) => ({ day, verified: toWire(BigInt(minor), currency) })),
    leaderboard: await readLeaderboard(ctx, person.team, month, today),
    approvals: { deals: facts.deals_waiting, payments: facts.payments_waiting },
  };
}

type Person = {
  readonly id: string;
  readonly team: { readonly id: string; readonly name: string } | null;
  /** Whose verified money counts: the own for who sells, the team's for who leads it. */
  readonly leads: boolean;
};

type Scope = { readonly person: Person; readonly month: string; readonly today: string };

/** @throws Refusal 404 where the member's figures are out of reach */
async function readPerson(ctx: Context, memberId: string): Promise<Person> {
  const { rows } = await sql<{ id: string; team_id: string | null; team_name: string | null; leads: boolean }>`
    select m.id, t.id as team_id, t.name as team_name, t.leader_id is not distinct from m.id as leads
    from organization.member_ref m
    left join organization.team_ref t on t.organization_id = m.organization_id
      and t.id = coalesce((select l.id from organization.team_ref l where l.organization_id = m.organization_id and l.leader_id = m.id order by l.name limit 1), m.team_id)
    where m.organization_id = ${ctx.actor.organizationId} and m.id = ${memberId}
      and ${withinPermission(ctx, "analytics.read", sql.ref("m.id"))}`.execute(ctx.tx);
  const [row] = rows;
  if (row === undefined) throw notFound("member");
  const team = row.team_id === null || row.team_name === null ? null : { id: row.team_id, name: row.team_name };
  return { id: row.id, team, leads: team !== null && row.leads };
}

type Facts = {
  target: string | null;
  verified: string;
  earned: string;
  streak_days: string[];
  days: { day: string; minor: string }[];
  closing: { count: number; amount: string; weighted: string };
  deals_waiting: number;
  payments_waiting: number;
};

async function readFacts(ctx: Context, { person, month, today }: Scope): Promise<Facts> {
  const { organizationId } = ctx.actor;
  const { currency } = ctx.organization;
  const [from, to] = [firstDayOf(month), lastDayOf(month)];
  const counted = person.leads
    ? sql`(select x.id from organization.member_ref x where x.organization_id = ${organizationId} and x.team_id = ${person.team?.id ?? null})`
    : sql`(select ${person.id}::uuid)`;
  const seen =
    person.id === ctx.actor.memberId
      ? withinPermission(ctx, "analytics.read", sql.ref("d.owner_id"))
      : sql`d.owner_id = ${person.id}`;
  const revenue = sql`d.organization_id = ${organizationId} and d.metric = 'verified_revenue' and d.currency = ${currency}`;
  const { rows } = await sql<Facts>`select
    (select g.target_minor::text from revenue.goal_ref g where g.organization_id = ${organizationId} and g.month = ${month} and g.currency = ${currency}
      and g.metric = 'verified_revenue' and g.scope = ${person.leads ? "team" : "member"} and g.subject_id = ${person.leads ? (person.team?.id ?? null) : person.id}) as target,
    (select coalesce(sum(d.amount_minor), 0)::text from daily_metric d where ${revenue} and d.day between ${from}::date and ${to}::date
      and d.owner_id in ${counted}) as verified,
    (select coalesce(sum(p.amount_minor), 0)::text from revenue.posting_ref p where p.organization_id = ${organizationId} and p.owner_id = ${person.id}
      and p.month = ${month} and p.currency = ${currency}) as earned,
    (select coalesce(json_agg(distinct d.day), '[]') from daily_metric d where d.organization_id = ${organizationId} and d.metric = 'verified_revenue'
      and d.owner_id in ${counted} and d.count > 0 and d.day between ${today}::date - 400 and ${today}::date) as streak_days,
    (select coalesce(json_agg(json_build_object('day', x.day, 'minor', x.minor) order by x.day), '[]') from (
      select d.day, sum(d.amount_minor)::text as minor from daily_metric d where ${revenue} and d.day between ${from}::date and ${to}::date and ${seen}
      group by d.day) x) as days,
    (select json_build_object('count', count(*), 'amount', coalesce(sum(o.amount_minor), 0)::text,
        'weighted', coalesce(trunc(sum(o.amount_minor * o.probability) / 100), 0)::text)
      from sales.opportunity_ref o where o.organization_id = ${organizationId} and o.deleted_at is null and o.kind = 'open' and o.currency = ${currency}
        and o.expected_close_on between ${from}::date and ${to}::date and ${withinReach(ctx, "opportunity", sql.ref("o.owner_id"))}) as closing,
    ${approvals(ctx)}`.execute(ctx.tx);
  const [facts] = rows;
  if (facts === undefined) throw new Error("the dashboard's figures are missing");
  return facts;
}

/** What waits for a decision of the viewer, without what they have a stake in. */
function approvals(ctx: Context): ReturnType<typeof sql> {
  const { organizationId, memberId } = ctx.actor;
  const deals = holds(ctx.actor, "deal.approve")
    ? sql`(select count(*)::integer from revenue.deal_ref d where d.organization_id = ${organizationId} and d.status = 'submitted'
        and d.submitted_by <> ${memberId} and d.owner_id <> ${memberId} and ${withinPermission(ctx, "deal.approve", sql.ref("d.owner_id"))})`
    : sql`0`;
  const payments = holds(ctx.actor, "payment.verify")
    ? sql`(select count(*)::integer from revenue.payment_ref p where p.organization_id = ${organizationId} and p.status = 'submitted'
        and p.submitted_by <> ${memberId} and p.owner_id <> ${memberId})`
    : sql`0`;
  return sql`${deals} as deals_waiting, ${payments} as payments_waiting`;
}

function attainment(ctx: Context, facts: Facts, { month, today }: Scope): Dashboard["attainment"] {
  if (facts.target === null) return null;
  const { currency } = ctx.organization;
  const [target, verified] = [BigInt(facts.target), BigInt(facts.verified)];
  const { elapsed, total } = workdaysOf(ctx.organization, month, today);
  return {
    target: toWire(target, currency),
    verified: toWire(verified, currency),
    ratio: attainmentOf(verified, target),
    pace: attainmentOf(BigInt(elapsed), BigInt(total)) ?? "0.0000",
  };
}

function sum(days: Facts["days"]): bigint {
  return days.reduce((total, { minor }) => total + BigInt(minor), 0n);
}
