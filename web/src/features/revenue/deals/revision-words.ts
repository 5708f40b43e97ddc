import type { DealRevision } from "@rainmaker/contracts/revenue/deals";
import { formatMoney } from "#lib/format";

/** "Amount from $1,000.00 to $1,500.00." */
export function revisionSentence({
  kind,
  amountBefore,
  amount,
}: Pick<DealRevision, "kind" | "amountBefore" | "amount">): string {
  if (kind === "cancellation") return "Cancel the deal.";
  return `Amount from ${formatMoney(amountBefore)} to ${formatMoney(amount)}.`;
}
