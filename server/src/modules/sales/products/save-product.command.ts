import type { BodyOf } from "@rainmaker/contracts/endpoint";
import { fromWire, toWire, type Money, type WireMoney } from "@rainmaker/contracts/money";
import type {
  createProduct as createContract,
  updateProduct as updateContract,
} from "@rainmaker/contracts/sales/products";
import { v7 as uuidv7 } from "uuid";
import { changesBetween, patched } from "#platform/audit";
import { Refusal, refuseStale } from "#platform/errors";
import type { Asked } from "#platform/http";
import type { SalesContext } from "../sales.context.ts";
import { getProduct } from "./products.query.ts";
import { findProductByName, insertProduct, lockProduct, saveProduct, type Product } from "./products.store.ts";

export async function createProduct(ctx: SalesContext, body: BodyOf<typeof createContract>): Promise<string> {
  const product = { id: uuidv7(), name: body.name, price: priceOf(body.price) ?? null, version: 1 };
  await refuseTakenName(ctx, product);
  await insertProduct(ctx, product);
  ctx.emit({ type: "product.created", ...about(product), facts: { name: product.name } });
  return product.id;
}

export async function updateProduct(
  ctx: SalesContext,
  productId: string,
  body: BodyOf<typeof updateContract>,
  { seenVersion }: Asked,
): Promise<void> {
  const before = await lockProduct(ctx, productId);
  await refuseStale(before, seenVersion, () => getProduct(ctx, productId));
  const fields = { name: body.name, price: priceOf(body.price) };
  const after: Product = { ...patched(before, fields), version: before.version + 1 };
  await refuseTakenName(ctx, after);
  await saveProduct(ctx, after);
  const changes = changesBetween(told(before), told(after));
  ctx.emit({ type: "product.changed", ...about(after), changes, facts: { name: after.name } });
}

function priceOf(price: WireMoney | null | undefined): Money | null | undefined {
  return price == null ? price : fromWire(price);
}

async function refuseTakenName(ctx: SalesContext, { id, name }: Product): Promise<void> {
  const holder = await findProductByName(ctx, name);
  if (holder === undefined || holder === id) return;
  const message = "Another product has this name";
  throw new Refusal("conflict", "name_taken", message, { errors: [{ path: "name", code: "name_taken", message }] });
}

function told({ name, price }: Product): object {
  return { name, price: price === null ? null : toWire(price.minor, price.currency) };
}

function about({ id, name, version }: Product): { recordId: string; label: string; version: number } {
  return { recordId: id, label: name, version };
}
