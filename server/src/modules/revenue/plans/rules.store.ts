import { sql, type RawBuilder } from "kysely";
import type { RevenueContext } from "../revenue.context.ts";
import { ruleOf, type PlanRule, type StoredBonus, type StoredRule } from "./plan-rule.ts";

type Row = {
  id: string;
  member_id: string;
  name: string;
  credit_kind: PlanRule["creditKind"];
  currency: string | null;
  tiers: StoredRule["tiers"];
  tier_mode: StoredRule["tierMode"];
  tier_basis: StoredRule["tierBasis"];
  boundary: StoredRule["boundary"];
  rounding: StoredRule["rounding"];
  zero_quota: StoredRule["zeroQuota"];
  threshold: string | null;
  cap_minor: bigint | null;
  bonuses: StoredBonus[];
  per_unit_minor: bigint | null;
  budget_minor: bigint | null;
  plan_name: string;
  version: number;
  quota_minor: bigint | null;
};

/** Whose rules, in which month, and in which currency where the plan leaves it to the payment. */
type Asked = { readonly month: string; readonly currency: string };

/**
 * The rules of the plans that hold for members on a day: the assigned plan, else the organization's default, in the
 * version in force on that day, with the quota of the month.
 */
export async function listRules(
  ctx: RevenueContext,
  memberIds: readonly string[],
  day: string,
  asked: Asked,
): Promise<PlanRule[]> {
  const { organizationId } = ctx.actor;
  const held = sql`
    select m.member_id, c.id as component_id
    from unnest(${[...new Set(memberIds)]}::uuid[]) as m (member_id)
    cross join lateral (select coalesce(
      (select a.plan_id from plan_assignment a where a.organization_id = ${organizationId} and a.member_id = m.member_id and a.during @> ${day}::date),
      (select p.id from plan p where p.organization_id = ${organizationId} and p.is_default)) as plan_id) h
    join plan_effective e on e.organization_id = ${organizationId} and e.plan_id = h.plan_id and e.during @> ${day}::date
    join plan_component c on c.organization_id = e.organization_id and c.plan_version_id = e.plan_version_id`;
  return readRules(ctx, held, asked);
}

/** The rules that counted a payment, whatever holds for its people by now. */
export async function listRulesOf(
  ctx: RevenueContext,
  counted: readonly { readonly memberId: string; readonly componentId: string }[],
  asked: Asked,
): Promise<PlanRule[]> {
  const held = sql`select * from unnest(${counted.map(({ memberId }) => memberId)}::uuid[],
    ${counted.map(({ componentId }) => componentId)}::uuid[]) as h (member_id, component_id)`;
  return readRules(ctx, held, asked);
}

async function readRules(ctx: RevenueContext, held: RawBuilder<unknown>, asked: Asked): Promise<PlanRule[]> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<Row>`
    with held as (${held})
    select c.id, held.member_id, c.name, c.credit_kind, c.currency, c.tiers, c.tier_mode, c.tier_basis, c.boundary, c.rounding, c.zero_quota,
      c.threshold, c.cap_minor, c.bonuses, c.per_unit_minor, c.budget_minor, p.name as plan_name, v.version, q.amount_minor as quota_minor
    from held
    join plan_component c on c.organization_id = ${organizationId} and c.id = held.component_id
    join plan_version v on v.organization_id = c.organization_id and v.id = c.plan_version_id
    join plan p on p.organization_id = v.organization_id and p.id = v.plan_id
    left join quota q on q.organization_id = c.organization_id and q.member_id = held.member_id and q.month = ${asked.month}
      and q.currency = coalesce(c.currency, ${asked.currency})
    order by held.member_id, c.place, c.id`.execute(ctx.tx);
  return rows.map(toRule);
}

function toRule(row: Row): PlanRule {
  const stored: StoredRule = {
    tiers: row.tiers,
    tierMode: row.tier_mode,
    tierBasis: row.tier_basis,
    boundary: row.boundary,
    rounding: row.rounding,
    zeroQuota: row.zero_quota,
    threshold: row.threshold,
    cap: row.cap_minor,
    bonuses: row.bonuses,
    perUnit: row.per_unit_minor,
    budget: row.budget_minor,
  };
  return {
    ...ruleOf(stored, row.quota_minor),
    id: row.id,
    memberId: row.member_id,
    name: row.name,
    creditKind: row.credit_kind,
    planName: row.plan_name,
    planVersion: row.version,
    currency: row.currency,
  };
}

/** Who leads whom on a day: the leader of the team somebody is in, and those of the teams above it. */
export async function listLeaders(
  ctx: RevenueContext,
  memberIds: readonly string[],
  day: string,
): Promise<{ readonly memberId: string; readonly leaderId: string }[]> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<{ memberId: string; leaderId: string }>`
    with recursive above as (
      select m.member_id, m.team_id, 1 as depth from organization.membership_ref m
      where m.organization_id = ${organizationId} and m.member_id = any(${[...memberIds]}::uuid[]) and m.during @> ${day}::date
      union all
      select a.member_id, t.parent_id, a.depth + 1 from above a
      join organization.team_ref t on t.organization_id = ${organizationId} and t.id = a.team_id
      where t.parent_id is not null and a.depth < 20
    )
    select distinct a.member_id as "memberId", t.leader_id as "leaderId" from above a
    join organization.team_ref t on t.organization_id = ${organizationId} and t.id = a.team_id
    where t.leader_id is not null and t.leader_id <> a.member_id`.execute(ctx.tx);
  return rows;
}
