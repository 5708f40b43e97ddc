import type { BodyOf } from "@rainmaker/contracts/endpoint";
import { toWire } from "@rainmaker/contracts/money";
import type { createCreditNote as contract } from "@rainmaker/contracts/revenue/invoices";
import { v7 as uuidv7 } from "uuid";
import { refuseStale } from "#platform/errors";
import type { RevenueContext } from "../revenue.context.ts";
import { about } from "./announce-invoice.ts";
import { overpaidBy, requireCreditable, type Invoice } from "./invoice.ts";
import { creditedQuantities, creditLines, creditTotal } from "./invoice-lines.ts";
import { getInvoice } from "./invoices.query.ts";
import { addApplied, insertAllocation, listAllocated } from "./allocations.store.ts";
import {
  addToSettled,
  insertInvoice,
  listCreditLines,
  lockDealOfInvoice,
  lockInvoice,
  opportunityOf,
} from "./invoices.store.ts";
import { issue } from "./issue-invoice.command.ts";

/**
 * Corrects an issued invoice: the credit note takes lines of it back, and money that was paid for those lines comes off
 * the invoice. @returns the credit note's id
 */
export async function creditInvoice(
  ctx: RevenueContext,
  invoiceId: string,
  { reason, note, lines, seenVersion }: BodyOf<typeof contract>,
): Promise<string> {
  await lockDealOfInvoice(ctx, invoiceId);
  const invoice = await lockInvoice(ctx, invoiceId);
  requireCreditable(invoice);
  await refuseStale(invoice, seenVersion, () => getInvoice(ctx, invoiceId));
  const taken = creditedQuantities(invoice.lines, await listCreditLines(ctx, invoiceId));
  const credited = creditLines(invoice.lines, taken, lines);
  const total = creditTotal(invoice.lines, taken, credited, invoice);
  const draft: Invoice = {
    ...invoice,
    id: uuidv7(),
    kind: "credit_note",
    status: "draft",
    paymentId: null,
    correctsInvoiceId: invoice.id,
    reason,
    name: null,
    issuedOn: null,
    dueOn: null,
    lines: credited,
    netMinor: total.net,
    taxMinor: total.tax,
    totalMinor: total.total,
    paidMinor: 0n,
    creditedMinor: 0n,
    note: note === undefined || note === "" ? null : note,
    version: 1,
  };
  await insertInvoice(ctx, draft);
  await takePaidOff(ctx, { ...invoice, creditedMinor: invoice.creditedMinor + total.total }, draft.id);
  await addToSettled(ctx, invoiceId, { credited: total.total });
  const issued = await issue(ctx, draft, total);
  ctx.emit({
    type: "invoice.credited",
    ...about({ ...invoice, version: invoice.version + 1 }, await opportunityOf(ctx, invoice.dealId)),
    facts: {
      creditNoteId: issued.id,
      creditNote: issued.name ?? "",
      amount: toWire(total.total, invoice.currency),
      reason,
    },
  });
  return issued.id;
}

/** Money that stands on an invoice beyond what is left of it is the customer's again: from the latest payment first. */
async function takePaidOff(ctx: RevenueContext, invoice: Invoice, creditNoteId: string): Promise<void> {
  let over = overpaidBy(invoice);
  if (over === 0n) return;
  await addToSettled(ctx, invoice.id, { paid: -over });
  for (const { paymentId, amountMinor } of await listAllocated(ctx, invoice.id)) {
    const off = amountMinor < over ? amountMinor : over;
    if (off === 0n) return;
    await insertAllocation(ctx, invoice, { paymentId, amountMinor: -off }, { creditNoteId });
    await addApplied(ctx, paymentId, -off);
    over -= off;
  }
}
