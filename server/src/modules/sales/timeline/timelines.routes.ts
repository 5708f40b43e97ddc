import {
  contactTimeline,
  customerTimeline,
  opportunityTimeline,
  pinEntry as pinContract,
} from "@rainmaker/contracts/records/records";
import { serve, serveRead, type Http } from "#platform/http";
import { pinEntry } from "./pin-entry.command.ts";
import { readContactTimeline, readCustomerTimeline, readOpportunityTimeline } from "./timelines.query.ts";

export function timelineRoutes(http: Http): void {
  serve(http, pinContract, (ctx, _, body) => pinEntry(ctx, body));
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
