import { toWire, type WireMoney } from "@rainmaker/contracts/money";
import { numberOf } from "#modules/records";
import { opportunityRecord, type Opportunity } from "./opportunity.ts";

/** What every event of an opportunity says. */
export function about(opportunity: Opportunity): {
  recordId: string;
  label: string;
  version: number;
  ownerId: string | null;
} {
  const { id, number, version, ownerId } = opportunity;
  return { recordId: id, label: numberOf(opportunityRecord, number), version, ownerId };
}

export function amountOf({ amountMinor, currency }: Opportunity): WireMoney | null {
  return amountMinor === null ? null : toWire(amountMinor, currency);
}
