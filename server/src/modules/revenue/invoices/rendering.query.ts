import { notFound } from "#platform/errors";
import { withinReach } from "#platform/scope";
import type { RevenueContext } from "../revenue.context.ts";
import type { InvoiceDocument } from "./invoice.ts";

export type Rendering = {
  readonly document: InvoiceDocument;
  readonly ownerId: string;
  /** Hash and place of the file; null until it was rendered. */
  readonly file: { readonly sha256: Buffer; readonly key: string } | null;
};

/** What an issued document in sight is rendered from, and where the file is. @throws Refusal 404 also for a draft */
export async function readRendering(ctx: RevenueContext, invoiceId: string): Promise<Rendering> {
  const row = await ctx.tx
    .selectFrom("invoice as i")
    .leftJoin("invoice_file as f", (join) =>
      join.onRef("f.organization_id", "=", "i.organization_id").onRef("f.invoice_id", "=", "i.id"),
    )
    .select(["i.snapshot", "i.owner_id", "f.sha256", "f.storage_key"])
    .where("i.organization_id", "=", ctx.actor.organizationId)
    .where("i.id", "=", invoiceId)
    .where("i.status", "=", "issued")
    .where((eb) => withinReach(ctx, "invoice", eb.ref("i.owner_id")))
    .executeTakeFirst();
  if (row === undefined) throw notFound("issued invoice");
  const { sha256, storage_key: key } = row;
  return {
    document: row.snapshot as unknown as InvoiceDocument,
    ownerId: row.owner_id,
    file: sha256 === null || key === null ? null : { sha256, key },
  };
}
