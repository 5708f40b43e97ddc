import type { LoggedEvent } from "@rainmaker/contracts/events";
import { fromWire, toWire } from "@rainmaker/contracts/money";
import type { Context } from "#platform/context";
import type { Deal } from "../deals/deal.ts";
import { lockDealAndPayment } from "../payments/payments.store.ts";
import { applyPayment } from "../payments/apply-payment.ts";
import type { RevenueContext } from "../revenue.context.ts";
import { about } from "./announce-invoice.ts";
import { newInvoice, wholeLine } from "./draft-invoice.command.ts";
import type { Invoice } from "./invoice.ts";
import { totalOf } from "./invoice-lines.ts";
import {
  addToSettled,
  insertAllocation,
  insertInvoice,
  invoicedOf,
  isAllocated,
  lockOpenInvoices,
} from "./invoices.store.ts";
import { issue } from "./issue-invoice.command.ts";
import { defaultEntity } from "./legal-entities.store.ts";

/**
 * Applies verified money to the deal's open invoices, the oldest due first; for what is left of it, up to the deal's
 * amount, a receipt is issued. What is beyond the deal is the customer's credit and is not invoiced.
 */
export async function applyVerifiedPayment(full: Context, event: LoggedEvent<"payment.verified">): Promise<void> {
  const ctx: RevenueContext = full;
  if (event.recordId === null) throw new TypeError("a payment has an id");
  const { deal, payment } = await lockDealAndPayment(ctx, event.recordId);
  if (payment.status !== "verified" || (await isAllocated(ctx, payment.id))) return;
  const { minor } = fromWire(event.facts.amount);
  const open = await lockOpenInvoices(ctx, deal.id);
  const due = open.map((invoice) => ({ id: invoice.id, due: dueOf(invoice) }));
  const { allocations, unapplied } = applyPayment(minor, due);
  for (const { invoice: id, applied } of allocations) {
    const invoice = open.find((one) => one.id === id);
    if (invoice !== undefined) await allocate(ctx, deal, invoice, payment.id, applied);
  }
  const uninvoiced = deal.amountMinor - (await invoicedOf(ctx, deal.id));
  const receipted = unapplied < uninvoiced ? unapplied : uninvoiced;
  if (receipted > 0n) await issueReceipt(ctx, deal, payment.id, receipted);
}

async function issueReceipt(ctx: RevenueContext, deal: Deal, paymentId: string, minor: bigint): Promise<void> {
  const entity = await defaultEntity(ctx);
  const draft = newInvoice(deal, entity, [wholeLine(deal.title, null, minor)], { taxIncluded: true, paymentId });
  await insertInvoice(ctx, draft);
  const issued = await issue(ctx, draft, totalOf(draft.lines, draft));
  await allocate(ctx, deal, issued, paymentId, minor);
}

async function allocate(
  ctx: RevenueContext,
  { opportunityId }: Deal,
  invoice: Invoice,
  paymentId: string,
  amountMinor: bigint,
): Promise<void> {
  const { currency } = invoice;
  await insertAllocation(ctx, invoice, { paymentId, amountMinor });
  await addToSettled(ctx, invoice.id, { paid: amountMinor });
  ctx.emit({
    type: "invoice.paid",
    ...about({ ...invoice, version: invoice.version + 1 }, opportunityId),
    facts: {
      paymentId,
      amount: toWire(amountMinor, currency),
      due: toWire(dueOf(invoice) - amountMinor, currency),
    },
  });
}

function dueOf({ totalMinor, paidMinor, creditedMinor }: Invoice): bigint {
  return totalMinor - paidMinor - creditedMinor;
}
