import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type { savePlanDraft as saveContract } from "@rainmaker/contracts/revenue/plans";
import { dayIn } from "@rainmaker/contracts/time";
import { actingMember } from "#platform/context";
import { invalidField, refuseStale } from "#platform/errors";
import type { Asked } from "#platform/http";
import type { RevenueContext } from "../revenue.context.ts";
import { rulesOfTerms } from "./plan-config.ts";
import { firstTerms, requireNoneOpen, requireStart, requireStatus, type VersionRecord } from "./plan.ts";
import { insertDraft, insertPlan, lockNewest, saveVersion } from "./plan-versions.store.ts";
import { getPlan } from "./plans.query.ts";

/** Begins a plan of its own. Nobody is on it until somebody is put on it. */
export async function createPlan(ctx: RevenueContext, name: string): Promise<string> {
  const planId = await insertPlan(ctx, name);
  if (planId === null) throw invalidField("name", "name_taken", "Another plan has this name");
  await insertDraft(ctx, planId, 1, firstTerms);
  ctx.emit({ type: "plan.created", recordId: planId, label: name, version: 1, facts: { version: 1 } });
  return planId;
}

/** Begins the next version, as a copy of the newest. */
export async function createPlanVersion(ctx: RevenueContext, planId: string): Promise<void> {
  const newest = await lockNewest(ctx, planId);
  requireNoneOpen(newest);
  await insertDraft(ctx, planId, newest.number + 1, newest.terms);
  ctx.emit({ type: "plan.version-begun", ...about(newest), facts: { version: newest.number + 1 } });
}

/** Saves what a draft says; what could not be paid is refused here. */
export async function saveDraft(
  ctx: RevenueContext,
  planId: string,
  { terms, startsOn }: BodyOf<typeof saveContract>,
  { seenVersion }: Asked,
): Promise<void> {
  const version = await lockNewest(ctx, planId);
  requireStatus(version, "draft");
  await refuseStale(version, seenVersion, () => getPlan(ctx, planId));
  rulesOfTerms(terms);
  await saveVersion(ctx, version, { terms: JSON.stringify(terms), starts_on: startsOn, return_reason: null });
  ctx.emit({ type: "plan.draft-saved", ...about(version), facts: { version: version.number } });
}

/** Sends a draft to be approved. From here on it does not change, unless it is returned. */
export async function submitPlan(ctx: RevenueContext, planId: string): Promise<void> {
  const version = await lockNewest(ctx, planId);
  requireStatus(version, "draft");
  const startsOn = requireStart(version, dayIn(ctx.organization.timeZone, ctx.now));
  rulesOfTerms(version.terms);
  await saveVersion(ctx, version, {
    status: "in_review",
    submitted_by: actingMember(ctx),
    submitted_at: ctx.now.toISOString(),
    return_reason: null,
  });
  ctx.emit({ type: "plan.submitted", ...about(version), facts: { version: version.number, startsOn } });
}

/** Sends a version back to its draft, with a reason. */
export async function returnPlan(ctx: RevenueContext, planId: string, reason: string): Promise<void> {
  const version = await lockNewest(ctx, planId);
  requireStatus(version, "in_review");
  const back = { status: "draft" as const, submitted_by: null, submitted_at: null, return_reason: reason };
  await saveVersion(ctx, version, back);
  ctx.emit({ type: "plan.returned", ...about(version), facts: { version: version.number, reason } });
}

export function about({ planId, planName, version }: VersionRecord): {
  recordId: string;
  label: string;
  version: number;
} {
  return { recordId: planId, label: planName, version };
}
