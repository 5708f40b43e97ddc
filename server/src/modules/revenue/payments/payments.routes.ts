import * as contracts from "@rainmaker/contracts/revenue/payments";
import { Refusal } from "#platform/errors";
import { serve, serveRead, serveUpload, type Http } from "#platform/http";
import { getPayment, listPayments } from "./payments.query.ts";
import { addEvidence, recordPayment, submitPayment, updatePayment } from "./record-payment.command.ts";
import { readQueue } from "./verification-queue.query.ts";
import { rejectPayment, verifyPayment } from "./verify-payment.command.ts";

const proofTypes: ReadonlySet<string> = new Set(["application/pdf", "image/png", "image/jpeg", "image/webp"]);

export function paymentRoutes(http: Http): void {
  serveRead(http, contracts.listPayments, "statement", (ctx, _, query) => listPayments(ctx, query));
  serveRead(http, contracts.getPayment, "statement", (ctx, { paymentId }) => getPayment(ctx, paymentId));
  serveRead(http, contracts.readQueue, "snapshot", (ctx, _, query) => readQueue(ctx, query));
  serve(http, contracts.recordPayment, async (ctx, _, body) => getPayment(ctx, await recordPayment(ctx, body)));
  serve(http, contracts.updatePayment, async (ctx, { paymentId }, body, asked) => {
    await updatePayment(ctx, paymentId, body, asked);
    return getPayment(ctx, paymentId);
  });
  const upload = { folder: "payments", maxBytes: 25_000_000, checkType: refuseOtherTypes };
  serveUpload(http, contracts.addEvidence, upload, async (ctx, { paymentId }, _, file) => {
    await addEvidence(ctx, paymentId, file);
    return getPayment(ctx, paymentId);
  });
  serve(http, contracts.submitPayment, async (ctx, { paymentId }, _, { seenVersion }) => {
    await submitPayment(ctx, paymentId, seenVersion);
    return getPayment(ctx, paymentId);
  });
  serveDecisions(http);
}

/** Refused attempts are written down: somebody who tries to approve their own payment leaves a trace. */
function serveDecisions(http: Http): void {
  const onRefusal = (refusal: Refusal, { paymentId }: { paymentId: string }) =>
    refusal.kind === "forbidden"
      ? { type: "payment.decision-refused" as const, recordId: paymentId, facts: { code: refusal.code } }
      : null;
  serve(
    http,
    contracts.decidePayment,
    async (ctx, { paymentId }, body) => {
      const note = body.note ?? null;
      if (body.verdict === "verified") await verifyPayment(ctx, paymentId, body.seenVersion, note);
      else await rejectPayment(ctx, paymentId, body.seenVersion, { reasonCode: body.reasonCode, note });
      return getPayment(ctx, paymentId);
    },
    { onRefusal },
  );
  serve(
    http,
    contracts.approvePayment,
    async (ctx, { paymentId }, { seenVersion }) => {
      await verifyPayment(ctx, paymentId, seenVersion, null);
      return getPayment(ctx, paymentId);
    },
    { onRefusal },
  );
}

function refuseOtherTypes(type: string): void {
  if (proofTypes.has(type)) return;
  const message = "A proof is a PDF, PNG, JPEG or WebP; this file's content is something else";
  throw new Refusal("invalid", "unsupported_file_type", message, {
    errors: [{ path: "file", code: "unsupported_file_type", message }],
  });
}
