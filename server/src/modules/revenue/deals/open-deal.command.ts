import { toWire } from "@rainmaker/contracts/money";
import { v7 as uuidv7 } from "uuid";
import { numberOf } from "#modules/records";
import type { Opportunity } from "#modules/sales";
import { Refusal } from "#platform/errors";
import { widen } from "#platform/scope";
import type { RevenueContext } from "../revenue.context.ts";
import { about } from "./announce-deal.ts";
import { dealRecord, wholeInBasisPoints, type Credit } from "./deal.ts";
import { deleteDraft, hasPayments, insertDeal, lockDealOfOpportunity } from "./deals.store.ts";

/**
 * A won opportunity becomes a deal in draft, credited to its owner alone. In the transaction of the move: whoever sees
 * the opportunity as won finds its deal.
 */
export async function openDealFor(ctx: RevenueContext, opportunity: Opportunity): Promise<void> {
  widen(ctx);
  const { ownerId, customerId, amountMinor, closedOn } = opportunity;
  if (ownerId === null) {
    const message = "Somebody has to own what is won: the deal is credited to its owner";
    throw new Refusal("invalid", "stage_requirements_missing", message, {
      errors: [{ path: "ownerId", code: "required", message }],
    });
  }
  if (customerId === null || amountMinor === null || closedOn === null) throw new Error("won without its facts");
  const credits: Credit[] = [{ participantId: ownerId, kind: "revenue", basisPoints: wholeInBasisPoints }];
  const deal = await insertDeal(
    ctx,
    {
      id: uuidv7(),
      ownerId,
      opportunityId: opportunity.id,
      customerId,
      title: opportunity.title,
      amountMinor,
      currency: opportunity.currency,
      status: "draft",
      wonOn: closedOn,
      submittedBy: null,
      submittedAt: null,
      approvedBy: null,
      approvedAt: null,
      returnReason: null,
      version: 1,
    },
    credits,
  );
  ctx.emit({
    type: "deal.opened",
    ...about(deal),
    facts: { title: deal.title, amount: toWire(deal.amountMinor, deal.currency), opportunityId: opportunity.id },
  });
}

/** Reopening takes back a deal nobody has worked on yet; one that was sent on, or has payments, stays. */
export async function takeDealBack(ctx: RevenueContext, opportunity: Opportunity): Promise<void> {
  widen(ctx);
  const deal = await lockDealOfOpportunity(ctx, opportunity.id);
  if (deal === undefined) return;
  const number = numberOf(dealRecord, deal.number);
  if (deal.status !== "draft" || (await hasPayments(ctx, deal.id))) {
    throw new Refusal(
      "conflict",
      "deal_in_progress",
      `Its deal ${number} is ${deal.status === "draft" ? "being paid" : deal.status}, so this stays won`,
    );
  }
  await deleteDraft(ctx, deal.id);
}
