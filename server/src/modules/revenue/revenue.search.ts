import { sql } from "kysely";
import type { Searchable } from "#modules/records";
import { dealRecord } from "./deals/deal.ts";
import { invoiceRecord } from "./invoices/invoice.ts";
import { paymentRecord } from "./payments/payment.ts";

const customerName = sql`select c.name from sales.customer_ref c where c.organization_id = r.organization_id and c.id = r.customer_id`;

export const dealSearch: Searchable = {
  record: dealRecord,
  subtitle: customerName,
  hasTrash: false,
  amountColumn: "amount_minor",
};
/** Its name is its number. */
export const invoiceSearch: Searchable = {
  record: invoiceRecord,
  subtitle: customerName,
  hasTrash: false,
  isNumbered: false,
  amountColumn: "total_minor",
};
export const paymentSearch: Searchable = {
  record: paymentRecord,
  subtitle: customerName,
  hasTrash: false,
  amountColumn: "amount_minor",
};
