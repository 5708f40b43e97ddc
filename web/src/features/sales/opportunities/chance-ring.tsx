import type { ReactElement } from "react";
import { cx } from "#lib/class-names";

const circumference = 2 * Math.PI * 7;

type ChanceRingProps = { readonly percent: number; readonly stageName: string; readonly isAtRisk?: boolean };

/** How likely a sale in this stage is won. The same for every card of the stage, and says so. */
export function ChanceRing({ percent, stageName, isAtRisk = false }: ChanceRingProps): ReactElement {
  return (
    <span
      data-tip={`${percent}%: how often sales in ${stageName} are won, as set for the stage`}
      className={cx("tnum inline-flex items-center gap-1 font-medium", isAtRisk && "text-warning-fg")}
    >
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" fill="none" strokeWidth="3">
        <circle cx="9" cy="9" r="7" className="stroke-[var(--bg-active)]" />
        <circle
          cx="9"
          cy="9"
          r="7"
          strokeDasharray={`${(percent / 100) * circumference} ${circumference}`}
          transform="rotate(-90 9 9)"
          strokeLinecap="round"
          className={isAtRisk ? "stroke-[var(--viz-2)]" : "stroke-[var(--viz-1)]"}
        />
      </svg>
      <span className="sr-only">Chance to win </span>
      {percent}%
    </span>
  );
}
