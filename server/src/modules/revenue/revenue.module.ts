import { organizationRegistered } from "#modules/organization";
import { provideFileSubject, provideSearch } from "#modules/records";
import { opportunitiesHeld, opportunitiesWon, opportunityUnwinding } from "#modules/sales";
import type { Module } from "#platform/module";
import { implement } from "#platform/port";
import { dealRoutes } from "./deals/deals.routes.ts";
import { listOpportunitiesWithDeals } from "./deals/deals.store.ts";
import { openDealsFor, takeDealBack } from "./deals/open-deal.command.ts";
import { disputeRoutes } from "./disputes/disputes.routes.ts";
import { goalRoutes } from "./goals/goals.routes.ts";
import { paymentRoutes } from "./payments/payments.routes.ts";
import { requirePaymentInSight } from "./payments/payments.query.ts";
import { requireRefundInSight } from "./payments/refunds.query.ts";
import { refundRoutes } from "./payments/refunds.routes.ts";
import { periodRoutes } from "./periods/periods.routes.ts";
import { insertDefaultPlan } from "./plans/plans.store.ts";
import { dealSearch, paymentSearch } from "./revenue.search.ts";
import { statementRoutes } from "./statements/statements.routes.ts";

/** Deals, payments and their verification, commissions and their ledger, goals. */
export const revenue: Module = {
  name: "revenue",
  routes: [dealRoutes, paymentRoutes, refundRoutes, statementRoutes, periodRoutes, disputeRoutes, goalRoutes],
  provides: [
    implement(organizationRegistered, (ctx) => insertDefaultPlan(ctx)),
    implement(opportunitiesWon, (ctx, opportunities) => openDealsFor(ctx, opportunities)),
    implement(opportunitiesHeld, (ctx, ids) => listOpportunitiesWithDeals(ctx, ids)),
    implement(opportunityUnwinding, (ctx, opportunity) => takeDealBack(ctx, opportunity)),
    provideFileSubject("payment", requirePaymentInSight),
    provideFileSubject("refund", requireRefundInSight),
    provideSearch(dealSearch),
    provideSearch(paymentSearch),
  ],
};
