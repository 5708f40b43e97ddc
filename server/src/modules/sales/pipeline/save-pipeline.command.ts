import type { BodyOf } from "@rainmaker/contracts/endpoint";
import { isCurrency } from "@rainmaker/contracts/currencies";
import type {
  createPipeline as createContract,
  updatePipeline as updateContract,
} from "@rainmaker/contracts/sales/pipelines";
import { v7 as uuidv7 } from "uuid";
import { changesBetween, patched } from "#platform/audit";
import { invalidField, Refusal, refuseStale } from "#platform/errors";
import type { Asked } from "#platform/http";
import { widen } from "#platform/scope";
import type { SalesContext } from "../sales.context.ts";
import { planStages, usualStages, type Pipeline, type StagePlan } from "./pipeline.ts";
import { getPipeline } from "./pipelines.query.ts";
import {
  clearDefaultPipeline,
  insertPipeline,
  isNameTaken,
  lockPipeline,
  lockStages,
  nextPlace,
  placePipeline,
  rememberStages,
  savePipeline,
  saveStages,
} from "./pipelines.store.ts";
import type { Stage } from "./stage.ts";

type Changes = BodyOf<typeof updateContract>;

/** @returns the new pipeline's id */
export async function createPipeline(ctx: SalesContext, body: BodyOf<typeof createContract>): Promise<string> {
  const currency = body.currency ?? ctx.organization.currency;
  if (!isCurrency(currency)) throw invalidField("currency", "currency_unknown", "There is no such currency");
  const [id, { name }] = [uuidv7(), body];
  const { stages } = planStages(id, [], body.stages ?? usualStages(), [], uuidv7);
  const position = await nextPlace(ctx);
  const pipeline: Pipeline = { id, name, currency, isDefault: false, position, archivedAt: null, version: 1 };
  await refuseTakenName(ctx, pipeline);
  await insertPipeline(ctx, pipeline, stages);
  ctx.emit({ type: "pipeline.created", ...about(pipeline), facts: { name } });
  return id;
}

/**
 * Changes a pipeline with its stages in one go. Sales of a stage that goes move to the stage named for them, with a
 * line of history each, whoever they belong to.
 */
export async function updatePipeline(
  ctx: SalesContext,
  pipelineId: string,
  body: Changes,
  { seenVersion }: Asked,
): Promise<void> {
  const before = await lockPipeline(ctx, pipelineId);
  await refuseStale(before, seenVersion, () => getPipeline(ctx, pipelineId));
  widen(ctx);
  const position = body.position === undefined ? before.position : await placePipeline(ctx, pipelineId, body.position);
  const after = { ...withFacts(ctx, before, body), position, version: before.version + 1 };
  await refuseTakenName(ctx, after);
  if (after.isDefault && !before.isDefault) await clearDefaultPipeline(ctx);
  await savePipeline(ctx, after);
  const stages = await changeStages(ctx, pipelineId, body);
  const changes = changesBetween({ ...before, stages: stages?.before }, { ...after, stages: stages?.after });
  ctx.emit({ type: "pipeline.changed", ...about(after), changes, facts: { name: after.name } });
}

function withFacts(ctx: SalesContext, before: Pipeline, { name, isDefault, isArchived }: Changes): Pipeline {
  const archivedAt = isArchived === undefined ? undefined : isArchived ? ctx.now.toISOString() : null;
  const after = patched(before, { name, isDefault, archivedAt });
  if (after.isDefault && after.archivedAt !== null) {
    throw new Refusal(
      "conflict",
      "default_pipeline",
      "New sales start in this pipeline: make another one the default first",
    );
  }
  return after;
}

type Told = Record<string, unknown>;

async function changeStages(
  ctx: SalesContext,
  pipelineId: string,
  { stages: drafts, removed = [] }: Changes,
): Promise<{ before: Told[]; after: Told[] } | undefined> {
  if (drafts === undefined && removed.length === 0) return undefined;
  if (drafts === undefined) throw invalidField("stages", "required", "Say which stages stay");
  const before = await lockStages(ctx, pipelineId);
  const plan = planStages(pipelineId, before, drafts, removed, uuidv7);
  const moved = await saveStages(ctx, plan);
  await rememberStages(ctx, pipelineId);
  announceMoves(ctx, plan, moved);
  return { before: before.map(told), after: plan.stages.map(told) };
}

const idsInAnEvent = 5000;

function announceMoves(
  ctx: SalesContext,
  { removals }: StagePlan,
  moved: ReadonlyMap<string, readonly string[]>,
): void {
  for (const { source, target } of removals) {
    const ids = moved.get(source.id) ?? [];
    for (let start = 0; start < ids.length; start += idsInAnEvent) {
      const facts = { ids: ids.slice(start, start + idsInAnEvent), fromStage: source.name, toStage: target.name };
      ctx.emit({ type: "opportunities.moved", recordId: null, facts });
    }
  }
}

function told({ id: _id, pipelineId: _pipeline, position: _position, ...facts }: Stage): Told {
  return facts;
}

async function refuseTakenName(ctx: SalesContext, pipeline: Pipeline): Promise<void> {
  if (pipeline.archivedAt !== null || !(await isNameTaken(ctx, pipeline))) return;
  const message = "Another pipeline has this name";
  throw new Refusal("conflict", "name_taken", message, { errors: [{ path: "name", code: "name_taken", message }] });
}

function about({ id, name, version }: Pipeline): { recordId: string; label: string; version: number } {
  return { recordId: id, label: name, version };
}
