import { applyToInvoice as applyContract } from "@rainmaker/contracts/revenue/customer-credit";
import * as contracts from "@rainmaker/contracts/revenue/invoices";
import { serve, serveDownload, serveRead, type Http } from "#platform/http";
import { creditInvoice } from "./credit-invoice.command.ts";
import { createInvoice, discardInvoice, updateInvoice } from "./draft-invoice.command.ts";
import { readSummary } from "./invoice-summary.query.ts";
import { getInvoice, getInvoiceOfPayment, listInvoices } from "./invoices.query.ts";
import { issueInvoice } from "./issue-invoice.command.ts";
import { entityReply, listEntities } from "./legal-entities.query.ts";
import { fileOf } from "./render-invoice.job.ts";
import { readRendering } from "./rendering.query.ts";
import { createLegalEntity, updateLegalEntity } from "./save-legal-entity.command.ts";
import { requestDelivery } from "./send-invoice.command.ts";
import { applyToInvoice } from "./settle-payment.command.ts";

export function invoiceRoutes(http: Http): void {
  serveRead(http, contracts.listInvoices, "statement", (ctx, _, query) => listInvoices(ctx, query));
  serveRead(http, contracts.readInvoiceSummary, "statement", (ctx) => readSummary(ctx));
  serveRead(http, contracts.getInvoice, "statement", (ctx, { invoiceId }) => getInvoice(ctx, invoiceId));
  serveRead(http, contracts.getInvoiceOfPayment, "statement", (ctx, { paymentId }) =>
    getInvoiceOfPayment(ctx, paymentId),
  );
  serve(http, contracts.createInvoice, async (ctx, _, body) => getInvoice(ctx, await createInvoice(ctx, body)));
  serve(http, contracts.updateInvoice, async (ctx, { invoiceId }, body, asked) => {
    await updateInvoice(ctx, invoiceId, body, asked);
    return getInvoice(ctx, invoiceId);
  });
  serve(http, contracts.discardInvoice, (ctx, { invoiceId }, _, asked) => discardInvoice(ctx, invoiceId, asked));
  serve(http, contracts.issueInvoice, async (ctx, { invoiceId }, _, asked) => {
    await issueInvoice(ctx, invoiceId, asked);
    return getInvoice(ctx, invoiceId);
  });
  serve(http, contracts.createCreditNote, async (ctx, { invoiceId }, body) =>
    getInvoice(ctx, await creditInvoice(ctx, invoiceId, body)),
  );
  serve(http, applyContract, async (ctx, { invoiceId }, body) => {
    await applyToInvoice(ctx, invoiceId, body);
    return getInvoice(ctx, invoiceId);
  });
  serve(http, contracts.sendInvoice, async (ctx, { invoiceId }, body) => {
    await requestDelivery(ctx, invoiceId, body, http.config.SMTP_URL !== "");
    return getInvoice(ctx, invoiceId);
  });
  servePdf(http);
  serveLegalEntities(http);
}

function servePdf(http: Http): void {
  serveDownload(http, contracts.readInvoicePdf, async (ctx, { invoiceId }, { download }) => {
    // With the viewer's sight: whoever does not see the invoice does not see its file.
    const { document, file } = await readRendering(ctx, invoiceId);
    const content =
      file === null
        ? (await fileOf(http, ctx.actor.organizationId, invoiceId)).content
        : await http.storage.read(file.key);
    const name = `${document.number ?? "invoice"}.pdf`;
    return { content, name, type: "application/pdf", inline: download === undefined };
  });
}

function serveLegalEntities(http: Http): void {
  serveRead(http, contracts.listLegalEntities, "statement", (ctx) => listEntities(ctx));
  serve(http, contracts.createLegalEntity, async (ctx, _, body) => entityReply(await createLegalEntity(ctx, body)));
  serve(http, contracts.updateLegalEntity, async (ctx, { legalEntityId }, body, asked) =>
    entityReply(await updateLegalEntity(ctx, legalEntityId, body, asked)),
  );
}
