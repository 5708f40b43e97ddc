import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import { toWire } from "@rainmaker/contracts/money";
import type { getDispute as contract, listDisputes as listContract } from "@rainmaker/contracts/revenue/disputes";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import { numberOf } from "#modules/records";
import type { Context } from "#platform/context";
import { notFound } from "#platform/errors";
import { cursorOf, limitOf, readCursor } from "#platform/page";
import { withinReach } from "#platform/scope";
import { dealRecord } from "../deals/deal.ts";
import { paymentRecord } from "../payments/payment.ts";

type Reply = ReplyInput<typeof contract>;

type Row = {
  id: string;
  owner_id: string;
  owner_name: string | null;
  payment_id: string;
  payment_number: bigint | null;
  deal_id: string;
  deal_number: bigint | null;
  line_payment: string | null;
  line_deal: string | null;
  customer_id: string;
  customer_name: string | null;
  txn_id: string | null;
  month: string;
  category: Reply["category"];
  state: Reply["state"];
  posted_minor: bigint;
  expected_minor: bigint;
  granted_minor: bigint | null;
  granted_in: string | null;
  currency: string;
  opened_at: string;
  closed_by: string | null;
  closer_name: string | null;
  closed_at: string | null;
  version: number;
  messages: Reply["messages"];
};

/** Newest first. */
export async function listDisputes(
  ctx: Context,
  query: QueryOf<typeof listContract>,
): Promise<ReplyInput<typeof listContract>> {
  const limit = limitOf(query.limit);
  const after = readCursor(query.cursor, ["text", "text"]);
  const conditions: RawBuilder<SqlBool>[] = [];
  const { state, participantId, month } = query;
  if (state !== undefined) conditions.push(sql<SqlBool>`(d.state = 'open') = ${state === "open"}`);
  if (participantId !== undefined) conditions.push(sql<SqlBool>`d.owner_id = ${participantId}`);
  if (month !== undefined) conditions.push(sql<SqlBool>`d.month = ${month}`);
  if (after !== null)
    conditions.push(sql<SqlBool>`(d.opened_at, d.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  const rows = await readDisputes(ctx, conditions, limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toReply),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf([last.opened_at, last.id]) : null,
  };
}

/** @throws Refusal 404 beyond the viewer's sight */
export async function getDispute(ctx: Context, disputeId: string): Promise<Reply> {
  const [row] = await readDisputes(ctx, [sql<SqlBool>`d.id = ${disputeId}`], 1);
  if (row === undefined) throw notFound("dispute");
  return toReply(row);
}

async function readDisputes(ctx: Context, conditions: readonly RawBuilder<SqlBool>[], most: number): Promise<Row[]> {
  const { organizationId } = ctx.actor;
  const inSight = withinReach(ctx, "commission", sql.ref("d.owner_id"));
  const where = sql.join([sql<SqlBool>`d.organization_id = ${organizationId}`, inSight, ...conditions], sql` and `);
  // Its payment and deal may be a colleague's: then their numbers come from what the line says of itself.
  // The joins of postings leave the organization to the policy: said twice, it counts twice in an estimate.
  const { rows } = await sql<Row>`
    with page as (select d.* from dispute d where ${where} order by d.opened_at desc, d.id desc limit ${most})
    select d.id, d.owner_id, w.name as owner_name, d.payment_id, pay.number as payment_number, d.deal_id, deal.number as deal_number,
      t.trace #>> '{basis,payment}' as line_payment, t.trace #>> '{basis,deal,number}' as line_deal, d.customer_id, c.name as customer_name,
      d.txn_id, d.month, d.category, d.state, d.posted_minor, d.expected_minor, d.granted_minor, p.month as granted_in, d.currency, d.opened_at,
      d.closed_by, x.name as closer_name, d.closed_at, d.version,
      (select coalesce(json_agg(json_build_object('id', m.id, 'author', json_build_object('id', m.author_id, 'name', coalesce(a.name, '')), 'body', m.body,
          'sentAt', to_char(m.sent_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by m.sent_at, m.id), '[]')
        from dispute_message m left join organization.member_ref a on a.organization_id = m.organization_id and a.id = m.author_id
        where m.organization_id = d.organization_id and m.dispute_id = d.id) as messages
    from page d
    left join payment pay on pay.organization_id = d.organization_id and pay.id = d.payment_id
    left join deal on deal.organization_id = d.organization_id and deal.id = d.deal_id
    left join ledger_txn t on t.id = d.txn_id
    left join ledger_txn g on g.id = d.adjusting_txn_id
    left join commission_period p on p.organization_id = g.organization_id and p.id = g.period_id
    left join sales.customer_ref c on c.organization_id = d.organization_id and c.id = d.customer_id
    left join organization.member_ref w on w.organization_id = d.organization_id and w.id = d.owner_id
    left join organization.member_ref x on x.organization_id = d.organization_id and x.id = d.closed_by
    order by d.opened_at desc, d.id desc`.execute(ctx.tx);
  return rows;
}

function toReply(row: Row): Reply {
  const money = (minor: bigint): ReturnType<typeof toWire> => toWire(minor, row.currency);
  const { payment_number: payment, deal_number: deal } = row;
  return {
    id: row.id,
    participant: { id: row.owner_id, name: row.owner_name ?? "" },
    payment: {
      id: row.payment_id,
      number: payment === null ? (row.line_payment ?? "") : numberOf(paymentRecord, payment),
    },
    deal: { id: row.deal_id, number: deal === null ? (row.line_deal ?? "") : numberOf(dealRecord, deal) },
    customer: { id: row.customer_id, name: row.customer_name ?? "" },
    commissionId: row.txn_id,
    month: row.month,
    category: row.category,
    state: row.state,
    posted: money(row.posted_minor),
    expected: money(row.expected_minor),
    granted: row.granted_minor === null ? null : money(row.granted_minor),
    grantedIn: row.granted_in,
    openedAt: row.opened_at,
    closedBy: row.closed_by === null ? null : { id: row.closed_by, name: row.closer_name ?? "" },
    closedAt: row.closed_at,
    messages: row.messages,
    version: row.version,
  };
}
