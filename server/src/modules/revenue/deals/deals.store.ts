import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { nextNumber } from "#modules/records";
import { notFound } from "#platform/errors";
import { withinReach } from "#platform/scope";
import type { RevenueContext } from "../revenue.context.ts";
import { wholeInBasisPoints, type Credit, type Deal } from "./deal.ts";

/** A deal as it begins: in draft, the whole of it credited to its owner. */
export type NewDeal = Pick<
  Deal,
  "id" | "opportunityId" | "ownerId" | "customerId" | "title" | "amountMinor" | "currency" | "wonOn"
>;

/** Inserts deals in draft with their owners' credits, in one statement however many. @returns them with their numbers */
export async function insertDeals(ctx: RevenueContext, deals: readonly NewDeal[]): Promise<Deal[]> {
  const { organizationId } = ctx.actor;
  const given = JSON.stringify(
    deals.map((deal, index) => ({ ...deal, amountMinor: deal.amountMinor.toString(), creditId: uuidv7(), index })),
  );
  const { rows } = await sql<Row>`
    with given as (
      select * from jsonb_to_recordset(${given}::jsonb) as g("id" uuid, "opportunityId" uuid, "ownerId" uuid, "customerId" uuid, "title" text,
        "amountMinor" bigint, "currency" char(3), "wonOn" date, "creditId" uuid, "index" bigint)
    ), first as (select ${nextNumber("deal", deals.length)} as number), made as (
      insert into deal (organization_id, id, number, owner_id, opportunity_id, customer_id, title, amount_minor, currency, status, won_on, created_at, version)
      select ${organizationId}, g."id", first.number + g."index", g."ownerId", g."opportunityId", g."customerId", g."title", g."amountMinor",
        g."currency", 'draft', g."wonOn", ${ctx.now}, 1 from given g, first
      returning *
    ), credited as (
      insert into deal_credit (organization_id, id, deal_id, owner_id, participant_id, kind, basis_points)
      select ${organizationId}, g."creditId", g."id", g."ownerId", g."ownerId", 'revenue', ${wholeInBasisPoints} from given g
    )
    select * from made order by number`.execute(ctx.tx);
  return rows.map(toDeal);
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
  revision: number;
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
    revision: row.revision,
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

/** @throws Refusal 404 for a customer the actor does not see */
export async function requireCustomer(ctx: RevenueContext, customerId: string): Promise<void> {
  const row = await ctx.tx
    .selectFrom("sales.customer_ref")
    .select("id")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", customerId)
    .executeTakeFirst();
  if (row === undefined) throw notFound("customer");
}

export async function saveDeal(ctx: RevenueContext, deal: Deal): Promise<void> {
  await ctx.tx
    .updateTable("deal")
    .set({
      status: deal.status,
      amount_minor: deal.amountMinor,
      revision: deal.revision,
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

export async function listOpportunitiesWithDeals(
  ctx: RevenueContext,
  opportunityIds: readonly string[],
): Promise<string[]> {
  if (opportunityIds.length === 0) return [];
  const { rows } = await sql<{ opportunity_id: string }>`select opportunity_id from deal
    where organization_id = ${ctx.actor.organizationId} and opportunity_id = any(${[...opportunityIds]}::uuid[])`.execute(
    ctx.tx,
  );
  return rows.map((row) => row.opportunity_id);
}
