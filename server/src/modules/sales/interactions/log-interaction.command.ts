import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type {
  logInteraction as logContract,
  updateInteraction as updateContract,
} from "@rainmaker/contracts/sales/interactions";
import { v7 as uuidv7 } from "uuid";
import { membersWhoSee } from "#modules/organization";
import { numberOf } from "#modules/records";
import { changesBetween, patched } from "#platform/audit";
import { actingMember } from "#platform/context";
import { invalidField, Refusal, refuseStale } from "#platform/errors";
import type { Asked } from "#platform/http";
import { requireReach, widen } from "#platform/scope";
import { requireContacts } from "../contacts/contacts.store.ts";
import { getContact } from "../contacts/contacts.query.ts";
import { orNull } from "../customers/customer.ts";
import type { SalesContext } from "../sales.context.ts";
import {
  interactionRecord,
  requireFollowUpAhead,
  requirePossible,
  subjectOf,
  type Interaction,
} from "./interaction.ts";
import { getInteraction } from "./interactions.query.ts";
import {
  findByExternalId,
  getBuyer,
  getSale,
  insertInteraction,
  lockInteraction,
  saveInteraction,
  type Subject,
} from "./interactions.store.ts";

type Body = BodyOf<typeof logContract>;
type Person = { readonly id: string; readonly name: string };
/** Who was named without seeing the record: whoever shows this offers to share it, nobody is told. */
export type Saved = { readonly id: string; readonly unseenBy: readonly Person[] };

/** Logs what happened with a customer, in a sale or with a contact. */
export async function logInteraction(ctx: SalesContext, body: Body): Promise<Saved> {
  const authorId = actingMember(ctx);
  const about = await subjectOfRequest(ctx, body);
  await requireContacts(ctx, body.contactIds ?? []);
  const text = orNull(body.body);
  const interaction = {
    id: uuidv7(),
    number: 0n,
    ...about,
    authorId,
    kind: body.kind,
    direction: body.direction ?? null,
    subject: subjectOf(body.kind, orNull(body.subject), text),
    body: text,
    outcome: body.outcome ?? null,
    occurredAt: body.occurredAt ?? ctx.now.toISOString(),
    minutes: body.minutes ?? null,
    followUpOn: body.followUpOn ?? null,
    contactIds: [...new Set(body.contactIds)],
    memberIds: othersThan(authorId, body.memberIds),
    mentionedIds: [...new Set(body.mentionedIds)],
    externalId: orNull(body.externalId),
    version: 1,
  };
  requirePossible(interaction, ctx.now);
  requireFollowUpAhead(interaction.followUpOn, ctx.now, ctx.organization.timeZone);
  widen(ctx);
  const mentions = await checkPeople(ctx, interaction);
  await refuseTakenExternalId(ctx, interaction.externalId);
  const made = await insertInteraction(ctx, interaction);
  const mentioned = mentions.filter(({ sees }) => sees).map(({ id }) => id);
  ctx.emit({ type: "interaction.logged", ...announced(made), facts: { ...said(made), mentioned } });
  return { id: made.id, unseenBy: mentions.filter(({ sees }) => !sees) };
}

/** Of a sale its customer too; of a contact alone the customer they stand for. @throws Refusal 404, 422 */
async function subjectOfRequest(
  ctx: SalesContext,
  { opportunityId, customerId, contactIds = [] }: Body,
): Promise<Subject> {
  if (opportunityId !== undefined) {
    const sale = await getSale(ctx, opportunityId);
    if (customerId === undefined) return sale;
    await getBuyer(ctx, customerId);
    if (sale.customerId !== null && sale.customerId !== customerId) {
      throw invalidField("customerId", "customer_mismatch", "This opportunity is another customer's");
    }
    return { ...sale, customerId };
  }
  if (customerId !== undefined) return getBuyer(ctx, customerId);
  const [contactId] = contactIds;
  if (contactId === undefined) {
    throw invalidField("customerId", "required", "Say with which customer, in which opportunity or with which contact");
  }
  const [main] = (await getContact(ctx, contactId)).customers;
  if (main !== undefined) return getBuyer(ctx, main.id);
  return { customerId: null, opportunityId: null, ownerId: actingMember(ctx) };
}

