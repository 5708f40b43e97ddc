import { organizationRegistered } from "#modules/organization";
import { provideImporter } from "#modules/records";
import type { Module } from "#platform/module";
import { implement } from "#platform/port";
import { customerImporter } from "./customers/customer-importer.command.ts";
import { customerRoutes } from "./customers/customers.routes.ts";
import { opportunityImporter } from "./opportunities/opportunity-importer.command.ts";
import { opportunityRoutes } from "./opportunities/opportunities.routes.ts";
import { insertDefaultPipeline } from "./pipeline/pipelines.store.ts";

/** Customers, products, pipelines and opportunities. */
export const sales: Module = {
  name: "sales",
  routes: [customerRoutes, opportunityRoutes],
  provides: [
    implement(organizationRegistered, (ctx, { currency }) => insertDefaultPipeline(ctx, currency)),
    provideImporter(customerImporter),
    provideImporter(opportunityImporter),
  ],
};
