import { sql } from "kysely";
import { notFound, Refusal } from "#platform/errors";
import { withinReach } from "#platform/scope";
import type { RevenueContext } from "../revenue.context.ts";
import type { GoneBack, Refund } from "./refund.ts";

export async function insertRefund(ctx: RevenueContext, refund: Refund): Promise<void> {
  await ctx.tx
    .insertInto("refund")
    .values({
      organization_id: ctx.actor.organizationId,
      id: refund.id,
      owner_id: refund.ownerId,
      payment_id: refund.paymentId,
      deal_id: refund.dealId,
      customer_id: refund.customerId,
      kind: refund.kind,
      amount_minor: refund.amountMinor,
      currency: refund.currency,
      value_on: refund.valueOn,
      reference: refund.reference,
      reason: refund.reason,
      status: refund.status,
      recorded_by: refund.recordedBy,
      created_at: ctx.now.toISOString(),
      version: refund.version,
    })
    .execute();
}

/** The payment a refund is of, within the actor's reach: it is locked before the refund. @throws Refusal 404 */
export async function getPaymentOfRefund(ctx: RevenueContext, refundId: string): Promise<string> {
  const row = await ctx.tx
    .selectFrom("refund")
    .select("payment_id")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", refundId)
    .where((eb) => withinReach(ctx, "payment", eb.ref("owner_id")))
    .executeTakeFirst();
  if (row === undefined) throw notFound("refund");
  return row.payment_id;
}

/** @throws Refusal 404 */
export async function lockRefund(ctx: RevenueContext, refundId: string): Promise<Refund> {
  const row = await ctx.tx
    .selectFrom("refund")
    .selectAll()
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", refundId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notFound("refund");
  return {
    id: row.id,
    ownerId: row.owner_id,
    paymentId: row.payment_id,
    dealId: row.deal_id,
    customerId: row.customer_id,
    kind: row.kind as Refund["kind"],
    amountMinor: row.amount_minor,
    currency: row.currency,
    valueOn: row.value_on,
    reference: row.reference,
    reason: row.reason,
    status: row.status as Refund["status"],
    recordedBy: row.recorded_by,
    submittedAt: row.submitted_at,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    note: row.note,
    version: row.version,
  };
}

/** @param netBefore what was left of the payment, where this verifies it */
export async function saveRefund(ctx: RevenueContext, refund: Refund, netBefore: bigint | null = null): Promise<void> {
  await ctx.tx
    .updateTable("refund")
    .set({
      status: refund.status,
      submitted_at: refund.submittedAt,
      decided_by: refund.decidedBy,
      decided_at: refund.decidedAt,
      note: refund.note,
      net_before_minor: netBefore,
      version: refund.version,
    })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", refund.id)
    .execute();
}

export async function readGoneBack(ctx: RevenueContext, paymentId: string): Promise<GoneBack> {
  const { rows } = await sql<{ verified: string; waiting: string; charged_back: string }>`
    select coalesce(sum(case kind when 'chargeback_won' then -amount_minor else amount_minor end) filter (where status = 'verified'), 0)::text as verified,
      coalesce(sum(amount_minor) filter (where status in ('draft', 'submitted') and kind <> 'chargeback_won'), 0)::text as waiting,
      coalesce(sum(case kind when 'chargeback' then amount_minor when 'chargeback_won' then -amount_minor else 0 end)
        filter (where status = 'verified' or (kind = 'chargeback_won' and status in ('draft', 'submitted'))), 0)::text as charged_back
    from refund where organization_id = ${ctx.actor.organizationId} and payment_id = ${paymentId}`.execute(ctx.tx);
  const [row] = rows;
  return {
    verified: BigInt(row?.verified ?? "0"),
    waiting: BigInt(row?.waiting ?? "0"),
    chargedBack: BigInt(row?.charged_back ?? "0"),
  };
}

/**
 * Counts what went back on the payment itself, where it still fits beside the credit of it that is used elsewhere. What
 * is applied to invoices yields. @returns false where it does not fit
 */
export async function addRefunded(ctx: RevenueContext, paymentId: string, minor: bigint): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update payment set refunded_minor = refunded_minor + ${minor}, version = version + 1,
      applied_minor = least(applied_minor, amount_minor - refunded_minor - ${minor} - transferred_minor)
    where organization_id = ${ctx.actor.organizationId} and id = ${paymentId} and status = 'verified'
      and refunded_minor + ${minor} between 0 and amount_minor - transferred_minor
    returning id`.execute(ctx.tx);
  return rows.length === 1;
}

/** @throws Refusal 409 while money that went back waits to be verified: it would be lost from sight */
export async function refuseWaitingRefunds(ctx: RevenueContext, paymentId: string): Promise<void> {
  const row = await ctx.tx
    .selectFrom("refund")
    .select("id")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("payment_id", "=", paymentId)
    .where("status", "in", ["draft", "submitted"])
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return;
  throw new Refusal("conflict", "refund_waiting", "A refund of it waits to be verified; decide that first");
}
