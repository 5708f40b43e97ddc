import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { nextNumber, type CustomDocument } from "#modules/records";
import { invalidField, notFound } from "#platform/errors";
import { withinReachOrGranted } from "#platform/scope";
import type { SalesContext } from "../sales.context.ts";
import type { LostReason, Opportunity, Priority } from "./opportunity.ts";

/** Inserts with its number and the first line of its stage history. @returns the opportunity with its number */
export async function insertOpportunity(
  ctx: SalesContext,
  opportunity: Omit<Opportunity, "number">,
): Promise<Opportunity> {
  const { organizationId, memberId } = ctx.actor;
  const { rows } = await sql<{ number: bigint }>`
    with made as (
      insert into opportunity (organization_id, id, number, owner_id, customer_id, pipeline_id, stage_id, stage_since, rank, title,
        amount_minor, currency, expected_close_on, opened_on, next_step, next_step_on, source, priority, description, lines_total_minor, external_id, custom, created_at, created_by, updated_at, version)
      values (${organizationId}, ${opportunity.id}, ${nextNumber("opportunity")}, ${opportunity.ownerId}, ${opportunity.customerId},
        ${opportunity.pipelineId}, ${opportunity.stageId}, ${opportunity.stageSince}, ${opportunity.rank}, ${opportunity.title},
        ${opportunity.amountMinor}, ${opportunity.currency}, ${opportunity.expectedCloseOn}, ${opportunity.openedOn},
        ${opportunity.nextStep}, ${opportunity.nextStepOn}, ${opportunity.source}, ${opportunity.priority}, ${opportunity.description}, ${opportunity.linesTotalMinor},
        ${opportunity.externalId}, ${JSON.stringify(opportunity.custom)}::jsonb, ${ctx.now}, ${memberId}, ${ctx.now}, ${opportunity.version})
      returning number
    ), history as (
      insert into stage_history (organization_id, id, opportunity_id, owner_id, to_stage_id, moved_by, moved_at, source)
      values (${organizationId}, ${uuidv7()}, ${opportunity.id}, ${opportunity.ownerId}, ${opportunity.stageId}, ${memberId}, ${ctx.now}, 'created')
    )
    select number from made`.execute(ctx.tx);
  const [row] = rows;
  if (row === undefined) throw new Error("the opportunity was not inserted");
  return { ...opportunity, number: row.number };
}

/** Loads for update, within the actor's reach. @throws Refusal 404 */
export async function lockOpportunity(
  ctx: SalesContext,
  opportunityId: string,
  which: "live" | "deleted" = "live",
): Promise<Opportunity> {
  const row = await ctx.tx
    .selectFrom("opportunity")
    .selectAll()
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", opportunityId)
    .where("deleted_at", which === "live" ? "is" : "is not", null)
    .where((eb) => withinReachOrGranted(ctx, "opportunity", eb.ref("id"), eb.ref("owner_id")))
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notFound("opportunity");
  return toOpportunity(row);
}

export type OpportunityStoreRow = {
  id: string;
  number: bigint;
  owner_id: string | null;
  customer_id: string | null;
  pipeline_id: string;
  stage_id: string;
  stage_since: string;
  rank: string;
  title: string;
  amount_minor: bigint | null;
  currency: string;
  expected_close_on: string | null;
  opened_on: string;
  closed_on: string | null;
  lost_reason: string | null;
  next_step: string | null;
  next_step_on: string | null;
  contact_at: string | null;
  source: string | null;
  priority: string | null;
  description: string | null;
  lines_total_minor: bigint | null;
  external_id: string | null;
  custom: unknown;
  version: number;
};

export function toOpportunity(row: OpportunityStoreRow): Opportunity {
  return {
    id: row.id,
    number: row.number,
    ownerId: row.owner_id,
    customerId: row.customer_id,
    pipelineId: row.pipeline_id,
    stageId: row.stage_id,
    stageSince: row.stage_since,
    rank: row.rank,
    title: row.title,
    amountMinor: row.amount_minor,
    currency: row.currency,
    expectedCloseOn: row.expected_close_on,
    openedOn: row.opened_on,
    closedOn: row.closed_on,
    lostReason: row.lost_reason as LostReason | null,
    nextStep: row.next_step,
    nextStepOn: row.next_step_on,
    contactAt: row.contact_at,
    source: row.source,
    priority: row.priority as Priority | null,
    description: row.description,
    linesTotalMinor: row.lines_total_minor,
    externalId: row.external_id,
    custom: row.custom as CustomDocument,
    version: row.version,
  };
}

