import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import { toWire } from "@rainmaker/contracts/money";
import type {
  getOpportunity as getContract,
  listOpportunities as listContract,
} from "@rainmaker/contracts/sales/opportunities";
import type { totalOpportunities as totalContract } from "@rainmaker/contracts/sales/opportunity-totals";
import type { createOpportunity as replyContract } from "@rainmaker/contracts/sales/opportunity-changes";
import { dayIn } from "@rainmaker/contracts/time";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import { customReply, listPage, listTotals, minorOf, numberOf, pageOrder, type Filtering } from "#modules/records";
import type { Context } from "#platform/context";
import { notFound } from "#platform/errors";
import { withinReachOrGranted } from "#platform/scope";
import { isOverridden, wireLine } from "./line-items.ts";
import { freshnessOf } from "./freshness.ts";
import { inView, isSoFresh, ownedInTeam } from "./opportunity-views.query.ts";
import { opportunityRecord } from "./opportunity.ts";

export type Card = Omit<Listed, "custom">;
type Listed = ReplyInput<typeof listContract>["items"][number];

export type CardRow = {
  id: string;
  number: bigint;
  title: string;
  customer_id: string | null;
  customer_name: string | null;
  owner_id: string | null;
  owner_name: string | null;
  pipeline_id: string;
  stage_id: string;
  stage_name: string;
  stage_kind: Card["stage"]["kind"];
  probability: number;
  stage_since: string;
  amount_minor: bigint | null;
  currency: string;
  expected_close_on: string | null;
  closed_on: string | null;
  lost_reason: Card["lostReason"];
  next_step: string | null;
  next_step_on: string | null;
  follow_up_on: string | null;
  quiet_since: string;
  rotting_days: number | null;
  source: string | null;
  priority: Card["priority"];
  created_at: string;
  updated_at: string;
  version: number;
};

/** Columns of a card, of the opportunity o with its customer c, owner w and stage s. */
export const cardColumns = sql.raw(
  "o.id, o.number, o.title, o.customer_id, c.name as customer_name, o.owner_id, w.name as owner_name, o.pipeline_id, o.stage_id, " +
    "s.name as stage_name, s.kind as stage_kind, s.probability, o.stage_since, o.amount_minor, o.currency, o.expected_close_on, " +
    "o.closed_on, o.lost_reason, o.next_step, o.next_step_on, o.follow_up_on, o.quiet_since, s.rotting_days, o.source, o.priority, o.created_at, o.updated_at, o.version",
);
export const cardJoins = sql.raw(
  "join stage s on s.organization_id = o.organization_id and s.id = o.stage_id " +
    "left join customer c on c.organization_id = o.organization_id and c.id = o.customer_id " +
    "left join organization.member_ref w on w.organization_id = o.organization_id and w.id = o.owner_id",
);

type ListRow = CardRow & { custom: Listed["custom"]; sort_key: unknown };
type ListQuery = QueryOf<typeof listContract>;

export async function listOpportunities(ctx: Context, query: ListQuery): Promise<ReplyInput<typeof listContract>> {
  const defaultSort = "-updatedAt";
  const select = (page: RawBuilder<unknown>): RawBuilder<ListRow> => sql`
    select ${cardColumns}, ${customReply(ctx, sql.ref("o.custom"))} as custom, page.sort_key from ${page} page
    join opportunity o on o.organization_id = ${ctx.actor.organizationId} and o.id = page.id ${cardJoins}
    order by ${pageOrder(opportunityRecord, query, defaultSort)}`;
  const { rows, ...rest } = await listPage<ListRow>(ctx, { ...filtering(ctx, query), query, defaultSort, select });
  return { items: rows.map((row) => ({ ...toCard(ctx, row), custom: row.custom })), ...rest };
}

/** What the list comes to: count and value, whole and by groups. */
export async function totalOpportunities(
  ctx: Context,
  { groupBy, ...query }: QueryOf<typeof totalContract>,
): Promise<ReplyInput<typeof totalContract>> {
  return listTotals(ctx, filtering(ctx, query), groupBy);
}

