import type { BodyOf } from "@rainmaker/contracts/endpoint";
import { fromWire } from "@rainmaker/contracts/money";
import type { createDeal as contract } from "@rainmaker/contracts/revenue/deal-changes";
import { dayIn } from "@rainmaker/contracts/time";
import { v7 as uuidv7 } from "uuid";
import { actingMember } from "#platform/context";
import { invalidField, Refusal, refuseStale } from "#platform/errors";
import type { Asked } from "#platform/http";
import { requireReach } from "#platform/scope";
import { recordPayment } from "../payments/record-payment.command.ts";
import type { RevenueContext } from "../revenue.context.ts";
import { about, openedEvent } from "./announce-deal.ts";
import { getDeal } from "./deals.query.ts";
import { deleteDraft, hasPayments, insertDeals, lockDeal, requireCustomer } from "./deals.store.ts";

/** Opens a deal without an opportunity, credited to who opens it; with its first payment as a draft, all or nothing. */
export async function createDeal(
  ctx: RevenueContext,
  { customerId, title, amount, wonOn, firstPayment }: BodyOf<typeof contract>,
): Promise<{ readonly dealId: string; readonly paymentId: string | null }> {
  await requireCustomer(ctx, customerId);
  const today = dayIn(ctx.organization.timeZone, ctx.now);
  if (wonOn !== undefined && wonOn > today) throw invalidField("wonOn", "in_future", "This day is still to come");
  const { minor, currency } = fromWire(amount);
  const [deal] = await insertDeals(ctx, [
    {
      id: uuidv7(),
      opportunityId: null,
      ownerId: actingMember(ctx),
      customerId,
      title,
      amountMinor: minor,
      currency,
      wonOn: wonOn ?? today,
    },
  ]);
  if (deal === undefined) throw new TypeError("one deal was inserted");
  ctx.emit(openedEvent(deal));
  const paymentId =
    firstPayment === undefined
      ? null
      : await recordPayment(ctx, { dealId: deal.id as never, ...firstPayment }, "firstPayment.");
  return { dealId: deal.id, paymentId };
}

/** Takes a draft away that came from no opportunity: reopening the opportunity takes back the others. */
export async function deleteDeal(ctx: RevenueContext, dealId: string, { seenVersion }: Asked): Promise<void> {
  const deal = await lockDeal(ctx, dealId);
  await requireReach(ctx, "deal.submit", deal.ownerId);
  if (deal.status !== "draft" || (await hasPayments(ctx, dealId))) {
    throw new Refusal("conflict", "deal_in_progress", "Only a draft without payments is deleted");
  }
  if (deal.opportunityId !== null) {
    throw new Refusal("conflict", "deal_of_opportunity", "It follows its opportunity; reopen that instead");
  }
  await refuseStale(deal, seenVersion, () => getDeal(ctx, dealId));
  await deleteDraft(ctx, dealId);
  ctx.emit({ type: "deal.deleted", ...about(deal), facts: { title: deal.title } });
}
