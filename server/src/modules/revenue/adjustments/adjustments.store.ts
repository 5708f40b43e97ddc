import { sql } from "kysely";
import { notFound } from "#platform/errors";
import { withinReach } from "#platform/scope";
import type { RevenueContext } from "../revenue.context.ts";
import type { AdjustmentRecord } from "./adjustment.ts";

export async function insertAdjustment(ctx: RevenueContext, adjustment: AdjustmentRecord): Promise<void> {
  await ctx.tx
    .insertInto("commission_adjustment")
    .values({
      organization_id: ctx.actor.organizationId,
      id: adjustment.id,
      owner_id: adjustment.ownerId,
      payment_id: adjustment.paymentId,
      deal_id: adjustment.dealId,
      customer_id: adjustment.customerId,
      code: adjustment.code,
      reason: adjustment.reason,
      amount_minor: adjustment.amountMinor,
      currency: adjustment.currency,
      state: adjustment.state,
      proposed_by: adjustment.proposedBy,
      proposed_at: ctx.now.toISOString(),
      version: adjustment.version,
    })
    .execute();
}

/** @throws Refusal 404 beyond the actor's sight */
export async function lockAdjustment(ctx: RevenueContext, id: string): Promise<AdjustmentRecord> {
  const row = await ctx.tx
    .selectFrom("commission_adjustment as a")
    .innerJoin("organization.member_ref as m", (join) =>
      join.onRef("m.organization_id", "=", "a.organization_id").onRef("m.id", "=", "a.proposed_by"),
    )
    .selectAll("a")
    .select("m.name as proposer")
    .where("a.organization_id", "=", ctx.actor.organizationId)
    .where("a.id", "=", id)
    .where(withinReach(ctx, "commission", sql.ref("a.owner_id")))
    .forUpdate("a")
    .executeTakeFirst();
  if (row === undefined) throw notFound("adjustment");
  return {
    id: row.id,
    ownerId: row.owner_id,
    paymentId: row.payment_id,
    dealId: row.deal_id,
    customerId: row.customer_id,
    code: row.code,
    reason: row.reason,
    amountMinor: row.amount_minor,
    currency: row.currency,
    state: row.state as AdjustmentRecord["state"],
    proposedBy: row.proposed_by,
    proposerName: row.proposer ?? "",
    version: row.version,
  };
}

export async function saveDecided(
  ctx: RevenueContext,
  { id, version }: AdjustmentRecord,
  state: "approved" | "declined",
  postedMinor: bigint | null,
): Promise<void> {
  await ctx.tx
    .updateTable("commission_adjustment")
    .set({
      state,
      posted_minor: postedMinor,
      decided_by: ctx.actor.memberId,
      decided_at: ctx.now.toISOString(),
      version: version + 1,
    })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", id)
    .execute();
}
