import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import { toWire } from "@rainmaker/contracts/money";
import type { decideAdjustment, listAdjustments as listContract } from "@rainmaker/contracts/revenue/adjustments";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import { numberOf } from "#modules/records";
import type { Context } from "#platform/context";
import { notFound } from "#platform/errors";
import { cursorOf, limitOf, readCursor } from "#platform/page";
import { withinReach } from "#platform/scope";
import { paymentRecord } from "../payments/payment.ts";

type Reply = ReplyInput<typeof decideAdjustment>;

type Row = {
  id: string;
  owner_id: string;
  owner_name: string | null;
  payment_id: string;
  payment_number: bigint | null;
  code: string;
  reason: string;
  amount_minor: bigint;
  posted_minor: bigint | null;
  currency: string;
  state: Reply["state"];
  proposed_by: string;
  proposer: string | null;
  proposed_at: string;
  decided_by: string | null;
  decider: string | null;
  decided_at: string | null;
  version: number;
};

export async function listAdjustments(
  ctx: Context,
  query: QueryOf<typeof listContract>,
): Promise<ReplyInput<typeof listContract>> {
  const limit = limitOf(query.limit);
  const after = readCursor(query.cursor, ["text", "text"]);
  const conditions: RawBuilder<SqlBool>[] = [];
  if (query.state !== undefined) conditions.push(sql<SqlBool>`a.state = ${query.state}`);
  if (after !== null) {
    conditions.push(sql<SqlBool>`(a.proposed_at, a.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  }
  const rows = await read(ctx, conditions, limit + 1);
  const last = rows.slice(0, limit).at(-1);
  return {
    items: rows.slice(0, limit).map(toReply),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf([last.proposed_at, last.id]) : null,
  };
}

/** @throws Refusal 404 */
export async function getAdjustment(ctx: Context, id: string): Promise<Reply> {
  const [row] = await read(ctx, [sql<SqlBool>`a.id = ${id}`], 1);
  if (row === undefined) throw notFound("adjustment");
  return toReply(row);
}

async function read(ctx: Context, conditions: readonly RawBuilder<SqlBool>[], most: number): Promise<Row[]> {
  const { organizationId } = ctx.actor;
  const inSight = withinReach(ctx, "commission", sql.ref("a.owner_id"));
  const where = sql.join([sql<SqlBool>`a.organization_id = ${organizationId}`, inSight, ...conditions], sql` and `);
  const { rows } = await sql<Row>`
    with page as (select a.* from commission_adjustment a where ${where} order by a.proposed_at desc, a.id desc limit ${most})
    select a.id, a.owner_id, w.name as owner_name, a.payment_id, pay.number as payment_number, a.code, a.reason, a.amount_minor, a.posted_minor, a.currency,
      a.state, a.proposed_by, p.name as proposer, a.proposed_at, a.decided_by, d.name as decider, a.decided_at, a.version
    from page a
    left join payment pay on pay.id = a.payment_id
    left join organization.member_ref w on w.organization_id = a.organization_id and w.id = a.owner_id
    left join organization.member_ref p on p.organization_id = a.organization_id and p.id = a.proposed_by
    left join organization.member_ref d on d.organization_id = a.organization_id and d.id = a.decided_by
    order by a.proposed_at desc, a.id desc`.execute(ctx.tx);
  return rows;
}

function toReply(row: Row): Reply {
  const { currency, amount_minor: minor, posted_minor: posted } = row;
  return {
    id: row.id,
    participant: { id: row.owner_id, name: row.owner_name ?? "" },
    payment: {
      id: row.payment_id,
      number: row.payment_number === null ? "" : numberOf(paymentRecord, row.payment_number),
    },
    kind: minor < 0n ? "penalty" : "extra",
    code: row.code,
    reason: row.reason,
    amount: toWire(minor, currency),
    posted: posted === null ? null : toWire(posted, currency),
    state: row.state,
    proposedBy: { id: row.proposed_by, name: row.proposer ?? "" },
    proposedAt: row.proposed_at,
    decidedBy: row.decided_by === null ? null : { id: row.decided_by, name: row.decider ?? "" },
    decidedAt: row.decided_at,
    version: row.version,
  };
}
