import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import { toWire } from "@rainmaker/contracts/money";
import type { getPayment as getContract, listPayments as listContract } from "@rainmaker/contracts/revenue/payments";
import { sql, type SqlBool } from "kysely";
import { numberOf } from "#modules/records";
import type { Context } from "#platform/context";
import { notFound } from "#platform/errors";
import { cursorOf, limitOf, readCursor } from "#platform/page";
import { withinReach } from "#platform/scope";
import { dealRecord } from "../deals/deal.ts";
import { creditLeft, freeOf } from "./customer-credit.ts";
import { paymentRecord } from "./payment.ts";

export type PaymentReply = ReplyInput<typeof getContract>;
type ListQuery = QueryOf<typeof listContract>;
type Person = { id: string; name: string };

export type PaymentRow = {
  id: string;
  number: bigint;
  deal_id: string;
  deal_number: bigint;
  deal_title: string;
  deal_amount_minor: bigint;
  customer_id: string;
  customer_name: string | null;
  owner_id: string;
  owner_name: string | null;
  amount_minor: bigint;
  currency: string;
  method: PaymentReply["method"];
  value_on: string;
  reference: string | null;
  status: PaymentReply["status"];
  recorded_by: string;
  recorder_name: string | null;
  submitted_by: string | null;
  submitter_name: string | null;
  submitted_at: string | null;
  created_at: string;
  question: string | null;
  refunded_minor: bigint;
  counted_minor: bigint;
  applied_minor: bigint;
  transferred_minor: bigint;
  credit_of: string | null;
  credit_of_number: bigint | null;
  sent: { needed: number; answer: string | null } | null;
  version: number;
  evidence: {
    id: string;
    name: string;
    type: string;
    size: number;
    sha256: string;
    uploadedAt: string;
    uploadedBy: Person | null;
  }[];
  decisions: {
    verdict: PaymentReply["decisions"][number]["verdict"];
    by: Person;
    at: string;
    version: number;
    reasonCode: never;
    note: string | null;
  }[];
};

/** An instant as JSON has it, in UTC. */
export const instant = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Columns of a payment p, as every reply about payments shows it. */
export const paymentColumns = sql.raw(
  "p.id, p.number, p.deal_id, d.number as deal_number, d.title as deal_title, d.amount_minor as deal_amount_minor, p.customer_id, " +
    "c.name as customer_name, p.owner_id, w.name as owner_name, p.amount_minor, p.currency, p.method, p.value_on, p.reference, p.status, " +
    "p.recorded_by, r.name as recorder_name, p.submitted_by, s.name as submitter_name, p.submitted_at, p.created_at, p.question, p.refunded_minor, " +
    "p.counted_minor, p.applied_minor, p.transferred_minor, p.credit_of, (select o.number from payment o where o.organization_id = p.organization_id " +
    "and o.id = p.credit_of) as credit_of_number, p.version, " +
    "(select json_build_object('needed', z.approvals_needed, 'answer', z.answer) from payment_submission z where z.organization_id = p.organization_id " +
    "and z.payment_id = p.id order by z.version desc limit 1) as sent, " +
    "(select coalesce(json_agg(json_build_object('id', f.id, 'name', f.name, 'type', f.type, 'size', f.size, 'sha256', encode(f.sha256, 'hex'), " +
    `'uploadedAt', ${instant("f.uploaded_at")}, 'uploadedBy', case when u.id is not null then json_build_object('id', u.id, 'name', u.name) end) ` +
    "order by f.uploaded_at, f.id), '[]') from records.file_ref f " +
    "left join organization.member_ref u on u.organization_id = f.organization_id and u.id = f.uploaded_by " +
    "where f.organization_id = p.organization_id and f.subject = 'payment' and f.subject_id = p.id) as evidence, " +
    `(select coalesce(json_agg(json_build_object('verdict', x.verdict, 'by', json_build_object('id', x.decided_by, 'name', coalesce(m.name, '')), ` +
    `'at', ${instant("x.decided_at")}, 'version', x.payment_version, 'reasonCode', x.reason_code, 'note', x.note) order by x.decided_at), '[]') ` +
    "from payment_decision x left join organization.member_ref m on m.organization_id = x.organization_id and m.id = x.decided_by " +
    "where x.organization_id = p.organization_id and x.payment_id = p.id) as decisions",
);

