import { v7 as uuidv7 } from "uuid";
import { actingMember } from "#platform/context";
import { notFound } from "#platform/errors";
import type { RevenueContext } from "../revenue.context.ts";
import type { Invoice } from "./invoice.ts";

export type Delivery = {
  readonly id: string;
  readonly invoiceId: string;
  readonly recipients: readonly string[];
  readonly message: string | null;
  readonly status: "queued" | "sent" | "failed";
};

/** @returns its id */
export async function insertDelivery(
  ctx: RevenueContext,
  invoice: Invoice,
  recipients: readonly string[],
  message: string | null,
): Promise<string> {
  const id = uuidv7();
  await ctx.tx
    .insertInto("invoice_delivery")
    .values({
      organization_id: ctx.actor.organizationId,
      id,
      invoice_id: invoice.id,
      owner_id: invoice.ownerId,
      recipients: [...recipients],
      message,
      status: "queued",
      requested_by: actingMember(ctx),
      requested_at: ctx.now.toISOString(),
    })
    .execute();
  return id;
}

/** @throws Refusal 404 */
export async function getDelivery(ctx: RevenueContext, deliveryId: string): Promise<Delivery> {
  const row = await ctx.tx
    .selectFrom("invoice_delivery")
    .select(["id", "invoice_id", "recipients", "message", "status"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", deliveryId)
    .executeTakeFirst();
  if (row === undefined) throw notFound("delivery");
  return { ...row, invoiceId: row.invoice_id, status: row.status as Delivery["status"] };
}

/** @returns false where it was finished before */
export async function finishDelivery(
  ctx: RevenueContext,
  deliveryId: string,
  failure: string | null,
): Promise<boolean> {
  const { numUpdatedRows } = await ctx.tx
    .updateTable("invoice_delivery")
    .set({ status: failure === null ? "sent" : "failed", failure, finished_at: ctx.now.toISOString() })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", deliveryId)
    .where("status", "=", "queued")
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
