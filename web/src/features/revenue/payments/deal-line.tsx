import type { Deal } from "@rainmaker/contracts/revenue/deals";
import type { ReactElement, ReactNode } from "react";
import { formatMoney } from "#lib/format";
import { LogoMark } from "#ui/logo-mark";

/** Which deal the money belongs to. */
export function DealLine({ deal, end }: { readonly deal: Deal; readonly end?: ReactNode }): ReactElement {
  return (
    <div className="flex items-center gap-2.5">
      <LogoMark id={deal.customer.id} name={deal.customer.name} />
      <span className="flex min-w-0 flex-1 flex-col leading-4.5">
        <span className="truncate font-medium">{deal.customer.name}</span>
        <span className="tnum truncate text-xs text-subtle">
          {deal.number}, {deal.title}, {formatMoney(deal.amount, { style: "short" })}
        </span>
      </span>
      {end}
    </div>
  );
}