/** Changes what an interaction says: its author does, or who leads the author. What it is about stays. */
export async function updateInteraction(
  ctx: SalesContext,
  interactionId: string,
  body: BodyOf<typeof updateContract>,
  { seenVersion }: Asked,
): Promise<Saved> {
  const before = await lockInteraction(ctx, interactionId);
  await requireReach(ctx, "interaction.edit", before.authorId);
  await refuseStale(before, seenVersion, () => getInteraction(ctx, interactionId));
  const after: Interaction = { ...patched(before, fieldsOf(before, body)), version: before.version + 1 };
  requirePossible(after, ctx.now);
  if (after.followUpOn !== before.followUpOn)
    requireFollowUpAhead(after.followUpOn, ctx.now, ctx.organization.timeZone);
  const added = after.contactIds.filter((id) => !before.contactIds.includes(id));
  await requireContacts(ctx, added);
  widen(ctx);
  const mentions = await checkPeople(ctx, after);
  if (after.externalId !== before.externalId) await refuseTakenExternalId(ctx, after.externalId);
  await saveInteraction(ctx, before, after);
  const isNew = ({ id }: Person): boolean => !before.mentionedIds.includes(id);
  const mentioned = mentions.filter((person) => person.sees && isNew(person)).map(({ id }) => id);
  const changes = changesBetween(before, after);
  ctx.emit({ type: "interaction.changed", ...announced(after), changes, facts: { ...said(after), mentioned } });
  return { id: interactionId, unseenBy: mentions.filter(({ sees }) => !sees) };
}

type Fields = { -readonly [Field in keyof Interaction]?: Interaction[Field] | undefined };

function fieldsOf(before: Interaction, body: BodyOf<typeof updateContract>): Fields {
  const { kind, subject, occurredAt, direction, outcome, minutes, followUpOn } = body;
  const fields: Fields = { kind, subject, occurredAt, direction, outcome, minutes, followUpOn };
  if (body.body !== undefined) fields.body = orNull(body.body);
  if (body.externalId !== undefined) fields.externalId = orNull(body.externalId);
  if (body.contactIds !== undefined) fields.contactIds = [...new Set(body.contactIds)];
  if (body.memberIds !== undefined) fields.memberIds = othersThan(before.authorId, body.memberIds);
  if (body.mentionedIds !== undefined) fields.mentionedIds = [...new Set(body.mentionedIds)];
  return fields;
}

function othersThan(authorId: string | null, memberIds: readonly string[] = []): string[] {
  return [...new Set(memberIds)].filter((id) => id !== authorId);
}

/** @returns who was named, and whether they see it. @throws Refusal 422 for who is no member */
async function checkPeople(
  ctx: SalesContext,
  { memberIds, mentionedIds, ownerId, authorId }: Interaction,
): ReturnType<typeof membersWhoSee> {
  await membersWhoSee(ctx, "interaction.read", memberIds, [], "memberIds");
  return membersWhoSee(ctx, "interaction.read", mentionedIds, [ownerId, authorId], "mentionedIds");
}

export async function refuseTakenExternalId(ctx: SalesContext, externalId: string | null): Promise<void> {
  if (externalId === null || (await findByExternalId(ctx, externalId)) === undefined) return;
  const message = "Another interaction has this external id";
  throw new Refusal("conflict", "external_id_taken", message, {
    errors: [{ path: "externalId", code: "external_id_taken", message }],
  });
}

/** What every event of an interaction says. */
export function announced(interaction: Interaction): {
  recordId: string;
  label: string;
  version: number;
  ownerId: string | null;
  previousOwnerId: string | null;
  threadId: string | null;
} {
  const { id, number, version, ownerId, authorId, opportunityId, customerId } = interaction;
  return {
    recordId: id,
    label: numberOf(interactionRecord, number),
    version,
    ownerId,
    // The author sees it too and hears of it; who hears twice is told once.
    previousOwnerId: authorId === ownerId ? null : authorId,
    threadId: opportunityId ?? customerId,
  };
}

export function said({ kind, subject, customerId, opportunityId, contactIds }: Interaction): {
  kind: string;
  subject: string;
  customerId: string | null;
  opportunityId: string | null;
  contactIds: string[];
} {
  return { kind, subject, customerId, opportunityId, contactIds: [...contactIds] };
}
