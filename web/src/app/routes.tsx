import { ContactId, CustomerId, DealId, ImportId, InvoiceId, OpportunityId } from "@rainmaker/contracts/ids";
import type { Permission } from "@rainmaker/contracts/organization/permissions";
import { Month, monthOf } from "@rainmaker/contracts/time";
import { createRoute, createRouter, notFound, redirect } from "@tanstack/react-router";
import type * as z from "zod/mini";
import { today } from "#lib/format";
import { restoreSession } from "#lib/session";
import { invitation, register, root, signIn } from "./entrance-routes.tsx";
import { NotFoundPage } from "./not-found-page.tsx";
import { page } from "./page.ts";
import { RouteError } from "./route-error.tsx";
import { Splash } from "./splash.tsx";
import { auditSearch, usersSearch } from "../features/organization/search.ts";
import { pipelineSearch } from "../features/sales/pipeline/search.ts";
import { statementSearch } from "../features/revenue/commissions/search.ts";
import { disputesSearch } from "../features/revenue/disputes/search.ts";
import { closeSearch } from "../features/revenue/periods/search.ts";
import { figuresSearch } from "../features/analytics/figures/search.ts";
import { goalsSearch } from "../features/revenue/goals/search.ts";
import { invoiceSearch, invoicesSearch } from "../features/revenue/invoices/search.ts";
import { dealSearch, dealsSearch, verificationSearch } from "../features/revenue/deals/search.ts";
import { importSearch, newImportSearch, trashSearch } from "../features/records/search.ts";
import { contactsSearch } from "../features/sales/contacts/search.ts";
import { customersSearch } from "../features/sales/customers/search.ts";

declare module "@tanstack/react-router" {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  interface StaticDataRouteOption {
    /** Who lacks it gets the page that says who can grant it. */
    permission?: Permission;
    /** Title of that page. */
    title?: string;
  }
}

const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  component: page(() => import("./shell.tsx"), "Shell"),
  beforeLoad: async ({ location }) => {
    const session = await restoreSession();
    if (session.kind === "signed-in") return;
    redirect({ to: "/sign-in", search: location.href === "/" ? {} : { to: location.href }, throw: true });
  },
});

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  component: page(() => import("../features/analytics/home-page.tsx"), "HomePage"),
});

const pipeline = createRoute({
  getParentRoute: () => shell,
  path: "/pipeline",
  validateSearch: pipelineSearch,
  staticData: { title: "Pipeline", permission: "opportunity.read" },
  component: page(() => import("../features/sales/pipeline-page.tsx"), "PipelinePage"),
});

