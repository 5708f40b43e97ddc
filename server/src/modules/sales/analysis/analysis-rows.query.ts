import { ageBuckets, type Figure } from "@rainmaker/contracts/sales/analysis";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import type { Context } from "#platform/context";
import type { Range } from "#platform/range";
import { withinReach } from "#platform/scope";
import { ownedInTeam } from "../opportunities/opportunity-views.query.ts";

/** What is looked at: opportunities of a pipeline in one currency, and the days of the period. */
export type Asked = {
  readonly pipelineId: string;
  readonly currency: string;
  readonly range: Range;
  readonly today: string;
  readonly ownerId: string | undefined;
  readonly teamId: string | undefined;
};

/**
 * The rows that every figure counts, as (figure, key, opportunity_id, amount_minor, measure); an opportunity stands once
 * in each. Both the figures and the lists behind them read these, so they tie out. What is lost is worth nothing.
 * `measure` is days.
 * @param only this figure's rows
 */
export function analysisRows(ctx: Context, asked: Asked, only?: Figure): RawBuilder<unknown> {
  const parts = Object.entries(partsOf(ctx, asked)).filter(([name]) => only === undefined || partOf[only] === name);
  return sql`sales as materialized (${sales(ctx, asked)}), figure_row(figure, key, opportunity_id, amount_minor, measure) as (${sql.join(
    parts.map(([, part]) => part),
    sql` union all `,
  )})`;
}

type Part = "stages" | "left" | "age" | "slipped" | "closed" | "bySource" | "byProduct" | "byOwner";

const partOf: Readonly<Record<Figure, Part>> = {
  entered: "stages",
  wentOn: "stages",
  lostFrom: "stages",
  stillThere: "stages",
  left: "left",
  age: "age",
  slipped: "slipped",
  won: "closed",
  lost: "closed",
  wonBySource: "bySource",
  lostBySource: "bySource",
  wonByProduct: "byProduct",
  lostByProduct: "byProduct",
  wonByOwner: "byOwner",
  lostByOwner: "byOwner",
};

function sales(ctx: Context, { pipelineId, currency, ownerId, teamId }: Asked): RawBuilder<unknown> {
  const conditions = [
    sql<SqlBool>`o.organization_id = ${ctx.actor.organizationId}`,
    sql<SqlBool>`o.pipeline_id = ${pipelineId}`,
    sql<SqlBool>`o.deleted_at is null`,
    sql<SqlBool>`o.currency = ${currency}`,
    withinReach(ctx, "opportunity", sql.ref("o.owner_id")),
  ];
  if (ownerId !== undefined) conditions.push(sql<SqlBool>`o.owner_id = ${ownerId}`);
  if (teamId !== undefined) conditions.push(ownedInTeam(ctx, teamId, "o"));
  return sql`select o.id, o.owner_id, o.opened_on, o.closed_on, coalesce(o.source, '') as source, s.kind,
      case when s.kind = 'lost' then 0 else coalesce(o.amount_minor, 0) end as amount_minor
    from opportunity o join stage s on s.organization_id = o.organization_id and s.id = o.stage_id
    where ${sql.join(conditions, sql` and `)}`;
}

function partsOf(ctx: Context, { pipelineId, range, today }: Asked): Readonly<Record<Part, RawBuilder<unknown>>> {
  const { organizationId } = ctx.actor;
  const { timeZone } = ctx.organization;
  const from = sql`(${range.from}::date)::timestamp at time zone ${timeZone}`;
  const until = sql`(${range.to}::date + 1)::timestamp at time zone ${timeZone}`;
  const isClosed = sql`o.kind <> 'open' and o.closed_on between ${range.from}::date and ${range.to}::date`;
  const closedBy = (by: string, key: RawBuilder<unknown>, join = sql``) => sql`
    select distinct o.kind || ${by}::text, ${key}, o.id, o.amount_minor, (o.closed_on - o.opened_on)::numeric
    from sales o ${join} where ${isClosed}`;
  return {
    // One walk over the moves tells how far each sale got from every one of them on: asked sale by sale it takes longer.
    stages: sql`
      select f.figure, c.to_stage_id::text as key, o.id as opportunity_id, o.amount_minor, null::numeric as measure from (
        select distinct on (m.opportunity_id, m.to_stage_id) m.opportunity_id, m.to_stage_id, m.furthest > m.position as went_on from (
          select h.opportunity_id, h.to_stage_id, h.moved_at, s.kind, s.position, s.removed_at,
            max(case s.kind when 'won' then 1000000 when 'open' then s.position end)
              over (partition by h.opportunity_id order by h.moved_at range between current row and unbounded following) as furthest
          from stage_history h join stage s on s.organization_id = h.organization_id and s.id = h.to_stage_id
          where h.organization_id = ${organizationId} and s.pipeline_id = ${pipelineId}) m
        where m.kind = 'open' and m.removed_at is null and m.moved_at >= ${from} and m.moved_at < ${until}
        order by m.opportunity_id, m.to_stage_id, m.moved_at) c
      join sales o on o.id = c.opportunity_id
      cross join lateral (values ('entered'),
        (case when c.went_on then 'wentOn' when o.kind = 'lost' then 'lostFrom' else 'stillThere' end)) as f(figure)`,
    left: sql`
      select 'left' as figure, h.from_stage_id::text as key, o.id as opportunity_id, o.amount_minor, sum(h.seconds_in_from) / 86400.0 as measure
      from sales o join stage_history h on h.organization_id = ${organizationId} and h.opportunity_id = o.id
        and h.moved_at >= ${from} and h.moved_at < ${until} and h.from_stage_id is not null
      group by h.from_stage_id, o.id, o.amount_minor`,
    age: sql`
      select 'age' as figure, (select max(b) from unnest(${[...ageBuckets]}::integer[]) b where b <= greatest(0, ${today}::date - o.opened_on))::text as key,
        o.id as opportunity_id, o.amount_minor, (${today}::date - o.opened_on)::numeric as measure
      from sales o where o.kind = 'open'`,
    slipped: sql`
      select 'slipped' as figure, '' as key, o.id as opportunity_id, o.amount_minor, sum(p.days)::numeric as measure
      from sales o join (
        select s.opportunity_id, s.since, s.expected_close_on - lag(s.expected_close_on) over (partition by s.opportunity_id order by s.since) as days
        from opportunity_state s where s.organization_id = ${organizationId}) p on p.opportunity_id = o.id
      where p.days > 0 and p.since >= ${from} and p.since < ${until} group by o.id, o.amount_minor`,
    closed: closedBy("", sql`''`),
    bySource: closedBy("BySource", sql`o.source`),
    byProduct: closedBy(
      "ByProduct",
      sql`coalesce(l.product_id::text, '')`,
      sql`left join opportunity_line l on l.organization_id = ${organizationId} and l.opportunity_id = o.id`,
    ),
    byOwner: closedBy("ByOwner", sql`coalesce(o.owner_id::text, '')`),
  };
}
