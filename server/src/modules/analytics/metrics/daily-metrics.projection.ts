import type { LoggedEvent } from "@rainmaker/contracts/events";
import { fromWire } from "@rainmaker/contracts/money";
import { isEvent, type Projection } from "#platform/module";
import { rooms } from "#platform/realtime";
import { addMetrics, clearMetrics, type MetricDelta } from "./daily-metrics.store.ts";

/**
 * Verified money and sales by member and calendar day. From the event log alone: what an event says, nothing looked
 * up, so that reading the log again gives the same table.
 */
export const dailyMetrics: Projection = {
  name: "analytics.daily-metrics",
  reads: [
    "payment.verified",
    "opportunity.won",
    "opportunity.reopened",
    "opportunities.imported",
    "opportunities.removed",
  ],
  async apply(ctx, events) {
    await addMetrics(
      ctx,
      events.flatMap((event) => deltasOf(event, ctx.organization.currency)),
    );
    // After the table: whoever asks again finds the new figures.
    const everybody = rooms.organization(ctx.actor.organizationId);
    ctx.hint({ entity: "metric", id: null, version: null, rooms: [everybody] });
  },
  reset: (ctx) => clearMetrics(ctx),
};

function deltasOf(event: LoggedEvent, currency: string): MetricDelta[] {
  if (isEvent(event, "payment.verified")) return verifiedDeltas(event);
  if (isEvent(event, "opportunity.won")) return wonDelta(event.ownerId, event.facts.closedOn, currency, 1n);
  if (isEvent(event, "opportunity.reopened")) return wonDelta(event.ownerId, event.facts.closedOn, currency, -1n);
  if (isEvent(event, "opportunities.imported")) {
    return event.facts.won.flatMap(({ ownerId, closedOn }) => wonDelta(ownerId, closedOn, currency, 1n));
  }
  if (isEvent(event, "opportunities.removed")) {
    return event.facts.won.flatMap(({ ownerId, closedOn }) => wonDelta(ownerId, closedOn, currency, -1n));
  }
  return [];
}

function verifiedDeltas({ facts }: LoggedEvent<"payment.verified">): MetricDelta[] {
  const { currency } = facts.amount;
  return facts.credits.map(({ memberId, amount }) => ({
    ownerId: memberId,
    day: facts.valueOn,
    metric: "verified_revenue",
    currency,
    minor: fromWire({ amount, currency }).minor,
    count: 1n,
  }));
}

function wonDelta(
  ownerId: string | null | undefined,
  closedOn: string | null,
  currency: string,
  count: bigint,
): MetricDelta[] {
  if (ownerId == null || closedOn === null) return [];
  return [{ ownerId, day: closedOn, metric: "deals_won", currency, minor: 0n, count }];
}
