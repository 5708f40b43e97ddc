import {
  ageBuckets,
  type Figure,
  type FigureCell,
  type listAnalysisRows as rowsContract,
  type readAnalysis as contract,
} from "@rainmaker/contracts/sales/analysis";
import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import { toWire } from "@rainmaker/contracts/money";
import { dayIn } from "@rainmaker/contracts/time";
import { sql } from "kysely";
import { numberOf } from "#modules/records";
import type { Context } from "#platform/context";
import { cursorOf, limitOf, readCursor } from "#platform/page";
import { daysAsked } from "#platform/range";
import { opportunityRecord } from "../opportunities/opportunity.ts";
import { getPipeline, type PipelineReply } from "../pipeline/pipelines.query.ts";
import { analysisRows, type Asked } from "./analysis-rows.query.ts";

type Reply = ReplyInput<typeof contract>;
type Cell = FigureCell;

type FigureRow = {
  figure: Figure;
  key: string;
  label: string | null;
  count: number;
  minor: string;
  mean: string | null;
  median: string | null;
};

/** The figures of a pipeline: each counts rows that `listAnalysisRows` lists. */
export async function readAnalysis(ctx: Context, pipelineId: string, query: QueryOf<typeof contract>): Promise<Reply> {
  const pipeline = await getPipeline(ctx, pipelineId);
  const asked = askedOf(ctx, pipeline, query);
  const { rows } = await sql<FigureRow>`
    with ${analysisRows(ctx, asked)}
    select r.figure, r.key, r.count, r.minor, r.mean, r.median, coalesce(w.name, p.name, nullif(r.key, '')) as label from (
      select figure, key, count(*)::integer as count, sum(amount_minor)::text as minor, round(avg(measure), 1)::text as mean,
        round((percentile_cont(0.5) within group (order by measure))::numeric, 1)::text as median
      from figure_row group by figure, key) r
    left join organization.member_ref w on w.organization_id = ${ctx.actor.organizationId} and r.figure like '%ByOwner' and w.id::text = r.key
    left join product p on p.organization_id = ${ctx.actor.organizationId} and r.figure like '%ByProduct' and p.id::text = r.key`.execute(
    ctx.tx,
  );
  return replyOf(pipeline, asked, rows);
}

function askedOf(ctx: Context, pipeline: PipelineReply, query: QueryOf<typeof contract>): Asked {
  const today = dayIn(ctx.organization.timeZone, ctx.now);
  const { ownerId, teamId, currency = pipeline.currency } = query;
  return { pipelineId: pipeline.id, currency, range: daysAsked(query, today), today, ownerId, teamId };
}

function replyOf({ stages }: PipelineReply, { range, currency }: Asked, rows: readonly FigureRow[]): Reply {
  const found = new Map(rows.map((row) => [`${row.figure} ${row.key}`, row]));
  const rowAt = (figure: Figure, key: string): FigureRow | undefined => found.get(`${figure} ${key}`);
  const cell = (figure: Figure, key = ""): Cell => {
    const row = rowAt(figure, key);
    return { figure, key, count: row?.count ?? 0, amount: toWire(BigInt(row?.minor ?? 0), currency) };
  };
  const open = stages.filter(({ kind }) => kind === "open").map(({ id, name, kind }) => ({ id, name, kind }));
  const [won, lost, slipped] = [rowAt("won", ""), cell("lost"), rowAt("slipped", "")];
  const conversion = open.map((stage) => {
    const [entered, wentOn] = [cell("entered", stage.id), cell("wentOn", stage.id)];
    const others = { lost: cell("lostFrom", stage.id), stillThere: cell("stillThere", stage.id) };
    return { stage, entered, wentOn, ...others, rate: rateOf(wentOn.count, entered.count) };
  });
  const wonCell = cell("won");
  const velocity = {
    won: wonCell,
    lost,
    rate: rateOf(wonCell.count, wonCell.count + lost.count),
    averageDays: won?.mean ?? null,
    medianDays: won?.median ?? null,
    stages: open.map((stage) => ({
      stage,
      left: cell("left", stage.id),
      medianDays: rowAt("left", stage.id)?.median ?? null,
    })),
  };
  const winRates = (wonBy: Figure, lostBy: Figure): Reply["bySource"] => {
    const labels = new Map(
      rows.filter(({ figure }) => [wonBy, lostBy].includes(figure)).map((row) => [row.key, row.label]),
    );
    const rates = [...labels].map(([key, label]) => {
      const [its, others] = [cell(wonBy, key), cell(lostBy, key)];
      return { key, label, won: its, lost: others, rate: rateOf(its.count, its.count + others.count) };
    });
    return rates.toSorted((a, b) => b.won.count + b.lost.count - a.won.count - a.lost.count).slice(0, mostGroups);
  };
  return {
    ...range,
    currency,
    conversion,
    velocity,
    age: ageBuckets.map((fromDays, index) => {
      const next = ageBuckets[index + 1];
      return { fromDays, toDays: next === undefined ? null : next - 1, open: cell("age", String(fromDays)) };
    }),
    slippage: { slipped: cell("slipped"), averageDays: slipped?.mean ?? null },
    bySource: winRates("wonBySource", "lostBySource"),
    byProduct: winRates("wonByProduct", "lostByProduct"),
    byOwner: winRates("wonByOwner", "lostByOwner"),
  };
}

