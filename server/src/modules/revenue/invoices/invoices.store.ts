import { sql } from "kysely";
import { notFound } from "#platform/errors";
import { withinReach } from "#platform/scope";
import type { RevenueContext } from "../revenue.context.ts";
import { invoiceName, type Invoice, type InvoiceDocument } from "./invoice.ts";
import type { Line } from "./invoice-lines.ts";
import type { LegalEntity } from "./legal-entities.store.ts";

type Row = {
  id: string;
  kind: string;
  status: string;
  owner_id: string;
  legal_entity_id: string;
  deal_id: string;
  customer_id: string;
  payment_id: string | null;
  corrects_invoice_id: string | null;
  reason: string | null;
  name: string | null;
  issued_on: string | null;
  due_on: string | null;
  currency: string;
  tax_included: boolean;
  tax_rounding: string;
  lines: unknown;
  net_minor: bigint;
  tax_minor: bigint;
  total_minor: bigint;
  paid_minor: bigint;
  credited_minor: bigint;
  buyer_reference: string | null;
  buyer_tax_id: string | null;
  note: string | null;
  version: number;
};

export function toInvoice(row: Row): Invoice {
  return {
    id: row.id,
    kind: row.kind as Invoice["kind"],
    status: row.status as Invoice["status"],
    ownerId: row.owner_id,
    legalEntityId: row.legal_entity_id,
    dealId: row.deal_id,
    customerId: row.customer_id,
    paymentId: row.payment_id,
    correctsInvoiceId: row.corrects_invoice_id,
    reason: row.reason,
    name: row.name,
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    currency: row.currency,
    taxIncluded: row.tax_included,
    taxRounding: row.tax_rounding as Invoice["taxRounding"],
    lines: row.lines as Line[],
    netMinor: row.net_minor,
    taxMinor: row.tax_minor,
    totalMinor: row.total_minor,
    paidMinor: row.paid_minor,
    creditedMinor: row.credited_minor,
    buyerReference: row.buyer_reference,
    buyerTaxId: row.buyer_tax_id,
    note: row.note,
    version: row.version,
  };
}

/** A draft as it begins. */
export async function insertInvoice(ctx: RevenueContext, invoice: Invoice): Promise<void> {
  await ctx.tx
    .insertInto("invoice")
    .values({
      organization_id: ctx.actor.organizationId,
      id: invoice.id,
      kind: invoice.kind,
      status: "draft",
      owner_id: invoice.ownerId,
      legal_entity_id: invoice.legalEntityId,
      deal_id: invoice.dealId,
      customer_id: invoice.customerId,
      payment_id: invoice.paymentId,
      corrects_invoice_id: invoice.correctsInvoiceId,
      reason: invoice.reason,
      currency: invoice.currency,
      tax_included: invoice.taxIncluded,
      created_by: ctx.actor.memberId,
      created_at: ctx.now.toISOString(),
      ...contentOf(invoice),
      version: invoice.version,
    })
    .execute();
}

export async function saveDraft(ctx: RevenueContext, invoice: Invoice): Promise<void> {
  await ctx.tx
    .updateTable("invoice")
    .set({ ...contentOf(invoice), status: invoice.status, version: invoice.version })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", invoice.id)
    .execute();
}

function contentOf(invoice: Invoice) {
  return {
    due_on: invoice.dueOn,
    tax_rounding: invoice.taxRounding,
    lines: JSON.stringify(invoice.lines),
    net_minor: invoice.netMinor,
    tax_minor: invoice.taxMinor,
    total_minor: invoice.totalMinor,
    buyer_reference: invoice.buyerReference,
    buyer_tax_id: invoice.buyerTaxId,
    note: invoice.note,
  };
}

/** Loads for update, within the actor's reach. @throws Refusal 404 */
export async function lockInvoice(ctx: RevenueContext, invoiceId: string): Promise<Invoice> {
  const row = await ctx.tx
    .selectFrom("invoice")
    .selectAll()
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", invoiceId)
    .where("status", "<>", "discarded")
    .where((eb) => withinReach(ctx, "invoice", eb.ref("owner_id")))
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notFound("invoice");
  return toInvoice(row);
}

/** The deal before what belongs to it, as everywhere: a verification of its money waits, or is waited for. */
export async function lockDealOfInvoice(ctx: RevenueContext, invoiceId: string): Promise<void> {
  const { organizationId } = ctx.actor;
  await sql`select 1 from deal where organization_id = ${organizationId}
    and id = (select deal_id from invoice where organization_id = ${organizationId} and id = ${invoiceId}) for update`.execute(
    ctx.tx,
  );
}

