import { countCap, type ReplyInput } from "@rainmaker/contracts/endpoint";
import { toWire } from "@rainmaker/contracts/money";
import {
  invoiceStates,
  type InvoiceState,
  type readInvoiceSummary as contract,
} from "@rainmaker/contracts/revenue/invoices";
import { sql, type RawBuilder } from "kysely";
import type { Context } from "#platform/context";
import { withinReach } from "#platform/scope";
import { stateOn, todayOf } from "./invoices.query.ts";

/** How many invoices stand where, to a thousand of each, and what is to come of those. */
export async function readSummary(ctx: Context): Promise<ReplyInput<typeof contract>> {
  const parts = ["draft", "open", "paid", "credited"].map((settlement) => partOf(ctx, settlement));
  const { rows } = await sql<{ state: InvoiceState; currency: string; count: number; due: bigint }>`
    select i.state, i.currency, count(*)::int as count, sum(i.due)::bigint as due from (${sql.join(parts, sql` union all `)}) i
    group by 1, 2 order by 1, 2`.execute(ctx.tx);
  return {
    states: invoiceStates.map((state) => {
      const of = rows.filter((row) => row.state === state);
      return {
        state,
        count: of.reduce((sum, { count }) => sum + count, 0),
        due: of.filter(({ due }) => due > 0n).map(({ due, currency }) => toWire(due, currency)),
      };
    }),
  };
}

function partOf(ctx: Context, settlement: string): RawBuilder<unknown> {
  return sql`(select ${stateOn(todayOf(ctx))} as state, i.currency,
      case i.settlement when 'open' then i.total_minor - i.paid_minor - i.credited_minor else 0 end as due
    from invoice i where i.organization_id = ${ctx.actor.organizationId} and i.settlement = ${settlement}
      and ${withinReach(ctx, "invoice", sql.ref("i.owner_id"))}
    order by i.created_at desc, i.id desc limit ${countCap})`;
}
