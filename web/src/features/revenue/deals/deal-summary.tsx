import type { Deal } from "@rainmaker/contracts/revenue/deals";
import type { ReactElement } from "react";
import { formatMoney, signOf } from "#lib/format";
import { LogoMark } from "#ui/logo-mark";
import { DealMoneyBar } from "./deal-money.tsx";

/** The worth of a deal, and how much of it has arrived. */
export function DealSummary({ deal }: { readonly deal: Deal }): ReactElement {
  const { verified, inReview, toFix, draft, open, credit } = deal.position;
  const parts = [
    { label: "Verified", money: verified, isAlways: true },
    { label: "In review", money: inReview, isAlways: true },
    { label: "Fix proof", money: toFix, isAlways: false },
    { label: "Not sent", money: draft, isAlways: false },
    { label: "Still open", money: open, isAlways: true },
    { label: "Customer's credit", money: credit, isAlways: false },
  ].filter(({ money, isAlways }) => isAlways || signOf(money) > 0);
  return (
    <section aria-label="Money" className="flex flex-col gap-4 border-b border-line-subtle px-5 py-4 max-sm:px-4">
      <div className="flex items-center gap-3">
        <LogoMark id={deal.customer.id} name={deal.customer.name} size={32} />
        <span className="min-w-0 flex-1 truncate font-medium">{deal.customer.name}</span>
        <span className="tnum text-2xl font-semibold max-sm:text-xl">{formatMoney(deal.amount)}</span>
      </div>
      <DealMoneyBar deal={deal} />
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        {parts.map(({ label, money }) => (
          <div key={label} className="flex flex-col">
            <dt className="text-xs text-subtle">{label}</dt>
            <dd className="tnum font-medium">{formatMoney(money)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
