import { refuseMerged } from "#modules/records";
import { requireReach, widen } from "#platform/scope";
import { Refusal, refuseStale } from "#platform/errors";
import type { Asked } from "#platform/http";
import type { SalesContext } from "../sales.context.ts";
import { getCustomer } from "./customers.query.ts";
import { findByExternalId, listInUse, lockCustomer, markCustomer } from "./customers.store.ts";
import { about } from "./save-customer.command.ts";

/** Moves a customer to the trash; one that somebody is selling to stays. */
export async function deleteCustomer(ctx: SalesContext, customerId: string, { seenVersion }: Asked): Promise<void> {
  const customer = await lockCustomer(ctx, customerId);
  await requireReach(ctx, "customer.delete", customer.ownerId);
  await refuseStale(customer, seenVersion, () => getCustomer(ctx, customerId));
  widen(ctx);
  if ((await listInUse(ctx, [customerId])).length > 0) throw customerInUse();
  const version = customer.version + 1;
  await markCustomer(ctx, customerId, "deleted", version);
  ctx.emit({ type: "customer.deleted", ...about({ ...customer, version }), facts: { name: customer.name } });
}

export function customerInUse(): Refusal {
  const message = "Opportunities belong to this customer; move or delete them first";
  return new Refusal("conflict", "customer_in_use", message);
}

export async function restoreCustomer(ctx: SalesContext, customerId: string): Promise<void> {
  const customer = await lockCustomer(ctx, customerId, "deleted");
  await requireReach(ctx, "customer.delete", customer.ownerId);
  widen(ctx);
  await refuseMerged(ctx, "customer", customerId);
  if (customer.externalId !== null && (await findByExternalId(ctx, customer.externalId)) !== undefined) {
    throw new Refusal("conflict", "external_id_taken", "Another customer has taken this one's external id meanwhile");
  }
  const version = customer.version + 1;
  await markCustomer(ctx, customerId, "live", version);
  ctx.emit({ type: "customer.restored", ...about({ ...customer, version }), facts: { name: customer.name } });
}
