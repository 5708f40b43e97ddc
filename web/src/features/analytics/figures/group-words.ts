import type { SalesGroup } from "@rainmaker/contracts/analytics/figures";
import type { SalesGrouping } from "@rainmaker/contracts/analytics/choices";
import { formatMonth } from "#lib/format";

export const groupingWords: Readonly<Record<SalesGrouping, string>> = {
  month: "Month",
  member: "Person",
  team: "Team",
  customer: "Customer",
  method: "Method",
};

const methods: Readonly<Record<string, string>> = {
  bank_transfer: "Bank transfer",
  card: "Card",
  cheque: "Cheque",
  cash: "Cash",
  direct_debit: "Direct debit",
  other: "Other",
};

/** What has no key of a grouping. */
const without: Readonly<Record<SalesGrouping, string>> = {
  month: "No month",
  member: "Nobody",
  team: "In no team on the day",
  customer: "Payments you may add up but not open",
  method: "Payments you may add up but not open",
};

/** A group in words. */
export function groupText(by: SalesGrouping, { key, label }: Pick<SalesGroup, "key" | "label">): string {
  if (key === null) return without[by];
  if (by === "month") return formatMonth(key);
  return by === "method" ? (methods[key] ?? key) : (label ?? "Somebody who left");
}
