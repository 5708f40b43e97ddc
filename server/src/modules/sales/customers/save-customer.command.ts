import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type {
  createCustomer as createContract,
  updateCustomer as updateContract,
} from "@rainmaker/contracts/sales/customers";
import { v7 as uuidv7 } from "uuid";
import { requireHandOver, requireOwner } from "#modules/organization";
import { customAfter, customOfNew, numberOf } from "#modules/records";
import { changesBetween, patched } from "#platform/audit";
import { actingMember } from "#platform/context";
import { Refusal, refuseStale } from "#platform/errors";
import type { Asked } from "#platform/http";
import { requireReach, widen } from "#platform/scope";
import { moveWithCustomers } from "../interactions/interactions.store.ts";
import type { SalesContext } from "../sales.context.ts";
import { addressOf, customerRecord, distinctTags, orNull, type Customer } from "./customer.ts";
import { findByExternalId, insertCustomer, lockCustomer, saveCustomer } from "./customers.store.ts";
import { getCustomer } from "./customers.query.ts";

export async function createCustomer(ctx: SalesContext, body: BodyOf<typeof createContract>): Promise<string> {
  const ownerId = body.ownerId ?? actingMember(ctx);
  if (ownerId !== ctx.actor.memberId) await requireOwner(ctx, "customer.assign", ownerId);
  const custom = await customOfNew(ctx, "customer", body.custom);
  widen(ctx);
  const externalId = orNull(body.externalId);
  await refuseTakenExternalId(ctx, externalId, null);
  const customer = await insertCustomer(ctx, {
    id: uuidv7(),
    ownerId,
    name: body.name,
    kind: body.kind ?? "company",
    industry: orNull(body.industry),
    email: orNull(body.email),
    phone: orNull(body.phone),
    website: orNull(body.website),
    location: orNull(body.location),
    address: addressOf(body.address),
    tags: distinctTags(body.tags ?? []),
    notes: orNull(body.notes),
    satisfaction: body.satisfaction ?? null,
    externalId,
    custom,
    version: 1,
  });
  ctx.emit({ type: "customer.created", ...about(customer), facts: { name: customer.name } });
  return customer.id;
}

export async function updateCustomer(
  ctx: SalesContext,
  customerId: string,
  body: BodyOf<typeof updateContract>,
  { seenVersion }: Asked,
): Promise<void> {
  const before = await lockCustomer(ctx, customerId);
  await requireReach(ctx, "customer.edit", before.ownerId, { entity: "customer", id: customerId });
  await refuseStale(before, seenVersion, () => getCustomer(ctx, customerId));
  const { custom, changes } = await customAfter(ctx, "customer", before, body.custom);
  const after: Customer = { ...patched(before, fieldsOf(body)), custom, version: before.version + 1 };
  await requireHandOver(ctx, "customer.assign", before, after);
  widen(ctx);
  await refuseTakenExternalId(ctx, after.externalId, customerId);
  await saveCustomer(ctx, after);
  if (after.ownerId !== before.ownerId) await moveWithCustomers(ctx, [customerId], after.ownerId);
  ctx.emit({
    type: "customer.changed",
    ...about(after),
    previousOwnerId: before.ownerId,
    changes: { ...changesBetween(told(before), told(after)), ...changes },
    facts: { name: after.name },
  });
}

type Changes = Partial<Omit<Customer, "id" | "number" | "version">>;

function fieldsOf(body: BodyOf<typeof updateContract>): Changes {
  const { seenVersion: _, custom: _custom, address, tags, ...rest } = body;
  const texts = Object.entries(rest).map(([name, value]) => [name, value === "" ? null : value]);
  return {
    ...Object.fromEntries(texts),
    ...(address === undefined ? {} : { address: addressOf(address) }),
    ...(tags === undefined ? {} : { tags: distinctTags(tags) }),
  };
}

/** Custom fields are told by their names, not as the column. */
function told(customer: Customer): object {
  const { custom: _custom, ...rest } = customer;
  return rest;
}

async function refuseTakenExternalId(
  ctx: SalesContext,
  externalId: string | null,
  except: string | null,
): Promise<void> {
  const holder = externalId === null ? undefined : await findByExternalId(ctx, externalId);
  if (holder === undefined || holder === except) return;
  const message = "Another customer has this external id";
  throw new Refusal("conflict", "external_id_taken", message, {
    errors: [{ path: "externalId", code: "external_id_taken", message }],
  });
}

/** What every event of a customer says. */
export function about(customer: Customer): {
  recordId: string;
  label: string;
  version: number;
  ownerId: string | null;
} {
  const { id, number, version, ownerId } = customer;
  return { recordId: id, label: numberOf(customerRecord, number), version, ownerId };
}