const opportunity = createRoute({
  getParentRoute: () => shell,
  path: "/opportunities/$opportunityId",
  params: { parse: ({ opportunityId }) => ({ opportunityId: opportunityId as z.output<typeof OpportunityId> }) },
  beforeLoad: ({ params }) => refuseUnless(OpportunityId, params.opportunityId),
  notFoundComponent: NotFoundPage,
  staticData: { title: "Opportunity", permission: "opportunity.read" },
  component: page(() => import("../features/sales/opportunity-page.tsx"), "OpportunityPage"),
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

const deals = createRoute({
  getParentRoute: () => shell,
  path: "/deals",
  validateSearch: dealsSearch,
  staticData: { title: "Deals & payments", permission: "deal.read" },
  component: page(() => import("../features/revenue/deals-page.tsx"), "DealsPage"),
});

const deal = createRoute({
  getParentRoute: () => shell,
  path: "/deals/$dealId",
  validateSearch: dealSearch,
  params: { parse: ({ dealId }) => ({ dealId: dealId as z.output<typeof DealId> }) },
  beforeLoad: ({ params }) => refuseUnless(DealId, params.dealId),
  notFoundComponent: NotFoundPage,
  staticData: { title: "Deal", permission: "deal.read" },
  component: page(() => import("../features/revenue/deal-page.tsx"), "DealPage"),
});

const invoices = createRoute({
  getParentRoute: () => shell,
  path: "/invoices",
  validateSearch: invoicesSearch,
  staticData: { title: "Invoices", permission: "invoice.read" },
  component: page(() => import("../features/revenue/invoices-page.tsx"), "InvoicesPage"),
});

const invoice = createRoute({
  getParentRoute: () => shell,
  path: "/invoices/$invoiceId",
  validateSearch: invoiceSearch,
  params: { parse: ({ invoiceId }) => ({ invoiceId: invoiceId as z.output<typeof InvoiceId> }) },
  beforeLoad: ({ params }) => refuseUnless(InvoiceId, params.invoiceId),
  notFoundComponent: NotFoundPage,
  staticData: { title: "Invoice", permission: "invoice.read" },
  component: page(() => import("../features/revenue/invoice-page.tsx"), "InvoicePage"),
});

const verification = createRoute({
  getParentRoute: () => shell,
  path: "/verification",
  validateSearch: verificationSearch,
  staticData: { title: "Verification", permission: "payment.verify" },
  component: page(() => import("../features/revenue/verification-page.tsx"), "VerificationPage"),
});

const commissions = createRoute({
  getParentRoute: () => shell,
  path: "/commissions",
  validateSearch: statementSearch,
  beforeLoad: ({ search }) => {
    redirect({ to: "/commissions/$month", params: { month: monthOf(today()) }, search, replace: true, throw: true });
  },
});

const statement = createRoute({
  getParentRoute: () => shell,
  path: "/commissions/$month",
  validateSearch: statementSearch,
  beforeLoad: ({ params }) => refuseUnless(Month, params.month),
  notFoundComponent: NotFoundPage,
  staticData: { title: "Commissions", permission: "commission.read" },
  component: page(() => import("../features/revenue/commissions-page.tsx"), "CommissionsPage"),
});

const periodClose = createRoute({
  getParentRoute: () => shell,
  path: "/commissions/$month/close",
  validateSearch: closeSearch,
  beforeLoad: ({ params }) => refuseUnless(Month, params.month),
  notFoundComponent: NotFoundPage,
  staticData: { title: "Close a month", permission: "statement.approve" },
  component: page(() => import("../features/revenue/period-close-page.tsx"), "PeriodClosePage"),
});

const disputes = createRoute({
  getParentRoute: () => shell,
  path: "/disputes",
  validateSearch: disputesSearch,
  staticData: { title: "Disputes", permission: "commission.read" },
  component: page(() => import("../features/revenue/disputes-page.tsx"), "DisputesPage"),
});

const goals = createRoute({
  getParentRoute: () => shell,
  path: "/goals",
  validateSearch: goalsSearch,
  staticData: { title: "Goals", permission: "goal.read" },
  component: page(() => import("../features/revenue/goals-page.tsx"), "GoalsPage"),
});

const revenue = createRoute({
  getParentRoute: () => shell,
  path: "/revenue",
  validateSearch: figuresSearch,
  staticData: { title: "Revenue", permission: "analytics.read" },
  component: page(() => import("../features/analytics/figures-page.tsx"), "FiguresPage"),
});

const users = createRoute({
  getParentRoute: () => shell,
  path: "/users",
  validateSearch: usersSearch,
  staticData: { title: "Users & teams", permission: "member.read" },
  component: page(() => import("../features/organization/users-page.tsx"), "UsersPage"),
});

const auditLog = createRoute({
  getParentRoute: () => shell,
  path: "/audit-log",
  validateSearch: auditSearch,
  staticData: { title: "Audit log", permission: "audit.read" },
  component: page(() => import("../features/organization/audit-log-page.tsx"), "AuditLogPage"),
});

const imports = createRoute({
  getParentRoute: () => shell,
  path: "/imports",
  staticData: { title: "Imports", permission: "import.run" },
  component: page(() => import("../features/records/imports-page.tsx"), "ImportsPage"),
});

const newImport = createRoute({
  getParentRoute: () => shell,
  path: "/imports/new",
  validateSearch: newImportSearch,
  staticData: { title: "Import", permission: "import.run" },
  component: page(() => import("../features/records/new-import-page.tsx"), "NewImportPage"),
});

const importDetail = createRoute({
  getParentRoute: () => shell,
  path: "/imports/$importId",
  validateSearch: importSearch,
  params: { parse: ({ importId }) => ({ importId: importId as z.output<typeof ImportId> }) },
  beforeLoad: ({ params }) => refuseUnless(ImportId, params.importId),
  notFoundComponent: NotFoundPage,
  staticData: { title: "Import", permission: "import.run" },
  component: page(() => import("../features/records/import-page.tsx"), "ImportPage"),
});

const trash = createRoute({
  getParentRoute: () => shell,
  path: "/trash",
  validateSearch: trashSearch,
  component: page(() => import("../features/records/trash-page.tsx"), "TrashPage"),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: "/settings",
  staticData: { title: "Settings", permission: "organization.edit" },
  component: page(() => import("../features/organization/settings-page.tsx"), "SettingsPage"),
});

const mySettings = createRoute({
  getParentRoute: () => shell,
  path: "/my-settings",
  component: page(() => import("../features/organization/my-settings-page.tsx"), "MySettingsPage"),
});

const unknown = createRoute({ getParentRoute: () => shell, path: "$", component: NotFoundPage });

const shellPages = [
  home,
  pipeline,
  opportunity,
  customers,
  customer,
  contacts,
  contact,
  deals,
  deal,
  invoices,
  invoice,
  verification,
  commissions,
  statement,
  periodClose,
  disputes,
  goals,
  revenue,
  users,
  auditLog,
  imports,
  newImport,
  importDetail,
  trash,
  settings,
  mySettings,
  unknown,
] as const;

/** All states of the design system on one page; not in the production bundle. */
const gallery = createRoute({
  getParentRoute: () => root,
  path: "/dev/components",
  component: import.meta.env.DEV ? page(() => import("./gallery-page.tsx"), "GalleryPage") : NotFoundPage,
});

export const router = createRouter({
  routeTree: root.addChildren([signIn, register, invitation, shell.addChildren(shellPages), gallery]),
  defaultPreload: "intent",
  defaultErrorComponent: RouteError,
  defaultNotFoundComponent: NotFoundPage,
  defaultPendingComponent: Splash,
  defaultPendingMs: 150,
  // The frame alone says nothing worth half a second.
  defaultPendingMinMs: 0,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  interface Register {
    router: typeof router;
  }
}

/** What can be no id of ours names nothing. Said here, not in `parse`, so that the page around it stays. */
function refuseUnless(schema: z.ZodMiniType, param: unknown): void {
  // oxlint-disable-next-line typescript/only-throw-error -- what the router catches is its own kind of object
  if (!schema.safeParse(param).success) throw notFound();
}
