import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type { acceptPlan as acceptContract } from "@rainmaker/contracts/revenue/plans";
import { dayIn } from "@rainmaker/contracts/time";
import { actingMember } from "#platform/context";
import { Refusal, refuseStale } from "#platform/errors";
import { widen } from "#platform/scope";
import type { RevenueContext } from "../revenue.context.ts";
import { documentHash } from "./document-hash.adapter.ts";
import { insertAcceptance } from "./people.store.ts";
import { rulesOfTerms } from "./plan-config.ts";
import { requireDisinterested, requireStart, requireStatus } from "./plan.ts";
import { insertComponents, isCounted, listPaid, lockNewest, saveVersion, takeEffect } from "./plan-versions.store.ts";
import { findDocument, getPlan } from "./plans.query.ts";
import { about } from "./write-plan.command.ts";

/** Approves the version in review: it holds from its first day on, and never changes any more. */
export async function approvePlan(ctx: RevenueContext, planId: string, seenVersion: number): Promise<void> {
  const version = await lockNewest(ctx, planId);
  requireStatus(version, "in_review");
  const startsOn = requireStart(version, dayIn(ctx.organization.timeZone, ctx.now));
  widen(ctx); // Who has earned by a plan is not the approver's to see.
  requireDisinterested(version, actingMember(ctx), await listPaid(ctx, planId, startsOn));
  await refuseStale(version, seenVersion, () => getPlan(ctx, planId));
  if (await isCounted(ctx, { planId }, startsOn)) {
    throw new Refusal("conflict", "plan_in_use", `Money of ${startsOn} is counted already: it has to begin later`);
  }
  const hash = documentHash(version.planName, version.number, startsOn, version.terms);
  await saveVersion(ctx, version, {
    status: "approved",
    approved_by: actingMember(ctx),
    approved_at: ctx.now.toISOString(),
    document_sha256: hash,
  });
  await insertComponents(ctx, version.id, version.terms.currency, rulesOfTerms(version.terms));
  if (!(await takeEffect(ctx, version, startsOn))) {
    throw new Refusal("conflict", "later_version", "Another version of this plan begins on that day or later");
  }
  const facts = { version: version.number, startsOn, documentSha256: hash.toString("hex") };
  ctx.emit({ type: "plan.approved", ...about(version), facts });
}

/** The caller accepts the text of the plan that holds for them, by its fingerprint. Twice is once. */
export async function acceptPlan(
  ctx: RevenueContext,
  planId: string,
  { version, sha256 }: BodyOf<typeof acceptContract>,
): Promise<string> {
  await lockNewest(ctx, planId);
  const document = await findDocument(ctx);
  if (document?.planId !== planId || document.version !== version) {
    throw new Refusal("conflict", "other_plan", "Another plan holds for you by now: read it first");
  }
  if (document.sha256 !== sha256) throw new Refusal("conflict", "other_text", "This is not the text that was approved");
  if (document.acceptedAt !== null) return document.acceptedAt;
  await insertAcceptance(ctx, document.versionId, Buffer.from(sha256, "hex"));
  ctx.emit({
    type: "plan.accepted",
    recordId: planId,
    label: document.plan,
    ownerId: actingMember(ctx),
    facts: { version, documentSha256: sha256 },
  });
  return ctx.now.toISOString();
}