function filtering(ctx: Context, query: ListQuery): Filtering {
  return { record: opportunityRecord, query, filters: filtersOf(ctx, query), where: conditionsOf(ctx, query) };
}

function filtersOf(ctx: Context, query: ListQuery): Record<string, string | bigint | undefined> {
  const { q, pipelineId, stageId, ownerId, customerId, source, priority, closeFrom, closeBy } = query;
  const [least, most] = [query.amountFrom, query.amountTo];
  const amountFrom = least === undefined ? undefined : minorOf(ctx, least, "amountFrom");
  const amountTo = most === undefined ? undefined : minorOf(ctx, most, "amountTo");
  return { q, pipelineId, stageId, ownerId, customerId, source, priority, closeFrom, closeBy, amountFrom, amountTo };
}

function conditionsOf(ctx: Context, { kind, teamId, view, freshness, contactId }: ListQuery): RawBuilder<SqlBool>[] {
  return [
    ...(kind === undefined ? [] : [inStagesOfKind(ctx, kind)]),
    ...(teamId === undefined ? [] : [ownedInTeam(ctx, teamId, "r")]),
    ...(view === undefined ? [] : [inView(ctx, view, "r")]),
    ...(freshness === undefined ? [] : [isSoFresh(ctx, freshness, "r")]),
    ...(contactId === undefined ? [] : [withParticipant(ctx, contactId)]),
  ];
}

function inStagesOfKind(ctx: Context, kind: string): RawBuilder<SqlBool> {
  return sql`r.stage_id in (select id from stage where organization_id = ${ctx.actor.organizationId} and kind = ${kind})`;
}

function withParticipant(ctx: Context, contactId: string): RawBuilder<SqlBool> {
  return sql`r.id in (select l.opportunity_id from opportunity_contact l
    where l.organization_id = ${ctx.actor.organizationId} and l.contact_id = ${contactId}::uuid)`;
}

type DetailLine = {
  id: string;
  product: { id: string; name: string };
  description: string | null;
  quantity: string;
  price: string | null;
  discount: number;
};

type Detail = CardRow & {
  custom: Listed["custom"];
  opened_on: string;
  external_id: string | null;
  description: string | null;
  lines_total_minor: bigint | null;
  lines: DetailLine[];
  contacts: ReplyInput<typeof getContract>["contacts"];
  path: { stageId: string; seconds: number }[];
};

/** @throws Refusal 404 */
export async function getOpportunity(ctx: Context, opportunityId: string): Promise<ReplyInput<typeof getContract>> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<Detail>`
    select ${cardColumns}, o.opened_on, o.external_id, o.description, o.lines_total_minor, ${customReply(ctx, sql.ref("o.custom"))} as custom,
      coalesce((select json_agg(json_build_object('id', l.id, 'product', json_build_object('id', p.id, 'name', p.name), 'description', l.description,
          'quantity', l.quantity_thousandths::text, 'price', l.unit_price_minor::text, 'discount', l.discount_bp) order by l.position)
        from opportunity_line l join product p on p.organization_id = l.organization_id and p.id = l.product_id
        where l.organization_id = o.organization_id and l.opportunity_id = o.id), '[]') as lines,
      coalesce((select json_agg(json_build_object('id', k.id, 'name', k.name, 'title', k.title, 'role', l.role) order by l.position)
        from opportunity_contact l join contact k on k.organization_id = l.organization_id and k.id = l.contact_id
        where l.organization_id = o.organization_id and l.opportunity_id = o.id and k.deleted_at is null
          and ${withinReachOrGranted(ctx, "contact", sql.ref("k.id"), sql.ref("k.owner_id"))}), '[]') as contacts,
      coalesce((select json_agg(json_build_object('stageId', h.from_stage_id, 'seconds', h.seconds_in_from) order by h.moved_at, h.id)
        from stage_history h where h.organization_id = o.organization_id and h.opportunity_id = o.id
          and h.from_stage_id is not null), '[]') as path
    from opportunity o ${cardJoins}
    where o.organization_id = ${organizationId} and o.id = ${opportunityId} and o.deleted_at is null
      and ${withinReachOrGranted(ctx, "opportunity", sql.ref("o.id"), sql.ref("o.owner_id"))}`.execute(ctx.tx);
  const [row] = rows;
  if (row === undefined) throw notFound("opportunity");
  const sinceSeconds = Math.max(0, Math.floor((ctx.now.getTime() - Date.parse(row.stage_since)) / 1000));
  return {
    ...toCard(ctx, row),
    openedOn: row.opened_on,
    externalId: row.external_id,
    custom: row.custom,
    description: row.description,
    lines: row.lines.map((line) => toLine(line, row.currency)),
    linesTotal: row.lines_total_minor === null ? null : toWire(row.lines_total_minor, row.currency),
    isAmountOverridden: isOverridden({ amountMinor: row.amount_minor, linesTotalMinor: row.lines_total_minor }),
    contacts: row.contacts,
    products: [...new Map(row.lines.map(({ product }) => [product.id, product])).values()],
    path: [...row.path, { stageId: row.stage_id, seconds: sinceSeconds }],
  };
}

