import { sql } from "kysely";
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

/** The named stage. @throws Refusal 404 */
export async function getStage(ctx: SalesContext, stageId: string): Promise<Stage> {
  const [stage] = await listStages(ctx, [stageId]);
  if (stage === undefined) throw notFound("stage");
  return stage;
}

/** Those of the named stages that exist, in no order. */
export async function listStages(ctx: SalesContext, stageIds: readonly string[]): Promise<Stage[]> {
  const rows = await ctx.tx
    .selectFrom("stage")
    .select(["id", "pipeline_id", "name", "kind", "position", "probability"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "in", stageIds)
    .execute();
  return rows.map(toStage);
}

/**
 * Where a new opportunity starts: the named stage of the pipeline or its first open one, with the pipeline's currency.
 * @param pipelineId the default pipeline when undefined
 * @throws Refusal 404, 422
 */
export async function getStartStage(
  ctx: SalesContext,
  pipelineId: string | undefined,
  stageId: string | undefined,
): Promise<Stage & { readonly currency: string }> {
  const { rows } = await sql<Row & { stage_id: string | null; currency: string }>`
    select p.currency, p.id as pipeline_id, s.id as stage_id, s.id, s.name, s.kind, s.position, s.probability from pipeline p
    left join stage s on s.organization_id = p.organization_id and s.pipeline_id = p.id
      and ${stageId === undefined ? sql`s.kind = 'open'` : sql`s.id = ${stageId}`}
    where p.organization_id = ${ctx.actor.organizationId}
      and ${pipelineId === undefined ? sql`p.is_default` : sql`p.id = ${pipelineId}`}
    order by s.position limit 1`.execute(ctx.tx);
  const [row] = rows;
  if (row === undefined) throw notFound("pipeline");
  if (row.stage_id === null && stageId !== undefined) throw notFound("stage");
  if (row.stage_id === null)
    throw invalidField("pipelineId", "pipeline_without_stages", "This pipeline has no open stage");
  return { ...toStage(row), currency: row.currency };
}

type Row = { id: string; pipeline_id: string; name: string; kind: string; position: number; probability: number };

function toStage(row: Row): Stage {
  const { id, pipeline_id: pipelineId, name, position, probability } = row;
  return { id, pipelineId, name, kind: row.kind as Stage["kind"], position, probability };
}
