import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import { toWire, type WireMoney } from "@rainmaker/contracts/money";
import type {
  getInvoice as getContract,
  InvoiceState,
  listInvoices as listContract,
} from "@rainmaker/contracts/revenue/invoices";
import { dayIn } from "@rainmaker/contracts/time";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import { numberOf } from "#modules/records";
import type { Context } from "#platform/context";
import { notFound } from "#platform/errors";
import { cursorOf, limitOf, readCursor } from "#platform/page";
import { withinReach } from "#platform/scope";
import { dealRecord } from "../deals/deal.ts";
import { paymentRecord } from "../payments/payment.ts";
import { documentOf, type InvoiceDocument } from "./invoice.ts";
import { creditedQuantities, totalOf, type Line } from "./invoice-lines.ts";
import { toInvoice } from "./invoices.store.ts";
import { aroundColumns, aroundJoins, toSurroundings, type AroundRow } from "./surroundings.query.ts";

export type InvoiceReply = ReplyInput<typeof getContract>;
type ListReply = ReplyInput<typeof listContract>;
type RowReply = ListReply["items"][number];

type Row = AroundRow &
  Parameters<typeof toInvoice>[0] & {
    state: InvoiceState;
    owner_name: string | null;
    created_at: string;
    version: number;
  };

type Person = { id: string; name: string };

type FullRow = Row & {
  snapshot: InvoiceDocument | null;
  pdf_sha256: Buffer | null;
  issued_at: string | null;
  issued_by: string | null;
  issuer_name: string | null;
  payments: { id: string; number: string; minor: string; at: string }[];
  notes: { id: string; number: string; minor: string; issuedOn: string; lines: Line[] }[];
  deliveries: {
    id: string;
    recipients: string[];
    status: "queued" | "sent" | "failed";
    failure: string | null;
    requestedBy: Person;
    requestedAt: string;
    finishedAt: string | null;
  }[];
};

/** Where an invoice i stands on a day. */
export function stateOn(today: string): RawBuilder<InvoiceState> {
  return sql<InvoiceState>`case when i.settlement <> 'open' then i.settlement when i.due_on < ${today}::date then 'overdue'
    when i.paid_minor > 0 then 'partially_paid' else 'open' end`;
}

export function todayOf({ organization, now }: Pick<Context, "organization" | "now">): string {
  return dayIn(organization.timeZone, now);
}

const rowColumns = sql.raw(
  "i.id, i.kind, i.status, i.owner_id, i.legal_entity_id, i.deal_id, i.customer_id, i.payment_id, i.corrects_invoice_id, i.reason, i.name, " +
    "i.issued_on, i.due_on, i.currency, i.tax_included, i.tax_rounding, i.lines, i.net_minor, i.tax_minor, i.total_minor, i.paid_minor, " +
    "i.credited_minor, i.buyer_reference, i.buyer_tax_id, i.note, i.version, i.created_at, w.name as owner_name",
);
const ownerJoin = sql.raw(
  "left join organization.member_ref w on w.organization_id = i.organization_id and w.id = i.owner_id",
);

