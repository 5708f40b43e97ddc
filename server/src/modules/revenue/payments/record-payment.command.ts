import type { BodyOf } from "@rainmaker/contracts/endpoint";
import { fromWire } from "@rainmaker/contracts/money";
import type {
  recordPayment as recordContract,
  updatePayment as updateContract,
} from "@rainmaker/contracts/revenue/payment-recording";
import { dayIn } from "@rainmaker/contracts/time";
import { v7 as uuidv7 } from "uuid";
import { deleteFiles, insertFile, listFileHashes, numberOf } from "#modules/records";
import { changesBetween } from "#platform/audit";
import { actingMember } from "#platform/context";
import { Refusal, refuseStale } from "#platform/errors";
import type { Asked, Upload } from "#platform/http";
import { requireReach, widen } from "#platform/scope";
import { lockDeal } from "../deals/deals.store.ts";
import type { RevenueContext } from "../revenue.context.ts";
import { about, amountOf } from "./announce-payment.ts";
import { findFirstUse, readApprovals, readQuorum, type FirstUse } from "./decisions.store.ts";
import {
  approvalsNeeded,
  checkAmount,
  checkDeletable,
  checkValueDate,
  correctPayment,
  newPayment,
  paymentRecord,
  submitPayment as submit,
  withdrawPayment as withdraw,
  type Payment,
} from "./payment.ts";
import { getPayment } from "./payments.query.ts";
import { deleteDraft, insertPayment, insertSubmission, lockDealAndPayment, savePayment } from "./payments.store.ts";

/**
 * Records money that arrived, in part or in full, as a draft.
 * @param at path of the payment in the request, for errors
 */
export async function recordPayment(
  ctx: RevenueContext,
  body: BodyOf<typeof recordContract>,
  at = "",
): Promise<string> {
  const deal = await lockDeal(ctx, body.dealId);
  await requireReach(ctx, "payment.record", deal.ownerId);
  if (deal.status === "cancelled") throw new Refusal("conflict", "deal_cancelled", "This deal is cancelled");
  const { minor, currency } = fromWire(body.amount);
  checkAmount(minor, currency, deal.currency, at);
  checkValueDate(body.valueOn, todayOf(ctx), at);
  const payment = await insertPayment(ctx, {
    ...newPayment(deal, actingMember(ctx)),
    id: uuidv7(),
    amountMinor: minor,
    method: body.method,
    valueOn: body.valueOn,
    reference: textOrNull(body.reference),
  });
  ctx.emit({ type: "payment.recorded", ...about(payment, deal), facts: factsOf(payment) });
  return payment.id;
}

/** Corrects a draft, or takes up a rejected payment again as its next version. */
export async function updatePayment(
  ctx: RevenueContext,
  paymentId: string,
  body: BodyOf<typeof updateContract>,
  { seenVersion }: Asked,
): Promise<void> {
  const { deal, payment } = await lockDealAndPayment(ctx, paymentId);
  await requireReach(ctx, "payment.record", payment.ownerId);
  const { minor, currency } =
    body.amount === undefined ? { minor: payment.amountMinor, currency: payment.currency } : fromWire(body.amount);
  checkAmount(minor, currency, deal.currency);
  if (body.valueOn !== undefined) checkValueDate(body.valueOn, todayOf(ctx));
  const corrected = correctPayment(payment, {
    amountMinor: minor,
    method: body.method ?? payment.method,
    valueOn: body.valueOn ?? payment.valueOn,
    reference: body.reference === undefined ? payment.reference : textOrNull(body.reference),
  });
  await refuseStale(payment, seenVersion, () => getPayment(ctx, paymentId));
  await savePayment(ctx, corrected);
  ctx.emit({
    type: "payment.changed",
    ...about(corrected, deal),
    changes: changesBetween(payment, corrected),
    facts: factsOf(corrected),
  });
}

