import type { BodyOf } from "@rainmaker/contracts/endpoint";
import { fromWire } from "@rainmaker/contracts/money";
import type { recordRefund as recordContract } from "@rainmaker/contracts/revenue/refunds";
import { dayIn } from "@rainmaker/contracts/time";
import { v7 as uuidv7 } from "uuid";
import { insertFile } from "#modules/records";
import { actingMember } from "#platform/context";
import { Refusal, refuseStale } from "#platform/errors";
import type { Upload } from "#platform/http";
import { requireReach, widen } from "#platform/scope";
import type { Deal } from "../deals/deal.ts";
import { listCredits } from "../deals/deals.store.ts";
import { payInvoices, takeOffInvoices } from "../invoices/settle-payment.command.ts";
import type { RevenueContext } from "../revenue.context.ts";
import { about, amountOf } from "./announce-payment.ts";
import { freeOf } from "./customer-credit.ts";
import { checkAmount, checkValueDate, type Payment } from "./payment.ts";
import { lockDealAndPayment } from "./payments.store.ts";
import { checkRoom, decideRefund as decide, proveRefund, withdrawRefund as withdraw, type Refund } from "./refund.ts";
import { getRefund } from "./refunds.query.ts";
import {
  addRefunded,
  getPaymentOfRefund,
  insertRefund,
  lockRefund,
  readGoneBack,
  saveRefund,
} from "./refunds.store.ts";
import { applyNetChange } from "./reverse-payment.command.ts";

/** Records that money of a verified payment went back. It counts once its proof is verified. */
export async function recordRefund(
  ctx: RevenueContext,
  paymentId: string,
  body: BodyOf<typeof recordContract>,
): Promise<string> {
  const { deal, payment } = await lockDealAndPayment(ctx, paymentId);
  await requireReach(ctx, "refund.record", payment.ownerId);
  const { minor, currency } = fromWire(body.amount);
  checkAmount(minor, currency, payment.currency);
  checkValueDate(body.valueOn, dayIn(ctx.organization.timeZone, ctx.now));
  checkRoom(payment, { kind: body.kind, amountMinor: minor }, await readGoneBack(ctx, paymentId));
  const refund: Refund = {
    id: uuidv7(),
    ownerId: payment.ownerId,
    paymentId,
    dealId: deal.id,
    customerId: payment.customerId,
    kind: body.kind,
    amountMinor: minor,
    currency,
    valueOn: body.valueOn,
    reference: body.reference == null || body.reference === "" ? null : body.reference,
    reason: body.reason,
    status: "draft",
    recordedBy: actingMember(ctx),
    submittedAt: null,
    decidedBy: null,
    decidedAt: null,
    note: null,
    version: 1,
  };
  await insertRefund(ctx, refund);
  ctx.emit({ type: "payment.refund-recorded", ...about(payment, deal), facts: factsOf(refund) });
  return refund.id;
}

/** Attaches a proof, which sends the refund to be verified. */
export async function addRefundEvidence(ctx: RevenueContext, refundId: string, upload: Upload): Promise<void> {
  const { deal, payment, refund } = await lockWhole(ctx, refundId);
  await requireReach(ctx, "refund.record", payment.ownerId);
  const proven = proveRefund(refund, ctx.now);
  await insertFile(ctx, {
    id: uuidv7(),
    ownerId: refund.ownerId,
    subject: "refund",
    subjectId: refundId,
    name: upload.name,
    type: upload.type,
    size: upload.size,
    sha256: upload.sha256,
    storageKey: upload.key,
  });
  await saveRefund(ctx, proven);
  ctx.emit({ type: "payment.refund-submitted", ...about(payment, deal), facts: factsOf(proven) });
}

export async function withdrawRefund(ctx: RevenueContext, refundId: string): Promise<void> {
  const { deal, payment, refund } = await lockWhole(ctx, refundId);
  await requireReach(ctx, "refund.record", payment.ownerId);
  const withdrawn = withdraw(refund);
  await saveRefund(ctx, withdrawn);
  ctx.emit({ type: "payment.refund-withdrawn", ...about(payment, deal), facts: factsOf(withdrawn) });
}

/** Verifies or rejects a refund that somebody else recorded. Verified, what is left of the payment counts from here on. */
export async function decideRefund(
  ctx: RevenueContext,
  refundId: string,
  verdict: "verified" | "rejected",
  { seenVersion, note }: { readonly seenVersion: number; readonly note: string | null },
): Promise<void> {
  const { deal, payment, refund } = await lockWhole(ctx, refundId);
  const credits = await listCredits(ctx, deal.id);
  const stakes = { ownerId: payment.ownerId, creditedIds: credits.map(({ participantId }) => participantId) };
  const decided = decide(refund, verdict, { by: actingMember(ctx), note, now: ctx.now }, stakes);
  await refuseStale(refund, seenVersion, () => getRefund(ctx, refundId));
  widen(ctx); // Earners' totals are not the verifier's to see.
  if (verdict === "rejected") {
    await saveRefund(ctx, decided);
    ctx.emit({ type: "payment.refund-rejected", ...about(payment, deal), facts: { ...factsOf(refund), note } });
    return;
  }
  const left = payment.amountMinor - payment.refundedMinor;
  const goesBack = refund.kind === "chargeback_won" ? -refund.amountMinor : refund.amountMinor;
  if (!(await addRefunded(ctx, payment.id, goesBack))) {
    throw new Refusal("conflict", "refund_exceeds_captured", "More would go back than is left of the payment");
  }
  await saveRefund(ctx, decided, left);
  const change = {
    deal,
    payment,
    credits,
    causeId: refund.id,
    kind: refund.kind,
    reason: refund.reason,
    happenedOn: refund.valueOn,
    before: left,
    after: left - goesBack,
  };
  ctx.emit({
    type: "payment.refunded",
    ...about({ ...payment, version: payment.version + 1 }, deal),
    facts: { ...(await applyNetChange(ctx, change)), refundId, kind: refund.kind },
  });
  const after = { ...payment, refundedMinor: payment.refundedMinor + goesBack };
  // What is left no longer covers what is applied: that much comes off. What came again pays invoices again.
  if (goesBack < 0n) await payInvoices(ctx, deal, after);
  else if (freeOf(after) < 0n) await takeOffInvoices(ctx, deal, after, -freeOf(after));
}

/** Deal, payment, refund: in this order everywhere. */
async function lockWhole(
  ctx: RevenueContext,
  refundId: string,
): Promise<{ deal: Deal; payment: Payment; refund: Refund }> {
  const { deal, payment } = await lockDealAndPayment(ctx, await getPaymentOfRefund(ctx, refundId));
  return { deal, payment, refund: await lockRefund(ctx, refundId) };
}

function factsOf(refund: Refund): { refundId: string; kind: string; amount: ReturnType<typeof amountOf> } {
  return { refundId: refund.id, kind: refund.kind, amount: amountOf(refund) };
}