const instant = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const fullColumns = sql.raw(
  "i.snapshot, f.sha256 as pdf_sha256, i.issued_at, i.issued_by, s.name as issuer_name, " +
    `(select coalesce(json_agg(json_build_object('id', a.payment_id, 'number', a.number, 'minor', a.minor, 'at', ${instant("a.at")}) order by a.at), '[]') ` +
    "from (select l.payment_id, q.number, sum(l.amount_minor)::text as minor, min(l.allocated_at) as at from payment_allocation l " +
    "join payment q on q.organization_id = l.organization_id and q.id = l.payment_id " +
    "where l.organization_id = i.organization_id and l.invoice_id = i.id group by 1, 2 having sum(l.amount_minor) <> 0) a) as payments, " +
    "(select coalesce(json_agg(json_build_object('id', n.id, 'number', n.name, 'minor', n.total_minor::text, 'issuedOn', n.issued_on, 'lines', n.lines) " +
    "order by n.issued_on, n.number), '[]') from invoice n where n.organization_id = i.organization_id and n.corrects_invoice_id = i.id " +
    "and n.status = 'issued') as notes, " +
    "(select coalesce(json_agg(json_build_object('id', v.id, 'recipients', v.recipients, 'status', v.status, 'failure', v.failure, " +
    `'requestedBy', json_build_object('id', v.requested_by, 'name', coalesce(m.name, '')), 'requestedAt', ${instant("v.requested_at")}, ` +
    `'finishedAt', ${instant("v.finished_at")}) order by v.requested_at), '[]') from invoice_delivery v ` +
    "left join organization.member_ref m on m.organization_id = v.organization_id and m.id = v.requested_by " +
    "where v.organization_id = i.organization_id and v.invoice_id = i.id) as deliveries",
);
const issuerJoin = sql.raw(
  "left join organization.member_ref s on s.organization_id = i.organization_id and s.id = i.issued_by " +
    "left join invoice_file f on f.organization_id = i.organization_id and f.invoice_id = i.id",
);

