import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { RevenueContext } from "../revenue.context.ts";
import type { Invoice } from "./invoice.ts";
import { toInvoice } from "./invoices.store.ts";

type Allocated = { readonly paymentId: string; readonly amountMinor: bigint };
/** Why money stands on an invoice, or comes off it again: then the amount is below zero. */
type Cause = "payment" | "taken_back" | { readonly creditNoteId: string };

/** What stands on an invoice from each payment, the latest first. */
export async function listAllocated(ctx: RevenueContext, invoiceId: string): Promise<Allocated[]> {
  const { rows } = await sql<{ payment_id: string; amount_minor: bigint }>`
    select payment_id, sum(amount_minor)::bigint as amount_minor from payment_allocation
    where organization_id = ${ctx.actor.organizationId} and invoice_id = ${invoiceId}
    group by payment_id having sum(amount_minor) > 0 order by max(allocated_at) desc, payment_id`.execute(ctx.tx);
  return rows.map((row) => ({ paymentId: row.payment_id, amountMinor: row.amount_minor }));
}

/** Invoices a payment stands on and with how much, for update: the latest first. */
export async function lockPaidInvoices(
  ctx: RevenueContext,
  paymentId: string,
): Promise<{ readonly invoice: Invoice; readonly amountMinor: bigint }[]> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<Parameters<typeof toInvoice>[0] & { applied: bigint }>`
    select i.*, a.applied from invoice i join (
      select invoice_id, sum(amount_minor)::bigint as applied, max(allocated_at) as at from payment_allocation
      where organization_id = ${organizationId} and payment_id = ${paymentId} group by invoice_id having sum(amount_minor) > 0) a on a.invoice_id = i.id
    where i.organization_id = ${organizationId} order by a.at desc, i.id for update of i`.execute(ctx.tx);
  return rows.map((row) => ({ invoice: toInvoice(row), amountMinor: row.applied }));
}

export async function insertAllocation(
  ctx: RevenueContext,
  invoice: Pick<Invoice, "id" | "ownerId" | "currency">,
  { paymentId, amountMinor }: Allocated,
  cause: Cause,
): Promise<void> {
  await ctx.tx
    .insertInto("payment_allocation")
    .values({
      organization_id: ctx.actor.organizationId,
      id: uuidv7(),
      payment_id: paymentId,
      invoice_id: invoice.id,
      owner_id: invoice.ownerId,
      amount_minor: amountMinor,
      currency: invoice.currency,
      cause: typeof cause === "string" ? cause : "credit_note",
      credit_note_id: typeof cause === "string" ? null : cause.creditNoteId,
      allocated_at: ctx.now.toISOString(),
    })
    .execute();
}

/** Counts on the payment what is applied of it; below zero where it comes off an invoice. */
export async function addApplied(ctx: RevenueContext, paymentId: string, minor: bigint): Promise<void> {
  await sql`update payment set applied_minor = applied_minor + ${minor}
    where organization_id = ${ctx.actor.organizationId} and id = ${paymentId}`.execute(ctx.tx);
}
