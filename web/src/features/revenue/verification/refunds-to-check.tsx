import { listRefunds } from "@rainmaker/contracts/revenue/refunds";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { formatMoney } from "#lib/format";
import { itemsOf, livePages } from "#lib/query";
import { TextLink } from "#ui/link";
import { refundNames } from "../payments/refund-words.ts";

const waiting = livePages(listRefunds, { query: { status: "submitted" } }, ["payment"]);

/** Money that went back waits for a verifier too; it is decided on its payment. */
export function RefundsToCheck(): ReactElement | null {
  const refunds = itemsOf(useInfiniteQuery(waiting).data);
  if (refunds === undefined || refunds.length === 0) return null;
  return (
    <section aria-labelledby="refunds-to-check" className="flex-none border-t border-line-subtle px-4 py-2.5">
      <h2 id="refunds-to-check" className="text-xs font-medium text-muted">
        Went back, to verify
      </h2>
      <ul className="flex max-h-40 flex-col overflow-y-auto">
        {refunds.map(({ id, payment, kind, amount, customer }) => (
          <li key={id} className="flex min-h-8 items-center gap-2">
            <TextLink to="/deals" search={{ show: "payments", payment: payment.id }} className="tnum">
              {payment.number}
            </TextLink>
            <span className="min-w-0 flex-1 truncate text-xs text-subtle">
              {refundNames[kind]}, {customer.name}
            </span>
            <span className="tnum font-medium">{formatMoney(amount, { style: "short" })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
