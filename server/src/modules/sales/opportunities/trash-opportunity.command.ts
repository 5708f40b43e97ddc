import { Refusal, refuseStale } from "#platform/errors";
import type { Asked } from "#platform/http";
import { requireReach, widen } from "#platform/scope";
import { getStage } from "../pipeline/pipelines.store.ts";
import { wonOn } from "../pipeline/stage.ts";
import type { SalesContext } from "../sales.context.ts";
import { opportunitiesWon, opportunityUnwinding } from "../sales.ports.ts";
import { about } from "./announce-opportunity.ts";
import { findByExternalId, lockOpportunity, markOpportunity } from "./opportunities.store.ts";
import { getSavedOpportunity } from "./opportunities.query.ts";

/** Moves an opportunity to the trash, and a deal that is still a draft with it. */
export async function deleteOpportunity(
  ctx: SalesContext,
  opportunityId: string,
  { seenVersion }: Asked,
): Promise<void> {
  const opportunity = await lockOpportunity(ctx, opportunityId);
  await requireReach(ctx, "opportunity.delete", opportunity.ownerId);
  await refuseStale(opportunity, seenVersion, () => getSavedOpportunity(ctx, opportunityId));
  widen(ctx);
  const stage = await getStage(ctx, opportunity.stageId);
  if (stage.kind === "won") await opportunityUnwinding.ask(ctx, opportunity);
  const version = opportunity.version + 1;
  await markOpportunity(ctx, opportunityId, "deleted", version);
  ctx.emit({
    type: "opportunity.deleted",
    ...about({ ...opportunity, version }),
    facts: { title: opportunity.title, wonOn: wonOn(opportunity, stage) },
  });
}

/** A won opportunity comes back won, with a new deal in draft. */
export async function restoreOpportunity(ctx: SalesContext, opportunityId: string): Promise<void> {
  const opportunity = await lockOpportunity(ctx, opportunityId, "deleted");
  await requireReach(ctx, "opportunity.delete", opportunity.ownerId);
  widen(ctx);
  const { externalId } = opportunity;
  if (externalId !== null && (await findByExternalId(ctx, externalId)) !== undefined) {
    throw new Refusal(
      "conflict",
      "external_id_taken",
      "Another opportunity has taken this one's external id meanwhile",
    );
  }
  const version = opportunity.version + 1;
  await markOpportunity(ctx, opportunityId, "live", version);
  const stage = await getStage(ctx, opportunity.stageId);
  if (stage.kind === "won") await opportunitiesWon.ask(ctx, [{ ...opportunity, version }]);
  ctx.emit({
    type: "opportunity.restored",
    ...about({ ...opportunity, version }),
    facts: { title: opportunity.title, wonOn: wonOn(opportunity, stage) },
  });
}
