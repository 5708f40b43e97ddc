import { sql } from "kysely";
import { Refusal } from "#platform/errors";
import type { RevenueContext } from "../revenue.context.ts";

/** Major units of one currency for one of another, and the day it is of. */
export type ExchangeRate = { readonly rate: string; readonly on: string };

/** A rate is good for a week: over weekends and holidays nobody publishes one. */
const goodForDays = 7;

/**
 * The rate of the day money arrived, or of the last day before it that has one.
 * @throws Refusal 409 exchange_rate_missing
 */
export async function getRate(ctx: RevenueContext, from: string, to: string, day: string): Promise<ExchangeRate> {
  const { rows } = await sql<ExchangeRate>`
    select trim_scale(rate)::text as rate, on_day::text as on from exchange_rate
    where organization_id = ${ctx.actor.organizationId} and from_currency = ${from} and to_currency = ${to}
      and on_day between ${day}::date - ${goodForDays}::int and ${day}::date order by on_day desc limit 1`.execute(
    ctx.tx,
  );
  const [found] = rows;
  if (found !== undefined) return found;
  throw new Refusal(
    "conflict",
    "exchange_rate_missing",
    `The plan pays in ${to}, and there is no rate from ${from} for ${day}: finance has to enter one first`,
  );
}
