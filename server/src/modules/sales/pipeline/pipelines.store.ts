import { sql, type RawBuilder } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { notFound, Refusal } from "#platform/errors";
import type { SalesContext } from "../sales.context.ts";
import { planStages, usualStages, type Pipeline, type StagePlan } from "./pipeline.ts";
import type { Stage } from "./stage.ts";

/** The pipeline a new organization starts with. */
export async function insertDefaultPipeline(ctx: SalesContext, currency: string): Promise<void> {
  const id = uuidv7();
  const pipeline = { id, name: "New business", currency, isDefault: true, position: 0, archivedAt: null, version: 1 };
  await insertPipeline(ctx, pipeline, planStages(id, [], usualStages(), [], uuidv7).stages);
}

export async function insertPipeline(ctx: SalesContext, pipeline: Pipeline, stages: readonly Stage[]): Promise<void> {
  await ctx.tx
    .insertInto("pipeline")
    .values({
      organization_id: ctx.actor.organizationId,
      id: pipeline.id,
      currency: pipeline.currency,
      ...pipelineColumns(pipeline),
      created_at: ctx.now.toISOString(),
    })
    .execute();
  await insertStages(ctx, stages);
  await rememberStages(ctx, pipeline.id);
}

function pipelineColumns({ name, isDefault, position, archivedAt, version }: Pipeline) {
  return { name, is_default: isDefault, position, archived_at: archivedAt, version };
}

async function insertStages(ctx: SalesContext, stages: readonly Stage[]): Promise<void> {
  if (stages.length === 0) return;
  await ctx.tx
    .insertInto("stage")
    .values(
      stages.map((stage) => ({
        organization_id: ctx.actor.organizationId,
        id: stage.id,
        pipeline_id: stage.pipelineId,
        kind: stage.kind,
        ...stageColumns(stage),
      })),
    )
    .execute();
}

function stageColumns({ name, position, probability, normDays, rottingDays, requirements, nextStageIds }: Stage) {
  return {
    name,
    position,
    probability,
    norm_days: normDays,
    rotting_days: rottingDays,
    requirements: [...requirements],
    next_stage_ids: nextStageIds === null ? null : [...nextStageIds],
  };
}

/** Keeps how the stages are from now on, for the board of a past instant. */
export async function rememberStages(
  ctx: Pick<SalesContext, "tx" | "actor" | "now">,
  pipelineId: string,
): Promise<void> {
  await sql`
    insert into pipeline_state as t (organization_id, pipeline_id, since, stages)
    select p.organization_id, p.id, ${ctx.now}, (select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'kind', s.kind,
      'position', s.position, 'probability', s.probability, 'normDays', s.norm_days, 'rottingDays', s.rotting_days,
      'requirements', s.requirements, 'nextStageIds', s.next_stage_ids) order by s.position)
      from stage s where s.organization_id = p.organization_id and s.pipeline_id = p.id and s.removed_at is null)
    from pipeline p where p.organization_id = ${ctx.actor.organizationId} and p.id = ${pipelineId}
    on conflict (organization_id, pipeline_id, since) do update set stages = excluded.stages`.execute(ctx.tx);
}

