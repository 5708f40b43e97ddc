import * as z from "zod/mini";
import { catch as otherwise } from "zod/mini";

export const invoiceTabs = ["all", "draft", "open", "overdue", "paid", "credited"] as const;

export const invoicesSearch = z.object({
  state: otherwise(z.optional(z.enum(invoiceTabs)), undefined),
  /** The sheet that drafts an invoice is open. */
  new: otherwise(z.optional(z.literal("deal")), undefined),
});
export type InvoicesSearch = z.output<typeof invoicesSearch>;

export const invoiceSearch = z.object({
  /** What is open beside the document. */
  open: otherwise(z.optional(z.enum(["credit", "send", "edit"])), undefined),
});
