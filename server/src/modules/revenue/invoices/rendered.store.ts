import type { RevenueContext } from "../revenue.context.ts";

/** @returns false where it was rendered meanwhile */
export async function saveRendering(
  ctx: RevenueContext,
  invoiceId: string,
  { ownerId, sha256, key }: { readonly ownerId: string; readonly sha256: Buffer; readonly key: string },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows: made } = await ctx.tx
    .insertInto("invoice_file")
    .values({
      organization_id: ctx.actor.organizationId,
      invoice_id: invoiceId,
      owner_id: ownerId,
      sha256,
      storage_key: key,
      rendered_at: ctx.now.toISOString(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return made === 1n;
}
