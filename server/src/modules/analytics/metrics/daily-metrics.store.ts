import { sql } from "kysely";
import type { Context } from "#platform/context";
import type { AnalyticsContext } from "../analytics.context.ts";

export type MetricDelta = {
  readonly ownerId: string;
  /** Calendar day. */
  readonly day: string;
  readonly metric: "verified_revenue" | "deals_won";
  readonly currency: string;
  readonly minor: bigint;
  readonly count: bigint;
};

/** Adds to the days' rows, one statement however many. */
export async function addMetrics(ctx: Context, deltas: readonly MetricDelta[]): Promise<void> {
  if (deltas.length === 0) return;
  const rows = deltas.map(({ ownerId, day, metric, currency, minor, count }) => ({
    owner_id: ownerId,
    day,
    metric,
    currency,
    amount_minor: minor.toString(),
    count: count.toString(),
  }));
  const { organizationId } = ctx.actor;
  await sql`
    insert into daily_metric as m (organization_id, owner_id, metric, day, currency, amount_minor, count)
    select ${organizationId}, d.owner_id, d.metric, d.day, d.currency, sum(d.amount_minor), sum(d.count)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as d(owner_id uuid, day date, metric text, currency char(3), amount_minor numeric, count bigint)
    group by d.owner_id, d.metric, d.day, d.currency order by d.owner_id, d.metric, d.day
    on conflict (organization_id, owner_id, metric, day, currency)
      do update set amount_minor = m.amount_minor + excluded.amount_minor, count = m.count + excluded.count`.execute(
    ctx.tx,
  );
}

export async function clearMetrics(ctx: Context): Promise<void> {
  const { tx }: AnalyticsContext = ctx;
  await tx.deleteFrom("daily_metric").where("organization_id", "=", ctx.actor.organizationId).execute();
}
