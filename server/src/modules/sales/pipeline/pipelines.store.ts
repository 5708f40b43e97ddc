import { v7 as uuidv7 } from "uuid";
import { invalidField, notFound } from "#platform/errors";
import type { SalesContext } from "../sales.context.ts";
import { defaultStages, type Stage } from "./stage.ts";

export async function insertDefaultPipeline(ctx: SalesContext, currency: string): Promise<void> {
  const pipelineId = uuidv7();
  const organizationId = ctx.actor.organizationId;
  await ctx.tx
    .insertInto("pipeline")
    .values({
      organization_id: organizationId,
      id: pipelineId,
      name: "New business",
      currency,
      is_default: true,
      created_at: ctx.now.toISOString(),
      version: 1,
    })
    .execute();
  await ctx.tx
    .insertInto("stage")
    .values(
      defaultStages.map(({ name, kind, probability, normDays }, position) => ({
        organization_id: organizationId,
        id: uuidv7(),
        pipeline_id: pipelineId,
        name,
        kind,
        position,
        probability,
        norm_days: normDays,
      })),
    )
    .execute();
}

export type PipelineFacts = { readonly id: string; readonly currency: string };

/** The named pipeline, or the default one. @throws Refusal 404 */
export async function getPipeline(ctx: SalesContext, pipelineId: string | undefined): Promise<PipelineFacts> {
  const row = await ctx.tx
    .selectFrom("pipeline")
    .select(["id", "currency"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where((eb) => (pipelineId === undefined ? eb("is_default", "=", true) : eb("id", "=", pipelineId)))
    .executeTakeFirst();
  if (row === undefined) throw notFound("pipeline");
  return row;
}

/** The named stage. @throws Refusal 404 */
export async function getStage(ctx: SalesContext, stageId: string): Promise<Stage> {
  const row = await selectStages(ctx).where("id", "=", stageId).executeTakeFirst();
  if (row === undefined) throw notFound("stage");
  return toStage(row);
}

/** Where a new opportunity starts: the named stage of the pipeline, or its first open one. */
export async function getStartStage(
  ctx: SalesContext,
  pipelineId: string,
  stageId: string | undefined,
): Promise<Stage> {
  const row = await selectStages(ctx)
    .where("pipeline_id", "=", pipelineId)
    .where((eb) => (stageId === undefined ? eb("kind", "=", "open") : eb("id", "=", stageId)))
    .orderBy("position")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined && stageId !== undefined) throw notFound("stage");
  if (row === undefined) throw invalidField("pipelineId", "pipeline_without_stages", "This pipeline has no open stage");
  return toStage(row);
}

function selectStages(ctx: SalesContext) {
  return ctx.tx
    .selectFrom("stage")
    .select(["id", "pipeline_id", "name", "kind", "position", "probability"])
    .where("organization_id", "=", ctx.actor.organizationId);
}

type Row = { id: string; pipeline_id: string; name: string; kind: string; position: number; probability: number };

function toStage(row: Row): Stage {
  const { id, pipeline_id: pipelineId, name, position, probability } = row;
  return { id, pipelineId, name, kind: row.kind as Stage["kind"], position, probability };
}
