import { organizationRegistered } from "#modules/organization";
import { provideCount, provideFileSubject, provideSearch } from "#modules/records";
import { customersMerged, opportunitiesHeld, opportunitiesWon, opportunityUnwinding } from "#modules/sales";
import { on, type Module } from "#platform/module";
import { implement } from "#platform/port";
import { followMerge } from "./customers/follow-merge.command.ts";
import { dealRecord } from "./deals/deal.ts";
import { dealRoutes } from "./deals/deals.routes.ts";
import { listOpportunitiesWithDeals } from "./deals/deals.store.ts";
import { openDealsFor, takeDealBack } from "./deals/open-deal.command.ts";
import { invoiceRecord } from "./invoices/invoice.ts";
import { invoiceRoutes } from "./invoices/invoices.routes.ts";
import { enqueueDelivery, enqueueRendering } from "./invoices/on-invoice-events.handler.ts";
import { renderInvoiceJob } from "./invoices/render-invoice.job.ts";
import { sendInvoiceJob } from "./invoices/send-invoice.job.ts";
import { adjustmentRoutes } from "./adjustments/adjustments.routes.ts";
import { earningRoutes } from "./earnings/earnings.routes.ts";
import { goalRoutes } from "./goals/goals.routes.ts";
import { paymentRecord } from "./payments/payment.ts";
import { projectRoutes } from "./projects/projects.routes.ts";
import { paymentRoutes } from "./payments/payments.routes.ts";
import { requirePaymentInSight } from "./payments/payments.query.ts";
import { requireRefundInSight } from "./payments/refunds.query.ts";
import { refundRoutes } from "./payments/refunds.routes.ts";
import { disputeRoutes } from "./disputes/disputes.routes.ts";
import { periodRoutes } from "./periods/periods.routes.ts";
import { planRoutes } from "./plans/plans.routes.ts";
import { insertDefaultPlan } from "./plans/plans.store.ts";
import { dealSearch, invoiceSearch, paymentSearch } from "./revenue.search.ts";
import { statementRoutes } from "./statements/statements.routes.ts";

/** What commission is counted by. */
const commissionPostings = { name: "commission", table: "ledger_txn", hasGrants: false } as const;

/** Deals, payments and their verification, commissions and their ledger, goals. */
export const revenue: Module = {
  name: "revenue",
  routes: [
    dealRoutes,
    paymentRoutes,
    refundRoutes,
    statementRoutes,
    periodRoutes,
    disputeRoutes,
    goalRoutes,
    projectRoutes,
    invoiceRoutes,
    planRoutes,
    earningRoutes,
    adjustmentRoutes,
  ],
  handlers: [
    // What was issued long ago, as when a history is filled in, is rendered when somebody first asks for it.
    { ...on("invoice.issued", "revenue.render-invoice", enqueueRendering), dropAfterHours: 7 * 24 },
    on("invoice.delivery-requested", "revenue.send-invoice", enqueueDelivery),
  ],
  jobs: [
    { name: "render-invoice", run: renderInvoiceJob },
    { name: "send-invoice", run: sendInvoiceJob },
  ],
  provides: [
    implement(organizationRegistered, (ctx) => insertDefaultPlan(ctx)),
    implement(opportunitiesWon, (ctx, opportunities) => openDealsFor(ctx, opportunities)),
    implement(opportunitiesHeld, (ctx, ids) => listOpportunitiesWithDeals(ctx, ids)),
    implement(customersMerged, (ctx, customers) => followMerge(ctx, customers)),
    implement(opportunityUnwinding, (ctx, opportunity) => takeDealBack(ctx, opportunity)),
    ...[dealRecord, paymentRecord, invoiceRecord, commissionPostings].map((record) =>
      provideCount({ ...record, hasTrash: false }),
    ),
    provideFileSubject("payment", requirePaymentInSight),
    provideFileSubject("refund", requireRefundInSight),
    provideSearch(dealSearch),
    provideSearch(paymentSearch),
    provideSearch(invoiceSearch),
  ],
};