export const paymentJoins = sql.raw(
  "join deal d on d.organization_id = p.organization_id and d.id = p.deal_id " +
    "left join sales.customer_ref c on c.organization_id = p.organization_id and c.id = p.customer_id " +
    "left join organization.member_ref w on w.organization_id = p.organization_id and w.id = p.owner_id " +
    "left join organization.member_ref r on r.organization_id = p.organization_id and r.id = p.recorded_by " +
    "left join organization.member_ref s on s.organization_id = p.organization_id and s.id = p.submitted_by",
);

/** Newest first. */
export async function listPayments(ctx: Context, query: ListQuery): Promise<ReplyInput<typeof listContract>> {
  const limit = limitOf(query.limit);
  const after = readCursor(query.cursor, ["text", "text"]);
  const { dealId, customerId, ownerId, status } = query;
  const conditions = [
    sql<SqlBool>`p.organization_id = ${ctx.actor.organizationId}`,
    withinReach(ctx, "payment", sql.ref("p.owner_id")),
  ];
  if (dealId !== undefined) conditions.push(sql<SqlBool>`p.deal_id = ${dealId}`);
  if (customerId !== undefined) conditions.push(sql<SqlBool>`p.customer_id = ${customerId}`);
  if (ownerId !== undefined) conditions.push(sql<SqlBool>`p.owner_id = ${ownerId}`);
  if (status !== undefined) conditions.push(sql<SqlBool>`p.status = ${status}`);
  if (after !== null)
    conditions.push(sql<SqlBool>`(p.created_at, p.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  const { rows } = await sql<PaymentRow>`
    with page as (select p.* from payment p where ${sql.join(conditions, sql` and `)} order by p.created_at desc, p.id desc limit ${limit + 1})
    select ${paymentColumns} from page p ${paymentJoins} order by p.created_at desc, p.id desc`.execute(ctx.tx);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toPaymentReply),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf([last.created_at, last.id]) : null,
  };
}

/** @throws Refusal 404 */
export async function getPayment(ctx: Context, paymentId: string): Promise<PaymentReply> {
  const { rows } = await sql<PaymentRow>`
    select ${paymentColumns} from payment p ${paymentJoins}
    where p.organization_id = ${ctx.actor.organizationId} and p.id = ${paymentId}
      and ${withinReach(ctx, "payment", sql.ref("p.owner_id"))}`.execute(ctx.tx);
  if (rows[0] === undefined) throw notFound("payment");
  return toPaymentReply(rows[0]);
}

export function toPaymentReply(row: PaymentRow): PaymentReply {
  const figures = {
    status: row.status,
    amountMinor: row.amount_minor,
    refundedMinor: row.refunded_minor,
    countedMinor: row.counted_minor,
    appliedMinor: row.applied_minor,
    transferredMinor: row.transferred_minor,
  };
  return {
    id: row.id,
    number: numberOf(paymentRecord, row.number),
    deal: {
      id: row.deal_id,
      number: numberOf(dealRecord, row.deal_number),
      title: row.deal_title,
      amount: toWire(row.deal_amount_minor, row.currency),
    },
    customer: { id: row.customer_id, name: row.customer_name ?? "" },
    owner: { id: row.owner_id, name: row.owner_name ?? "" },
    amount: toWire(row.amount_minor, row.currency),
    method: row.method,
    valueOn: row.value_on,
    reference: row.reference,
    status: row.status,
    recordedBy: { id: row.recorded_by, name: row.recorder_name ?? "" },
    submittedBy: row.submitted_by === null ? null : { id: row.submitted_by, name: row.submitter_name ?? "" },
    submittedAt: row.submitted_at,
    evidence: row.evidence,
    decisions: row.decisions,
    question: row.question,
    answer: row.sent?.answer ?? null,
    approvalsNeeded: row.sent?.needed ?? 1,
    refunded: toWire(row.refunded_minor, row.currency),
    free: toWire(freeOf(figures), row.currency),
    credit: toWire(creditLeft(figures), row.currency),
    creditOf:
      row.credit_of === null
        ? null
        : { id: row.credit_of, number: numberOf(paymentRecord, row.credit_of_number ?? 0n) },
    createdAt: row.created_at,
    version: row.version,
  };
}

/** Refuses with 404 unless the viewer sees the payment: its files follow. */
export async function requirePaymentInSight(ctx: Context, paymentId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`select p.id from payment p
    where p.organization_id = ${ctx.actor.organizationId} and p.id = ${paymentId}
      and ${withinReach(ctx, "payment", sql.ref("p.owner_id"))}`.execute(ctx.tx);
  if (rows.length === 0) throw notFound("file");
}
