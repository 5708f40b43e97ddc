import { addMonths } from "@rainmaker/contracts/time";
import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { RevenueContext } from "../revenue.context.ts";

export type Period = { readonly id: string; readonly month: string };

/**
 * The period a fact of a month is booked in: that month while it is open, else the first open one after it. Made where
 * nobody has booked into it yet.
 */
export async function getOpenPeriod(ctx: RevenueContext, month: string): Promise<Period> {
  let wanted = month;
  for (;;) {
    const { state, ...period } = await getPeriod(ctx, wanted);
    if (state === "open") return period;
    wanted = addMonths(wanted, 1);
  }
}

async function getPeriod(ctx: RevenueContext, month: string): Promise<Period & { readonly state: string }> {
  const { organizationId } = ctx.actor;
  await sql`insert into commission_period (organization_id, id, month, state, created_at)
    values (${organizationId}, ${uuidv7()}, ${month}, 'open', ${ctx.now}) on conflict (organization_id, month) do nothing`.execute(
    ctx.tx,
  );
  return ctx.tx
    .selectFrom("commission_period")
    .select(["id", "month", "state"])
    .where("organization_id", "=", organizationId)
    .where("month", "=", month)
    .executeTakeFirstOrThrow();
}
