import { toWire, type WireMoney } from "@rainmaker/contracts/money";
import type { Invoice } from "./invoice.ts";

/** What every event of an invoice says; it stands on the timeline of its deal's opportunity. */
export function about(
  { id, name, version, ownerId, dealId }: Invoice,
  opportunityId: string | null,
): { recordId: string; label: string; version: number; ownerId: string; threadId: string } {
  return { recordId: id, label: name ?? "Draft", version, ownerId, threadId: opportunityId ?? dealId };
}

export function totalOnWire({ totalMinor, currency }: Invoice): WireMoney {
  return toWire(totalMinor, currency);
}