/** Loads for update: of two people changing one pipeline the second waits. @throws Refusal 404 */
export async function lockPipeline(ctx: SalesContext, pipelineId: string): Promise<Pipeline> {
  const row = await ctx.tx
    .selectFrom("pipeline")
    .select(["id", "name", "currency", "is_default", "position", "archived_at", "version"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", pipelineId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notFound("pipeline");
  const { is_default: isDefault, archived_at: archivedAt, ...rest } = row;
  return { ...rest, isDefault, archivedAt };
}

export async function savePipeline(ctx: SalesContext, pipeline: Pipeline): Promise<void> {
  await ctx.tx
    .updateTable("pipeline")
    .set(pipelineColumns(pipeline))
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", pipeline.id)
    .execute();
}

export async function clearDefaultPipeline(ctx: SalesContext): Promise<void> {
  await sql`update pipeline set is_default = false, version = version + 1
    where organization_id = ${ctx.actor.organizationId} and is_default`.execute(ctx.tx);
}

/** Makes room for one among the others, which keep their order. @returns its place */
export async function placePipeline(ctx: SalesContext, pipelineId: string, place: number): Promise<number> {
  await sql`
    update pipeline p set position = o.place + case when o.place >= ${place} then 1 else 0 end
    from (select id, row_number() over (order by position, created_at, id) - 1 as place from pipeline
      where organization_id = ${ctx.actor.organizationId} and id <> ${pipelineId}) o
    where p.organization_id = ${ctx.actor.organizationId} and p.id = o.id`.execute(ctx.tx);
  return place;
}

export async function nextPlace(ctx: SalesContext): Promise<number> {
  const { rows } = await sql<{ place: number }>`select coalesce(max(position) + 1, 0) as place from pipeline
    where organization_id = ${ctx.actor.organizationId}`.execute(ctx.tx);
  return rows[0]?.place ?? 0;
}

/** Another pipeline in use of this name. */
export async function isNameTaken(ctx: SalesContext, { id, name }: Pipeline): Promise<boolean> {
  const row = await ctx.tx
    .selectFrom("pipeline")
    .select("id")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("archived_at", "is", null)
    .where(sql`lower(name)`, "=", sql`lower(${name})`)
    .where("id", "!=", id)
    .executeTakeFirst();
  return row !== undefined;
}

/** Writes stages that were planned, and moves the sales of those that go, with a line of history each. */
export async function saveStages(
  ctx: SalesContext,
  { stages, addedIds, removals }: StagePlan,
): Promise<Map<string, string[]>> {
  const { organizationId } = ctx.actor;
  const moved = new Map<string, string[]>();
  for (const { source } of removals) {
    await ctx.tx
      .updateTable("stage")
      .set({ removed_at: ctx.now.toISOString() })
      .where("organization_id", "=", organizationId)
      .where("id", "=", source.id)
      .execute();
  }
  await freeNames(ctx, stages);
  for (const stage of stages.filter(({ id }) => !addedIds.has(id))) {
    await ctx.tx
      .updateTable("stage")
      .set(stageColumns(stage))
      .where("organization_id", "=", organizationId)
      .where("id", "=", stage.id)
      .execute();
  }
  await insertStages(
    ctx,
    stages.filter(({ id }) => addedIds.has(id)),
  );
  for (const { source, target } of removals) moved.set(source.id, await moveAll(ctx, source.id, target.id));
  return moved;
}

/** Names may be swapped: for a moment each is called by its id. */
async function freeNames(ctx: SalesContext, stages: readonly Stage[]): Promise<void> {
  await sql`update stage set name = id::text where organization_id = ${ctx.actor.organizationId}
    and id = any(${stages.map(({ id }) => id)}::uuid[])`.execute(ctx.tx);
}

/** Everything in a stage, the trash included, to another one. @returns ids of what is not in the trash */
async function moveAll(ctx: SalesContext, sourceId: string, targetId: string): Promise<string[]> {
  const { organizationId, memberId } = ctx.actor;
  const { rows } = await sql<{ id: string }>`
    with cards as (
      select id, owner_id, stage_since, deleted_at from opportunity
      where organization_id = ${organizationId} and stage_id = ${sourceId} order by id for update
    ), moved as (
      update opportunity o set stage_id = ${targetId}, stage_since = ${ctx.now}, updated_at = ${ctx.now}, version = o.version + 1
      from cards c where o.organization_id = ${organizationId} and o.id = c.id
    ), history as (
      insert into stage_history (organization_id, id, opportunity_id, owner_id, from_stage_id, to_stage_id, moved_by, moved_at, seconds_in_from, source)
      select ${organizationId}, gen_random_uuid(), c.id, c.owner_id, ${sourceId}, ${targetId}, ${memberId}, ${ctx.now},
        greatest(0, floor(extract(epoch from ${ctx.now}::timestamptz - c.stage_since))), 'stage_removed' from cards c
    )
    select id from cards where deleted_at is null`.execute(ctx.tx);
  return rows.map(({ id }) => id);
}

/** The stages of a pipeline in order, held until the end: nobody moves a sale into one that goes meanwhile. */
export async function lockStages(ctx: SalesContext, pipelineId: string): Promise<Stage[]> {
  const { rows } =
    await sql<Stage>`select ${stageFields} from stage s where s.organization_id = ${ctx.actor.organizationId}
    and s.pipeline_id = ${pipelineId} and s.removed_at is null order by s.position for update`.execute(ctx.tx);
  return rows;
}

/** The named stage. @throws Refusal 404 */
export async function getStage(ctx: SalesContext, stageId: string): Promise<Stage> {
  const { rows } =
    await sql<Stage>`select ${stageFields} from stage s where s.organization_id = ${ctx.actor.organizationId}
    and s.id = ${stageId} and s.removed_at is null`.execute(ctx.tx);
  if (rows[0] === undefined) throw notFound("stage");
  return rows[0];
}

/**
 * The stages of a pipeline in order.
 * @param pipeline its id, as an expression
 * @throws Refusal 409 where it is archived
 */
export async function listPipelineStages(
  ctx: Pick<SalesContext, "tx" | "actor">,
  pipeline: RawBuilder<unknown>,
): Promise<Stage[]> {
  const { rows } = await sql<InPipeline>`
    select ${stageFields}, ${pipelineFields} from stage s join pipeline p on p.organization_id = s.organization_id and p.id = s.pipeline_id
    where s.organization_id = ${ctx.actor.organizationId} and s.removed_at is null and s.pipeline_id = ${pipeline} order by s.position`.execute(
    ctx.tx,
  );
  for (const row of rows) refuseArchived(row);
  return rows;
}

/**
 * All stages of the pipelines of these two. The target is held: nobody removes it before the end, and it is missing
 * where somebody just has. The others are not, so that moves at once do not write to all of them.
 * @throws Refusal 409 where such a pipeline is archived
 */
export async function listStagesAround(ctx: SalesContext, sourceId: string, targetId: string): Promise<Stage[]> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<InPipeline>`
    with held as materialized (
      select id from stage where organization_id = ${organizationId} and id = ${targetId} and removed_at is null for key share
    )
    select ${stageFields}, ${pipelineFields} from stage s join pipeline p on p.organization_id = s.organization_id and p.id = s.pipeline_id
    where s.organization_id = ${organizationId} and s.removed_at is null and s.pipeline_id in (
        select n.pipeline_id from stage n where n.organization_id = ${organizationId} and n.id in (${sourceId}, ${targetId}))
      and (s.id <> ${targetId} or s.id in (select id from held))
    order by s.position`.execute(ctx.tx);
  for (const row of rows) refuseArchived(row);
  return rows;
}

/** Ids of a stage and of those before it: what has to be filled from one of them on has to be filled by now. */
export async function listReached(ctx: SalesContext, { pipelineId, position, kind }: Stage): Promise<Set<string>> {
  if (kind === "lost") return new Set();
  const rows = await ctx.tx
    .selectFrom("stage")
    .select("id")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("pipeline_id", "=", pipelineId)
    .where("position", "<=", position)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Whether there is such a stage that has not been removed. */
export async function hasStage(ctx: Pick<SalesContext, "tx" | "actor">, stageId: string): Promise<boolean> {
  const { rows } = await sql`select from stage s where s.organization_id = ${ctx.actor.organizationId}
    and s.id = ${stageId} and s.removed_at is null`.execute(ctx.tx);
  return rows.length > 0;
}

/**
 * Where a new opportunity starts: the named stage of the pipeline or its first open one, with the pipeline's currency.
 * @param pipelineId the default pipeline when undefined
 * @throws Refusal 404, 409, 422
 */
export async function getStartStage(
  ctx: SalesContext,
  pipelineId: string | undefined,
  stageId: string | undefined,
): Promise<Stage & { readonly currency: string }> {
  const { organizationId } = ctx.actor;
  const isPipeline = pipelineId === undefined ? sql`p.is_default` : sql`p.id = ${pipelineId}`;
  const { rows } = await sql<InPipeline>`
    select ${stageFields}, ${pipelineFields} from pipeline p join stage s on s.organization_id = p.organization_id and s.pipeline_id = p.id
    where p.organization_id = ${organizationId} and s.removed_at is null and ${isPipeline}
      and ${stageId === undefined ? sql`s.kind = 'open'` : sql`s.id = ${stageId}`}
    order by s.position limit 1 for key share of s`.execute(ctx.tx);
  const [row] = rows;
  if (row === undefined) throw notFound(stageId === undefined ? "pipeline" : "stage");
  refuseArchived(row);
  return row;
}

type InPipeline = Stage & { pipelineName: string; isArchived: boolean; currency: string };

const pipelineFields = sql.raw(`p.name as "pipelineName", p.archived_at is not null as "isArchived", p.currency`);
const stageFields = sql.raw(
  `s.id, s.pipeline_id as "pipelineId", s.name, s.kind, s.position, s.probability, s.norm_days as "normDays", ` +
    `s.rotting_days as "rottingDays", s.requirements, s.next_stage_ids as "nextStageIds"`,
);

/** @throws Refusal 409 */
function refuseArchived({ pipelineName, isArchived }: Pick<InPipeline, "pipelineName" | "isArchived">): void {
  if (isArchived)
    throw new Refusal("conflict", "pipeline_archived", `${pipelineName} is archived: nothing moves in it`);
}
