import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { RevenueContext } from "../revenue.context.ts";

export type Period = { readonly id: string; readonly month: string };

/**
 * The period a fact of a month is booked in: that month while it is open, else the first open one after it. Made where
 * nobody has booked into it yet.
 */
export async function getOpenPeriod(ctx: RevenueContext, month: string): Promise<Period> {
  const { organizationId } = ctx.actor;
  await sql`insert into commission_period (organization_id, id, month, state, created_at)
    values (${organizationId}, ${uuidv7()}, ${month}, 'open', ${ctx.now}) on conflict (organization_id, month) do nothing`.execute(
    ctx.tx,
  );
  const row = await ctx.tx
    .selectFrom("commission_period")
    .select(["id", "month"])
    .where("organization_id", "=", organizationId)
    .where("month", ">=", month)
    .where("state", "=", "open")
    .orderBy("month")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) throw new Error(`no period is open from ${month} on`);
  return row;
}
