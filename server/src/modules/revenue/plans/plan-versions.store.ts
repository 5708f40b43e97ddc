import type { PlanStatus, PlanTerms } from "@rainmaker/contracts/revenue/plans";
import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { notFound } from "#platform/errors";
import type { RevenueContext } from "../revenue.context.ts";
import type { NamedRule } from "./plan-config.ts";
import type { VersionRecord } from "./plan.ts";

/** The newest version of a plan; the plan stays locked until commit. @throws Refusal 404 */
export async function lockNewest(ctx: RevenueContext, planId: string): Promise<VersionRecord> {
  const { organizationId } = ctx.actor;
  const plan = await ctx.tx
    .selectFrom("plan")
    .select(["name", "is_default"])
    .where("organization_id", "=", organizationId)
    .where("id", "=", planId)
    .forUpdate()
    .executeTakeFirst();
  if (plan === undefined) throw notFound("plan");
  const row = await ctx.tx
    .selectFrom("plan_version")
    .select(["id", "version", "status", "terms", "starts_on", "created_by", "submitted_by", "edit"])
    .where("organization_id", "=", organizationId)
    .where("plan_id", "=", planId)
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  return {
    id: row.id,
    planId,
    planName: plan.name,
    isDefault: plan.is_default,
    number: row.version,
    status: row.status as PlanStatus,
    terms: row.terms as PlanTerms,
    startsOn: row.starts_on,
    createdBy: row.created_by,
    submittedBy: row.submitted_by,
    version: row.edit,
  };
}

/** @returns null where the name is taken */
export async function insertPlan(ctx: RevenueContext, name: string): Promise<string | null> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<{ id: string }>`
    insert into plan (organization_id, id, name, is_default, created_at)
    select ${organizationId}, ${uuidv7()}, ${name}, false, ${ctx.now}
    where not exists (select from plan where organization_id = ${organizationId} and lower(name) = lower(${name})) returning id`.execute(
    ctx.tx,
  );
  return rows[0]?.id ?? null;
}

export async function insertDraft(
  ctx: RevenueContext,
  planId: string,
  number: number,
  terms: PlanTerms,
): Promise<void> {
  const { organizationId, memberId } = ctx.actor;
  await ctx.tx
    .insertInto("plan_version")
    .values({
      organization_id: organizationId,
      id: uuidv7(),
      plan_id: planId,
      version: number,
      status: "draft",
      created_by: memberId,
      created_at: ctx.now.toISOString(),
      terms: JSON.stringify(terms),
    })
    .execute();
}

export type VersionStep = Partial<{
  status: PlanStatus;
  terms: string;
  starts_on: string | null;
  submitted_by: string | null;
  submitted_at: string | null;
  return_reason: string | null;
  approved_by: string;
  approved_at: string;
  document_sha256: Buffer;
}>;

/** Every change of a draft is a version of its own, so that nobody approves what they have not seen. */
export async function saveVersion(
  ctx: RevenueContext,
  { id, version }: VersionRecord,
  step: VersionStep,
): Promise<void> {
  await ctx.tx
    .updateTable("plan_version")
    .set({ ...step, edit: version + 1 })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", id)
    .execute();
}

/** Who is on a plan from a day on, or has earned by it. */
export async function listPaid(ctx: RevenueContext, planId: string, from: string): Promise<string[]> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<{ id: string }>`
    select member_id as id from plan_assignment
    where organization_id = ${organizationId} and plan_id = ${planId} and during && daterange(${from}::date, null)
    union
    select c.owner_id from commission_credit c
    join plan_component k on k.organization_id = c.organization_id and k.id = c.component_id
    join plan_version v on v.organization_id = k.organization_id and v.id = k.plan_version_id
    where c.organization_id = ${organizationId} and v.plan_id = ${planId}`.execute(ctx.tx);
  return rows.map(({ id }) => id);
}

/** Whether money of that day or later has been counted already: by a plan, or for somebody. */
export async function isCounted(
  ctx: RevenueContext,
  by: { readonly planId: string } | { readonly memberId: string },
  from: string,
): Promise<boolean> {
  const { organizationId } = ctx.actor;
  const whose = "planId" in by ? sql`v.plan_id = ${by.planId}` : sql`c.owner_id = ${by.memberId}`;
  const { rows } = await sql<{ counted: boolean }>`
    select exists (select from commission_credit c
      join payment p on p.organization_id = c.organization_id and p.id = c.payment_id
      join plan_component k on k.organization_id = c.organization_id and k.id = c.component_id
      join plan_version v on v.organization_id = k.organization_id and v.id = k.plan_version_id
      where c.organization_id = ${organizationId} and ${whose} and p.value_on >= ${from}::date) as counted`.execute(
    ctx.tx,
  );
  return rows[0]?.counted === true;
}

/** Writes the rules of an approved version, as a set. */
export async function insertComponents(
  ctx: RevenueContext,
  versionId: string,
  currency: string | null,
  rules: readonly NamedRule[],
): Promise<void> {
  await ctx.tx
    .insertInto("plan_component")
    .values(
      rules.map((rule, place) => ({
        organization_id: ctx.actor.organizationId,
        id: uuidv7(),
        plan_version_id: versionId,
        name: rule.name,
        basis: "payment",
        kind: rule.kind,
        credit_kind: rule.credit,
        currency,
        tier_mode: rule.tierMode,
        tier_basis: rule.tierBasis,
        tiers: JSON.stringify(rule.tiers),
        boundary: rule.boundary,
        rounding: rule.rounding,
        zero_quota: rule.zeroQuota,
        threshold: rule.threshold,
        cap_minor: rule.cap,
        bonuses: JSON.stringify(rule.bonuses),
        per_unit_minor: rule.perUnit,
        budget_minor: rule.budget,
        place,
      })),
    )
    .execute();
}

/** From its first day on a version holds, and the one before it until the day before. @returns whether there is room */
export async function takeEffect(ctx: RevenueContext, version: VersionRecord, startsOn: string): Promise<boolean> {
  const { organizationId } = ctx.actor;
  const { planId, id } = version;
  const own = sql`organization_id = ${organizationId} and plan_id = ${planId}`;
  const { rows } = await sql`select from plan_effective where ${own} and lower(during) >= ${startsOn}::date`.execute(
    ctx.tx,
  );
  if (rows.length > 0) return false;
  await sql`update plan_effective set during = daterange(lower(during), ${startsOn}::date) where ${own} and during @> ${startsOn}::date`.execute(
    ctx.tx,
  );
  await sql`insert into plan_effective (organization_id, plan_id, plan_version_id, during)
    values (${organizationId}, ${planId}, ${id}, daterange(${startsOn}::date, null))`.execute(ctx.tx);
  await sql`update plan_version set status = 'retired' where ${own} and status = 'approved' and id <> ${id}`.execute(
    ctx.tx,
  );
  return true;
}
