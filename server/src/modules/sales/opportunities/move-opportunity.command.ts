import type { BodyOf } from "@rainmaker/contracts/endpoint";
import { fromWire } from "@rainmaker/contracts/money";
import type { moveOpportunity as contract } from "@rainmaker/contracts/sales/opportunity-changes";
import { dayIn } from "@rainmaker/contracts/time";
import type { FieldError } from "@rainmaker/contracts/problem";
import { customAfter, missingForStage, type CustomDocument } from "#modules/records";
import type { Changes } from "#platform/audit";
import { invalidField, notFound, Refusal, refuseStale } from "#platform/errors";
import type { Asked } from "#platform/http";
import { requireReach, widen } from "#platform/scope";
import { requireCustomer } from "../customers/customers.store.ts";
import { moveWithOpportunities } from "../interactions/interactions.store.ts";
import { getStage, listReached, listStagesAround } from "../pipeline/pipelines.store.ts";
import { refuseClosedWay, wonOn, type Stage } from "../pipeline/stage.ts";
import type { SalesContext } from "../sales.context.ts";
import { opportunitiesWon, opportunityUnwinding } from "../sales.ports.ts";
import { about, amountOf } from "./announce-opportunity.ts";
import { findNeighbours, lockOpportunity, saveMove, saveRank } from "./opportunities.store.ts";
import { getSavedOpportunity, lastMoverOf } from "./opportunities.query.ts";
import { moveToStage, refusePastClose, secondsInStage, type MoveFacts, type Opportunity } from "./opportunity.ts";
import { rankBetween, rankOnTop } from "./rank.ts";

type Body = BodyOf<typeof contract>;

/**
 * Moves an opportunity to a stage, or to another place within its stage. Of two people who move one card, the second
 * hears where it is now.
 */
export async function moveOpportunity(
  ctx: SalesContext,
  opportunityId: string,
  body: Body,
  { seenVersion }: Asked,
): Promise<void> {
  const before = await lockOpportunity(ctx, opportunityId);
  await requireReach(ctx, "opportunity.edit", before.ownerId, { entity: "opportunity", id: before.id });
  await refuseMovedAway(ctx, before, body);
  await refuseStale(before, seenVersion, () => getSavedOpportunity(ctx, opportunityId));
  if (body.customerId !== undefined) await requireCustomer(ctx, body.customerId);
  const { target, source } = await stagesOf(ctx, before, body);
  const custom = await customAfter(ctx, "opportunity", before, body.custom);
  const missing = await missingAt(ctx, before, custom.custom, target);
  widen(ctx);
  const rank = await rankFor(ctx, before, body);
  if (target.id === source.id && body.afterId !== undefined) {
    await saveRank(ctx, opportunityId, rank);
    ctx.emit({ type: "opportunity.changed", ...about(before), facts: { title: before.title } });
    return;
  }
  const today = dayIn(ctx.organization.timeZone, ctx.now);
  if (target.kind === "open") refusePastClose(body.expectedCloseOn, today);
  const facts = { ...factsOf(before, body), custom: custom.custom, missing };
  const after = { ...moveToStage(before, target, facts, today, ctx.now), rank };
  if (source.kind === "won") await opportunityUnwinding.ask(ctx, before);
  await saveMove(ctx, before, after, secondsInStage(before, ctx.now));
  if (after.customerId !== before.customerId) await moveWithOpportunities(ctx, [opportunityId], after);
  announceMove(ctx, before, after, source, target, custom.changes);
  if (target.kind === "won") await opportunitiesWon.ask(ctx, [after]);
}

/** Custom fields that the stage asks for and that are empty still. */
async function missingAt(
  ctx: SalesContext,
  before: Opportunity,
  custom: CustomDocument,
  target: Stage,
): Promise<FieldError[]> {
  if (target.id === before.stageId) return [];
  return missingForStage(ctx, "opportunity", custom, () => listReached(ctx, target));
}

/** So long whoever marked a sale as won by mistake takes it back; later it takes the right to reopen. */
const takeBackSeconds = 600;

/** State before version: whoever lost the race hears who won, not that a number is old. */
async function refuseMovedAway(ctx: SalesContext, before: Opportunity, { fromStageId, stageId }: Body): Promise<void> {
  if (fromStageId === undefined || fromStageId === before.stageId) return;
  const stage = await getStage(ctx, before.stageId);
  const mover = await lastMoverOf(ctx, before.id);
  const sentence = `${mover ?? "Somebody"} moved this to ${stage.name} meanwhile`;
  const isWhereWanted = before.stageId === stageId;
  throw new Refusal("conflict", isWhereWanted ? "already_in_stage" : "already_moved", sentence, {
    current: await getSavedOpportunity(ctx, before.id),
  });
}

async function stagesOf(
  ctx: SalesContext,
  before: Opportunity,
  { stageId }: Body,
): Promise<{ source: Stage; target: Stage }> {
  const stages = await listStagesAround(ctx, before.stageId, stageId);
  const source = stages.find(({ id }) => id === before.stageId);
  const target = stages.find(({ id }) => id === stageId);
  if (source === undefined || target === undefined) throw notFound("stage");
  if (source.pipelineId === target.pipelineId && source.id !== target.id) refuseClosedWay(source, target, stages);
  const isReopened = source.kind === "won" && target.kind !== "won";
  if (isReopened && secondsInStage(before, ctx.now) > takeBackSeconds) {
    await requireReach(ctx, "opportunity.reopen", before.ownerId);
  }
  return { source, target };
}

async function rankFor(ctx: SalesContext, before: Opportunity, { stageId, afterId }: Body): Promise<string> {
  if (afterId === undefined) return rankOnTop(ctx.now, Math.random());
  if (afterId === before.id) throw invalidField("afterId", "itself", "A card cannot stand below itself");
  const { above, below } = await findNeighbours(ctx, stageId, afterId, before.id);
  return rankBetween(above, below);
}

function factsOf(before: Opportunity, { amount, ...body }: Body): MoveFacts {
  const { stageId: _, fromStageId: _from, afterId: _after, seenVersion: _seen, custom: _custom, ...facts } = body;
  if (amount === undefined) return facts;
  const { minor, currency } = fromWire(amount);
  if (currency !== before.currency) {
    throw invalidField("amount.currency", "currency_mismatch", `This opportunity is in ${before.currency}`);
  }
  return { ...facts, amountMinor: minor };
}

function announceMove(
  ctx: SalesContext,
  before: Opportunity,
  after: Opportunity,
  source: Stage,
  target: Stage,
  custom: Changes,
): void {
  const { title } = after;
  const stages = { fromStage: source.name, toStage: target.name, secondsInFrom: secondsInStage(before, ctx.now) };
  const common = { ...about(after), changes: { stage: [source.name, target.name] as const, ...custom } };
  if (target.kind === "won") {
    const [amount, closedOn] = [amountOf(after), after.closedOn];
    if (amount === null || closedOn === null) throw new Error("won without an amount or a day");
    ctx.emit({ type: "opportunity.won", ...common, facts: { title, ...stages, amount, closedOn } });
  } else if (target.kind === "lost") {
    const reason = after.lostReason ?? "other";
    ctx.emit({
      type: "opportunity.lost",
      ...common,
      facts: { title, ...stages, reason, wonOn: wonOn(before, source) },
    });
  } else if (source.kind === "open") {
    ctx.emit({ type: "opportunity.moved", ...common, facts: { title, ...stages } });
  } else {
    ctx.emit({ type: "opportunity.reopened", ...common, facts: { title, ...stages, wonOn: wonOn(before, source) } });
  }
}
