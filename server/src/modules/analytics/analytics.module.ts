import type { Module } from "#platform/module";
import { dashboardRoutes } from "./dashboards/dashboards.routes.ts";
import { figureRoutes } from "./figures/figures.routes.ts";
import { dailyMetrics } from "./metrics/daily-metrics.projection.ts";

/** Figures made of the event log: roll-ups and the dashboards on them. */
export const analytics: Module = {
  name: "analytics",
  routes: [dashboardRoutes, figureRoutes],
  projections: [dailyMetrics],
};
