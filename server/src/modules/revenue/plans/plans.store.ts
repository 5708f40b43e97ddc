import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { marginalComponent, type Component } from "../commissions/commission.ts";
import { rational } from "../money/rational.ts";
import type { RevenueContext } from "../revenue.context.ts";
import { firstPlan } from "./plan.ts";

/** A rule that earns somebody commission on a day, with the names its explanation needs. */
export type PlanComponent = Component & {
  readonly id: string;
  readonly name: string;
  readonly creditKind: "revenue" | "overlay";
  readonly planName: string;
  readonly planVersion: number;
};

type Row = {
  id: string;
  name: string;
  credit_kind: PlanComponent["creditKind"];
  tiers: { from: string; rate: string }[];
  rounding: Component["rounding"];
  plan_name: string;
  version: number;
};

/**
 * The components of the plan that holds for a member on a day: the assigned plan, else the organization's default, in
 * the version in force on that day.
 */
export async function listComponents(ctx: RevenueContext, memberId: string, day: string): Promise<PlanComponent[]> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<Row>`
    with held as (
      select coalesce(
        (select a.plan_id from plan_assignment a where a.organization_id = ${organizationId} and a.member_id = ${memberId} and a.during @> ${day}::date),
        (select p.id from plan p where p.organization_id = ${organizationId} and p.is_default)) as plan_id
    )
    select c.id, c.name, c.credit_kind, c.tiers, c.rounding, p.name as plan_name, v.version
    from held
    join plan p on p.organization_id = ${organizationId} and p.id = held.plan_id
    join plan_effective e on e.organization_id = p.organization_id and e.plan_id = p.id and e.during @> ${day}::date
    join plan_version v on v.organization_id = e.organization_id and v.id = e.plan_version_id and v.status = 'approved'
    join plan_component c on c.organization_id = v.organization_id and c.plan_version_id = v.id
    order by c.id`.execute(ctx.tx);
  return rows.map((row) => ({
    ...marginalComponent(
      row.tiers.map(({ from, rate }) => ({ from: rational(BigInt(from)), rate })),
      row.rounding,
    ),
    id: row.id,
    name: row.name,
    creditKind: row.credit_kind,
    planName: row.plan_name,
    planVersion: row.version,
  }));
}

/** The plan a new organization starts with, in force on every day, for everybody. */
export async function insertDefaultPlan(ctx: RevenueContext): Promise<void> {
  const { organizationId, memberId } = ctx.actor;
  const [planId, versionId, now] = [uuidv7(), uuidv7(), ctx.now.toISOString()];
  await ctx.tx
    .insertInto("plan")
    .values({ organization_id: organizationId, id: planId, name: firstPlan.name, is_default: true, created_at: now })
    .execute();
  await ctx.tx
    .insertInto("plan_version")
    .values({
      organization_id: organizationId,
      id: versionId,
      plan_id: planId,
      version: 1,
      status: "approved",
      created_by: memberId,
      approved_at: now,
      created_at: now,
    })
    .execute();
  await ctx.tx
    .insertInto("plan_component")
    .values({
      organization_id: organizationId,
      id: uuidv7(),
      plan_version_id: versionId,
      name: firstPlan.component,
      basis: "payment",
      credit_kind: "revenue",
      tier_mode: "marginal",
      tiers: JSON.stringify([{ from: "0", rate: firstPlan.rate }]),
      rounding: "half_up",
    })
    .execute();
  await ctx.tx
    .insertInto("plan_effective")
    .values({ organization_id: organizationId, plan_id: planId, plan_version_id: versionId, during: "(,)" })
    .execute();
}
