import { sql } from "kysely";
import type { Context } from "#platform/context";

/** Who has earned from each of the customers that anybody has earned from: one text for each, of all its earners. */
export async function listEarners(ctx: Context, customerIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ earners: string }>`
    select string_agg(distinct l.owner_id::text, ' ' order by l.owner_id::text) as earners
    from deal d join payment p on p.organization_id = d.organization_id and p.deal_id = d.id
    join ledger_txn l on l.organization_id = p.organization_id and l.payment_id = p.id
    where d.organization_id = ${ctx.actor.organizationId} and d.customer_id = any(${[...customerIds]}::uuid[])
    group by d.customer_id`.execute(ctx.tx);
  return rows.map(({ earners }) => earners);
}
