import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import { toWire } from "@rainmaker/contracts/money";
import {
  type readAttention as attentionContract,
  type readBoard as boardContract,
} from "@rainmaker/contracts/sales/board";
import { opportunityViews, type OpportunityView } from "@rainmaker/contracts/sales/opportunities";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import type { Context } from "#platform/context";
import { cursorOf, limitOf } from "#platform/page";
import { seesAll, withinReach } from "#platform/scope";
import { getPipeline, type StageReply } from "../pipeline/pipelines.query.ts";
import { figuresOf, type TotalRow } from "./board-figures.ts";
import { cardColumns, cardJoins, toCard, type CardRow } from "./opportunities.query.ts";
import { readPastBoard } from "./past-board.query.ts";
import { inView, isSoFresh, ownedInTeam, viewCondition } from "./opportunity-views.query.ts";

type BoardQuery = QueryOf<typeof boardContract>;

/** The board in three statements: stages, what the columns add up to, and the first cards of each open one. */
export async function readBoard(
  ctx: Context,
  pipelineId: string,
  query: BoardQuery,
): Promise<ReplyInput<typeof boardContract>> {
  if (query.asOf !== undefined) return readPastBoard(ctx, pipelineId, { ...query, asOf: query.asOf });
  const pipeline = await getPipeline(ctx, pipelineId);
  const limit = limitOf(query.limit);
  const isRolledUp = [query.closeBy, query.view, query.freshness].every((filter) => filter === undefined);
  const totals = isRolledUp ? await readTotals(ctx, pipelineId, query) : await countTotals(ctx, pipelineId, query);
  const openStages = pipeline.stages.filter(({ kind }) => kind === "open");
  const cards = Map.groupBy(await readCards(ctx, openStages, query, limit + 1), (row) => row.stage_id);
  return {
    pipeline,
    columns: pipeline.stages.map((stage) => {
      const read = cards.get(stage.id) ?? [];
      const last = read.slice(0, limit).at(-1);
      return {
        ...figuresOf(stage, totals),
        cards: read.slice(0, limit).map((row) => toCard(ctx, row)),
        // The form of the list's cursor in rank order, so that GET /opportunities?sort=rank goes on from here.
        nextCursor: read.length > limit && last !== undefined ? cursorOf(["rank", last.rank, last.id]) : null,
      };
    }),
  };
}

/** From the roll-up, which the database keeps with every change: its rows are owners and stages, not opportunities. */
async function readTotals(ctx: Context, pipelineId: string, { ownerId, teamId }: BoardQuery): Promise<TotalRow[]> {
  const conditions = [
    sql<SqlBool>`t.organization_id = ${ctx.actor.organizationId}`,
    sql<SqlBool>`t.pipeline_id = ${pipelineId}`,
  ];
  if (ownerId !== undefined) conditions.push(sql<SqlBool>`t.owner_id = ${ownerId}`);
  if (teamId !== undefined) conditions.push(ownedInTeam(ctx, teamId, "t"));
  if (!seesAll(ctx, "opportunity")) conditions.push(withinReach(ctx, "opportunity", sql.ref("t.owner_id")));
  const { rows } = await sql<TotalRow>`
    select t.stage_id, t.currency, sum(t.count)::bigint as count, sum(t.amount_minor)::text as amount
    from stage_total t where ${sql.join(conditions, sql` and `)}
    group by t.stage_id, t.currency having sum(t.count) > 0 order by t.currency`.execute(ctx.tx);
  return rows;
}

/** Counted from the rows, where a filter asks for less than an owner's whole stage. */
async function countTotals(ctx: Context, pipelineId: string, query: BoardQuery): Promise<TotalRow[]> {
  const { rows } = await sql<TotalRow>`
    select o.stage_id, o.currency, count(*) as count, coalesce(sum(o.amount_minor), 0)::text as amount
    from opportunity o where ${sql.join(boardConditions(ctx, query), sql` and `)} and o.pipeline_id = ${pipelineId}
    group by o.stage_id, o.currency order by o.currency`.execute(ctx.tx);
  return rows;
}

type RankedRow = CardRow & { rank: string };

/** The first cards of every open stage, each column along its own index. */
async function readCards(
  ctx: Context,
  stages: readonly StageReply[],
  query: BoardQuery,
  most: number,
): Promise<RankedRow[]> {
  const stageIds = stages.map(({ id }) => id);
  const { rows } = await sql<RankedRow>`
    select ${cardColumns}, o.rank from unnest(${stageIds}::uuid[]) as wanted(stage_id)
    cross join lateral (select * from opportunity o where ${sql.join(boardConditions(ctx, query), sql` and `)}
      and o.stage_id = wanted.stage_id order by o.rank, o.id limit ${most}) o
    ${cardJoins} order by o.stage_id, o.rank, o.id`.execute(ctx.tx);
  return rows;
}

function boardConditions(
  ctx: Context,
  { ownerId, teamId, closeBy, view, freshness }: BoardQuery,
): RawBuilder<SqlBool>[] {
  const conditions = [
    sql<SqlBool>`o.organization_id = ${ctx.actor.organizationId}`,
    sql<SqlBool>`o.deleted_at is null`,
    withinReach(ctx, "opportunity", sql.ref("o.owner_id")),
  ];
  if (ownerId !== undefined) conditions.push(sql<SqlBool>`o.owner_id = ${ownerId}`);
  if (teamId !== undefined) conditions.push(ownedInTeam(ctx, teamId, "o"));
  if (closeBy !== undefined) conditions.push(sql<SqlBool>`o.expected_close_on <= ${closeBy}::date`);
  if (view !== undefined) conditions.push(inView(ctx, view, "o"));
  if (freshness !== undefined) conditions.push(isSoFresh(ctx, freshness, "o"));
  return conditions;
}

type AttentionQuery = QueryOf<typeof attentionContract>;
type AttentionRow = { currency: string } & Record<`${OpportunityView}_count` | `${OpportunityView}_amount`, string>;

/** All views in one walk over what is open. */
export async function readAttention(
  ctx: Context,
  pipelineId: string,
  query: AttentionQuery,
): Promise<ReplyInput<typeof attentionContract>> {
  await getPipeline(ctx, pipelineId);
  const figures = opportunityViews.map((view) => {
    const holds = viewCondition(ctx, view, "o");
    return sql`count(*) filter (where ${holds}) as ${sql.ref(`${view}_count`)},
      coalesce(sum(o.amount_minor) filter (where ${holds}), 0)::text as ${sql.ref(`${view}_amount`)}`;
  });
  const { rows } = await sql<AttentionRow>`
    select o.currency, ${sql.join(figures)} from opportunity o
    join stage s on s.organization_id = o.organization_id and s.id = o.stage_id and s.kind = 'open'
    where ${sql.join(boardConditions(ctx, query), sql` and `)} and o.pipeline_id = ${pipelineId}
    group by o.currency order by o.currency`.execute(ctx.tx);
  return {
    views: opportunityViews.map((view) => ({
      view,
      count: rows.reduce((sum, row) => sum + Number(row[`${view}_count`]), 0),
      sums: rows
        .filter((row) => Number(row[`${view}_count`]) > 0)
        .map((row) => toWire(BigInt(row[`${view}_amount`]), row.currency)),
    })),
  };
}
