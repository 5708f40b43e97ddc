import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { nextNumber } from "#modules/records";
import { notFound } from "#platform/errors";
import { withinReachOrGranted } from "#platform/scope";
import type { SalesContext } from "../sales.context.ts";
import type { Interaction } from "./interaction.ts";

/** @returns the interaction with its number */
export async function insertInteraction(
  ctx: SalesContext,
  interaction: Omit<Interaction, "number">,
): Promise<Interaction> {
  const now = ctx.now.toISOString();
  const { number } = await ctx.tx
    .insertInto("interaction")
    .values({
      organization_id: ctx.actor.organizationId,
      id: interaction.id,
      number: nextNumber("interaction"),
      owner_id: interaction.ownerId,
      author_id: interaction.authorId,
      customer_id: interaction.customerId,
      opportunity_id: interaction.opportunityId,
      ...columnsOf(interaction),
      created_at: now,
      created_by: ctx.actor.memberId,
      updated_at: now,
      version: interaction.version,
    })
    .returning("number")
    .executeTakeFirstOrThrow();
  const made = { ...interaction, number };
  await insertParticipants(ctx, made);
  return made;
}

function columnsOf(interaction: Omit<Interaction, "number">) {
  return {
    kind: interaction.kind,
    direction: interaction.direction,
    subject: interaction.subject,
    body: interaction.body,
    outcome: interaction.outcome,
    occurred_at: interaction.occurredAt,
    minutes: interaction.minutes,
    follow_up_on: interaction.followUpOn,
    mentioned_ids: [...interaction.mentionedIds],
    external_id: interaction.externalId,
  };
}

async function insertParticipants(ctx: SalesContext, interaction: Interaction): Promise<void> {
  const people = [
    ...interaction.contactIds.map((contactId) => ({ contact_id: contactId, member_id: null })),
    ...interaction.memberIds.map((memberId) => ({ contact_id: null, member_id: memberId })),
  ].map((person, position) => ({
    ...person,
    organization_id: ctx.actor.organizationId,
    id: uuidv7(),
    interaction_id: interaction.id,
    owner_id: interaction.ownerId,
    position,
  }));
  if (people.length > 0) await ctx.tx.insertInto("interaction_participant").values(people).execute();
}

/** Loads for update, within the actor's reach. @throws Refusal 404 */
export async function lockInteraction(
  ctx: SalesContext,
  interactionId: string,
  which: "live" | "deleted" = "live",
): Promise<Interaction> {
  const live = which === "live" ? sql`i.deleted_at is null` : sql`i.deleted_at is not null`;
  const people = (column: string) => sql`array(select ${sql.ref(`p.${column}`)} from interaction_participant p
    where p.organization_id = i.organization_id and p.interaction_id = i.id and ${sql.ref(`p.${column}`)} is not null order by p.position)`;
  const { rows } = await sql<Interaction>`
    select i.id, i.number, i.owner_id as "ownerId", i.author_id as "authorId", i.kind, i.direction, i.subject, i.body, i.outcome,
      i.occurred_at as "occurredAt", i.minutes, i.follow_up_on as "followUpOn", i.customer_id as "customerId",
      i.opportunity_id as "opportunityId", ${people("contact_id")} as "contactIds", ${people("member_id")} as "memberIds",
      i.mentioned_ids as "mentionedIds", i.external_id as "externalId", i.version
    from interaction i where i.organization_id = ${ctx.actor.organizationId} and i.id = ${interactionId} and ${live}
      and ${withinReachOrGranted(ctx, "interaction", sql.ref("i.id"), sql.ref("i.owner_id"))}
    for update of i`.execute(ctx.tx);
  if (rows[0] === undefined) throw notFound("interaction");
  return rows[0];
}

export async function saveInteraction(ctx: SalesContext, before: Interaction, after: Interaction): Promise<void> {
  const { organizationId } = ctx.actor;
  await ctx.tx
    .updateTable("interaction")
    .set({ ...columnsOf(after), updated_at: ctx.now.toISOString(), version: after.version })
    .where("organization_id", "=", organizationId)
    .where("id", "=", after.id)
    .execute();
  const people = ({ contactIds, memberIds }: Interaction): string => JSON.stringify([contactIds, memberIds]);
  if (people(before) === people(after)) return;
  await ctx.tx
    .deleteFrom("interaction_participant")
    .where("organization_id", "=", organizationId)
    .where("interaction_id", "=", after.id)
    .execute();
  await insertParticipants(ctx, after);
}

