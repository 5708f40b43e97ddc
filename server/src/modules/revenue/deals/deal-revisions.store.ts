import { sql } from "kysely";
import { notFound } from "#platform/errors";
import type { RevenueContext } from "../revenue.context.ts";
import type { Revision } from "./deal-revision.ts";

/** @returns false where one is proposed already */
export async function insertRevision(ctx: RevenueContext, revision: Revision): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    insert into deal_revision (organization_id, id, deal_id, owner_id, kind, revision, amount_before_minor, amount_minor, currency, reason, state,
      proposed_by, proposed_at, version)
    values (${ctx.actor.organizationId}, ${revision.id}, ${revision.dealId}, ${revision.ownerId}, ${revision.kind}, ${revision.revision},
      ${revision.amountBeforeMinor}, ${revision.amountMinor}, ${revision.currency}, ${revision.reason}, 'proposed', ${revision.proposedBy}, ${ctx.now}, 1)
    on conflict (organization_id, deal_id) where state = 'proposed' do nothing returning id`.execute(ctx.tx);
  return rows.length === 1;
}

/** @throws Refusal 404 */
export async function lockRevision(ctx: RevenueContext, dealId: string, revisionId: string): Promise<Revision> {
  const row = await ctx.tx
    .selectFrom("deal_revision")
    .selectAll()
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("deal_id", "=", dealId)
    .where("id", "=", revisionId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notFound("revision");
  return {
    id: row.id,
    dealId: row.deal_id,
    ownerId: row.owner_id,
    kind: row.kind as Revision["kind"],
    revision: row.revision,
    amountBeforeMinor: row.amount_before_minor,
    amountMinor: row.amount_minor,
    currency: row.currency,
    reason: row.reason,
    state: row.state as Revision["state"],
    proposedBy: row.proposed_by,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    note: row.note,
    version: row.version,
  };
}

export async function saveRevision(ctx: RevenueContext, revision: Revision): Promise<void> {
  await ctx.tx
    .updateTable("deal_revision")
    .set({
      state: revision.state,
      decided_by: revision.decidedBy,
      decided_at: revision.decidedAt,
      note: revision.note,
      version: revision.version,
    })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", revision.id)
    .execute();
}

/** What is verified of a deal, net of what went back or pays for another. Minor units. */
export async function readVerified(ctx: RevenueContext, dealId: string): Promise<bigint> {
  const { rows } = await sql<{ verified: string }>`
    select coalesce(sum(amount_minor - refunded_minor - transferred_minor), 0)::text as verified from payment
    where organization_id = ${ctx.actor.organizationId} and deal_id = ${dealId} and status = 'verified'`.execute(
    ctx.tx,
  );
  return BigInt(rows[0]?.verified ?? "0");
}