export async function saveOpportunity(ctx: SalesContext, opportunity: Opportunity): Promise<void> {
  await ctx.tx
    .updateTable("opportunity")
    .set({
      owner_id: opportunity.ownerId,
      customer_id: opportunity.customerId,
      title: opportunity.title,
      amount_minor: opportunity.amountMinor,
      currency: opportunity.currency,
      expected_close_on: opportunity.expectedCloseOn,
      next_step: opportunity.nextStep,
      next_step_on: opportunity.nextStepOn,
      source: opportunity.source,
      priority: opportunity.priority,
      description: opportunity.description,
      lines_total_minor: opportunity.linesTotalMinor,
      external_id: opportunity.externalId,
      custom: JSON.stringify(opportunity.custom),
      updated_at: ctx.now.toISOString(),
      version: opportunity.version,
    })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", opportunity.id)
    .execute();
}

/** Saves a move and its line of stage history. */
export async function saveMove(
  ctx: SalesContext,
  before: Opportunity,
  after: Opportunity,
  secondsInFrom: number,
): Promise<void> {
  const { organizationId, memberId } = ctx.actor;
  await sql`
    with moved as (
      update opportunity set stage_id = ${after.stageId}, stage_since = ${after.stageSince}, rank = ${after.rank},
        amount_minor = ${after.amountMinor}, customer_id = ${after.customerId}, closed_on = ${after.closedOn},
        lost_reason = ${after.lostReason}, expected_close_on = ${after.expectedCloseOn}, next_step = ${after.nextStep},
        next_step_on = ${after.nextStepOn}, source = ${after.source}, priority = ${after.priority}, description = ${after.description}, custom = ${JSON.stringify(after.custom)}::jsonb, updated_at = ${ctx.now}, version = ${after.version}
      where organization_id = ${organizationId} and id = ${after.id}
    )
    insert into stage_history (organization_id, id, opportunity_id, owner_id, from_stage_id, to_stage_id, moved_by, moved_at, seconds_in_from, source)
    values (${organizationId}, ${uuidv7()}, ${after.id}, ${after.ownerId}, ${before.stageId}, ${after.stageId}, ${memberId}, ${ctx.now}, ${secondsInFrom}, 'moved')`.execute(
    ctx.tx,
  );
}

/** Another place in the same stage is not a change of the record: nothing but its rank is written. */
export async function saveRank(ctx: SalesContext, opportunityId: string, rank: string): Promise<void> {
  await ctx.tx
    .updateTable("opportunity")
    .set({ rank })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", opportunityId)
    .execute();
}

/** Ranks of the card a moved one is put below, and of the one under that. @param afterId null for the top */
export async function findNeighbours(
  ctx: SalesContext,
  stageId: string,
  afterId: string | null,
  movedId: string,
): Promise<{ above: string | null; below: string | null }> {
  const above = afterId === null ? null : await findRank(ctx, stageId, afterId);
  const below = await ctx.tx
    .selectFrom("opportunity")
    .select("rank")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("stage_id", "=", stageId)
    .where("deleted_at", "is", null)
    .where("id", "!=", movedId)
    .$if(above !== null, (qb) => qb.where("rank", ">", above ?? ""))
    .orderBy("rank")
    .limit(1)
    .executeTakeFirst();
  return { above, below: below?.rank ?? null };
}

async function findRank(ctx: SalesContext, stageId: string, opportunityId: string): Promise<string> {
  const row = await ctx.tx
    .selectFrom("opportunity")
    .select("rank")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", opportunityId)
    .where("stage_id", "=", stageId)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  if (row === undefined) throw invalidField("afterId", "not_in_stage", "This card is not in that stage");
  return row.rank;
}

/** Children carry their opportunity's owner; a transfer takes them along. */
export async function transferChildren(
  ctx: SalesContext,
  opportunityIds: readonly string[],
  ownerId: string | null,
): Promise<void> {
  const { organizationId } = ctx.actor;
  const theirs = sql`organization_id = ${organizationId} and opportunity_id = any(${[...opportunityIds]}::uuid[])`;
  await sql`with history as (
      update stage_history set owner_id = ${ownerId} where ${theirs}
    ), contacts as (
      update opportunity_contact set owner_id = ${ownerId} where ${theirs}
    )
    update opportunity_line set owner_id = ${ownerId} where ${theirs}`.execute(ctx.tx);
}

export async function findByExternalId(ctx: SalesContext, externalId: string): Promise<string | undefined> {
  const row = await ctx.tx
    .selectFrom("opportunity")
    .select("id")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("external_id", "=", externalId)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  return row?.id;
}

/** Into the trash, or back out of it. */
export async function markOpportunity(
  ctx: SalesContext,
  opportunityId: string,
  state: "live" | "deleted",
  version: number,
): Promise<void> {
  const isDeleted = state === "deleted";
  await ctx.tx
    .updateTable("opportunity")
    .set({
      deleted_at: isDeleted ? ctx.now.toISOString() : null,
      deleted_by: isDeleted ? ctx.actor.memberId : null,
      updated_at: ctx.now.toISOString(),
      version,
    })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", opportunityId)
    .execute();
}
