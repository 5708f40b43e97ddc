import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Period } from "../periods/periods.store.ts";
import type { RevenueContext } from "../revenue.context.ts";
import { settle } from "./carry-forward.ts";

type Sum = { owner_id: string; currency: string; earned: bigint; brought_forward: bigint };

/**
 * Writes what a month pays, from its postings and what was owed before. Written again, only what has changed changes,
 * and has to be approved again.
 * @param ownerId of one person; everybody unless given
 * @returns how many there are
 */
export async function issueStatements(ctx: RevenueContext, period: Period, ownerId?: string): Promise<number> {
  const { organizationId } = ctx.actor;
  const sums = await sumMonth(ctx, period, ownerId);
  const rows = sums.map((sum) => {
    const { payable, carriedForward } = settle(sum.earned, sum.brought_forward);
    return {
      id: uuidv7(),
      owner_id: sum.owner_id,
      currency: sum.currency,
      earned_minor: sum.earned.toString(),
      brought_forward_minor: sum.brought_forward.toString(),
      payable_minor: payable.toString(),
      carried_forward_minor: carriedForward.toString(),
    };
  });
  await sql`
    insert into commission_statement as s (organization_id, id, owner_id, period_id, currency, state, earned_minor, brought_forward_minor,
      payable_minor, carried_forward_minor, issued_at)
    select ${organizationId}, r.id, r.owner_id, ${period.id}, r.currency, 'issued', r.earned_minor, r.brought_forward_minor,
      r.payable_minor, r.carried_forward_minor, ${ctx.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, owner_id uuid, currency char(3), earned_minor bigint,
      brought_forward_minor bigint, payable_minor bigint, carried_forward_minor bigint)
    on conflict (organization_id, period_id, owner_id, currency) do update set earned_minor = excluded.earned_minor,
      payable_minor = excluded.payable_minor, carried_forward_minor = excluded.carried_forward_minor, state = 'issued',
      issued_at = excluded.issued_at, approved_by = null, approved_at = null
    where s.earned_minor <> excluded.earned_minor`.execute(ctx.tx);
  return rows.length;
}

async function sumMonth(ctx: RevenueContext, { id, month }: Period, ownerId: string | undefined): Promise<Sum[]> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<Sum>`
    with posted as (
      select t.owner_id, t.currency, sum(t.amount_minor)::bigint as earned from ledger_txn t
      where t.organization_id = ${organizationId} and t.period_id = ${id} group by 1, 2
    ), owed as (
      select distinct on (s.owner_id, s.currency) s.owner_id, s.currency, s.carried_forward_minor
      from commission_statement s join commission_period p on p.organization_id = s.organization_id and p.id = s.period_id
      where s.organization_id = ${organizationId} and p.month < ${month} order by s.owner_id, s.currency, p.month desc
    )
    select owner_id, currency, coalesce(earned, 0)::bigint as earned, coalesce(carried_forward_minor, 0)::bigint as brought_forward
    from posted full join owed using (owner_id, currency)
    where (earned is not null or carried_forward_minor <> 0) and (${ownerId ?? null}::uuid is null or owner_id = ${ownerId ?? null}::uuid)`.execute(
    ctx.tx,
  );
  return rows;
}

/** Back to figures computed from the ledger. */
export async function deleteStatements(ctx: RevenueContext, period: Period): Promise<void> {
  await ctx.tx
    .deleteFrom("commission_statement")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("period_id", "=", period.id)
    .execute();
}

export type StoredStatement = { readonly id: string; readonly ownerId: string; readonly state: string };

/** Those of these statements that are of the month and in the actor's sight. */
export async function listStatements(
  ctx: RevenueContext,
  period: Period,
  ids: readonly string[],
): Promise<StoredStatement[]> {
  const rows = await ctx.tx
    .selectFrom("commission_statement")
    .select(["id", "owner_id", "state"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("period_id", "=", period.id)
    .where("id", "in", [...ids])
    .execute();
  return rows.map(({ id, owner_id: ownerId, state }) => ({ id, ownerId, state }));
}

export async function saveApproved(ctx: RevenueContext, ids: readonly string[]): Promise<void> {
  await ctx.tx
    .updateTable("commission_statement")
    .set({ state: "approved", approved_by: ctx.actor.memberId, approved_at: ctx.now.toISOString() })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "in", [...ids])
    .execute();
}

/** What stands in the way of locking a month. */
export async function countOpenPoints(
  ctx: RevenueContext,
  { id, month }: Period,
): Promise<{ notApproved: number; openDisputes: number }> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<{ not_approved: number; open_disputes: number }>`
    select (select count(*)::int from commission_statement where organization_id = ${organizationId} and period_id = ${id} and state = 'issued') as not_approved,
      (select count(*)::int from dispute where organization_id = ${organizationId} and month = ${month} and state = 'open') as open_disputes`.execute(
    ctx.tx,
  );
  return { notApproved: rows[0]?.not_approved ?? 0, openDisputes: rows[0]?.open_disputes ?? 0 };
}

/** Freezes the statements of a month, each with a fingerprint of its figures and of every posting under them. */
export async function lockStatements(ctx: RevenueContext, period: Period): Promise<number> {
  const { organizationId } = ctx.actor;
  const { numAffectedRows } = await sql`
    update commission_statement s set state = 'locked', content_hash = sha256(convert_to(concat_ws('|', s.owner_id, ${period.month}::text, s.currency,
      s.earned_minor, s.brought_forward_minor, s.payable_minor, s.carried_forward_minor,
      (select string_agg(t.id || ' ' || t.amount_minor, ',' order by t.posting_seq) from ledger_txn t
        where t.organization_id = s.organization_id and t.owner_id = s.owner_id and t.period_id = s.period_id and t.currency = s.currency)), 'UTF8'))
    where s.organization_id = ${organizationId} and s.period_id = ${period.id}`.execute(ctx.tx);
  return Number(numAffectedRows ?? 0n);
}

/** Pays the statements of a locked month in one batch: what is payable becomes paid. @returns what is paid, by currency */
export async function payStatements(
  ctx: RevenueContext,
  period: Period,
  releasedBy: string,
): Promise<{ currency: string; payable: bigint }[]> {
  const { organizationId } = ctx.actor;
  const batchId = uuidv7();
  await sql`insert into payout_batch (organization_id, id, period_id, released_by, released_at)
    values (${organizationId}, ${batchId}, ${period.id}, ${releasedBy}, ${ctx.now})`.execute(ctx.tx);
  await sql`insert into payout (organization_id, id, batch_id, statement_id, owner_id, amount_minor, currency)
    select organization_id, gen_random_uuid(), ${batchId}, id, owner_id, payable_minor, currency from commission_statement
    where organization_id = ${organizationId} and period_id = ${period.id} and payable_minor > 0`.execute(ctx.tx);
  const { rows } = await sql<{ currency: string; payable: bigint }>`
    with paid as (update commission_statement set state = 'paid'
      where organization_id = ${organizationId} and period_id = ${period.id} returning currency, payable_minor)
    select currency, sum(payable_minor)::bigint as payable from paid group by currency order by currency`.execute(
    ctx.tx,
  );
  return rows;
}
