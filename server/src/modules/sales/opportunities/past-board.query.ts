import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import type { readBoard as boardContract } from "@rainmaker/contracts/sales/board";
import { dayIn } from "@rainmaker/contracts/time";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import type { Context } from "#platform/context";
import { invalidField, notFound } from "#platform/errors";
import { limitOf } from "#platform/page";
import { withinReach } from "#platform/scope";
import type { PipelineReply, StageReply } from "../pipeline/pipelines.query.ts";
import { figuresOf, type TotalRow } from "./board-figures.ts";
import { toCard, type CardRow } from "./opportunities.query.ts";
import { ownedInTeam } from "./opportunity-views.query.ts";

type PastQuery = QueryOf<typeof boardContract> & { readonly asOf: string };

/**
 * The board as it was at an instant, of what the viewer sees today: stages, chances, values, dates and owners of then,
 * titles and customers of now. Cards come in the order they entered their stage.
 * @throws Refusal 404, 422 for a filter that only the present knows, the future, or before there was the pipeline
 */
export async function readPastBoard(
  ctx: Context,
  pipelineId: string,
  query: PastQuery,
): Promise<ReplyInput<typeof boardContract>> {
  refusePresentFilters(ctx, query);
  const pipeline = await readPastPipeline(ctx, pipelineId, query.asOf);
  const totals = await readPastTotals(ctx, pipelineId, query);
  const open = pipeline.stages.filter(({ kind }) => kind === "open");
  const cards = Map.groupBy(await readPastCards(ctx, pipelineId, query, open), (row) => row.stage_id);
  return {
    pipeline,
    columns: pipeline.stages.map((stage) => ({
      ...figuresOf(stage, totals),
      cards: (cards.get(stage.id) ?? []).map((row) => pastCard(ctx, row, pipelineId, stage)),
      nextCursor: null,
    })),
  };
}

function refusePresentFilters(ctx: Context, { asOf, view, freshness }: PastQuery): void {
  const message = "A past board knows no such filter";
  if (view !== undefined) throw invalidField("view", "not_of_the_past", message);
  if (freshness !== undefined) throw invalidField("freshness", "not_of_the_past", message);
  const isAhead = isDay(asOf) ? asOf > dayIn(ctx.organization.timeZone, ctx.now) : Date.parse(asOf) > ctx.now.getTime();
  if (isAhead) throw invalidField("asOf", "in_future", "This is still to come");
}

function isDay(asOf: string): boolean {
  return !asOf.includes("T");
}

/** The end of a day is the last instant of the organization's; of today, now. */
function instantOf(ctx: Context, asOf: string): RawBuilder<unknown> {
  if (!isDay(asOf)) return sql`${asOf}::timestamptz`;
  return sql`least(${ctx.now}::timestamptz,
    (${asOf}::date + 1)::timestamp at time zone ${ctx.organization.timeZone} - interval '1 microsecond')`;
}

async function readPastPipeline(ctx: Context, pipelineId: string, asOf: string): Promise<PipelineReply> {
  const { rows } = await sql<Omit<PipelineReply, "stages"> & { stages: StageReply[] | null }>`
    select p.id, p.name, p.currency, p.is_default as "isDefault", p.archived_at is not null as "isArchived", p.version,
      (select s.stages from pipeline_state s where s.organization_id = p.organization_id and s.pipeline_id = p.id
        and s.since <= ${instantOf(ctx, asOf)} order by s.since desc limit 1) as stages
    from pipeline p where p.organization_id = ${ctx.actor.organizationId} and p.id = ${pipelineId}`.execute(ctx.tx);
  const [row] = rows;
  if (row === undefined) throw notFound("pipeline");
  const { stages } = row;
  if (stages === null) throw invalidField("asOf", "before_pipeline", `${row.name} did not exist yet`);
  return { ...row, stages };
}

