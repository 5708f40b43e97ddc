import type { BodyOf } from "@rainmaker/contracts/endpoint";
import * as credits from "@rainmaker/contracts/revenue/customer-credit";
import * as decisions from "@rainmaker/contracts/revenue/payment-decisions";
import * as recording from "@rainmaker/contracts/revenue/payment-recording";
import * as contracts from "@rainmaker/contracts/revenue/payments";
import type { Context } from "#platform/context";
import type { Refusal } from "#platform/errors";
import { serve, serveRead, serveUpload, type Http } from "#platform/http";
import { getPayment, listPayments } from "./payments.query.ts";
import { readCredit } from "./customer-credit.query.ts";
import { proofUpload } from "./proof.ts";
import { claimPayment, releasePayment } from "./claim-payment.command.ts";
import {
  addEvidence,
  deletePayment,
  recordPayment,
  submitPayment,
  updatePayment,
  withdrawPayment,
} from "./record-payment.command.ts";
import { reversePayment } from "./reverse-payment.command.ts";
import { readQueue } from "./verification-queue.query.ts";
import { payByCredit } from "./pay-by-credit.command.ts";
import { askAboutPayment, rejectPayment, verifyPayment } from "./verify-payment.command.ts";

export function paymentRoutes(http: Http): void {
  serveRead(http, contracts.listPayments, "statement", (ctx, _, query) => listPayments(ctx, query));
  serveRead(http, contracts.getPayment, "statement", (ctx, { paymentId }) => getPayment(ctx, paymentId));
  serveRead(http, contracts.readQueue, "snapshot", (ctx, _, query) => readQueue(ctx, query));
  serve(http, recording.recordPayment, async (ctx, _, body) => getPayment(ctx, await recordPayment(ctx, body)));
  serve(http, recording.updatePayment, async (ctx, { paymentId }, body, asked) => {
    await updatePayment(ctx, paymentId, body, asked);
    return getPayment(ctx, paymentId);
  });
  serveUpload(http, recording.addEvidence, proofUpload, async (ctx, { paymentId }, _, file) => {
    await addEvidence(ctx, paymentId, file);
    return getPayment(ctx, paymentId);
  });
  serve(http, recording.submitPayment, async (ctx, { paymentId }, { answer = null }, { seenVersion }) => {
    await submitPayment(ctx, paymentId, { seenVersion, answer });
    return getPayment(ctx, paymentId);
  });
  serve(http, recording.withdrawPayment, async (ctx, { paymentId }, _, { seenVersion }) => {
    await withdrawPayment(ctx, paymentId, seenVersion);
    return getPayment(ctx, paymentId);
  });
  serve(http, recording.deletePayment, (ctx, { paymentId }, _, asked) => deletePayment(ctx, paymentId, asked));
  serve(http, decisions.claimPayment, (ctx, { paymentId }) => claimPayment(ctx, paymentId));
  serve(http, decisions.releasePayment, (ctx, { paymentId }) => releasePayment(ctx, paymentId));
  serveRead(http, credits.readCustomerCredit, "statement", (ctx, { customerId }) => readCredit(ctx, customerId));
  serve(http, credits.payByCredit, async (ctx, { paymentId }, body) =>
    getPayment(ctx, await payByCredit(ctx, paymentId, body)),
  );
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
    decisions.decidePayment,
    async (ctx, { paymentId }, body) => {
      await decide(ctx, paymentId, body);
      return getPayment(ctx, paymentId);
    },
    { onRefusal },
  );
  serve(
    http,
    decisions.approvePayment,
    async (ctx, { paymentId }, { seenVersion }) => {
      await verifyPayment(ctx, paymentId, { seenVersion, note: null, isOneOfMany: false });
      return getPayment(ctx, paymentId);
    },
    { onRefusal },
  );
}

function decide(ctx: Context, paymentId: string, body: BodyOf<typeof decisions.decidePayment>): Promise<void> {
  const { seenVersion } = body;
  switch (body.verdict) {
    case "verified":
      return verifyPayment(ctx, paymentId, {
        seenVersion,
        note: body.note ?? null,
        isOneOfMany: body.isOneOfMany ?? false,
      });
    case "rejected":
      return rejectPayment(ctx, paymentId, seenVersion, { reasonCode: body.reasonCode, note: body.note ?? null });
    case "asked":
      return askAboutPayment(ctx, paymentId, seenVersion, body.note);
    case "reversed":
      return reversePayment(ctx, paymentId, seenVersion, body.note);
  }
}
