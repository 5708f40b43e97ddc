import type { BodyOf } from "@rainmaker/contracts/endpoint";
import { fromWire, toWire, type WireMoney } from "@rainmaker/contracts/money";
import type { proposeRevision as proposeContract } from "@rainmaker/contracts/revenue/deal-changes";
import { v7 as uuidv7 } from "uuid";
import { actingMember } from "#platform/context";
import { invalidField, Refusal, refuseStale } from "#platform/errors";
import { requireReach, widen } from "#platform/scope";
import type { RevenueContext } from "../revenue.context.ts";
import { about } from "./announce-deal.ts";
import type { Deal } from "./deal.ts";
import {
  decideRevision as decide,
  requireRevisable,
  requireRoom,
  reviseDeal,
  withdrawRevision as withdraw,
  type Revision,
} from "./deal-revision.ts";
import { insertRevision, lockRevision, readVerified, saveRevision } from "./deal-revisions.store.ts";
import { getDeal } from "./deals.query.ts";
import { listCredits, lockDeal, saveDeal } from "./deals.store.ts";

/** Proposes another amount for an approved deal, or to cancel it. Nothing changes until somebody else approves. */
export async function proposeRevision(
  ctx: RevenueContext,
  dealId: string,
  body: BodyOf<typeof proposeContract>,
): Promise<void> {
  const deal = await lockDeal(ctx, dealId);
  await requireReach(ctx, "deal.submit", deal.ownerId);
  requireRevisable(deal);
  await refuseStale(deal, body.seenVersion, () => getDeal(ctx, dealId));
  const revision: Revision = {
    id: uuidv7(),
    dealId,
    ownerId: deal.ownerId,
    kind: body.kind,
    revision: deal.revision + 1,
    amountBeforeMinor: deal.amountMinor,
    amountMinor: body.kind === "amount" ? newAmount(deal, body.amount) : deal.amountMinor,
    currency: deal.currency,
    reason: body.reason,
    state: "proposed",
    proposedBy: actingMember(ctx),
    decidedBy: null,
    decidedAt: null,
    note: null,
    version: 1,
  };
  requireRoom(revision, await readVerified(ctx, dealId));
  if (!(await insertRevision(ctx, revision))) {
    throw new Refusal("conflict", "revision_waiting", "A change of this deal waits to be approved already");
  }
  const { kind, reason } = revision;
  const facts = { title: deal.title, kind, amount: amountOf(revision), reason };
  ctx.emit({ type: "deal.revision-proposed", ...about(deal), facts });
}

function newAmount(deal: Deal, amount: WireMoney): bigint {
  const { minor, currency } = fromWire(amount);
  if (currency !== deal.currency) {
    throw invalidField("amount.currency", "currency_mismatch", "A deal keeps its currency");
  }
  if (minor === deal.amountMinor) throw invalidField("amount", "unchanged", "This is its amount already");
  return minor;
}

/** Approves or declines what somebody else proposed; four eyes, as for the deal itself. */
export async function decideRevision(
  ctx: RevenueContext,
  dealId: string,
  revisionId: string,
  { verdict, note }: { readonly verdict: "approved" | "declined"; readonly note: string | null },
): Promise<void> {
  const deal = await lockDeal(ctx, dealId);
  const proposed = await lockRevision(ctx, dealId, revisionId);
  await requireReach(ctx, "deal.approve", deal.ownerId);
  widen(ctx);
  const act = { by: actingMember(ctx), note, now: ctx.now };
  const decided = decide(proposed, verdict, act, deal, await listCredits(ctx, dealId));
  const { kind, reason } = decided;
  const { title } = deal;
  if (verdict === "declined") {
    await saveRevision(ctx, decided);
    ctx.emit({ type: "deal.revision-declined", ...about(deal), facts: { title, kind, note } });
    return;
  }
  // Money may have come since it was proposed.
  requireRoom(decided, await readVerified(ctx, dealId));
  await saveRevision(ctx, decided);
  const revised = reviseDeal(deal, decided);
  await saveDeal(ctx, revised);
  const amount = amountOf(decided);
  if (kind === "cancellation") {
    ctx.emit({ type: "deal.cancelled", ...about(revised), facts: { title, amount, reason } });
    return;
  }
  ctx.emit({
    type: "deal.revised",
    ...about(revised),
    changes: { amount: [amountOf(deal), amount] },
    facts: { title, before: amountOf(deal), amount, reason },
  });
}

export async function withdrawRevision(ctx: RevenueContext, dealId: string, revisionId: string): Promise<void> {
  const deal = await lockDeal(ctx, dealId);
  const revision = withdraw(await lockRevision(ctx, dealId, revisionId), actingMember(ctx));
  await saveRevision(ctx, revision);
  const facts = { title: deal.title, kind: revision.kind };
  ctx.emit({ type: "deal.revision-withdrawn", ...about(deal), facts });
}

function amountOf({ amountMinor, currency }: Pick<Deal, "amountMinor" | "currency">): WireMoney {
  return toWire(amountMinor, currency);
}
