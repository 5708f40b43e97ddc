import type { Money } from "@rainmaker/contracts/money";
import { sql } from "kysely";
import { invalidField, notFound } from "#platform/errors";
import type { SalesContext } from "../sales.context.ts";

export type Product = {
  readonly id: string;
  readonly name: string;
  readonly price: Money | null;
  readonly version: number;
};

/**
 * The products of a request, by id.
 * @param pathOf of a product in the request, by its place
 * @throws Refusal 422 that names the first product there is not
 */
export async function requireProducts(
  ctx: SalesContext,
  productIds: readonly string[],
  pathOf: (place: number) => string,
): Promise<ReadonlyMap<string, Product>> {
  if (productIds.length === 0) return new Map();
  const rows = await ctx.tx
    .selectFrom("product")
    .select(["id", "name", "price_minor", "currency", "version"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "in", [...productIds])
    .execute();
  const known = new Map(rows.map((row) => [row.id, toProduct(row)]));
  const unknown = productIds.findIndex((id) => !known.has(id));
  if (unknown >= 0) throw invalidField(pathOf(unknown), "product_unknown", "There is no such product");
  return known;
}

type Row = { id: string; name: string; price_minor: bigint | null; currency: string | null; version: number };

function toProduct({ id, name, price_minor: minor, currency, version }: Row): Product {
  return { id, name, price: minor === null || currency === null ? null : { minor, currency }, version };
}

export async function insertProduct(ctx: SalesContext, product: Product): Promise<void> {
  await ctx.tx
    .insertInto("product")
    .values({
      organization_id: ctx.actor.organizationId,
      id: product.id,
      ...columnsOf(product),
      created_at: ctx.now.toISOString(),
    })
    .execute();
}

function columnsOf({ name, price, version }: Product) {
  return { name, price_minor: price?.minor ?? null, currency: price?.currency ?? null, version };
}

/** Loads for update. @throws Refusal 404 */
export async function lockProduct(ctx: SalesContext, productId: string): Promise<Product> {
  const row = await ctx.tx
    .selectFrom("product")
    .select(["id", "name", "price_minor", "currency", "version"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", productId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notFound("product");
  return toProduct(row);
}

export async function saveProduct(ctx: SalesContext, product: Product): Promise<void> {
  await ctx.tx
    .updateTable("product")
    .set(columnsOf(product))
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", product.id)
    .execute();
}

export async function findProductByName(ctx: SalesContext, name: string): Promise<string | undefined> {
  const row = await ctx.tx
    .selectFrom("product")
    .select("id")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where(sql`lower(name)`, "=", sql`lower(${name})`)
    .executeTakeFirst();
  return row?.id;
}
