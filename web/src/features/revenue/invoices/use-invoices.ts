import type { InvoiceId } from "@rainmaker/contracts/ids";
import { getInvoice, listInvoices, readInvoiceSummary } from "@rainmaker/contracts/revenue/invoices";
import { livePages, liveQuery } from "#lib/query";
import type { InvoicesSearch } from "./search.ts";

const entities = ["invoice"] as const;

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function invoicesQuery(state: InvoicesSearch["state"]) {
  const filter = state === undefined || state === "all" ? {} : { state };
  return livePages(listInvoices, { query: { limit: "50", ...filter } }, entities);
}

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function invoiceQuery(invoiceId: InvoiceId) {
  return liveQuery(getInvoice, { params: { invoiceId } }, entities);
}

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function summaryQuery() {
  return liveQuery(readInvoiceSummary, {}, entities);
}
