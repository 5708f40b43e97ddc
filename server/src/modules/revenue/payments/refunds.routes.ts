import * as contracts from "@rainmaker/contracts/revenue/refunds";
import { serve, serveRead, serveUpload, type Http } from "#platform/http";
import { proofUpload } from "./proof.ts";
import { addRefundEvidence, decideRefund, recordRefund, withdrawRefund } from "./refund-payment.command.ts";
import { getRefund, listRefunds } from "./refunds.query.ts";

export function refundRoutes(http: Http): void {
  serveRead(http, contracts.listRefunds, "statement", (ctx, _, query) => listRefunds(ctx, query));
  serve(http, contracts.recordRefund, async (ctx, { paymentId }, body) =>
    getRefund(ctx, await recordRefund(ctx, paymentId, body)),
  );
  serveUpload(http, contracts.addRefundEvidence, proofUpload, async (ctx, { refundId }, _, file) => {
    await addRefundEvidence(ctx, refundId, file);
    return getRefund(ctx, refundId);
  });
  serve(http, contracts.withdrawRefund, async (ctx, { refundId }) => {
    await withdrawRefund(ctx, refundId);
    return getRefund(ctx, refundId);
  });
  serve(http, contracts.decideRefund, async (ctx, { refundId }, body) => {
    const note = body.verdict === "rejected" ? body.note : null;
    await decideRefund(ctx, refundId, body.verdict, { seenVersion: body.seenVersion, note });
    return getRefund(ctx, refundId);
  });
}
