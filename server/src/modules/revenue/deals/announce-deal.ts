import type { EventOf } from "@rainmaker/contracts/events";
import { toWire } from "@rainmaker/contracts/money";
import { numberOf } from "#modules/records";
import { dealRecord, type Deal } from "./deal.ts";

/** What every event of a deal says; it stands on the timeline of its opportunity. */
export function about(deal: Deal): {
  recordId: string;
  label: string;
  version: number;
  ownerId: string;
  threadId: string;
} {
  const { id, number, version, ownerId, opportunityId } = deal;
  return { recordId: id, label: numberOf(dealRecord, number), version, ownerId, threadId: opportunityId ?? id };
}

export function openedEvent(deal: Deal): EventOf<"deal.opened"> {
  const { title, opportunityId, amountMinor, currency } = deal;
  return {
    type: "deal.opened",
    ...about(deal),
    facts: { title, amount: toWire(amountMinor, currency), opportunityId },
  };
}

/** Verified money reached its amount. */
export function fulfilledEvent(deal: Deal): EventOf<"deal.fulfilled"> {
  const { title, amountMinor, currency } = deal;
  return { type: "deal.fulfilled", ...about(deal), facts: { title, amount: toWire(amountMinor, currency) } };
}
