import type { ReplyInput } from "@rainmaker/contracts/endpoint";
import { toWire } from "@rainmaker/contracts/money";
import type { readCustomerCredit as contract } from "@rainmaker/contracts/revenue/customer-credit";
import { sql } from "kysely";
import { numberOf } from "#modules/records";
import type { Context } from "#platform/context";
import { notFound } from "#platform/errors";
import { withinReach } from "#platform/scope";
import { dealRecord } from "../deals/deal.ts";
import { paymentRecord } from "./payment.ts";

/** Whole numbers come as text: they may be beyond what JSON keeps exact. */
type Row = {
  id: string;
  number: string;
  deal_id: string;
  deal_number: string;
  deal_title: string;
  value_on: string;
  currency: string;
  free: string;
  credit: string;
};
type Item = Omit<Row, "free" | "credit"> & { readonly free: bigint; readonly credit: bigint };

/** What a customer has paid and nothing was applied to, the oldest money first. @throws Refusal 404 */
export async function readCredit(ctx: Context, customerId: string): Promise<ReplyInput<typeof contract>> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<{ items: Row[] | null }>`
    select (select json_agg(x order by x.value_on, x.id) from (
        select p.id, p.number::text, p.deal_id, d.number::text as deal_number, d.title as deal_title, p.value_on, p.currency, f.free::text,
          least(f.free, greatest(p.amount_minor - p.refunded_minor - p.counted_minor, 0) - p.transferred_minor)::text as credit
        from payment p join deal d on d.organization_id = p.organization_id and d.id = p.deal_id,
          lateral (select p.amount_minor - p.refunded_minor - p.applied_minor - p.transferred_minor as free) f
        where p.organization_id = ${organizationId} and p.customer_id = c.id and p.status = 'verified'
          and p.amount_minor - p.refunded_minor - p.applied_minor - p.transferred_minor > 0
          and ${withinReach(ctx, "payment", sql.ref("p.owner_id"))} limit 500) x) as items
    from sales.customer_ref c where c.organization_id = ${organizationId} and c.id = ${customerId}`.execute(ctx.tx);
  const [found] = rows;
  if (found === undefined) throw notFound("customer");
  const items = (found.items ?? []).map((row) => ({ ...row, free: BigInt(row.free), credit: BigInt(row.credit) }));
  return { items: items.map(toItem), totals: totalsOf(items) };
}

function toItem(row: Item): ReplyInput<typeof contract>["items"][number] {
  return {
    payment: { id: row.id, number: numberOf(paymentRecord, BigInt(row.number)) },
    deal: { id: row.deal_id, number: numberOf(dealRecord, BigInt(row.deal_number)), title: row.deal_title },
    valueOn: row.value_on,
    free: toWire(row.free, row.currency),
    credit: toWire(row.credit, row.currency),
  };
}

/** Two currencies are never added up. */
function totalsOf(rows: readonly Item[]): ReplyInput<typeof contract>["totals"] {
  return [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, own]) => ({
    free: toWire(
      own.reduce((sum, { free }) => sum + free, 0n),
      currency,
    ),
    credit: toWire(
      own.reduce((sum, { credit }) => sum + credit, 0n),
      currency,
    ),
  }));
}
