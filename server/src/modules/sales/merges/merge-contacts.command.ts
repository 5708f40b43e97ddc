import type { BodyOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import { contactMergeFields, type mergeContacts as contract } from "@rainmaker/contracts/sales/merges";
import { v7 as uuidv7 } from "uuid";
import { requireOwner } from "#modules/organization";
import { keepMerge, lockedById, redirectRecords, refuseMerged, repoint, type Moved } from "#modules/records";
import { requirePermission, type Context } from "#platform/context";
import { refuseStale } from "#platform/errors";
import { requireReach, widen } from "#platform/scope";
import { emailsOf, fullName, phonesOf, requireName, rolesOf, type Contact } from "../contacts/contact.ts";
import { getContact } from "../contacts/contacts.query.ts";
import { lockContact, markContact, saveContact } from "../contacts/contacts.store.ts";
import { about } from "../contacts/save-contact.command.ts";
import { distinctTags } from "../customers/customer.ts";
import { chosenFields, countsOf, idsToMerge, unitedValues } from "./merge.ts";
import { moveLinksOfContacts } from "./merges.store.ts";

/** Makes several contacts one; addresses, numbers, customers and tags of all of them stay. */
export async function mergeContacts(
  ctx: Context,
  survivorId: string,
  { seenVersion, others, choices = {} }: BodyOf<typeof contract>,
): Promise<ReplyInput<typeof contract>> {
  const ids = idsToMerge(survivorId, others);
  const all = await lockAll(ctx, ids, [seenVersion, ...others.map((other) => other.seenVersion)]);
  const [survivor, ...merged] = all;
  const after: Contact = {
    ...survivor,
    ...chosenFields(all, contactMergeFields, choices),
    emails: emailsOf(all.flatMap(({ emails }) => emails)),
    phones: phonesOf(all.flatMap(({ phones }) => phones)),
    customers: rolesOf(
      all.flatMap(({ customers }) => customers),
      [],
    ),
    tags: distinctTags(all.flatMap(({ tags }) => tags)),
    custom: unitedValues(all.map(({ custom }) => custom)),
    version: survivor.version + 1,
  };
  requireName(after);
  if (after.ownerId === null && survivor.ownerId !== null) requirePermission(ctx.actor, "contact.assign");
  if (after.ownerId !== null && after.ownerId !== survivor.ownerId) {
    await requireOwner(ctx, "contact.assign", after.ownerId);
  }
  widen(ctx);
  const mergeId = uuidv7();
  // In the trash first: they give their addresses and external ids free.
  for (const { id, version } of merged) await markContact(ctx, id, "deleted", version + 1);
  await saveContact(ctx, survivor, after);
  await redirectRecords(ctx, { entity: "contact", mergeId, survivorId, merged });
  const moved = await moveChildren(
    ctx,
    survivorId,
    merged.map(({ id }) => id),
  );
  await keepMerge(ctx, { mergeId, entity: "contact", survivorId, choices, before: all, moved });
  announce(ctx, survivor, after, merged);
  return { contact: await getContact(ctx, survivorId), moved: countsOf(moved) };
}

/** @throws Refusal 404 not in sight, 409 merged by somebody else meanwhile, 403 beyond reach, 412 changed since it was seen */
async function lockAll(
  ctx: Context,
  ids: readonly string[],
  seenVersions: readonly number[],
): Promise<[Contact, ...Contact[]]> {
  const locked = await lockedById(ids, async (id) => {
    try {
      return await lockContact(ctx, id);
    } catch (error) {
      await refuseMerged(ctx, "contact", id);
      throw error;
    }
  });
  for (const { ownerId } of locked) await requireReach(ctx, "contact.edit", ownerId);
  for (const [place, contact] of locked.entries()) {
    await refuseStale(contact, seenVersions[place], () => getContact(ctx, contact.id));
  }
  return locked as [Contact, ...Contact[]];
}

async function moveChildren(ctx: Context, survivorId: string, mergedIds: readonly string[]): Promise<Moved[]> {
  return [
    ...(await moveLinksOfContacts(ctx, survivorId, mergedIds)),
    await repoint(ctx, { table: "file", column: "subject_id", subject: "contact" }, survivorId, mergedIds),
  ];
}

function announce(ctx: Context, survivor: Contact, after: Contact, merged: readonly Contact[]): void {
  ctx.emit({
    type: "contact.merged",
    ...about(after),
    previousOwnerId: survivor.ownerId,
    facts: { name: fullName(after), mergedIds: merged.map(({ id }) => id), names: merged.map(fullName) },
  });
  for (const contact of merged) {
    const version = contact.version + 1;
    ctx.emit({
      type: "contact.absorbed",
      ...about({ ...contact, version }),
      facts: { name: fullName(contact), intoId: after.id, into: fullName(after) },
    });
  }
}
