import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import { toWire } from "@rainmaker/contracts/money";
import type { listRefunds as listContract } from "@rainmaker/contracts/revenue/refunds";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import { numberOf } from "#modules/records";
import type { Context } from "#platform/context";
import { notFound } from "#platform/errors";
import { cursorOf, limitOf, readCursor } from "#platform/page";
import { withinReach } from "#platform/scope";
import { dealRecord } from "../deals/deal.ts";
import { paymentRecord } from "./payment.ts";
import { instant } from "./payments.query.ts";

type Page = ReplyInput<typeof listContract>;
export type RefundReply = Page["items"][number];
type Person = { id: string; name: string };

type Row = {
  id: string;
  payment_id: string;
  payment_number: bigint;
  payment_minor: bigint;
  deal_id: string;
  deal_number: bigint;
  deal_title: string;
  customer_id: string;
  customer_name: string | null;
  kind: RefundReply["kind"];
  amount_minor: bigint;
  currency: string;
  value_on: string;
  reference: string | null;
  reason: string;
  status: RefundReply["status"];
  recorded_by: Person;
  decided_by: Person | null;
  decided_at: string | null;
  note: string | null;
  created_at: string;
  version: number;
  evidence: RefundReply["evidence"];
};

const person = (column: string): string =>
  `(select json_build_object('id', ${column}, 'name', coalesce((select m.name from organization.member_ref m
    where m.organization_id = r.organization_id and m.id = ${column}), '')) where ${column} is not null)`;

const columns =
  sql.raw(`r.id, r.payment_id, p.number as payment_number, p.amount_minor as payment_minor, r.deal_id, d.number as deal_number,
  d.title as deal_title, r.customer_id, c.name as customer_name, r.kind, r.amount_minor, r.currency, r.value_on, r.reference, r.reason, r.status,
  ${person("r.recorded_by")} as recorded_by, ${person("r.decided_by")} as decided_by, r.decided_at, r.note, r.created_at, r.version,
  (select coalesce(json_agg(json_build_object('id', f.id, 'name', f.name, 'type', f.type, 'size', f.size, 'sha256', encode(f.sha256, 'hex'),
    'uploadedAt', ${instant("f.uploaded_at")}, 'uploadedBy', null) order by f.uploaded_at, f.id), '[]') from records.file_ref f
    where f.organization_id = r.organization_id and f.subject = 'refund' and f.subject_id = r.id) as evidence`);

const joins = sql.raw(`join payment p on p.organization_id = r.organization_id and p.id = r.payment_id
  join deal d on d.organization_id = r.organization_id and d.id = r.deal_id
  left join sales.customer_ref c on c.organization_id = r.organization_id and c.id = r.customer_id`);

/** Money that went back, newest first. */
export async function listRefunds(ctx: Context, query: QueryOf<typeof listContract>): Promise<Page> {
  const limit = limitOf(query.limit);
  const after = readCursor(query.cursor, ["text", "text"]);
  const conditions = inSight(ctx);
  if (query.paymentId !== undefined) conditions.push(sql<SqlBool>`r.payment_id = ${query.paymentId}`);
  if (query.status !== undefined) conditions.push(sql<SqlBool>`r.status = ${query.status}`);
  if (after !== null)
    conditions.push(sql<SqlBool>`(r.created_at, r.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  const { rows } = await sql<Row>`
    with page as (select r.* from refund r where ${sql.join(conditions, sql` and `)} order by r.created_at desc, r.id desc limit ${limit + 1})
    select ${columns} from page r ${joins} order by r.created_at desc, r.id desc`.execute(ctx.tx);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toReply),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf([last.created_at, last.id]) : null,
  };
}

/** @throws Refusal 404 */
export async function getRefund(ctx: Context, refundId: string): Promise<RefundReply> {
  const conditions = [...inSight(ctx), sql<SqlBool>`r.id = ${refundId}`];
  const { rows } =
    await sql<Row>`select ${columns} from refund r ${joins} where ${sql.join(conditions, sql` and `)}`.execute(ctx.tx);
  if (rows[0] === undefined) throw notFound("refund");
  return toReply(rows[0]);
}

/** Refuses with 404 unless the viewer sees the refund: its files follow. */
export async function requireRefundInSight(ctx: Context, refundId: string): Promise<void> {
  const conditions = [...inSight(ctx), sql<SqlBool>`r.id = ${refundId}`];
  const { rows } = await sql<{
    id: string;
  }>`select r.id from refund r where ${sql.join(conditions, sql` and `)}`.execute(ctx.tx);
  if (rows.length === 0) throw notFound("file");
}

function inSight(ctx: Context): RawBuilder<SqlBool>[] {
  return [
    sql<SqlBool>`r.organization_id = ${ctx.actor.organizationId}`,
    withinReach(ctx, "payment", sql.ref("r.owner_id")),
  ];
}

function toReply(row: Row): RefundReply {
  const { currency } = row;
  return {
    id: row.id,
    payment: {
      id: row.payment_id,
      number: numberOf(paymentRecord, row.payment_number),
      amount: toWire(row.payment_minor, currency),
    },
    deal: { id: row.deal_id, number: numberOf(dealRecord, row.deal_number), title: row.deal_title },
    customer: { id: row.customer_id, name: row.customer_name ?? "" },
    kind: row.kind,
    amount: toWire(row.amount_minor, currency),
    valueOn: row.value_on,
    reference: row.reference,
    reason: row.reason,
    status: row.status,
    evidence: row.evidence,
    recordedBy: row.recorded_by,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    note: row.note,
    createdAt: row.created_at,
    version: row.version,
  };
}