/** Attaches a proof. A rejected payment becomes a draft again by it. */
export async function addEvidence(ctx: RevenueContext, paymentId: string, upload: Upload): Promise<void> {
  const { deal, payment } = await lockDealAndPayment(ctx, paymentId);
  await requireReach(ctx, "payment.record", payment.ownerId);
  const draft = correctPayment(payment, {});
  widen(ctx); // The same receipt is refused also where the first use is a colleague's.
  const first = await findFirstUse(ctx, upload.sha256, paymentId);
  if (first !== undefined) throw alreadyUsed(first);
  const fileId = uuidv7();
  await insertFile(ctx, {
    id: fileId,
    ownerId: payment.ownerId,
    subject: "payment",
    subjectId: paymentId,
    name: upload.name,
    type: upload.type,
    size: upload.size,
    sha256: upload.sha256,
    storageKey: upload.key,
  });
  await savePayment(ctx, draft);
  const sha256 = upload.sha256.toString("hex");
  ctx.emit({ type: "payment.evidence-added", ...about(draft, deal), facts: { fileId, name: upload.name, sha256 } });
}

function alreadyUsed({ number, recorder, at }: FirstUse): Refusal {
  const who = recorder === null ? "It was attached" : `${recorder} attached it`;
  const message = `This file is already the proof of ${numberOf(paymentRecord, number)}. ${who} on ${at}.`;
  return new Refusal("conflict", "proof_already_used", message);
}

/** Sends a payment to be verified, as it is now; also as the answer to what a verifier asked. */
export async function submitPayment(
  ctx: RevenueContext,
  paymentId: string,
  { seenVersion, answer }: { readonly seenVersion: number | undefined; readonly answer: string | null },
): Promise<void> {
  const { deal, payment } = await lockDealAndPayment(ctx, paymentId);
  await requireReach(ctx, "payment.record", payment.ownerId);
  const evidence = await listFileHashes(ctx, "payment", paymentId);
  const facts = { proofs: evidence.length, isDealApproved: deal.status === "approved" };
  const submitted = submit(payment, actingMember(ctx), facts, ctx.now);
  await refuseStale(payment, seenVersion, () => getPayment(ctx, paymentId));
  widen(ctx); // The quorum counts payments of the deal beyond reach, too.
  const { quorum, together } = await readQuorum(ctx, payment);
  await savePayment(ctx, submitted);
  const approvals = approvalsNeeded(together, payment.currency, quorum);
  await insertSubmission(ctx, submitted, { evidence, approvals, answer });
  ctx.emit({ type: "payment.submitted", ...about(submitted, deal), facts: factsOf(submitted) });
}

/** Takes back what the actor has sent. Its files are free to be the proof of another payment. */
export async function withdrawPayment(
  ctx: RevenueContext,
  paymentId: string,
  seenVersion: number | undefined,
): Promise<void> {
  const { deal, payment } = await lockDealAndPayment(ctx, paymentId);
  await requireReach(ctx, "payment.record", payment.ownerId);
  const { endorsedBy } = await readApprovals(ctx, payment);
  const withdrawn = withdraw(payment, actingMember(ctx), endorsedBy?.name ?? null);
  await refuseStale(payment, seenVersion, () => getPayment(ctx, paymentId));
  await savePayment(ctx, withdrawn);
  ctx.emit({
    type: "payment.withdrawn",
    ...about(withdrawn, deal),
    facts: { dealId: deal.id, amount: amountOf(withdrawn) },
  });
}

/** Deletes a draft that was never sent. */
export async function deletePayment(ctx: RevenueContext, paymentId: string, { seenVersion }: Asked): Promise<void> {
  const { deal, payment } = await lockDealAndPayment(ctx, paymentId);
  await requireReach(ctx, "payment.record", payment.ownerId);
  checkDeletable(payment);
  await refuseStale(payment, seenVersion, () => getPayment(ctx, paymentId));
  await deleteFiles(ctx, "payment", paymentId);
  await deleteDraft(ctx, paymentId);
  ctx.emit({ type: "payment.deleted", ...about(payment, deal), facts: { dealId: deal.id, amount: amountOf(payment) } });
}

function factsOf(payment: Payment): { dealId: string; amount: ReturnType<typeof amountOf>; valueOn: string } {
  return { dealId: payment.dealId, amount: amountOf(payment), valueOn: payment.valueOn };
}

function todayOf(ctx: RevenueContext): string {
  return dayIn(ctx.organization.timeZone, ctx.now);
}

function textOrNull(text: string | null | undefined): string | null {
  return text === undefined || text === null || text === "" ? null : text;
}
