import { DealId, ImportId, InvoiceId } from "@rainmaker/contracts/ids";
import { Month, monthOf } from "@rainmaker/contracts/time";
import { createRoute, createRouter, redirect } from "@tanstack/react-router";
import type * as z from "zod/mini";
import { today } from "#lib/format";
import { invitation, register, root, signIn } from "./entrance-routes.tsx";
import { NotFoundPage } from "./not-found-page.tsx";
import { page } from "./page.ts";
import { RouteError } from "./route-error.tsx";
import { salesPages } from "./sales-routes.tsx";
import { refuseUnless, shell } from "./shell-route.tsx";
import { Splash } from "./splash.tsx";
import { auditSearch, rolesSearch, usersSearch } from "../features/organization/search.ts";
import { statementSearch } from "../features/revenue/commissions/search.ts";
import { disputesSearch } from "../features/revenue/disputes/search.ts";
import { closeSearch } from "../features/revenue/periods/search.ts";
import { figuresSearch } from "../features/analytics/figures/search.ts";
import { projectsSearch } from "../features/revenue/projects/search.ts";
import { goalsSearch } from "../features/revenue/goals/search.ts";
import { invoiceSearch, invoicesSearch } from "../features/revenue/invoices/search.ts";
import { dealSearch, dealsSearch, verificationSearch } from "../features/revenue/deals/search.ts";
import { fieldsSearch, importSearch, newImportSearch, trashSearch } from "../features/records/search.ts";
import { duplicatesSearch, mergeSearch } from "../features/sales/duplicates/search.ts";

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  component: page(() => import("../features/analytics/home-page.tsx"), "HomePage"),
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

const plans = createRoute({
  getParentRoute: () => shell,
  path: "/plans",
  staticData: { title: "Plans", permission: "plan.read" },
  component: page(() => import("../features/revenue/plans-page.tsx"), "PlansPage"),
});

const plan = createRoute({
  getParentRoute: () => shell,
  path: "/plans/$planId",
  staticData: { title: "Plan", permission: "plan.read" },
  component: page(() => import("../features/revenue/plan-page.tsx"), "PlanPage"),
});

const myPlan = createRoute({
  getParentRoute: () => shell,
  path: "/my-plan",
  staticData: { title: "Your plan", permission: "commission.read" },
  component: page(() => import("../features/revenue/my-plan-page.tsx"), "MyPlanPage"),
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

const projects = createRoute({
  getParentRoute: () => shell,
  path: "/projects",
  validateSearch: projectsSearch,
  staticData: { title: "Projects", permission: "deal.read" },
  component: page(() => import("../features/revenue/projects-page.tsx"), "ProjectsPage"),
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

const roles = createRoute({
  getParentRoute: () => shell,
  path: "/roles",
  validateSearch: rolesSearch,
  staticData: { title: "Roles & permissions", permission: "role.edit" },
  component: page(() => import("../features/organization/roles-page.tsx"), "RolesPage"),
});

const auditLog = createRoute({
  getParentRoute: () => shell,
  path: "/audit-log",
  validateSearch: auditSearch,
  staticData: { title: "Audit log", permission: "audit.read" },
  component: page(() => import("../features/organization/audit-log-page.tsx"), "AuditLogPage"),
});

const fields = createRoute({
  getParentRoute: () => shell,
  path: "/fields",
  validateSearch: fieldsSearch,
  staticData: { title: "Fields", permission: "organization.edit" },
  component: page(() => import("../features/records/fields-page.tsx"), "FieldsPage"),
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

const duplicates = createRoute({
  getParentRoute: () => shell,
  path: "/duplicates",
  validateSearch: duplicatesSearch,
  staticData: { title: "Duplicates" },
  component: page(() => import("../features/sales/duplicates/duplicates-page.tsx"), "DuplicatesPage"),
});

const merge = createRoute({
  getParentRoute: () => shell,
  path: "/duplicates/merge",
  validateSearch: mergeSearch,
  staticData: { title: "Merge" },
  component: page(() => import("../features/sales/duplicates/merge-page.tsx"), "MergePage"),
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
  ...salesPages,
  deals,
  deal,
  invoices,
  invoice,
  verification,
  commissions,
  statement,
  periodClose,
  plans,
  plan,
  myPlan,
  disputes,
  goals,
  projects,
  revenue,
  users,
  roles,
  auditLog,
  fields,
  imports,
  newImport,
  importDetail,
  duplicates,
  merge,
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
