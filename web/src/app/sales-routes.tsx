import { ContactId, CustomerId, OpportunityId } from "@rainmaker/contracts/ids";
import { createRoute } from "@tanstack/react-router";
import type * as z from "zod/mini";
import { analysisSearch } from "../features/sales/analysis/search.ts";
import { contactsSearch } from "../features/sales/contacts/search.ts";
import { customersSearch } from "../features/sales/customers/search.ts";
import { pipelineSearch } from "../features/sales/pipeline/search.ts";
import { pipelinesSearch } from "../features/sales/pipelines/search.ts";
import { productsSearch } from "../features/sales/products/search.ts";
import { NotFoundPage } from "./not-found-page.tsx";
import { page } from "./page.ts";
import { refuseUnless, shell } from "./shell-route.tsx";

const pipeline = createRoute({
  getParentRoute: () => shell,
  path: "/pipeline",
  validateSearch: pipelineSearch,
  staticData: { title: "Pipeline", permission: "opportunity.read" },
  component: page(() => import("./pipeline-screen.tsx"), "PipelineScreen"),
});

const pipelines = createRoute({
  getParentRoute: () => shell,
  path: "/pipelines",
  validateSearch: pipelinesSearch,
  staticData: { title: "Pipelines", permission: "pipeline.edit" },
  component: page(() => import("../features/sales/pipelines-page.tsx"), "PipelinesPage"),
});

const analysis = createRoute({
  getParentRoute: () => shell,
  path: "/analysis",
  validateSearch: analysisSearch,
  staticData: { title: "Pipeline analysis", permission: "opportunity.read" },
  component: page(() => import("../features/sales/analysis-page.tsx"), "AnalysisPage"),
});

const opportunity = createRoute({
  getParentRoute: () => shell,
  path: "/opportunities/$opportunityId",
  params: { parse: ({ opportunityId }) => ({ opportunityId: opportunityId as z.output<typeof OpportunityId> }) },
  beforeLoad: ({ params }) => refuseUnless(OpportunityId, params.opportunityId),
  notFoundComponent: NotFoundPage,
  staticData: { title: "Opportunity", permission: "opportunity.read" },
  component: page(() => import("./opportunity-screen.tsx"), "OpportunityScreen"),
});

const customers = createRoute({
  getParentRoute: () => shell,
  path: "/customers",
  validateSearch: customersSearch,
  staticData: { title: "Customers", permission: "customer.read" },
  component: page(() => import("../features/sales/customers-page.tsx"), "CustomersPage"),
});

const customer = createRoute({
  getParentRoute: () => shell,
  path: "/customers/$customerId",
  params: { parse: ({ customerId }) => ({ customerId: customerId as z.output<typeof CustomerId> }) },
  beforeLoad: ({ params }) => refuseUnless(CustomerId, params.customerId),
  notFoundComponent: NotFoundPage,
  staticData: { title: "Customer", permission: "customer.read" },
  component: page(() => import("../features/sales/customer-page.tsx"), "CustomerPage"),
});

const contacts = createRoute({
  getParentRoute: () => shell,
  path: "/contacts",
  validateSearch: contactsSearch,
  staticData: { title: "Contacts", permission: "contact.read" },
  component: page(() => import("../features/sales/contacts-page.tsx"), "ContactsPage"),
});

const contact = createRoute({
  getParentRoute: () => shell,
  path: "/contacts/$contactId",
  params: { parse: ({ contactId }) => ({ contactId: contactId as z.output<typeof ContactId> }) },
  beforeLoad: ({ params }) => refuseUnless(ContactId, params.contactId),
  notFoundComponent: NotFoundPage,
  staticData: { title: "Contact", permission: "contact.read" },
  component: page(() => import("../features/sales/contact-page.tsx"), "ContactPage"),
});

const products = createRoute({
  getParentRoute: () => shell,
  path: "/products",
  validateSearch: productsSearch,
  staticData: { title: "Products", permission: "opportunity.read" },
  component: page(() => import("../features/sales/products-page.tsx"), "ProductsPage"),
});

export const salesPages = [
  pipeline,
  pipelines,
  analysis,
  opportunity,
  customers,
  customer,
  contacts,
  contact,
  products,
] as const;