/** Lines of the credit notes of an invoice. */
export async function listCreditLines(ctx: RevenueContext, invoiceId: string): Promise<Line[][]> {
  const rows = await ctx.tx
    .selectFrom("invoice")
    .select("lines")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("corrects_invoice_id", "=", invoiceId)
    .where("status", "=", "issued")
    .execute();
  return rows.map(({ lines }) => lines as unknown as Line[]);
}

export type Taken = {
  readonly series: string;
  readonly year: number;
  readonly number: bigint;
  readonly issuedOn: string;
};

/**
 * Takes the next number of a series and year. Its row stays locked until commit and a rollback gives the number back,
 * so this comes last. Days of issue do not go backwards: the day is today's or that of the number before.
 */
export async function takeNumber(
  ctx: RevenueContext,
  { id, series, creditSeries }: LegalEntity,
  kind: Invoice["kind"],
  today: string,
): Promise<Taken> {
  const chosen = kind === "invoice" ? series : creditSeries;
  const year = Number(today.slice(0, 4));
  const { rows } = await sql<{ last_number: bigint; last_issued_on: string }>`
    insert into invoice_counter (organization_id, legal_entity_id, series, fiscal_year, last_number, last_issued_on)
    values (${ctx.actor.organizationId}, ${id}, ${chosen}, ${year}, 1, ${today})
    on conflict (organization_id, legal_entity_id, series, fiscal_year) do update
      set last_number = invoice_counter.last_number + 1, last_issued_on = greatest(invoice_counter.last_issued_on, excluded.last_issued_on)
    returning last_number, last_issued_on`.execute(ctx.tx);
  const [row] = rows;
  if (row === undefined) throw new TypeError("a counter gives a number");
  return { series: chosen, year, number: row.last_number, issuedOn: row.last_issued_on };
}

/** Writes what makes a draft an issued invoice. */
export async function saveIssued(
  ctx: RevenueContext,
  invoice: Invoice,
  { series, year, number, issuedOn }: Taken,
  document: InvoiceDocument,
): Promise<void> {
  await ctx.tx
    .updateTable("invoice")
    .set({
      ...contentOf(invoice),
      status: "issued",
      series,
      fiscal_year: year,
      number,
      name: invoiceName(series, year, number),
      issued_on: issuedOn,
      issued_at: ctx.now.toISOString(),
      // A receipt follows from a verification: nobody chose to issue it.
      issued_by: invoice.paymentId === null ? ctx.actor.memberId : null,
      snapshot: JSON.stringify(document),
      version: invoice.version,
    })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", invoice.id)
    .where("status", "=", "draft")
    .execute();
}

/** Adds to what is credited of an invoice, or what is paid of it. */
export async function addToSettled(
  ctx: RevenueContext,
  invoiceId: string,
  { paid = 0n, credited = 0n }: { readonly paid?: bigint; readonly credited?: bigint },
): Promise<void> {
  await sql`update invoice set paid_minor = paid_minor + ${paid}, credited_minor = credited_minor + ${credited}, version = version + 1
    where organization_id = ${ctx.actor.organizationId} and id = ${invoiceId}`.execute(ctx.tx);
}

/** Invoices of a deal that wait for money, for update: the oldest due first. */
export async function lockOpenInvoices(ctx: RevenueContext, dealId: string): Promise<Invoice[]> {
  const rows = await ctx.tx
    .selectFrom("invoice")
    .selectAll()
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("deal_id", "=", dealId)
    .where("settlement", "=", "open")
    .orderBy("due_on")
    .orderBy("issued_on")
    .orderBy("number")
    .forUpdate()
    .execute();
  return rows.map(toInvoice);
}

/** What is invoiced of a deal, net of credit notes; drafts do not count. */
export async function invoicedOf(ctx: RevenueContext, dealId: string): Promise<bigint> {
  const { rows } = await sql<{ total: bigint }>`
    select coalesce(sum(case kind when 'invoice' then total_minor else -total_minor end), 0)::bigint as total from invoice
    where organization_id = ${ctx.actor.organizationId} and deal_id = ${dealId} and status = 'issued'`.execute(ctx.tx);
  return rows[0]?.total ?? 0n;
}

/** The opportunity on whose timeline stands what happens to a deal. */
export async function opportunityOf(ctx: RevenueContext, dealId: string): Promise<string | null> {
  const row = await ctx.tx
    .selectFrom("deal")
    .select("opportunity_id")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", dealId)
    .executeTakeFirst();
  return row?.opportunity_id ?? null;
}
