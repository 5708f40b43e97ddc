import { v7 as uuidv7 } from "uuid";
import { numberOf } from "#modules/records";
import type { Opportunity } from "#modules/sales";
import { Refusal } from "#platform/errors";
import { widen } from "#platform/scope";
import type { RevenueContext } from "../revenue.context.ts";
import { openedEvent } from "./announce-deal.ts";
import { dealRecord } from "./deal.ts";
import { deleteDraft, hasPayments, insertDeals, lockDealOfOpportunity, type NewDeal } from "./deals.store.ts";

/**
 * Each won opportunity becomes a deal in draft, credited to its owner alone. In the transaction of the move or import:
 * whoever sees the opportunity as won finds its deal.
 */
export async function openDealsFor(ctx: RevenueContext, opportunities: readonly Opportunity[]): Promise<void> {
  widen(ctx);
  const deals = await insertDeals(ctx, opportunities.map(dealOf));
  const [only] = deals;
  if (deals.length > 1) {
    ctx.emit({ type: "deals.imported", recordId: null, facts: { ids: deals.map(({ id }) => id) } });
  } else if (only !== undefined) {
    ctx.emit(openedEvent(only));
  }
}

function dealOf(opportunity: Opportunity): NewDeal {
  const { id, ownerId, customerId, title, amountMinor, currency, closedOn } = opportunity;
  if (ownerId === null) {
    const message = "Somebody has to own what is won: the deal is credited to its owner";
    throw new Refusal("invalid", "stage_requirements_missing", message, {
      errors: [{ path: "ownerId", code: "required", message }],
    });
  }
  if (customerId === null || amountMinor === null || closedOn === null) throw new Error("won without its facts");
  return { id: uuidv7(), opportunityId: id, ownerId, customerId, title, amountMinor, currency, wonOn: closedOn };
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
