import type { BodyOf } from "@rainmaker/contracts/endpoint";
import { fromWire, toWire } from "@rainmaker/contracts/money";
import type {
  decideAdjustment as decideContract,
  proposeAdjustment as proposeContract,
} from "@rainmaker/contracts/revenue/adjustments";
import { v7 as uuidv7 } from "uuid";
import { actingMember } from "#platform/context";
import { invalidField, Refusal, refuseStale } from "#platform/errors";
import { requireReach, widen } from "#platform/scope";
import { insertDecided } from "../commissions/decided.store.ts";
import { getDisputed } from "../disputes/disputes.store.ts";
import { getCorrectablePeriod } from "../periods/periods.store.ts";
import type { RevenueContext } from "../revenue.context.ts";
import { issueStatements } from "../statements/statements.store.ts";
import { postable, requireSecond, type AdjustmentRecord } from "./adjustment.ts";
import { getAdjustment } from "./adjustments.query.ts";
import { insertAdjustment, lockAdjustment, saveDecided } from "./adjustments.store.ts";

/** Proposes a penalty or an extra about what a verified payment earned somebody else. It counts once another approves it. */
export async function proposeAdjustment(ctx: RevenueContext, body: BodyOf<typeof proposeContract>): Promise<string> {
  const { participantId, paymentId, code, reason } = body;
  await requireReach(ctx, "adjustment.propose", participantId);
  if (participantId === actingMember(ctx)) {
    throw new Refusal("forbidden", "self_approval", "Somebody else proposes changes to your commission");
  }
  const about = await getDisputed(ctx, paymentId, participantId);
  if (about.status !== "verified") {
    throw new Refusal("conflict", "payment_not_verified", "A payment earns once it is verified; this one is not yet");
  }
  const { minor, currency } = fromWire(body.amount);
  if (currency !== about.currency) {
    throw invalidField("amount.currency", "currency_differs", `Its commission is in ${about.currency}`);
  }
  const adjustment: AdjustmentRecord = {
    id: uuidv7(),
    ownerId: participantId,
    paymentId,
    dealId: about.dealId,
    customerId: about.customerId,
    code,
    reason,
    amountMinor: body.kind === "penalty" ? -minor : minor,
    currency,
    state: "proposed",
    proposedBy: actingMember(ctx),
    proposerName: ctx.actor.name,
    version: 1,
  };
  await insertAdjustment(ctx, adjustment);
  const facts = { paymentId, code, amount: toWire(adjustment.amountMinor, currency) };
  ctx.emit({ type: "adjustment.proposed", ...named(adjustment), facts });
  return adjustment.id;
}

/** Approves or declines what somebody else proposed. Approved, it is posted like the answer to a dispute. */
export async function decideAdjustment(
  ctx: RevenueContext,
  id: string,
  { verdict, seenVersion }: BodyOf<typeof decideContract>,
): Promise<void> {
  const adjustment = await lockAdjustment(ctx, id);
  await requireReach(ctx, "adjustment.approve", adjustment.ownerId);
  requireSecond(adjustment, actingMember(ctx));
  await refuseStale(adjustment, seenVersion, () => getAdjustment(ctx, id));
  const { paymentId, code, reason, currency, ownerId, proposerName } = adjustment;
  if (verdict === "declined") {
    await saveDecided(ctx, adjustment, "declined", null);
    ctx.emit({ type: "adjustment.declined", ...named(adjustment), facts: { paymentId, code } });
    return;
  }
  widen(ctx);
  const about = await getDisputed(ctx, paymentId, ownerId);
  const amountMinor = postable(adjustment.amountMinor, about.postedMinor);
  const period = await getCorrectablePeriod(ctx, about.month);
  const who = { proposedBy: proposerName, approvedBy: ctx.actor.name, approvedAt: ctx.now.toISOString() };
  const posting = { ...adjustment, kind: "adjustment" as const, causeId: id, month: about.month, amountMinor };
  await insertDecided(ctx, period, { ...posting, trace: { code, reason, ...who } });
  // A statement that is out already says what it says now, and is approved anew.
  if (period.state === "closing") await issueStatements(ctx, period, ownerId);
  await saveDecided(ctx, adjustment, "approved", amountMinor);
  const facts = { paymentId, code, posted: toWire(amountMinor, currency), month: period.month };
  ctx.emit({ type: "adjustment.approved", ...named(adjustment), facts });
}

function named({ id, code, ownerId, version }: AdjustmentRecord): {
  recordId: string;
  label: string;
  ownerId: string;
  version: number;
} {
  return { recordId: id, label: code, ownerId, version };
}
