import { refuseMerged } from "#modules/records";
import { refuseStale } from "#platform/errors";
import type { Asked } from "#platform/http";
import { requireReach, widen } from "#platform/scope";
import type { SalesContext } from "../sales.context.ts";
import { fullName } from "./contact.ts";
import { getContact } from "./contacts.query.ts";
import { lockContact, markContact } from "./contacts.store.ts";
import { about, refuseTaken } from "./save-contact.command.ts";

/** Moves a contact to the trash; what was said with them stays on the timelines. */
export async function deleteContact(ctx: SalesContext, contactId: string, { seenVersion }: Asked): Promise<void> {
  const contact = await lockContact(ctx, contactId);
  await requireReach(ctx, "contact.delete", contact.ownerId);
  await refuseStale(contact, seenVersion, () => getContact(ctx, contactId));
  widen(ctx);
  const version = contact.version + 1;
  await markContact(ctx, contactId, "deleted", version);
  ctx.emit({ type: "contact.deleted", ...about({ ...contact, version }), facts: { name: fullName(contact) } });
}

/** @throws Refusal 409 where somebody else has the address or external id by now */
export async function restoreContact(ctx: SalesContext, contactId: string): Promise<void> {
  const contact = await lockContact(ctx, contactId, "deleted");
  await requireReach(ctx, "contact.delete", contact.ownerId);
  widen(ctx);
  await refuseMerged(ctx, "contact", contactId);
  await refuseTaken(ctx, contact, contactId);
  const version = contact.version + 1;
  await markContact(ctx, contactId, "live", version);
  ctx.emit({ type: "contact.restored", ...about({ ...contact, version }), facts: { name: fullName(contact) } });
}
