import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type {
  createContact as createContract,
  updateContact as updateContract,
} from "@rainmaker/contracts/sales/contacts";
import { v7 as uuidv7 } from "uuid";
import { requireHandOver, requireOwner } from "#modules/organization";
import { customAfter, customOfNew, numberOf } from "#modules/records";
import { changesBetween, patched } from "#platform/audit";
import { actingMember } from "#platform/context";
import { notFound, Refusal, refuseStale } from "#platform/errors";
import type { Asked } from "#platform/http";
import { requireReach, widen } from "#platform/scope";
import { distinctTags, orNull } from "../customers/customer.ts";
import type { SalesContext } from "../sales.context.ts";
import { contactRecord, emailsOf, fullName, phonesOf, requireName, rolesOf, type Contact } from "./contact.ts";
import { getContact, listHiddenCustomers } from "./contacts.query.ts";
import { findByExternalId, findEmailHolder, insertContact, lockContact, saveContact } from "./contacts.store.ts";

export async function createContact(ctx: SalesContext, body: BodyOf<typeof createContract>): Promise<string> {
  const ownerId = body.ownerId ?? actingMember(ctx);
  if (ownerId !== ctx.actor.memberId) await requireOwner(ctx, "contact.assign", ownerId);
  const given = body.customers ?? [];
  await requireInSight(ctx, given);
  const contact = {
    id: uuidv7(),
    ownerId,
    firstName: body.firstName ?? "",
    lastName: body.lastName ?? "",
    title: orNull(body.title),
    emails: emailsOf(body.emails ?? []),
    phones: phonesOf(body.phones ?? []),
    customers: rolesOf(given, []),
    tags: distinctTags(body.tags ?? []),
    notes: orNull(body.notes),
    externalId: orNull(body.externalId),
    custom: await customOfNew(ctx, "contact", body.custom),
    version: 1,
  };
  requireName(contact);
  widen(ctx);
  await refuseTaken(ctx, contact, null);
  const made = await insertContact(ctx, contact);
  ctx.emit({ type: "contact.created", ...about(made), facts: { name: fullName(made) } });
  return made.id;
}

export async function updateContact(
  ctx: SalesContext,
  contactId: string,
  body: BodyOf<typeof updateContract>,
  { seenVersion }: Asked,
): Promise<void> {
  const before = await lockContact(ctx, contactId);
  await requireReach(ctx, "contact.edit", before.ownerId, { entity: "contact", id: contactId });
  await refuseStale(before, seenVersion, () => getContact(ctx, contactId));
  const { custom, changes } = await customAfter(ctx, "contact", before, body.custom);
  const after: Contact = { ...patched(before, await fieldsOf(ctx, before, body)), custom, version: before.version + 1 };
  requireName(after);
  await requireHandOver(ctx, "contact.assign", before, after);
  widen(ctx);
  await refuseTaken(ctx, after, contactId);
  await saveContact(ctx, before, after);
  ctx.emit({
    type: "contact.changed",
    ...about(after),
    previousOwnerId: before.ownerId,
    changes: { ...changesBetween(told(before), told(after)), ...changes },
    facts: { name: fullName(after) },
  });
}

/** Custom fields are told by their names, not as the column. */
function told(contact: Contact): object {
  const { custom: _custom, ...rest } = contact;
  return rest;
}

type Fields = { -readonly [Field in keyof Contact]?: Contact[Field] | undefined };

async function fieldsOf(ctx: SalesContext, before: Contact, body: BodyOf<typeof updateContract>): Promise<Fields> {
  const { firstName, lastName, ownerId } = body;
  const fields: Fields = { firstName, lastName, ownerId };
  if (body.title !== undefined) fields.title = orNull(body.title);
  if (body.notes !== undefined) fields.notes = orNull(body.notes);
  if (body.externalId !== undefined) fields.externalId = orNull(body.externalId);
  if (body.tags !== undefined) fields.tags = distinctTags(body.tags);
  if (body.emails !== undefined) fields.emails = emailsOf(body.emails);
  if (body.phones !== undefined) fields.phones = phonesOf(body.phones);
  if (body.customers !== undefined) {
    const hidden = await listHiddenCustomers(
      ctx,
      before.customers.map(({ customerId }) => customerId),
    );
    await requireInSight(ctx, body.customers);
    fields.customers = rolesOf(
      body.customers,
      before.customers.filter(({ customerId }) => hidden.has(customerId)),
    );
  }
  return fields;
}

/** @throws Refusal 404 */
async function requireInSight(ctx: SalesContext, given: readonly { readonly customerId: string }[]): Promise<void> {
  const hidden = await listHiddenCustomers(
    ctx,
    given.map(({ customerId }) => customerId),
  );
  if (hidden.size > 0) throw notFound("customer");
}

/** An address is one contact's; whose, is said to who sees that contact. @throws Refusal 409 */
export async function refuseTaken(
  ctx: SalesContext,
  { emails, externalId }: Pick<Contact, "emails" | "externalId">,
  except: string | null,
): Promise<void> {
  const addresses = emails.map(({ email }) => email);
  const holder = await findEmailHolder(ctx, addresses, except);
  if (holder !== undefined) {
    const { id, name, email } = holder;
    const number = numberOf(contactRecord, holder.number);
    const message = holder.inSight
      ? `${name} (${number}) has this address`
      : "Another contact of your organization has this address";
    throw new Refusal("conflict", "email_taken", message, {
      errors: [{ path: `emails.${addresses.indexOf(email)}.email`, code: "email_taken", message }],
      ...(holder.inSight ? { current: { id, number, name } } : {}),
    });
  }
  const other = externalId === null ? undefined : await findByExternalId(ctx, externalId);
  if (other === undefined || other === except) return;
  const message = "Another contact has this external id";
  throw new Refusal("conflict", "external_id_taken", message, {
    errors: [{ path: "externalId", code: "external_id_taken", message }],
  });
}

/** What every event of a contact says. */
export function about(contact: Contact): {
  recordId: string;
  label: string;
  version: number;
  ownerId: string | null;
} {
  const { id, number, version, ownerId } = contact;
  return { recordId: id, label: numberOf(contactRecord, number), version, ownerId };
}
