import type { EventType } from "@rainmaker/contracts/events";
import { customerTimeline, opportunityTimeline } from "@rainmaker/contracts/records/records";
import { readTimeline } from "#modules/records";
import { serveRead, type Http } from "#platform/http";
import { getCustomer } from "../customers/customers.query.ts";
import { getOpportunity } from "../opportunities/opportunities.query.ts";

/** What an opportunity's timeline tells; commissions are their earners' own. */
const opportunityEvents: readonly EventType[] = [
  "opportunity.created",
  "opportunity.changed",
  "opportunity.moved",
  "opportunity.won",
  "opportunity.lost",
  "opportunity.reopened",
  "opportunity.restored",
  "deal.opened",
  "deal.submitted",
  "deal.approved",
  "deal.returned",
  "payment.recorded",
  "payment.submitted",
  "payment.verified",
  "payment.rejected",
];

const customerEvents: readonly EventType[] = ["customer.created", "customer.changed", "customer.restored"];

export function timelineRoutes(http: Http): void {
  serveRead(http, opportunityTimeline, "snapshot", async (ctx, { opportunityId }, query) => {
    await getOpportunity(ctx, opportunityId);
    return readTimeline(ctx, opportunityId, opportunityEvents, query);
  });
  serveRead(http, customerTimeline, "snapshot", async (ctx, { customerId }, query) => {
    await getCustomer(ctx, customerId);
    return readTimeline(ctx, customerId, customerEvents, query);
  });
}