/** Newest first; discarded drafts are gone. */
export async function listInvoices(ctx: Context, query: QueryOf<typeof listContract>): Promise<ListReply> {
  const limit = limitOf(query.limit);
  const after = readCursor(query.cursor, ["text", "text"]);
  const conditions = filtersOf(ctx, query);
  if (after !== null)
    conditions.push(sql<SqlBool>`(i.created_at, i.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  const { rows } = await sql<Row>`
    with page as (select i.* from invoice i where ${sql.join(conditions, sql` and `)} order by i.created_at desc, i.id desc limit ${limit + 1})
    select ${rowColumns}, ${aroundColumns}, ${stateOn(todayOf(ctx))} as state from page i ${aroundJoins} ${ownerJoin}
    order by i.created_at desc, i.id desc`.execute(ctx.tx);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toRowReply),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf([last.created_at, last.id]) : null,
  };
}

function filtersOf(ctx: Context, query: QueryOf<typeof listContract>): RawBuilder<SqlBool>[] {
  const { state, kind, dealId, customerId, q } = query;
  const conditions = [
    sql<SqlBool>`i.organization_id = ${ctx.actor.organizationId}`,
    state === undefined ? sql<SqlBool>`i.settlement <> 'discarded'` : stateCondition(state, todayOf(ctx)),
    withinReach(ctx, "invoice", sql.ref("i.owner_id")),
  ];
  if (kind !== undefined) conditions.push(sql<SqlBool>`i.kind = ${kind}`);
  if (dealId !== undefined) conditions.push(sql<SqlBool>`i.deal_id = ${dealId}`);
  if (customerId !== undefined) conditions.push(sql<SqlBool>`i.customer_id = ${customerId}`);
  if (q !== undefined && q.trim() !== "") conditions.push(sql<SqlBool>`starts_with(i.name, upper(${q.trim()}))`);
  return conditions;
}

function stateCondition(state: InvoiceState, today: string): RawBuilder<SqlBool> {
  switch (state) {
    case "draft":
    case "paid":
    case "credited":
      return sql<SqlBool>`i.settlement = ${state}`;
    case "overdue":
      return sql<SqlBool>`i.settlement = 'open' and i.due_on < ${today}::date`;
    case "partially_paid":
      return sql<SqlBool>`i.settlement = 'open' and i.due_on >= ${today}::date and i.paid_minor > 0`;
    case "open":
      return sql<SqlBool>`i.settlement = 'open' and i.due_on >= ${today}::date and i.paid_minor = 0`;
  }
}

/** @throws Refusal 404 */
export async function getInvoice(ctx: Context, invoiceId: string): Promise<InvoiceReply> {
  return readOne(ctx, sql<SqlBool>`i.id = ${invoiceId}`);
}

/** What a payment was applied to: its receipt, or the invoice that got the most of it. @throws Refusal 404 */
export async function getInvoiceOfPayment(ctx: Context, paymentId: string): Promise<InvoiceReply> {
  return readOne(
    ctx,
    sql<SqlBool>`i.id = (select a.invoice_id from payment_allocation a
      where a.organization_id = ${ctx.actor.organizationId} and a.payment_id = ${paymentId}
      group by a.invoice_id order by sum(a.amount_minor) desc, a.invoice_id limit 1)`,
  );
}

async function readOne(ctx: Context, condition: RawBuilder<SqlBool>): Promise<InvoiceReply> {
  const { rows } = await sql<FullRow>`
    select ${rowColumns}, ${aroundColumns}, ${fullColumns}, ${stateOn(todayOf(ctx))} as state
    from invoice i ${aroundJoins} ${ownerJoin} ${issuerJoin}
    where i.organization_id = ${ctx.actor.organizationId} and i.status <> 'discarded' and ${condition}
      and ${withinReach(ctx, "invoice", sql.ref("i.owner_id"))}`.execute(ctx.tx);
  if (rows[0] === undefined) throw notFound("invoice");
  return toReply(rows[0]);
}

function toRowReply(row: Row): RowReply {
  const money = (minor: bigint): WireMoney => toWire(minor, row.currency);
  const open = row.total_minor - row.paid_minor - row.credited_minor;
  return {
    id: row.id,
    kind: row.kind as RowReply["kind"],
    number: row.name,
    state: row.state,
    customer: { id: row.customer_id, name: row.customer_name ?? "" },
    deal: { id: row.deal_id, number: numberOf(dealRecord, row.deal_number), title: row.deal_title },
    owner: { id: row.owner_id, name: row.owner_name ?? "" },
    corrects:
      row.corrects_invoice_id === null ? null : { id: row.corrects_invoice_id, number: row.corrected_name ?? "" },
    total: money(row.total_minor),
    paid: money(row.paid_minor),
    credited: money(row.credited_minor),
    due: money(row.kind === "invoice" ? open : 0n),
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    createdAt: row.created_at,
    version: row.version,
  };
}

function toReply(row: FullRow): InvoiceReply {
  const invoice = toInvoice(row);
  const document = row.snapshot ?? documentOf(invoice, totalOf(invoice.lines, invoice), toSurroundings(row));
  const money = (amount: string): WireMoney => ({ amount, currency: row.currency });
  const credited = creditedQuantities(
    invoice.lines,
    row.notes.map(({ lines }) => lines),
  );
  return {
    ...toRowReply(row),
    legalEntity: { id: row.legal_entity_id, name: row.entity_name },
    seller: { ...document.seller, address: [...document.seller.address] },
    buyer: { ...document.buyer, address: [...document.buyer.address] },
    buyerReference: document.buyerReference,
    paymentDetails: document.paymentDetails,
    note: document.note,
    reason: document.reason,
    taxIncluded: document.taxIncluded,
    lines: document.lines.map((line, index) => ({
      ...line,
      unitPrice: money(line.unitPrice),
      amount: money(line.amount),
      creditedQuantity: credited[index] ?? "0",
    })),
    taxes: document.taxes.map(({ percent, net, tax }) => ({ percent, net: money(net), tax: money(tax) })),
    net: money(document.net),
    tax: money(document.tax),
    payments: row.payments.map(({ id, number, minor, at }) => ({
      id,
      number: numberOf(paymentRecord, BigInt(number)),
      amount: toWire(BigInt(minor), row.currency),
      at,
    })),
    creditNotes: row.notes.map(({ id, number, minor, issuedOn }) => ({
      id,
      number,
      total: toWire(BigInt(minor), row.currency),
      issuedOn,
    })),
    deliveries: row.deliveries,
    pdfSha256: row.pdf_sha256?.toString("hex") ?? null,
    issuedAt: row.issued_at,
    issuedBy: row.issued_by === null ? null : { id: row.issued_by, name: row.issuer_name ?? "" },
  };
}
