import type { CustomerId } from "@rainmaker/contracts/ids";
import type { Deal } from "@rainmaker/contracts/revenue/deals";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { formatDay, formatMoney } from "#lib/format";
import { MoneyBar } from "#ui/bar";
import { Card, CardHead } from "#ui/card";
import { QueryView } from "#ui/query-view";
import { SkeletonLines } from "#ui/skeleton";
import { EmptyLine } from "./customer-opportunities.tsx";
import { sumsOf, sumsText } from "./sums.ts";
import { useDealsOf } from "./use-customer.ts";

/** What was sold, and how much of the money has arrived and was verified. */
export function CustomerDeals({ customerId }: { readonly customerId: CustomerId }): ReactElement | null {
  const { isEnabled, query } = useDealsOf(customerId);
  if (!isEnabled) return null;
  const verified = sumsText(sumsOf(query.data?.items.map(({ position }) => position.verified) ?? []));
  return (
    <Card>
      <CardHead title="Deals" end={verified !== null && <span className="tnum">{verified} verified</span>} />
      <QueryView
        query={query}
        what="The deals"
        skeleton={<SkeletonLines lines={3} className="px-4 pb-4" />}
        className="px-4"
      >
        {({ items }) =>
          items.length === 0 ? (
            <EmptyLine>Nothing was won yet.</EmptyLine>
          ) : (
            <ul>
              {items.map((deal) => (
                <DealLine key={deal.id} deal={deal} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </Card>
  );
}

const states: Readonly<Record<Deal["position"]["state"], string>> = {
  unpaid: "nothing paid yet",
  partial: "paid in part",
  paid: "paid",
  overpaid: "paid more than agreed",
  refunded: "paid back",
};

function DealLine({ deal }: { readonly deal: Deal }): ReactElement {
  const { id, title, number, wonOn, amount, position } = deal;
  return (
    <li className="flex items-center gap-3 border-t border-line-subtle px-4 py-2.5">
      <span className="min-w-0 flex-1">
        <Link
          to="/deals/$dealId"
          params={{ dealId: id }}
          className="block truncate rounded-xs font-medium hover:underline"
        >
          {title}
        </Link>
        <span className="tnum block truncate text-xs text-subtle">
          {number} · won {formatDay(wonOn)} · {states[position.state]}
        </span>
      </span>
      <span className="flex w-32 flex-none flex-col items-end gap-1.5">
        <span className="tnum font-medium">{formatMoney(amount, { style: "short" })}</span>
        <MoneyBar
          total={amount}
          verified={position.verified}
          inReview={position.inReview}
          needsYou={position.toFix}
          className="w-full"
        />
      </span>
    </li>
  );
}
