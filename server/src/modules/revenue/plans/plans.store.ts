import { v7 as uuidv7 } from "uuid";
import type { RevenueContext } from "../revenue.context.ts";
import { firstPlan, firstTerms } from "./plan.ts";

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
      terms: JSON.stringify(firstTerms),
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
