import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type { sendInvoice as contract } from "@rainmaker/contracts/revenue/invoices";
import { Refusal } from "#platform/errors";
import type { RevenueContext } from "../revenue.context.ts";
import { about } from "./announce-invoice.ts";
import { insertDelivery } from "./deliveries.store.ts";
import { lockInvoice, opportunityOf } from "./invoices.store.ts";

/** Asks for an issued document to be sent; a job does it. */
export async function requestDelivery(
  ctx: RevenueContext,
  invoiceId: string,
  { recipients, message }: BodyOf<typeof contract>,
  isMailSetUp: boolean,
): Promise<void> {
  const invoice = await lockInvoice(ctx, invoiceId);
  if (invoice.status !== "issued") {
    throw new Refusal("conflict", "invalid_transition", "Issue it first: a draft is not sent");
  }
  if (!isMailSetUp) {
    const sentence = "No mail server is set up; download the PDF and send it yourself, or ask whoever runs this server";
    throw new Refusal("conflict", "mail_not_set_up", sentence);
  }
  const to = [...new Set(recipients)];
  const deliveryId = await insertDelivery(ctx, invoice, to, message === "" ? null : (message ?? null));
  ctx.emit({
    type: "invoice.delivery-requested",
    ...about(invoice, await opportunityOf(ctx, invoice.dealId)),
    facts: { deliveryId, recipients: to },
  });
}