/** Groups that are told one by one, those with most closings first. */
const mostGroups = 200;

/** A share of counts with four decimals, rounded half up; null of nothing. */
function rateOf(part: number, whole: number): string | null {
  if (whole === 0) return null;
  const tenThousandths = (BigInt(part) * 20_000n + BigInt(whole)) / (2n * BigInt(whole));
  return `${tenThousandths / 10_000n}.${String(tenThousandths % 10_000n).padStart(4, "0")}`;
}

type Row = {
  id: string;
  number: bigint;
  title: string;
  customer_id: string | null;
  customer_name: string | null;
  owner_id: string | null;
  owner_name: string | null;
  stage_id: string;
  stage_name: string;
  kind: Reply["conversion"][number]["stage"]["kind"];
  minor: string;
  count: number;
  total: string;
};

/** The opportunities behind one figure: as many as it counts, and worth what it says. */
export async function listAnalysisRows(
  ctx: Context,
  pipelineId: string,
  query: QueryOf<typeof rowsContract>,
): Promise<ReplyInput<typeof rowsContract>> {
  const asked = askedOf(ctx, await getPipeline(ctx, pipelineId), query);
  const [after] = readCursor(query.cursor, ["number"]) ?? [null];
  const limit = limitOf(query.limit);
  const { figure, key = "" } = query;
  const { rows } = await sql<Row>`
    with ${analysisRows(ctx, asked, figure)}, chosen as (
      select opportunity_id, amount_minor from figure_row where figure = ${figure} and key = ${key}
    ), whole as (select count(*)::integer as count, coalesce(sum(amount_minor), 0)::text as total from chosen)
    select o.id, o.number, o.title, o.customer_id, c.name as customer_name, o.owner_id, w.name as owner_name, o.stage_id, s.name as stage_name,
      s.kind, r.amount_minor::text as minor, whole.count, whole.total
    from whole left join (
      select r.*, o.number from chosen r join opportunity o on o.organization_id = ${ctx.actor.organizationId} and o.id = r.opportunity_id
      where ${after}::bigint is null or o.number < ${after}::bigint order by o.number desc limit ${limit + 1}) r on true
    left join opportunity o on o.organization_id = ${ctx.actor.organizationId} and o.id = r.opportunity_id
    left join stage s on s.organization_id = o.organization_id and s.id = o.stage_id
    left join customer c on c.organization_id = o.organization_id and c.id = o.customer_id
    left join organization.member_ref w on w.organization_id = o.organization_id and w.id = o.owner_id
    order by o.number desc`.execute(ctx.tx);
  const found = rows.filter(({ id }) => id !== null);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({
      id: row.id,
      number: numberOf(opportunityRecord, row.number),
      title: row.title,
      customer: row.customer_id === null ? null : { id: row.customer_id, name: row.customer_name ?? "" },
      owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? "" },
      stage: { id: row.stage_id, name: row.stage_name, kind: row.kind },
      amount: toWire(BigInt(row.minor), asked.currency),
    })),
    nextCursor: found.length > limit && last !== undefined ? cursorOf([last.number]) : null,
    count: rows[0]?.count ?? 0,
    countCapped: false,
    amount: toWire(BigInt(rows[0]?.total ?? 0), asked.currency),
  };
}
