import { sql } from "kysely";
import { notFound } from "#platform/errors";
import { withinReachOrGranted } from "#platform/scope";
import { nextNumber, type CustomDocument } from "#modules/records";
import type { SalesContext } from "../sales.context.ts";
import { addressOf, type Customer } from "./customer.ts";

/** @returns the customer with its number */
export async function insertCustomer(ctx: SalesContext, customer: Omit<Customer, "number">): Promise<Customer> {
  const now = ctx.now.toISOString();
  const { number } = await ctx.tx
    .insertInto("customer")
    .values({
      organization_id: ctx.actor.organizationId,
      id: customer.id,
      number: nextNumber("customer"),
      ...columnsOf(customer),
      created_at: now,
      created_by: ctx.actor.memberId,
      updated_at: now,
      version: customer.version,
    })
    .returning("number")
    .executeTakeFirstOrThrow();
  return { ...customer, number };
}

function columnsOf(customer: Omit<Customer, "number">) {
  return {
    owner_id: customer.ownerId,
    name: customer.name,
    kind: customer.kind,
    industry: customer.industry,
    email: customer.email,
    phone: customer.phone,
    website: customer.website,
    location: customer.location,
    street: customer.address?.street ?? null,
    postal_code: customer.address?.postalCode ?? null,
    city: customer.address?.city ?? null,
    region: customer.address?.region ?? null,
    country: customer.address?.country ?? null,
    tags: [...customer.tags],
    notes: customer.notes,
    satisfaction: customer.satisfaction,
    external_id: customer.externalId,
    custom: JSON.stringify(customer.custom),
  };
}

/** Loads for update, within the actor's reach. @throws Refusal 404 */
export async function lockCustomer(
  ctx: SalesContext,
  customerId: string,
  which: "live" | "deleted" = "live",
): Promise<Customer> {
  const row = await ctx.tx
    .selectFrom("customer")
    .selectAll()
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", customerId)
    .where("deleted_at", which === "live" ? "is" : "is not", null)
    .where((eb) => withinReachOrGranted(ctx, "customer", eb.ref("id"), eb.ref("owner_id")))
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notFound("customer");
  return {
    id: row.id,
    number: row.number,
    ownerId: row.owner_id,
    name: row.name,
    kind: row.kind as Customer["kind"],
    industry: row.industry,
    email: row.email,
    phone: row.phone,
    website: row.website,
    location: row.location,
    address: addressOf({ ...row, postalCode: row.postal_code }),
    tags: row.tags,
    notes: row.notes,
    satisfaction: row.satisfaction,
    externalId: row.external_id,
    custom: row.custom as CustomDocument,
    version: row.version,
  };
}

/** Refuses a customer of the request that the actor does not see. @throws Refusal 404 */
export async function requireCustomer(ctx: SalesContext, customerId: string): Promise<void> {
  const row = await ctx.tx
    .selectFrom("customer")
    .select("id")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", customerId)
    .where("deleted_at", "is", null)
    .where((eb) => withinReachOrGranted(ctx, "customer", eb.ref("id"), eb.ref("owner_id")))
    .executeTakeFirst();
  if (row === undefined) throw notFound("customer");
}

export async function saveCustomer(ctx: SalesContext, customer: Customer): Promise<void> {
  await ctx.tx
    .updateTable("customer")
    .set({
      ...columnsOf(customer),
      updated_at: ctx.now.toISOString(),
      version: customer.version,
    })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", customer.id)
    .execute();
}

export async function findByExternalId(ctx: SalesContext, externalId: string): Promise<string | undefined> {
  const row = await ctx.tx
    .selectFrom("customer")
    .select("id")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("external_id", "=", externalId)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  return row?.id;
}

/** Into the trash, or back out of it. */
export async function markCustomer(
  ctx: SalesContext,
  customerId: string,
  state: "live" | "deleted",
  version: number,
): Promise<void> {
  const isDeleted = state === "deleted";
  await ctx.tx
    .updateTable("customer")
    .set({
      deleted_at: isDeleted ? ctx.now.toISOString() : null,
      deleted_by: isDeleted ? ctx.actor.memberId : null,
      updated_at: ctx.now.toISOString(),
      version,
    })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", customerId)
    .execute();
}

/** Which of these customers somebody is selling to. */
export async function listInUse(ctx: SalesContext, customerIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select wanted.id from unnest(${[...customerIds]}::uuid[]) as wanted(id) where exists (select from opportunity o
      where o.organization_id = ${ctx.actor.organizationId} and o.customer_id = wanted.id and o.deleted_at is null)`.execute(
    ctx.tx,
  );
  return rows.map(({ id }) => id);
}
