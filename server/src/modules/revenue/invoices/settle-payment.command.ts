import type { BodyOf } from "@rainmaker/contracts/endpoint";
import { fromWire, toWire, type WireMoney } from "@rainmaker/contracts/money";
import type { applyToInvoice as applyContract } from "@rainmaker/contracts/revenue/customer-credit";
import { invalidField, Refusal, refuseStale } from "#platform/errors";
import type { Deal } from "../deals/deal.ts";
import { applyPayment } from "../payments/apply-payment.ts";
import { freeOf } from "../payments/customer-credit.ts";
import type { Payment } from "../payments/payment.ts";
import { lockDealAndPayment } from "../payments/payments.store.ts";
import type { RevenueContext } from "../revenue.context.ts";
import { addApplied, insertAllocation, lockPaidInvoices } from "./allocations.store.ts";
import { about } from "./announce-invoice.ts";
import { newInvoice, wholeLine } from "./draft-invoice.command.ts";
import { requirePayable, type Invoice } from "./invoice.ts";
import { totalOf } from "./invoice-lines.ts";
import { getInvoice } from "./invoices.query.ts";
import { addToSettled, insertInvoice, invoicedOf, lockInvoice, lockOpenInvoices } from "./invoices.store.ts";
import { issue } from "./issue-invoice.command.ts";
import { defaultEntity } from "./legal-entities.store.ts";

/**
 * Applies what is free of a verified payment to the deal's open invoices, the oldest due first; for what is left of it,
 * up to the deal's amount, a receipt is issued. What is beyond the deal is the customer's credit and is not invoiced.
 * Comes last in a transaction: a receipt takes its number from the one row everybody who issues waits for.
 */
export async function settlePayment(ctx: RevenueContext, deal: Deal, payment: Payment): Promise<void> {
  const unapplied = await payInvoices(ctx, deal, payment);
  const uninvoiced = deal.amountMinor - (await invoicedOf(ctx, deal.id));
  const receipted = unapplied < uninvoiced ? unapplied : uninvoiced;
  if (receipted > 0n) await issueReceipt(ctx, deal, payment.id, receipted);
}

/** Applies what is free of a verified payment to the deal's open invoices. @returns what is left of it */
export async function payInvoices(ctx: RevenueContext, deal: Deal, payment: Payment): Promise<bigint> {
  const open = await lockOpenInvoices(ctx, deal.id);
  const due = open.map((invoice) => ({ id: invoice.id, due: dueOf(invoice) }));
  const { allocations, unapplied } = applyPayment(freeOf(payment), due);
  for (const { invoice: id, applied } of allocations) {
    const invoice = open.find((one) => one.id === id);
    if (invoice !== undefined) await allocate(ctx, deal, invoice, payment.id, applied);
  }
  return unapplied;
}

/** Money that no longer counts comes off the invoices it paid, the latest first: what they ask for is due again. */
export async function takeOffInvoices(ctx: RevenueContext, deal: Deal, payment: Payment, minor: bigint): Promise<void> {
  let over = minor;
  for (const { invoice, amountMinor } of await lockPaidInvoices(ctx, payment.id)) {
    const off = amountMinor < over ? amountMinor : over;
    if (off === 0n) return;
    await insertAllocation(ctx, invoice, { paymentId: payment.id, amountMinor: -off }, "taken_back");
    await addToSettled(ctx, invoice.id, { paid: -off });
    ctx.emit({
      type: "invoice.unpaid",
      ...about({ ...invoice, version: invoice.version + 1 }, deal.opportunityId),
      facts: {
        paymentId: payment.id,
        amount: toWire(off, invoice.currency),
        due: toWire(dueOf(invoice) + off, invoice.currency),
      },
    });
    over -= off;
  }
}

/** Applies free money of a payment to one open invoice of its deal; as much as fits, unless told how much. */
export async function applyToInvoice(
  ctx: RevenueContext,
  invoiceId: string,
  { paymentId, amount, seenVersion }: BodyOf<typeof applyContract>,
): Promise<void> {
  const { deal, payment } = await lockDealAndPayment(ctx, paymentId);
  const invoice = await lockInvoice(ctx, invoiceId);
  if (invoice.dealId !== deal.id) {
    throw invalidField("paymentId", "other_deal", "This payment is of another deal; its credit is used for that one");
  }
  requirePayable(invoice);
  await refuseStale(invoice, seenVersion, () => getInvoice(ctx, invoiceId));
  const due = dueOf(invoice);
  const free = freeOf(payment);
  const asked = amount === undefined ? (free < due ? free : due) : minorIn(amount, invoice.currency);
  if (asked <= 0n || asked > free || asked > due) {
    throw new Refusal("conflict", "not_enough_free", "That much is not free of the payment, or not due on the invoice");
  }
  await allocate(ctx, deal, invoice, paymentId, asked);
}

function minorIn(amount: WireMoney, currency: string): bigint {
  const given = fromWire(amount);
  if (given.currency === currency) return given.minor;
  throw invalidField("amount.currency", "currency_mismatch", "An invoice is paid in its own currency");
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
  await insertAllocation(ctx, invoice, { paymentId, amountMinor }, "payment");
  await addApplied(ctx, paymentId, amountMinor);
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
