import type { ReplyInput } from "@rainmaker/contracts/endpoint";
import type { listPipelines as listContract } from "@rainmaker/contracts/sales/pipelines";
import { sql } from "kysely";
import type { Context } from "#platform/context";
import { notFound } from "#platform/errors";

export type PipelineReply = ReplyInput<typeof listContract>["items"][number];
export type StageReply = PipelineReply["stages"][number];

/** The default one first, archived ones last. */
export async function listPipelines(ctx: Context): Promise<ReplyInput<typeof listContract>> {
  return { items: await readPipelines(ctx, null) };
}

/** @throws Refusal 404 */
export async function getPipeline(ctx: Context, pipelineId: string): Promise<PipelineReply> {
  const [pipeline] = await readPipelines(ctx, pipelineId);
  if (pipeline === undefined) throw notFound("pipeline");
  return pipeline;
}

async function readPipelines(ctx: Context, pipelineId: string | null): Promise<PipelineReply[]> {
  const { rows } = await sql<PipelineReply>`
    select p.id, p.name, p.currency, p.is_default as "isDefault", p.archived_at is not null as "isArchived", p.version, coalesce((
      select json_agg(json_build_object('id', s.id, 'name', s.name, 'kind', s.kind, 'position', s.position, 'probability', s.probability,
        'normDays', s.norm_days, 'rottingDays', s.rotting_days, 'requirements', s.requirements, 'nextStageIds', s.next_stage_ids) order by s.position)
      from stage s where s.organization_id = p.organization_id and s.pipeline_id = p.id and s.removed_at is null), '[]') as stages
    from pipeline p
    where p.organization_id = ${ctx.actor.organizationId} and (${pipelineId}::uuid is null or p.id = ${pipelineId}::uuid)
    order by p.archived_at is not null, p.is_default desc, p.position, p.name`.execute(ctx.tx);
  return rows;
}
