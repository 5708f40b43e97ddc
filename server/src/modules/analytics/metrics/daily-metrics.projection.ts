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
    "payment.reversed",
    "payment.refunded",
    "opportunity.won",
    "opportunity.lost",
    "opportunity.reopened",
    "opportunity.deleted",
    "opportunity.restored",
    "opportunities.imported",
    "opportunities.removed",
  ],
  async apply(ctx, events) {
    await addMetrics(ctx, events.flatMap(deltasOf));
    // After the table: whoever asks again finds the new figures.
    const everybody = rooms.organization(ctx.actor.organizationId);
    ctx.hint({ entity: "metric", id: null, version: null, rooms: [everybody] });
  },
  reset: (ctx) => clearMetrics(ctx),
};

function deltasOf(event: LoggedEvent): MetricDelta[] {
  if (isEvent(event, "payment.verified")) return verifiedDeltas(event);
  if (isEvent(event, "payment.reversed") || isEvent(event, "payment.refunded")) return takenBackDeltas(event);
  if (isEvent(event, "opportunity.won")) return wonDelta(event.ownerId, event.facts.closedOn, 1n);
  if (isEvent(event, "opportunity.restored")) return wonDelta(event.ownerId, event.facts.wonOn, 1n);
  if (isEvent(event, "opportunities.imported")) {
    return event.facts.won.flatMap(({ ownerId, closedOn }) => wonDelta(ownerId, closedOn, 1n));
  }
  if (isEvent(event, "opportunities.removed")) {
    return event.facts.won.flatMap(({ ownerId, closedOn }) => wonDelta(ownerId, closedOn, -1n));
  }
  return noLongerWon(event);
}

function noLongerWon(event: LoggedEvent): MetricDelta[] {
  const isUndone =
    isEvent(event, "opportunity.lost") ||
    isEvent(event, "opportunity.reopened") ||
    isEvent(event, "opportunity.deleted");
  return isUndone ? wonDelta(event.ownerId, event.facts.wonOn, -1n) : [];
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

/** A day whose only payment is gone altogether is no day of a streak any more. */
function takenBackDeltas({ facts }: LoggedEvent<"payment.reversed" | "payment.refunded">): MetricDelta[] {
  const { currency } = facts.amount;
  return facts.credits.map(({ memberId, amount }) => ({
    ownerId: memberId,
    day: facts.valueOn,
    metric: "verified_revenue",
    currency,
    minor: fromWire({ amount, currency }).minor,
    count: BigInt(facts.paymentsChange),
  }));
}

/** ISO 4217: no currency is involved. A count must not depend on the organization's, which may change. */
const noCurrency = "XXX";

function wonDelta(ownerId: string | null | undefined, wonOn: string | null, count: bigint): MetricDelta[] {
  if (ownerId == null || wonOn == null) return [];
  return [{ ownerId, day: wonOn, metric: "deals_won", currency: noCurrency, minor: 0n, count }];
}
