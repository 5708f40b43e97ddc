import { repoint, type Moved } from "#modules/records";
import type { CustomersMerged } from "#modules/sales";
import { holds, type Context } from "#platform/context";
import { Refusal } from "#platform/errors";
import { listEarners } from "./merged-customers.store.ts";

/** What follows a customer; the ledger keeps the customer it was posted for, whose id leads to the one that stays. */
const children = ["deal", "payment", "refund", "invoice", "dispute", "commission_adjustment"] as const;

/**
 * Hangs deals, payments and invoices of merged customers on the one that stays. Amounts stay as they are.
 * @throws Refusal 403 where different people have earned from them and the actor leads nobody
 */
export async function followMerge(ctx: Context, { survivorId, mergedIds }: CustomersMerged): Promise<Moved> {
  if (!holds(ctx.actor, "deal.approve")) await refuseOthersEarnings(ctx, [survivorId, ...mergedIds]);
  const moved: Moved[] = [];
  for (const table of children) {
    moved.push(await repoint(ctx, { table, column: "customer_id" }, survivorId, mergedIds));
  }
  return Object.assign({}, ...moved) as Moved;
}

async function refuseOthersEarnings(ctx: Context, customerIds: readonly string[]): Promise<void> {
  const earners = await listEarners(ctx, customerIds);
  if (new Set(earners).size < 2) return;
  const message = "Commission of different people was paid for these customers; a manager has to merge them";
  throw new Refusal("forbidden", "needs_manager", message);
}
