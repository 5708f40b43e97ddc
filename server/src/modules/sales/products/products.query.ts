import type { ReplyInput } from "@rainmaker/contracts/endpoint";
import { toWire } from "@rainmaker/contracts/money";
import type { listProducts as listContract } from "@rainmaker/contracts/sales/opportunities";
import type { SalesContext } from "../sales.context.ts";

export async function listProducts(ctx: SalesContext): Promise<ReplyInput<typeof listContract>> {
  const rows = await ctx.tx
    .selectFrom("product")
    .select(["id", "name", "price_minor", "currency"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .orderBy("name")
    .limit(1000)
    .execute();
  return {
    items: rows.map(({ id, name, price_minor: price, currency }) => ({
      id,
      name,
      price: price === null || currency === null ? null : toWire(price, currency),
    })),
  };
}
