import { toWire, type WireMoney } from "@rainmaker/contracts/money";
import { numberOf } from "#modules/records";
import type { Deal } from "../deals/deal.ts";
import { paymentRecord, type Payment } from "./payment.ts";

/** What every event of a payment says; it stands on the timeline of its deal's opportunity. */
export function about(
  payment: Payment,
  deal: Pick<Deal, "id" | "opportunityId">,
): { recordId: string; label: string; version: number; ownerId: string; threadId: string } {
  const { id, number, version, ownerId } = payment;
  const threadId = deal.opportunityId ?? deal.id;
  return { recordId: id, label: numberOf(paymentRecord, number), version, ownerId, threadId };
}

export function amountOf({ amountMinor, currency }: Pick<Payment, "amountMinor" | "currency">): WireMoney {
  return toWire(amountMinor, currency);
}
