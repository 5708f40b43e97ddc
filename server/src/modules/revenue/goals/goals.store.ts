import { v7 as uuidv7 } from "uuid";
import { invalidField } from "#platform/errors";
import type { RevenueContext } from "../revenue.context.ts";

export type GoalKey = {
  readonly scope: "member" | "team" | "organization";
  readonly subjectId: string;
  readonly month: string;
};
export type StoredGoal = {
  readonly id: string;
  readonly targetMinor: bigint;
  /** Beyond the target. */
  readonly stretchMinor: bigint | null;
  readonly currency: string;
  readonly version: number;
};

export async function lockGoal(ctx: RevenueContext, key: GoalKey): Promise<StoredGoal | undefined> {
  const row = await ctx.tx
    .selectFrom("goal")
    .select(["id", "target_minor", "stretch_minor", "currency", "version"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("month", "=", key.month)
    .where("scope", "=", key.scope)
    .where("subject_id", "=", key.subjectId)
    .where("metric", "=", "verified_revenue")
    .forUpdate()
    .executeTakeFirst();
  return row === undefined
    ? undefined
    : {
        id: row.id,
        targetMinor: row.target_minor,
        stretchMinor: row.stretch_minor,
        currency: row.currency,
        version: row.version,
      };
}

export async function insertGoal(
  ctx: RevenueContext,
  key: GoalKey,
  { targetMinor, stretchMinor, currency }: Pick<StoredGoal, "targetMinor" | "stretchMinor" | "currency">,
): Promise<string> {
  const id = uuidv7();
  await ctx.tx
    .insertInto("goal")
    .values({
      organization_id: ctx.actor.organizationId,
      id,
      scope: key.scope,
      subject_id: key.subjectId,
      metric: "verified_revenue",
      month: key.month,
      target_minor: targetMinor,
      stretch_minor: stretchMinor,
      currency,
      created_by: ctx.actor.memberId,
      created_at: ctx.now.toISOString(),
      version: 1,
    })
    .execute();
  return id;
}

export async function saveGoal(ctx: RevenueContext, goal: StoredGoal): Promise<void> {
  await ctx.tx
    .updateTable("goal")
    .set({
      target_minor: goal.targetMinor,
      stretch_minor: goal.stretchMinor,
      currency: goal.currency,
      version: goal.version,
    })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", goal.id)
    .execute();
}

/** @throws Refusal 422 where there is no such member or team */
export async function requireSubject(ctx: RevenueContext, { scope, subjectId }: GoalKey): Promise<string> {
  if (scope === "organization") return ctx.organization.name;
  const table = scope === "member" ? "organization.member_ref" : "organization.team_ref";
  const row = await ctx.tx
    .selectFrom(table)
    .select("name")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", subjectId)
    .executeTakeFirst();
  if (row === undefined) throw invalidField(`${scope}Id`, `${scope}_unknown`, `There is no such ${scope}`);
  return row.name ?? "";
}
