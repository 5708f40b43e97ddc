import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { nextNumber, type CustomDocument } from "#modules/records";
import { notFound } from "#platform/errors";
import { withinReachOrGranted } from "#platform/scope";
import type { SalesContext } from "../sales.context.ts";
import { phoneKey, type Contact, type CustomerRole, type Email, type Phone } from "./contact.ts";

/** @returns the contact with its number */
export async function insertContact(ctx: SalesContext, contact: Omit<Contact, "number">): Promise<Contact> {
  const now = ctx.now.toISOString();
  const { number } = await ctx.tx
    .insertInto("contact")
    .values({
      organization_id: ctx.actor.organizationId,
      id: contact.id,
      number: nextNumber("contact"),
      ...columnsOf(contact),
      created_at: now,
      created_by: ctx.actor.memberId,
      updated_at: now,
      version: contact.version,
    })
    .returning("number")
    .executeTakeFirstOrThrow();
  const made = { ...contact, number };
  await insertPoints(ctx, made);
  await insertCustomerRoles(ctx, made);
  return made;
}

function columnsOf(contact: Omit<Contact, "number">) {
  return {
    owner_id: contact.ownerId,
    first_name: contact.firstName,
    last_name: contact.lastName,
    title: contact.title,
    tags: [...contact.tags],
    notes: contact.notes,
    external_id: contact.externalId,
    custom: JSON.stringify(contact.custom),
  };
}

async function insertPoints(ctx: SalesContext, contact: Contact): Promise<void> {
  const common = {
    organization_id: ctx.actor.organizationId,
    contact_id: contact.id,
    owner_id: contact.ownerId,
    is_live: true,
  };
  const points = [
    ...contact.emails.map(({ email, label }) => ({ kind: "email", label, value: email, key: email.toLowerCase() })),
    ...contact.phones.map(({ phone, label }) => ({ kind: "phone", label, value: phone, key: phoneKey(phone) })),
  ].map((point, position) => ({ ...common, ...point, id: uuidv7(), position }));
  if (points.length > 0) await ctx.tx.insertInto("contact_point").values(points).execute();
}

async function insertCustomerRoles(ctx: SalesContext, contact: Contact): Promise<void> {
  const roles = contact.customers.map(({ customerId, role }, position) => ({
    organization_id: ctx.actor.organizationId,
    contact_id: contact.id,
    customer_id: customerId,
    owner_id: contact.ownerId,
    role,
    position,
  }));
  if (roles.length > 0) await ctx.tx.insertInto("contact_customer").values(roles).execute();
}

type Locked = {
  id: string;
  number: bigint;
  owner_id: string | null;
  first_name: string;
  last_name: string;
  title: string | null;
  emails: Email[];
  phones: Phone[];
  customers: CustomerRole[];
  tags: string[];
  notes: string | null;
  external_id: string | null;
  custom: CustomDocument;
  version: number;
};

/** Loads for update, within the actor's reach. @throws Refusal 404 */
export async function lockContact(
  ctx: SalesContext,
  contactId: string,
  which: "live" | "deleted" = "live",
): Promise<Contact> {
  const live = which === "live" ? sql`c.deleted_at is null` : sql`c.deleted_at is not null`;
  const { rows } = await sql<Locked>`
    select c.id, c.number, c.owner_id, c.first_name, c.last_name, c.title, c.tags, c.notes, c.external_id, c.custom, c.version,
      coalesce((select json_agg(json_build_object('email', p.value, 'label', p.label) order by p.position) from contact_point p
        where p.organization_id = c.organization_id and p.contact_id = c.id and p.kind = 'email'), '[]') as emails,
      coalesce((select json_agg(json_build_object('phone', p.value, 'label', p.label) order by p.position) from contact_point p
        where p.organization_id = c.organization_id and p.contact_id = c.id and p.kind = 'phone'), '[]') as phones,
      coalesce((select json_agg(json_build_object('customerId', l.customer_id, 'role', l.role) order by l.position)
        from contact_customer l where l.organization_id = c.organization_id and l.contact_id = c.id), '[]') as customers
    from contact c where c.organization_id = ${ctx.actor.organizationId} and c.id = ${contactId} and ${live}
      and ${withinReachOrGranted(ctx, "contact", sql.ref("c.id"), sql.ref("c.owner_id"))}
    for update of c`.execute(ctx.tx);
  const [row] = rows;
  if (row === undefined) throw notFound("contact");
  const { owner_id: ownerId, first_name: firstName, last_name: lastName, external_id: externalId, ...same } = row;
  return { ...same, ownerId, firstName, lastName, externalId };
}

