import { readDashboard as contract } from "@rainmaker/contracts/analytics/dashboard";
import { serveRead, type Http } from "#platform/http";
import { readDashboard } from "./dashboard.query.ts";

export function dashboardRoutes(http: Http): void {
  serveRead(http, contract, "snapshot", (ctx, _, query) => readDashboard(ctx, query));
}
