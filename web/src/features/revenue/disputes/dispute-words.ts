import { fromWire, toWire, type WireMoney } from "@rainmaker/contracts/money";
import type { Dispute } from "@rainmaker/contracts/revenue/disputes";

export const categoryNames = {
  split: "Wrong split",
  rate: "Wrong rate",
  missing: "Missing",
  other: "Something else",
} as const satisfies Record<Dispute["category"], string>;

export const stateLooks = {
  open: { word: "Open", tone: "warning" },
  accepted: { word: "Accepted", tone: "success" },
  partly: { word: "Partly", tone: "neutral" },
  declined: { word: "Declined", tone: "line" },
  withdrawn: { word: "Withdrawn", tone: "line" },
} as const;

/** What the person expects beyond what stands there; below zero where too much does. */
export function differenceOf({ posted, expected }: Pick<Dispute, "posted" | "expected">): WireMoney {
  return toWire(fromWire(expected).minor - fromWire(posted).minor, posted.currency);
}
