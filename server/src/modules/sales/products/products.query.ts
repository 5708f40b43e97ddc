import type { ReplyInput } from "@rainmaker/contracts/endpoint";
import { toWire } from "@rainmaker/contracts/money";
import type { listProducts as listContract } from "@rainmaker/contracts/sales/products";
import { notFound } from "#platform/errors";
import type { SalesContext } from "../sales.context.ts";

type Reply = ReplyInput<typeof listContract>["items"][number];
type Row = { id: string; name: string; price_minor: bigint | null; currency: string | null; version: number };

export async function listProducts(ctx: SalesContext): Promise<ReplyInput<typeof listContract>> {
  const rows = await ctx.tx
    .selectFrom("product")
    .select(["id", "name", "price_minor", "currency", "version"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .orderBy("name")
    .limit(1000)
    .execute();
  return { items: rows.map(toReply) };
}

/** @throws Refusal 404 */
export async function getProduct(ctx: SalesContext, productId: string): Promise<Reply> {
  const row = await ctx.tx
    .selectFrom("product")
    .select(["id", "name", "price_minor", "currency", "version"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", productId)
    .executeTakeFirst();
  if (row === undefined) throw notFound("product");
  return toReply(row);
}

function toReply({ id, name, price_minor: price, currency, version }: Row): Reply {
  return { id, name, price: price === null || currency === null ? null : toWire(price, currency), version };
}
