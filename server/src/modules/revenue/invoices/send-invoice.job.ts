import { Refusal } from "#platform/errors";
import type { JobWork } from "#platform/jobs";
import type { Mail } from "#platform/mail";
import { inRead, inTransaction, systemCaller, type Caller } from "#platform/tenant";
import { about } from "./announce-invoice.ts";
import { finishDelivery, getDelivery, type Delivery } from "./deliveries.store.ts";
import type { InvoiceDocument } from "./invoice.ts";
import { lockInvoice, opportunityOf } from "./invoices.store.ts";
import { fileOf } from "./render-invoice.job.ts";

/**
 * Sends a document by mail. What the server will never take fails for good; anything else is tried again, under the
 * same message id.
 */
export async function sendInvoiceJob(work: JobWork): Promise<void> {
  const { workplace, payload, mailer, clock } = work;
  const system = await systemCaller(workplace, payload.organizationId, clock());
  const delivery = await inRead(workplace, system, "statement", (ctx) => getDelivery(ctx, payload.subjectId));
  if (delivery.status !== "queued") return;
  const { document, content } = await fileOf(work, payload.organizationId, delivery.invoiceId);
  try {
    await mailer.send(mailOf(delivery, document, content));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return finish(work, system, delivery, error.message);
  }
  await finish(work, system, delivery, null);
}

async function finish(
  { workplace }: JobWork,
  system: Caller,
  delivery: Delivery,
  failure: string | null,
): Promise<void> {
  const { id: deliveryId, recipients, invoiceId } = delivery;
  await inTransaction(workplace, system, async (ctx) => {
    if (!(await finishDelivery(ctx, deliveryId, failure))) return;
    const invoice = await lockInvoice(ctx, invoiceId);
    const what = about(invoice, await opportunityOf(ctx, invoice.dealId));
    if (failure === null)
      ctx.emit({ type: "invoice.delivered", ...what, facts: { deliveryId, recipients: [...recipients] } });
    else ctx.emit({ type: "invoice.delivery-failed", ...what, facts: { deliveryId, reason: failure } });
  });
}

function mailOf({ id, recipients, message }: Delivery, document: InvoiceDocument, content: Buffer): Mail {
  const { seller, currency, total, dueOn, kind } = document;
  const number = document.number ?? "";
  const title = kind === "invoice" ? "Invoice" : "Credit note";
  const due = dueOn === null ? "" : `, due ${dueOn}`;
  const text = [message, `${title} ${number}: ${currency} ${total}${due}.`, seller.name].filter(
    (part) => part !== null,
  );
  return {
    id,
    to: recipients,
    replyTo: seller.email,
    subject: `${title} ${number} from ${seller.name}`,
    text: `${text.join("\n\n")}\n`,
    attachments: [{ name: `${number}.pdf`, type: "application/pdf", content }],
  };
}
