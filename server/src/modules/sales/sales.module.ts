import { organizationRegistered } from "#modules/organization";
import {
  provideBulk,
  provideCount,
  provideCustomFields,
  provideImporter,
  provideSearch,
  provideSharing,
  provideTrash,
  provideViews,
} from "#modules/records";
import { on, type Module } from "#platform/module";
import { implement } from "#platform/port";
import { analysisRoutes } from "./analysis/analysis.routes.ts";
import { contactImporter } from "./contacts/contact-importer.command.ts";
import { contactBulk } from "./contacts/change-contacts.command.ts";
import { contactRecord } from "./contacts/contact.ts";
import { contactsView } from "./contacts/contacts-view.query.ts";
import { contactRoutes } from "./contacts/contacts.routes.ts";
import { customerImporter } from "./customers/customer-importer.command.ts";
import { customerBulk } from "./customers/change-customers.command.ts";
import { customersView } from "./customers/customers-view.query.ts";
import { customerRoutes } from "./customers/customers.routes.ts";
import { customerRecord } from "./customers/customer.ts";
import { interactionImporter } from "./interactions/interaction-importer.command.ts";
import { interactionRecord } from "./interactions/interaction.ts";
import { interactionRoutes } from "./interactions/interactions.routes.ts";
import { opportunityImporter } from "./opportunities/opportunity-importer.command.ts";
import { opportunityBulk } from "./opportunities/change-opportunities.command.ts";
import { opportunitiesView } from "./opportunities/opportunities-view.query.ts";
import { opportunityRoutes } from "./opportunities/opportunities.routes.ts";
import { opportunityRecord } from "./opportunities/opportunity.ts";
import { pipelineRoutes } from "./pipeline/pipelines.routes.ts";
import { productImporter } from "./products/product-importer.command.ts";
import { hasStage, insertDefaultPipeline } from "./pipeline/pipelines.store.ts";
import { findLikeContact, findLikeCustomer, findLikeImported } from "./duplicates/find-duplicates.handler.ts";
import { duplicateRoutes } from "./duplicates/duplicates.routes.ts";
import { mergeRoutes } from "./merges/merges.routes.ts";
import { productRoutes } from "./products/products.routes.ts";
import { contactSearch, customerSearch, interactionSearch, opportunitySearch } from "./sales.search.ts";
import { timelineRoutes } from "./timeline/timelines.routes.ts";

/** Customers and contacts, what is said with them, products, pipelines and opportunities. */
export const sales: Module = {
  name: "sales",
  routes: [
    customerRoutes,
    contactRoutes,
    pipelineRoutes,
    analysisRoutes,
    opportunityRoutes,
    productRoutes,
    interactionRoutes,
    timelineRoutes,
    mergeRoutes,
    duplicateRoutes,
  ],
  handlers: [
    ...(["customer.created", "customer.changed", "customer.restored", "customer.merged"] as const).map((event) =>
      on(event, `sales.match-${event}`, findLikeCustomer),
    ),
    ...(["contact.created", "contact.changed", "contact.restored", "contact.merged"] as const).map((event) =>
      on(event, `sales.match-${event}`, findLikeContact),
    ),
    on("customers.imported", "sales.match-customers", findLikeImported),
    on("contacts.imported", "sales.match-contacts", findLikeImported),
  ],
  provides: [
    implement(organizationRegistered, (ctx, { currency }) => insertDefaultPipeline(ctx, currency)),
    ...[customerRecord, contactRecord, opportunityRecord, interactionRecord].map((record) =>
      provideCount({ ...record, hasTrash: true }),
    ),
    provideImporter(customerImporter),
    provideImporter(contactImporter),
    provideImporter(opportunityImporter),
    provideImporter(interactionImporter),
    provideImporter(productImporter),
    provideSearch(customerSearch),
    provideSearch(contactSearch),
    provideSearch(opportunitySearch),
    provideSearch(interactionSearch),
    ...[customerRecord, contactRecord, opportunityRecord].map(provideSharing),
    provideTrash(customerRecord),
    provideTrash(contactRecord),
    provideTrash(opportunityRecord),
    provideTrash(interactionRecord),
    provideBulk(customerBulk),
    provideBulk(contactBulk),
    provideBulk(opportunityBulk),
    provideViews(customersView),
    provideViews(contactsView),
    provideViews(opportunitiesView),
    provideCustomFields({ record: customerRecord }),
    provideCustomFields({ record: contactRecord }),
    provideCustomFields({
      record: opportunityRecord,
      hasStage,
    }),
  ],
};
