import { addDays } from "@rainmaker/contracts/time";
import { Refusal, refuseStale } from "#platform/errors";
import type { Asked } from "#platform/http";
import type { RevenueContext } from "../revenue.context.ts";
import { about, totalOnWire } from "./announce-invoice.ts";
import { documentOf, invoiceName, requireDraft, type Invoice } from "./invoice.ts";
import { totalOf } from "./invoice-lines.ts";
import type { InvoiceTotal } from "./invoice-total.ts";
import { getInvoice, todayOf } from "./invoices.query.ts";
import { lockInvoice, opportunityOf, saveIssued, takeNumber } from "./invoices.store.ts";
import { getEntity } from "./legal-entities.store.ts";
import { readSurroundings } from "./surroundings.query.ts";

/** Issues a draft: from here on it does not change. */
export async function issueInvoice(ctx: RevenueContext, invoiceId: string, { seenVersion }: Asked): Promise<void> {
  const draft = await lockInvoice(ctx, invoiceId);
  requireDraft(draft);
  await refuseStale(draft, seenVersion, () => getInvoice(ctx, invoiceId));
  await issue(ctx, draft, totalOf(draft.lines, draft));
}

/**
 * Gives a stored draft its number and freezes what it says. The number comes last: its counter is the one row everybody
 * who issues waits for.
 */
export async function issue(ctx: RevenueContext, draft: Invoice, total: InvoiceTotal): Promise<Invoice> {
  if (total.total <= 0n) throw new Refusal("conflict", "nothing_to_invoice", "This adds up to nothing");
  const around = await readSurroundings(ctx, draft.id);
  const opportunityId = await opportunityOf(ctx, draft.dealId);
  const entity = await getEntity(ctx, draft.legalEntityId);
  const taken = await takeNumber(ctx, entity, draft.kind, todayOf(ctx));
  const { issuedOn } = taken;
  const dueOn = draft.kind === "credit_note" ? null : (draft.dueOn ?? addDays(issuedOn, entity.paymentDays));
  const issued: Invoice = {
    ...draft,
    status: "issued",
    name: invoiceName(taken.series, taken.year, taken.number),
    issuedOn,
    // A day that has passed while it was a draft is due at once.
    dueOn: dueOn !== null && dueOn < issuedOn ? issuedOn : dueOn,
    version: draft.version + 1,
  };
  await saveIssued(ctx, issued, taken, documentOf(issued, total, around));
  ctx.emit({
    type: "invoice.issued",
    ...about(issued, opportunityId),
    facts: {
      kind: issued.kind,
      dealId: issued.dealId,
      customerId: issued.customerId,
      total: totalOnWire(issued),
      issuedOn,
      paymentId: issued.paymentId,
    },
  });
  return issued;
}
