import type { ReplyOf } from "@rainmaker/contracts/endpoint";
import type { readCustomerCredit } from "@rainmaker/contracts/revenue/customer-credit";
import type { Deal } from "@rainmaker/contracts/revenue/deals";
import { signOf } from "#lib/format";
import { compareSums } from "./amounts.ts";

type Item = ReplyOf<typeof readCustomerCredit>["items"][number];

/** The oldest credit in the deal's currency, and how much of it the deal can take; null where it needs or finds none. */
export function usableCredit(
  items: readonly Pick<Item, "payment" | "credit">[],
  { status, position }: Pick<Deal, "status" | "position">,
): { readonly payment: Item["payment"]; readonly amount: Item["credit"] } | null {
  if (status !== "approved" || signOf(position.open) <= 0) return null;
  const found = items.find(({ credit }) => credit.currency === position.open.currency && signOf(credit) > 0);
  if (found === undefined) return null;
  const amount = compareSums(found.credit, position.open) < 0 ? found.credit : position.open;
  return { payment: found.payment, amount };
}
