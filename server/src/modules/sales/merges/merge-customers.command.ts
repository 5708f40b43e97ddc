import type { BodyOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import { customerMergeFields, type mergeCustomers as contract } from "@rainmaker/contracts/sales/merges";
import { v7 as uuidv7 } from "uuid";
import { requireHandOver } from "#modules/organization";
import { keepMerge, lockedById, redirectRecords, refuseMerged, repoint, type Moved } from "#modules/records";
import { refuseStale } from "#platform/errors";
import { requireReach, widen } from "#platform/scope";
import type { Context } from "#platform/context";
import { distinctTags, type Customer } from "../customers/customer.ts";
import { getCustomer } from "../customers/customers.query.ts";
import { lockCustomer, markCustomer, saveCustomer } from "../customers/customers.store.ts";
import { about } from "../customers/save-customer.command.ts";
import { moveWithCustomers } from "../interactions/interactions.store.ts";
import { customersMerged } from "../sales.ports.ts";
import { chosenFields, countsOf, idsToMerge, unitedValues } from "./merge.ts";
import { moveContactsOfCustomers } from "./merges.store.ts";

/**
 * Makes several customers one, field by field; whatever hangs on the others hangs on the one that stays, and their ids
 * lead to it. Needs the right to change each of them.
 */
export async function mergeCustomers(
  ctx: Context,
  survivorId: string,
  { seenVersion, others, choices = {} }: BodyOf<typeof contract>,
): Promise<ReplyInput<typeof contract>> {
  const ids = idsToMerge(survivorId, others);
  const [survivor, ...merged] = await lockAll(ctx, ids, [seenVersion, ...others.map((other) => other.seenVersion)]);
  const after: Customer = {
    ...survivor,
    ...chosenFields([survivor, ...merged], customerMergeFields, choices),
    tags: distinctTags([survivor, ...merged].flatMap(({ tags }) => tags)),
    custom: unitedValues([survivor, ...merged].map(({ custom }) => custom)),
    version: survivor.version + 1,
  };
  await requireHandOver(ctx, "customer.assign", survivor, after);
  widen(ctx);
  const mergeId = uuidv7();
  // In the trash first: they give their external ids free.
  for (const { id, version } of merged) await markCustomer(ctx, id, "deleted", version + 1);
  await saveCustomer(ctx, after);
  await redirectRecords(ctx, { entity: "customer", mergeId, survivorId, merged });
  const moved = await moveChildren(
    ctx,
    after,
    merged.map(({ id }) => id),
  );
  await keepMerge(ctx, { mergeId, entity: "customer", survivorId, choices, before: [survivor, ...merged], moved });
  announce(ctx, survivor, after, merged);
  return { customer: await getCustomer(ctx, survivorId), moved: countsOf(moved) };
}

/** @throws Refusal 404 not in sight, 409 merged by somebody else meanwhile, 403 beyond reach, 412 changed since it was seen */
async function lockAll(
  ctx: Context,
  ids: readonly string[],
  seenVersions: readonly number[],
): Promise<[Customer, ...Customer[]]> {
  const locked = await lockedById(ids, async (id) => {
    try {
      return await lockCustomer(ctx, id);
    } catch (error) {
      await refuseMerged(ctx, "customer", id);
      throw error;
    }
  });
  for (const { ownerId } of locked) await requireReach(ctx, "customer.edit", ownerId);
  for (const [place, customer] of locked.entries()) {
    await refuseStale(customer, seenVersions[place], () => getCustomer(ctx, customer.id));
  }
  return locked as [Customer, ...Customer[]];
}

async function moveChildren(ctx: Context, after: Customer, mergedIds: readonly string[]): Promise<Moved[]> {
  const moved = [await moveContactsOfCustomers(ctx, after.id, mergedIds)];
  for (const table of ["opportunity", "interaction"]) {
    moved.push(await repoint(ctx, { table, column: "customer_id" }, after.id, mergedIds));
  }
  moved.push(await repoint(ctx, { table: "file", column: "subject_id", subject: "customer" }, after.id, mergedIds));
  await moveWithCustomers(ctx, [after.id], after.ownerId);
  return [...moved, ...(await customersMerged.ask(ctx, { survivorId: after.id, mergedIds }))];
}

function announce(ctx: Context, survivor: Customer, after: Customer, merged: readonly Customer[]): void {
  const names = merged.map(({ name }) => name);
  ctx.emit({
    type: "customer.merged",
    ...about(after),
    previousOwnerId: survivor.ownerId,
    facts: { name: after.name, mergedIds: merged.map(({ id }) => id), names },
  });
  for (const customer of merged) {
    const version = customer.version + 1;
    ctx.emit({
      type: "customer.absorbed",
      ...about({ ...customer, version }),
      facts: { name: customer.name, intoId: after.id, into: after.name },
    });
  }
}
