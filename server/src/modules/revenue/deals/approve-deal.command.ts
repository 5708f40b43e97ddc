import { toWire } from "@rainmaker/contracts/money";
import { actingMember } from "#platform/context";
import { refuseStale } from "#platform/errors";
import { requireReach, widen } from "#platform/scope";
import type { RevenueContext } from "../revenue.context.ts";
import { about } from "./announce-deal.ts";
import { approveDeal as approve, returnDeal as giveBack, submitDeal as submit, type Deal } from "./deal.ts";
import { listCredits, lockDeal, saveDeal } from "./deals.store.ts";
import { getDeal } from "./deals.query.ts";

/** Asks for approval. The owner does, or whoever manages them. */
export async function submitDeal(ctx: RevenueContext, dealId: string, seenVersion: number | undefined): Promise<void> {
  const deal = await lockDeal(ctx, dealId);
  await requireReach(ctx, "deal.submit", deal.ownerId);
  const submitted = submit(deal, actingMember(ctx), await listCredits(ctx, dealId), ctx.now);
  await refuseStale(deal, seenVersion, () => getDeal(ctx, dealId));
  await saveDeal(ctx, submitted);
  ctx.emit({ type: "deal.submitted", ...about(submitted), facts: { title: deal.title, amount: amountOf(deal) } });
}

/** Approves: from here on amount and credits are frozen, and payments can be sent to verify. */
export async function approveDeal(ctx: RevenueContext, dealId: string, seenVersion: number | undefined): Promise<void> {
  const deal = await lockDeal(ctx, dealId);
  await requireReach(ctx, "deal.approve", deal.ownerId);
  widen(ctx);
  const approved = approve(deal, actingMember(ctx), await listCredits(ctx, dealId), ctx.now);
  await refuseStale(deal, seenVersion, () => getDeal(ctx, dealId));
  await saveDeal(ctx, approved);
  ctx.emit({ type: "deal.approved", ...about(approved), facts: { title: deal.title, amount: amountOf(deal) } });
}

export async function returnDeal(
  ctx: RevenueContext,
  dealId: string,
  reason: string,
  seenVersion: number | undefined,
): Promise<void> {
  const deal = await lockDeal(ctx, dealId);
  await requireReach(ctx, "deal.approve", deal.ownerId);
  widen(ctx);
  const returned = giveBack(deal, actingMember(ctx), await listCredits(ctx, dealId), reason);
  await refuseStale(deal, seenVersion, () => getDeal(ctx, dealId));
  await saveDeal(ctx, returned);
  ctx.emit({ type: "deal.returned", ...about(returned), facts: { title: deal.title, reason } });
}

function amountOf({ amountMinor, currency }: Deal): { amount: string; currency: string } {
  return toWire(amountMinor, currency);
}
