import type { Deal } from "@rainmaker/contracts/revenue/deals";
import type { ReactElement } from "react";
import { cx } from "#lib/class-names";
import { MoneyBar } from "#ui/bar";
import { sumOf } from "../payments/amounts.ts";

/** Verified, in review, needs you: where the money of a deal stands. */
export function DealMoneyBar({
  deal,
  className,
}: {
  readonly deal: Pick<Deal, "amount" | "position">;
  readonly className?: string;
}): ReactElement {
  const { verified, inReview, toFix, draft } = deal.position;
  return (
    <MoneyBar
      total={deal.amount}
      verified={verified}
      inReview={inReview}
      needsYou={sumOf(toFix, draft)}
      className={className}
    />
  );
}

/** What the colours of the bars mean. */
export function MoneyLegend({ className }: { readonly className?: string }): ReactElement {
  const parts = [
    ["Verified", "bg-success"],
    ["In review", "bg-[var(--viz-pos-2)]"],
    ["Needs you", "hatch-danger"],
  ] as const;
  return (
    <span aria-hidden="true" className={cx("flex flex-none items-center gap-4 text-xs text-muted", className)}>
      {parts.map(([word, fill]) => (
        <span key={word} className="flex items-center gap-1.5">
          <span className={cx("size-2.5 rounded-[3px]", fill)} /> {word}
        </span>
      ))}
    </span>
  );
}