/** Saves the contact, and of its addresses, numbers and customers what changed. */
export async function saveContact(ctx: SalesContext, before: Contact, after: Contact): Promise<void> {
  const { organizationId } = ctx.actor;
  await ctx.tx
    .updateTable("contact")
    .set({ ...columnsOf(after), updated_at: ctx.now.toISOString(), version: after.version })
    .where("organization_id", "=", organizationId)
    .where("id", "=", after.id)
    .execute();
  const isMoved = before.ownerId !== after.ownerId;
  if (isMoved || differ([before.emails, before.phones], [after.emails, after.phones])) {
    const points = ctx.tx.deleteFrom("contact_point").where("organization_id", "=", organizationId);
    await points.where("contact_id", "=", after.id).execute();
    await insertPoints(ctx, after);
  }
  if (isMoved || differ(before.customers, after.customers)) {
    const roles = ctx.tx.deleteFrom("contact_customer").where("organization_id", "=", organizationId);
    await roles.where("contact_id", "=", after.id).execute();
    await insertCustomerRoles(ctx, after);
  }
}

function differ(before: unknown, after: unknown): boolean {
  return JSON.stringify(before) !== JSON.stringify(after);
}

/** Into the trash, where its addresses are free for others, or back out of it. */
export async function markContact(
  ctx: SalesContext,
  contactId: string,
  state: "live" | "deleted",
  version: number,
): Promise<void> {
  const isDeleted = state === "deleted";
  await ctx.tx
    .updateTable("contact")
    .set({
      deleted_at: isDeleted ? ctx.now.toISOString() : null,
      deleted_by: isDeleted ? ctx.actor.memberId : null,
      updated_at: ctx.now.toISOString(),
      version,
    })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", contactId)
    .execute();
  await setPointsLive(ctx, [contactId], !isDeleted);
}

/** Addresses of contacts that went to the trash are free for others. */
export async function retirePoints(ctx: SalesContext, contactIds: readonly string[]): Promise<void> {
  await setPointsLive(ctx, contactIds, false);
}

async function setPointsLive(ctx: SalesContext, contactIds: readonly string[], isLive: boolean): Promise<void> {
  await ctx.tx
    .updateTable("contact_point")
    .set({ is_live: isLive })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("contact_id", "in", [...contactIds])
    .execute();
}

/** Addresses and places of work carry their contact's owner; a transfer takes them along. */
export async function transferContactParts(
  ctx: SalesContext,
  contactIds: readonly string[],
  ownerId: string | null,
): Promise<void> {
  for (const table of ["contact_point", "contact_customer"] as const) {
    await ctx.tx
      .updateTable(table)
      .set({ owner_id: ownerId })
      .where("organization_id", "=", ctx.actor.organizationId)
      .where("contact_id", "in", [...contactIds])
      .execute();
  }
}

export type Holder = {
  readonly id: string;
  readonly number: bigint;
  readonly name: string;
  readonly email: string;
  readonly inSight: boolean;
};

/** The live contact that has one of these addresses, and whether the actor sees it. Seen whole: asked after widening. */
export async function findEmailHolder(
  ctx: SalesContext,
  emails: readonly string[],
  except: string | null,
): Promise<Holder | undefined> {
  if (emails.length === 0) return undefined;
  const { rows } = await sql<Holder>`
    select c.id, c.number, c.name::text as name, p.key as email,
      ${withinReachOrGranted(ctx, "contact", sql.ref("c.id"), sql.ref("c.owner_id"))} as "inSight"
    from contact_point p join contact c on c.organization_id = p.organization_id and c.id = p.contact_id
    where p.organization_id = ${ctx.actor.organizationId} and p.kind = 'email' and p.is_live
      and p.key = any(${[...emails]}::text[]) and c.id is distinct from ${except}::uuid
    limit 1`.execute(ctx.tx);
  return rows[0];
}

export async function findByExternalId(ctx: SalesContext, externalId: string): Promise<string | undefined> {
  const row = await ctx.tx
    .selectFrom("contact")
    .select("id")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("external_id", "=", externalId)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  return row?.id;
}

/** Refuses contacts of the request that the actor does not see. @throws Refusal 404 */
export async function requireContacts(ctx: SalesContext, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0) return;
  const { rows } = await sql<{ id: string }>`
    select c.id from contact c where c.organization_id = ${ctx.actor.organizationId} and c.id = any(${[...contactIds]}::uuid[])
      and c.deleted_at is null and ${withinReachOrGranted(ctx, "contact", sql.ref("c.id"), sql.ref("c.owner_id"))}`.execute(
    ctx.tx,
  );
  if (rows.length < new Set(contactIds).size) throw notFound("contact");
}
