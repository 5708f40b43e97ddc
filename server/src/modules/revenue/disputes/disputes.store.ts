import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { notFound } from "#platform/errors";
import { withinReach } from "#platform/scope";
import type { RevenueContext } from "../revenue.context.ts";
import type { Dispute, DisputeState } from "./dispute.ts";

/** What a payment has earned somebody so far. */
export type Disputed = {
  readonly paymentId: string;
  readonly dealId: string;
  readonly customerId: string;
  readonly status: string;
  readonly currency: string;
  readonly month: string;
  readonly txnId: string | null;
  readonly postedMinor: bigint;
};

type DisputedRow = {
  id: string;
  deal_id: string;
  customer_id: string;
  status: string;
  currency: string;
  month: string;
  txn_id: string | null;
  posted: bigint;
};

/**
 * A payment that somebody may ask about: it stands on their statement, or is in their sight.
 * @throws Refusal 404
 */
export async function getDisputed(ctx: RevenueContext, paymentId: string, ownerId: string): Promise<Disputed> {
  const { organizationId } = ctx.actor;
  const own = sql`t.organization_id = ${organizationId} and t.payment_id = ${paymentId} and t.owner_id = ${ownerId}`;
  const { rows } = await sql<DisputedRow>`
    with line as (
      select t.id, t.deal_id, t.customer_id, t.currency, p.month, t.amount_minor, t.posting_seq from ledger_txn t
      join commission_period p on p.organization_id = t.organization_id and p.id = t.period_id where ${own}
      union all
      select null, t.deal_id, t.customer_id, t.currency, t.month, 0, 0 from commission_absence t where ${own}
    ), seen as (
      select q.deal_id, q.customer_id, q.currency, q.status, to_char(q.value_on, 'YYYY-MM') as month from payment q
      where q.organization_id = ${organizationId} and q.id = ${paymentId} and ${withinReach(ctx, "payment", sql.ref("q.owner_id"))}
    ), newest as (select * from line order by posting_seq desc limit 1)
    select ${paymentId}::uuid as id, coalesce(n.deal_id, s.deal_id) as deal_id, coalesce(n.customer_id, s.customer_id) as customer_id,
      coalesce(s.status, 'verified') as status, coalesce(n.currency, s.currency) as currency, coalesce(n.month, s.month) as month, n.id as txn_id,
      coalesce((select sum(amount_minor) from line), 0)::bigint as posted
    from newest n full join seen s on true`.execute(ctx.tx);
  const [row] = rows;
  if (row === undefined) throw notFound("payment");
  return {
    paymentId: row.id,
    dealId: row.deal_id,
    customerId: row.customer_id,
    status: row.status,
    currency: row.currency,
    month: row.month,
    txnId: row.txn_id,
    postedMinor: row.posted,
  };
}

/** @returns null where the same person has asked about the same payment and nobody has answered yet */
export async function insertDispute(
  ctx: RevenueContext,
  ownerId: string,
  disputed: Disputed,
  { category, expectedMinor }: { readonly category: string; readonly expectedMinor: bigint },
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into dispute (organization_id, id, owner_id, payment_id, deal_id, customer_id, txn_id, month, category, posted_minor, expected_minor,
      currency, state, opened_at, version)
    values (${ctx.actor.organizationId}, ${uuidv7()}, ${ownerId}, ${disputed.paymentId}, ${disputed.dealId}, ${disputed.customerId}, ${disputed.txnId},
      ${disputed.month}, ${category}, ${disputed.postedMinor}, ${expectedMinor}, ${disputed.currency}, 'open', ${ctx.now}, 1)
    on conflict (organization_id, owner_id, payment_id) where state = 'open' do nothing returning id`.execute(ctx.tx);
  return rows[0]?.id ?? null;
}

/** @throws Refusal 404 beyond the actor's sight */
export async function lockDispute(ctx: RevenueContext, disputeId: string): Promise<Dispute> {
  const row = await ctx.tx
    .selectFrom("dispute as d")
    .selectAll()
    .where("d.organization_id", "=", ctx.actor.organizationId)
    .where("d.id", "=", disputeId)
    .where(withinReach(ctx, "commission", sql.ref("d.owner_id")))
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notFound("dispute");
  return {
    id: row.id,
    ownerId: row.owner_id,
    paymentId: row.payment_id,
    dealId: row.deal_id,
    customerId: row.customer_id,
    month: row.month,
    postedMinor: row.posted_minor,
    expectedMinor: row.expected_minor,
    currency: row.currency,
    state: row.state as DisputeState,
    version: row.version,
  };
}

export async function insertMessage(
  ctx: RevenueContext,
  { id, ownerId }: Pick<Dispute, "id" | "ownerId">,
  authorId: string,
  body: string,
): Promise<void> {
  await ctx.tx
    .insertInto("dispute_message")
    .values({
      organization_id: ctx.actor.organizationId,
      id: uuidv7(),
      dispute_id: id,
      owner_id: ownerId,
      author_id: authorId,
      body,
      sent_at: ctx.now.toISOString(),
    })
    .execute();
}

type Closed = { readonly state: DisputeState; readonly grantedMinor?: bigint; readonly adjustingTxnId?: string };

/** A message alone leaves it open, but what was seen before it is stale. */
export async function saveDispute(ctx: RevenueContext, dispute: Dispute, closed?: Closed): Promise<void> {
  const closing =
    closed === undefined
      ? {}
      : {
          state: closed.state,
          granted_minor: closed.grantedMinor ?? null,
          adjusting_txn_id: closed.adjustingTxnId ?? null,
          closed_by: ctx.actor.memberId,
          closed_at: ctx.now.toISOString(),
        };
  await ctx.tx
    .updateTable("dispute")
    .set({ version: dispute.version + 1, ...closing })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", dispute.id)
    .execute();
}