async function readPastTotals(ctx: Context, pipelineId: string, query: PastQuery): Promise<TotalRow[]> {
  const { rows } = await sql<TotalRow>`
    select t.stage_id, t.currency, count(*) as count, coalesce(sum(t.amount_minor), 0)::text as amount
    from ${pastStates(ctx, pipelineId, query)} t group by t.stage_id, t.currency order by t.currency`.execute(ctx.tx);
  return rows;
}

type PastRow = Pick<
  CardRow,
  | "id"
  | "number"
  | "title"
  | "customer_id"
  | "customer_name"
  | "owner_id"
  | "owner_name"
  | "stage_id"
  | "stage_since"
  | "amount_minor"
  | "currency"
  | "expected_close_on"
  | "created_at"
  | "updated_at"
  | "version"
>;

async function readPastCards(
  ctx: Context,
  pipelineId: string,
  query: PastQuery,
  open: readonly StageReply[],
): Promise<PastRow[]> {
  const { rows } = await sql<PastRow>`
    select o.id, o.number, o.title, o.customer_id, c.name as customer_name, t.owner_id, w.name as owner_name, t.stage_id, t.stage_since,
      t.amount_minor, t.currency, t.expected_close_on, o.created_at, t.since as updated_at, o.version
    from (
      select t.*, row_number() over (partition by t.stage_id order by t.stage_since, t.opportunity_id) as place from (
        select t.*, coalesce((select max(h.moved_at) from stage_history h where h.organization_id = ${ctx.actor.organizationId}
          and h.opportunity_id = t.opportunity_id and h.moved_at <= ${instantOf(ctx, query.asOf)}), t.since) as stage_since
        from ${pastStates(ctx, pipelineId, query)} t where t.stage_id = any(${open.map(({ id }) => id)}::uuid[])) t) t
    join opportunity o on o.organization_id = ${ctx.actor.organizationId} and o.id = t.opportunity_id
    left join customer c on c.organization_id = o.organization_id and c.id = o.customer_id
    left join organization.member_ref w on w.organization_id = o.organization_id and w.id = t.owner_id
    where t.place <= ${limitOf(query.limit)} order by t.stage_id, t.place`.execute(ctx.tx);
  return rows;
}

/** What stood in the pipeline then: its owner is whose it was, in sight is what belongs to somebody in reach today. */
function pastStates(ctx: Context, pipelineId: string, query: PastQuery): RawBuilder<unknown> {
  const { ownerId, teamId, closeBy, asOf } = query;
  const conditions = [sql<SqlBool>`true`];
  if (ownerId !== undefined) conditions.push(sql<SqlBool>`t.owner_id = ${ownerId}`);
  if (teamId !== undefined) conditions.push(ownedInTeam(ctx, teamId, "t"));
  if (closeBy !== undefined) conditions.push(sql<SqlBool>`t.expected_close_on <= ${closeBy}::date`);
  return sql`(select t.* from (
      select s.opportunity_id, s.since, s.held_by as owner_id, s.stage_id, s.amount_minor, s.currency, s.expected_close_on
      from opportunity_state s where s.organization_id = ${ctx.actor.organizationId} and s.pipeline_id = ${pipelineId}
        and s.since <= ${instantOf(ctx, asOf)} and s.until > ${instantOf(ctx, asOf)}
        and ${withinReach(ctx, "opportunity", sql.ref("s.owner_id"))}) t
    where ${sql.join(conditions, sql` and `)})`;
}

/** What nobody kept of then is left out. */
function pastCard(ctx: Context, row: PastRow, pipelineId: string, stage: StageReply): ReturnType<typeof toCard> {
  const unknown = {
    closed_on: null,
    lost_reason: null,
    next_step: null,
    next_step_on: null,
    source: null,
    priority: null,
  };
  const quiet = { follow_up_on: null, quiet_since: row.stage_since, rotting_days: null };
  const { name, kind, probability } = stage;
  const its = { pipeline_id: pipelineId, stage_name: name, stage_kind: kind, probability };
  return toCard(ctx, { ...row, ...unknown, ...quiet, ...its });
}
