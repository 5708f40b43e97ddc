import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { nextNumber } from "#modules/records";
import { notFound } from "#platform/errors";
import { withinReach } from "#platform/scope";
import type { RevenueContext } from "../revenue.context.ts";
import type { Credit, Deal } from "./deal.ts";

/** Inserts a deal with its credits. @returns the deal with its number */
export async function insertDeal(
  ctx: RevenueContext,
  deal: Omit<Deal, "number">,
  credits: readonly Credit[],
): Promise<Deal> {
  const { organizationId } = ctx.actor;
  const { number } = await ctx.tx
    .insertInto("deal")
    .values({
      organization_id: organizationId,
      id: deal.id,
      number: nextNumber("deal"),
      owner_id: deal.ownerId,
      opportunity_id: deal.opportunityId,
      customer_id: deal.customerId,
      title: deal.title,
      amount_minor: deal.amountMinor,
      currency: deal.currency,
      status: deal.status,
      won_on: deal.wonOn,
      created_at: ctx.now.toISOString(),
      version: deal.version,
    })
    .returning("number")
    .executeTakeFirstOrThrow();
  await ctx.tx
    .insertInto("deal_credit")
    .values(
      credits.map(({ participantId, kind, basisPoints }) => ({
        organization_id: organizationId,
        id: uuidv7(),
        deal_id: deal.id,
        owner_id: deal.ownerId,
        participant_id: participantId,
        kind,
        basis_points: basisPoints,
      })),
    )
    .execute();
  return { ...deal, number };
}

/** Loads for update, within the actor's reach. @throws Refusal 404 */
export async function lockDeal(ctx: RevenueContext, dealId: string): Promise<Deal> {
  const row = await ctx.tx
    .selectFrom("deal")
    .selectAll()
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", dealId)
    .where((eb) => withinReach(ctx, "deal", eb.ref("owner_id")))
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notFound("deal");
  return toDeal(row);
}

/** The deal of an opportunity, for update; undefined where there is none. */
export async function lockDealOfOpportunity(ctx: RevenueContext, opportunityId: string): Promise<Deal | undefined> {
  const row = await ctx.tx
    .selectFrom("deal")
    .selectAll()
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("opportunity_id", "=", opportunityId)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? undefined : toDeal(row);
}

type Row = {
  id: string;
  number: bigint;
  owner_id: string;
  opportunity_id: string | null;
  customer_id: string;
  title: string;
  amount_minor: bigint;
  currency: string;
  status: string;
  won_on: string;
  submitted_by: string | null;
  submitted_at: string | null;
  approved_by: string | null;
  approved_at: string | null;
  return_reason: string | null;
  version: number;
};

export function toDeal(row: Row): Deal {
  return {
    id: row.id,
    number: row.number,
    ownerId: row.owner_id,
    opportunityId: row.opportunity_id,
    customerId: row.customer_id,
    title: row.title,
    amountMinor: row.amount_minor,
    currency: row.currency,
    status: row.status as Deal["status"],
    wonOn: row.won_on,
    submittedBy: row.submitted_by,
    submittedAt: row.submitted_at,
    approvedBy: row.approved_by,
    approvedAt: row.approved_at,
    returnReason: row.return_reason,
    version: row.version,
  };
}

export async function listCredits(ctx: RevenueContext, dealId: string): Promise<Credit[]> {
  const rows = await ctx.tx
    .selectFrom("deal_credit")
    .select(["participant_id", "kind", "basis_points"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("deal_id", "=", dealId)
    // By participant, everywhere: the order of locks, and who gets the odd minor unit of a split.
    .orderBy("participant_id")
    .execute();
  return rows.map((row) => ({
    participantId: row.participant_id,
    kind: row.kind as Credit["kind"],
    basisPoints: row.basis_points,
  }));
}

export async function saveDeal(ctx: RevenueContext, deal: Deal): Promise<void> {
  await ctx.tx
    .updateTable("deal")
    .set({
      status: deal.status,
      submitted_by: deal.submittedBy,
      submitted_at: deal.submittedAt,
      approved_by: deal.approvedBy,
      approved_at: deal.approvedAt,
      return_reason: deal.returnReason,
      version: deal.version,
    })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", deal.id)
    .execute();
}

export async function hasPayments(ctx: RevenueContext, dealId: string): Promise<boolean> {
  const row = await ctx.tx
    .selectFrom("payment")
    .select("id")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("deal_id", "=", dealId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Takes a draft away, with its credits. */
export async function deleteDraft(ctx: RevenueContext, dealId: string): Promise<void> {
  const { organizationId } = ctx.actor;
  await sql`delete from deal_credit where organization_id = ${organizationId} and deal_id = ${dealId}`.execute(ctx.tx);
  await sql`delete from deal where organization_id = ${organizationId} and id = ${dealId}`.execute(ctx.tx);
}
