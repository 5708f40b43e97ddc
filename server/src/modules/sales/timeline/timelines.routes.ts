import { contactTimeline, customerTimeline, opportunityTimeline } from "@rainmaker/contracts/records/records";
import { serveRead, type Http } from "#platform/http";
import { readContactTimeline, readCustomerTimeline, readOpportunityTimeline } from "./timelines.query.ts";

export function timelineRoutes(http: Http): void {
  serveRead(http, opportunityTimeline, "snapshot", (ctx, { opportunityId }, query) =>
    readOpportunityTimeline(ctx, opportunityId, query),
  );
  serveRead(http, customerTimeline, "snapshot", (ctx, { customerId }, query) =>
    readCustomerTimeline(ctx, customerId, query),
  );
  serveRead(http, contactTimeline, "snapshot", (ctx, { contactId }, query) =>
    readContactTimeline(ctx, contactId, query),
  );
}
