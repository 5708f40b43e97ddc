import { organizationRegistered } from "#modules/organization";
import type { Module } from "#platform/module";
import { implement } from "#platform/port";
import { customerRoutes } from "./customers/customers.routes.ts";
import { opportunityRoutes } from "./opportunities/opportunities.routes.ts";
import { insertDefaultPipeline } from "./pipeline/pipelines.store.ts";

/** Customers, products, pipelines and opportunities. */
export const sales: Module = {
  name: "sales",
  routes: [customerRoutes, opportunityRoutes],
  provides: [implement(organizationRegistered, (ctx, { currency }) => insertDefaultPipeline(ctx, currency))],
};