function toLine(line: DetailLine, currency: string): ReplyInput<typeof getContract>["lines"][number] {
  const { id, product, description, quantity, price, discount } = line;
  const amounts = {
    description,
    quantityThousandths: BigInt(quantity),
    unitPriceMinor: price === null ? null : BigInt(price),
    discountBp: discount,
  };
  return { id, product, ...wireLine(amounts, currency) };
}

/** Who moved it last, by name; null where nobody did, or nobody who is a member. */
export async function lastMoverOf(ctx: Context, opportunityId: string): Promise<string | null> {
  const { rows } = await sql<{ name: string | null }>`
    select m.name from stage_history h
    left join organization.member_ref m on m.organization_id = h.organization_id and m.id = h.moved_by
    where h.organization_id = ${ctx.actor.organizationId} and h.opportunity_id = ${opportunityId} and h.source = 'moved'
    order by h.moved_at desc, h.id desc limit 1`.execute(ctx.tx);
  return rows[0]?.name ?? null;
}

/** The record without its path, as writes answer. */
export async function getSavedOpportunity(
  ctx: Context,
  opportunityId: string,
): Promise<ReplyInput<typeof replyContract>> {
  const { path: _, ...record } = await getOpportunity(ctx, opportunityId);
  return record;
}

export function toCard(ctx: Context, row: CardRow): Card {
  return {
    id: row.id,
    number: numberOf(opportunityRecord, row.number),
    title: row.title,
    customer: row.customer_id === null ? null : { id: row.customer_id, name: row.customer_name ?? "" },
    owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? "" },
    pipelineId: row.pipeline_id,
    stage: { id: row.stage_id, name: row.stage_name, kind: row.stage_kind, probability: row.probability },
    stageSince: row.stage_since,
    amount: row.amount_minor === null ? null : toWire(row.amount_minor, row.currency),
    expectedCloseOn: row.expected_close_on,
    closedOn: row.closed_on,
    lostReason: row.lost_reason,
    nextStep: row.next_step,
    nextStepOn: row.next_step_on,
    freshness: row.stage_kind === "open" ? freshnessOfRow(ctx, row) : null,
    source: row.source,
    priority: row.priority,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
  };
}

function freshnessOfRow(ctx: Context, row: CardRow): Card["freshness"] {
  const quiet = { quietSince: row.quiet_since, nextStepOn: row.next_step_on, followUpOn: row.follow_up_on };
  return freshnessOf(quiet, row.rotting_days, dayIn(ctx.organization.timeZone, ctx.now), ctx.now);
}
