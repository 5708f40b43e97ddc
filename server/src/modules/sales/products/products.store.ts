import { invalidField } from "#platform/errors";
import type { SalesContext } from "../sales.context.ts";

/** @throws Refusal 422 that names the first product there is not */
export async function requireProducts(ctx: SalesContext, productIds: readonly string[]): Promise<void> {
  if (productIds.length === 0) return;
  const rows = await ctx.tx
    .selectFrom("product")
    .select("id")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "in", [...productIds])
    .execute();
  const known = new Set(rows.map(({ id }) => id));
  const unknown = productIds.findIndex((id) => !known.has(id));
  if (unknown >= 0) throw invalidField(`productIds.${unknown}`, "product_unknown", "There is no such product");
}
