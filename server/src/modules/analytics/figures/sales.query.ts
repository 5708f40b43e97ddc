import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import { toWire } from "@rainmaker/contracts/money";
import {
  type listSalesRows as rowsContract,
  type readSalesFigures as contract,
} from "@rainmaker/contracts/analytics/figures";
import type { SalesGrouping } from "@rainmaker/contracts/analytics/choices";
import { dayIn } from "@rainmaker/contracts/time";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import { numberOf } from "#modules/records";
import { attainmentOf, dealRecord, paymentRecord } from "#modules/revenue";
import type { Context } from "#platform/context";
import { invalidField } from "#platform/errors";
import { cursorOf, limitOf, readCursor } from "#platform/page";
import { isKeyOf } from "./credits.ts";
import { creditsAsked, creditsWithSales, groupKey, type Asked } from "./credits.query.ts";
import { daysAsked } from "#platform/range";

type Figures = ReplyInput<typeof contract>;

/** Groups that are told one by one; what is beyond is added up. */
const mostGroups = 200;

type GroupRow = {
  key: string | null;
  label: string | null;
  minor: string;
  payments: number;
  total: string;
  all_payments: number;
  all_groups: number;
};

/** Verified money in groups, largest first; months in their order. */
export async function readSalesFigures(ctx: Context, query: QueryOf<typeof contract>): Promise<Figures> {
  const asked = askedOf(ctx, query);
  const by = query.by ?? "month";
  const order = (of: RawBuilder<unknown>): RawBuilder<unknown> =>
    by === "month" ? sql`${of}.key` : sql`${of}.minor desc, ${of}.key`;
  const { rows } = await sql<GroupRow>`
    with groups as (
      select ${groupKey[by]} as key, sum(c.amount_minor) as minor, count(distinct c.payment_id)::integer as payments
      from ${creditsWithSales} where ${creditsAsked(ctx, asked)} group by 1),
    whole as (
      select coalesce(sum(minor), 0) as total, count(*)::integer as all_groups from groups),
    counted as (
      select count(distinct c.payment_id)::integer as all_payments from ${creditsWithSales} where ${creditsAsked(ctx, asked)})
    select g.key, ${labelOf(ctx, by)} as label, g.minor::text as minor, g.payments, g.total::text as total, g.all_payments, g.all_groups
    from (select groups.*, whole.*, counted.* from whole cross join counted left join groups on true
      order by ${order(sql.ref("groups"))} limit ${mostGroups}) g
    order by ${order(sql.ref("g"))}`.execute(ctx.tx);
  return toFigures(asked, by, rows);
}

function toFigures({ range, currency }: Asked, by: SalesGrouping, rows: readonly GroupRow[]): Figures {
  const [first] = rows;
  const total = BigInt(first?.total ?? 0);
  // An outer join tells the whole once more where there is no group.
  const told = first?.all_groups === 0 ? [] : rows;
  const shown = told.reduce((sum, { minor }) => sum + BigInt(minor), 0n);
  const beyond = (first?.all_groups ?? 0) - told.length;
  return {
    ...range,
    currency,
    by,
    total: { amount: toWire(total, currency), payments: first?.all_payments ?? 0 },
    groups: told.map(({ key, label, minor, payments }) => ({
      key,
      label,
      amount: toWire(BigInt(minor), currency),
      payments,
      share: attainmentOf(BigInt(minor), total),
    })),
    rest: beyond > 0 ? { groups: beyond, amount: toWire(total - shown, currency) } : null,
  };
}

/** Names are looked up one by one, of the groups that are told. */
function labelOf(ctx: Context, by: SalesGrouping): RawBuilder<string | null> {
  if (by === "month" || by === "method") return sql`g.key`;
  const view = {
    member: sql`organization.member_ref`,
    team: sql`organization.team_ref`,
    customer: sql`sales.customer_ref`,
  }[by];
  return sql`(select n.name from ${view} n where n.organization_id = ${ctx.actor.organizationId} and n.id = g.key::uuid)`;
}

type CreditRow = {
  owner_id: string;
  owner_name: string | null;
  value_on: string;
  amount_minor: bigint;
  payment_id: string;
  cause_id: string;
  payment_number: bigint | null;
  deal_id: string | null;
  deal_number: bigint | null;
  deal_title: string | null;
  customer_id: string | null;
  customer_name: string | null;
};

/** The credits behind a figure, newest first. */
export async function listSalesRows(
  ctx: Context,
  query: QueryOf<typeof rowsContract>,
): Promise<ReplyInput<typeof rowsContract>> {
  const limit = limitOf(query.limit);
  const after = readCursor(query.cursor, ["text", "text", "text", "text"]);
  const asked = askedOf(ctx, query);
  const conditions: RawBuilder<SqlBool>[] = [creditsAsked(ctx, asked)];
  if (query.by !== undefined) conditions.push(inGroup(query.by, query.key));
  if (after !== null) {
    conditions.push(
      sql`(c.value_on, c.payment_id, c.cause_id, c.owner_id) < (${after[0]}::date, ${after[1]}::uuid, ${after[2]}::uuid, ${after[3]}::uuid)`,
    );
  }
  const { rows } = await sql<CreditRow>`
    select c.owner_id, m.name as owner_name, c.value_on, c.amount_minor, c.payment_id, c.cause_id, s.payment_number, s.deal_id, s.deal_number,
      s.deal_title, s.customer_id, cu.name as customer_name
    from ${creditsWithSales}
    left join organization.member_ref m on m.organization_id = c.organization_id and m.id = c.owner_id
    left join sales.customer_ref cu on cu.organization_id = c.organization_id and cu.id = s.customer_id
    where ${sql.join(conditions, sql` and `)}
    order by c.value_on desc, c.payment_id desc, c.cause_id desc, c.owner_id desc limit ${limit + 1}`.execute(ctx.tx);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => toRow(row, asked.currency)),
    nextCursor:
      rows.length > limit && last !== undefined
        ? cursorOf([last.value_on, last.payment_id, last.cause_id, last.owner_id])
        : null,
  };
}

/** @throws Refusal 422 where no group of the grouping can have the key */
function inGroup(by: SalesGrouping, key: string | undefined): RawBuilder<SqlBool> {
  if (key === undefined) return sql`${groupKey[by]} is null`;
  if (!isKeyOf(by, key)) throw invalidField("key", "invalid_key", `No group by ${by} has this key`);
  return sql`${groupKey[by]} = ${key}`;
}

function askedOf(
  ctx: Context,
  {
    from,
    to,
    currency = ctx.organization.currency,
    ...filters
  }: QueryOf<typeof contract> | QueryOf<typeof rowsContract>,
): Asked {
  return { range: daysAsked({ from, to }, dayIn(ctx.organization.timeZone, ctx.now)), currency, filters };
}

function toRow(row: CreditRow, currency: string): ReplyInput<typeof rowsContract>["items"][number] {
  const { payment_number: payment, deal_id: dealId, deal_number: deal, deal_title: title } = row;
  return {
    member: { id: row.owner_id, name: row.owner_name ?? "" },
    valueOn: row.value_on,
    amount: toWire(row.amount_minor, currency),
    payment: payment === null ? null : { id: row.payment_id, number: numberOf(paymentRecord, payment) },
    deal:
      dealId === null || deal === null || title === null
        ? null
        : { id: dealId, number: numberOf(dealRecord, deal), title },
    customer:
      row.customer_id === null || row.customer_name === null ? null : { id: row.customer_id, name: row.customer_name },
  };
}
