import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type {
  createInvoice as createContract,
  updateInvoice as updateContract,
} from "@rainmaker/contracts/revenue/invoices";
import { v7 as uuidv7 } from "uuid";
import { changesBetween, patched } from "#platform/audit";
import { Refusal, refuseStale } from "#platform/errors";
import type { Asked } from "#platform/http";
import type { Deal } from "../deals/deal.ts";
import { lockDeal } from "../deals/deals.store.ts";
import type { RevenueContext } from "../revenue.context.ts";
import { about, totalOnWire } from "./announce-invoice.ts";
import { requireDraft, type Invoice } from "./invoice.ts";
import { linesOf, totalOf, type Line } from "./invoice-lines.ts";
import { getInvoice } from "./invoices.query.ts";
import { insertInvoice, invoicedOf, lockInvoice, opportunityOf, saveDraft } from "./invoices.store.ts";
import { defaultEntity, getEntity, type LegalEntity } from "./legal-entities.store.ts";

/** Drafts an invoice for an approved deal: what is given, or one line with what is not invoiced of it yet. */
export async function createInvoice(ctx: RevenueContext, body: BodyOf<typeof createContract>): Promise<string> {
  const deal = await lockDeal(ctx, body.dealId);
  if (deal.status !== "approved") {
    throw new Refusal("conflict", "deal_not_approved", "Its deal has to be approved first");
  }
  const entity = body.legalEntityId === undefined ? await defaultEntity(ctx) : await getEntity(ctx, body.legalEntityId);
  const given = body.lines === undefined ? undefined : linesOf(body.lines, deal.currency, entity.taxRate);
  const draft = newInvoice(deal, entity, given ?? (await openLine(ctx, deal)), { taxIncluded: given === undefined });
  const { dueOn, buyerReference, buyerTaxId, note } = body;
  const invoice = patched(draft, { dueOn, buyerReference, buyerTaxId, note });
  await insertInvoice(ctx, invoice);
  ctx.emit({
    type: "invoice.drafted",
    ...about(invoice, deal.opportunityId),
    facts: { dealId: deal.id, total: totalOnWire(invoice) },
  });
  return invoice.id;
}

/** A draft with these lines. */
export function newInvoice(
  deal: Deal,
  { id: legalEntityId, taxRounding, taxRate }: LegalEntity,
  lines: readonly Line[],
  { taxIncluded, paymentId = null }: { readonly taxIncluded: boolean; readonly paymentId?: string | null },
): Invoice {
  const taxed = taxIncluded ? lines.map((line) => ({ ...line, taxRate })) : lines;
  return counted({
    id: uuidv7(),
    kind: "invoice",
    status: "draft",
    ownerId: deal.ownerId,
    legalEntityId,
    dealId: deal.id,
    customerId: deal.customerId,
    paymentId,
    correctsInvoiceId: null,
    reason: null,
    name: null,
    issuedOn: null,
    dueOn: null,
    currency: deal.currency,
    taxIncluded,
    taxRounding,
    lines: taxed,
    netMinor: 0n,
    taxMinor: 0n,
    totalMinor: 0n,
    paidMinor: 0n,
    creditedMinor: 0n,
    buyerReference: null,
    buyerTaxId: null,
    note: null,
    version: 1,
  });
}

function counted(invoice: Invoice): Invoice {
  const { net, tax, total } = totalOf(invoice.lines, invoice);
  return { ...invoice, netMinor: net, taxMinor: tax, totalMinor: total };
}

/** One line with what is not invoiced of a deal; the amount of a deal is what the customer pays, tax included. */
async function openLine(ctx: RevenueContext, deal: Deal): Promise<Line[]> {
  const open = deal.amountMinor - (await invoicedOf(ctx, deal.id));
  if (open <= 0n) throw new Refusal("conflict", "fully_invoiced", "This deal is invoiced in full already");
  return [wholeLine(deal.title, null, open)];
}

export function wholeLine(description: string, detail: string | null, minor: bigint): Line {
  return { description, detail, quantity: "1", unitPrice: minor.toString(), discount: "0", taxRate: "0" };
}

/** Changes a draft. Lines that are given replace those there are; their prices contain the tax where the draft's do. */
export async function updateInvoice(
  ctx: RevenueContext,
  invoiceId: string,
  body: BodyOf<typeof updateContract>,
  { seenVersion }: Asked,
): Promise<void> {
  const { lines, seenVersion: _, ...facts } = body;
  const before = await lockInvoice(ctx, invoiceId);
  requireDraft(before);
  await refuseStale(before, seenVersion, () => getInvoice(ctx, invoiceId));
  const entity = await getEntity(ctx, before.legalEntityId);
  const relined = lines === undefined ? before : { ...before, lines: linesOf(lines, before.currency, entity.taxRate) };
  const after = { ...counted(patched(relined, facts)), version: before.version + 1 };
  await saveDraft(ctx, after);
  ctx.emit({
    type: "invoice.changed",
    ...about(after, await opportunityOf(ctx, after.dealId)),
    changes: changesBetween(before, after),
    facts: { dealId: after.dealId, total: totalOnWire(after) },
  });
}

/** Takes a draft away. It had no number, so none is missing. */
export async function discardInvoice(ctx: RevenueContext, invoiceId: string, { seenVersion }: Asked): Promise<void> {
  const before = await lockInvoice(ctx, invoiceId);
  requireDraft(before);
  await refuseStale(before, seenVersion, () => getInvoice(ctx, invoiceId));
  const after: Invoice = { ...before, status: "discarded", version: before.version + 1 };
  await saveDraft(ctx, after);
  ctx.emit({
    type: "invoice.discarded",
    ...about(after, await opportunityOf(ctx, after.dealId)),
    facts: { dealId: after.dealId, total: totalOnWire(after) },
  });
}