/** Into the trash, or back out of it. */
export async function markInteraction(
  ctx: SalesContext,
  interactionId: string,
  state: "live" | "deleted",
  version: number,
): Promise<void> {
  const isDeleted = state === "deleted";
  await ctx.tx
    .updateTable("interaction")
    .set({
      deleted_at: isDeleted ? ctx.now.toISOString() : null,
      deleted_by: isDeleted ? ctx.actor.memberId : null,
      updated_at: ctx.now.toISOString(),
      version,
    })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", interactionId)
    .execute();
}

/** What an interaction is about. */
export type Subject = {
  readonly customerId: string | null;
  readonly opportunityId: string | null;
  readonly ownerId: string | null;
};

/** An opportunity of the request with its customer. @throws Refusal 404 where the actor does not see it */
export async function getSale(ctx: SalesContext, opportunityId: string): Promise<Subject> {
  const { rows } = await sql<Subject>`
    select o.id as "opportunityId", o.customer_id as "customerId", o.owner_id as "ownerId" from opportunity o
    where o.organization_id = ${ctx.actor.organizationId} and o.id = ${opportunityId} and o.deleted_at is null
      and ${withinReachOrGranted(ctx, "opportunity", sql.ref("o.id"), sql.ref("o.owner_id"))}`.execute(ctx.tx);
  if (rows[0] === undefined) throw notFound("opportunity");
  return rows[0];
}

/** A customer of the request. @throws Refusal 404 where the actor does not see it */
export async function getBuyer(ctx: SalesContext, customerId: string): Promise<Subject> {
  const { rows } = await sql<Subject>`
    select c.id as "customerId", null as "opportunityId", c.owner_id as "ownerId" from customer c
    where c.organization_id = ${ctx.actor.organizationId} and c.id = ${customerId} and c.deleted_at is null
      and ${withinReachOrGranted(ctx, "customer", sql.ref("c.id"), sql.ref("c.owner_id"))}`.execute(ctx.tx);
  if (rows[0] === undefined) throw notFound("customer");
  return rows[0];
}

export async function findByExternalId(ctx: SalesContext, externalId: string): Promise<string | undefined> {
  const row = await ctx.tx
    .selectFrom("interaction")
    .select("id")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("external_id", "=", externalId)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  return row?.id;
}

/** What was said about an opportunity goes to its new owner with it, and to its new customer. */
export async function moveWithOpportunities(
  ctx: SalesContext,
  opportunityIds: readonly string[],
  { ownerId, customerId }: { readonly ownerId: string | null; readonly customerId: string | null },
): Promise<void> {
  const { organizationId } = ctx.actor;
  await sql`
    with moved as (
      update interaction set owner_id = ${ownerId}, customer_id = coalesce(${customerId}::uuid, customer_id)
      where organization_id = ${organizationId} and opportunity_id = any(${[...opportunityIds]}::uuid[]) returning id
    )
    update interaction_participant p set owner_id = ${ownerId} from moved
    where p.organization_id = ${organizationId} and p.interaction_id = moved.id`.execute(ctx.tx);
}

/** The same for a customer: what is about one of its sales belongs to that sale's owner and stays. */
export async function moveWithCustomers(
  ctx: SalesContext,
  customerIds: readonly string[],
  ownerId: string | null,
): Promise<void> {
  const { organizationId } = ctx.actor;
  await sql`
    with moved as (
      update interaction set owner_id = ${ownerId}
      where organization_id = ${organizationId} and customer_id = any(${[...customerIds]}::uuid[]) and opportunity_id is null returning id
    )
    update interaction_participant p set owner_id = ${ownerId} from moved
    where p.organization_id = ${organizationId} and p.interaction_id = moved.id`.execute(ctx.tx);
}
