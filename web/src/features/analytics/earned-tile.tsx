import type { Dashboard } from "@rainmaker/contracts/analytics/dashboard";
import { CircleQuestionMark } from "lucide-react";
import { Suspense, type ReactElement } from "react";
import { formatMoney } from "#lib/format";
import { KpiTile } from "#ui/kpi-tile";
import { lazyPart } from "#ui/lazy-part";
import { TextLink } from "#ui/link";
import { LiveFigure } from "#ui/live-figure";

const EarnedDetails = lazyPart(
  "What was earned last",
  async () => (await import("./earned-details.tsx")).EarnedDetails,
);

type EarnedTileProps = { readonly dashboard: Dashboard; readonly earned: NonNullable<Dashboard["earned"]> };

/** Commission of the open month, the last thing that added to it, and the way to its explanation. */
export function EarnedTile({ dashboard: { month }, earned }: EarnedTileProps): ReactElement {
  return (
    <KpiTile
      label="Commission this month"
      value={<LiveFigure>{formatMoney(earned, { style: "short" })}</LiveFigure>}
      context="accruing"
      end={
        <TextLink
          to="/commissions/$month"
          params={{ month }}
          aria-label="Why commission this month"
          aria-keyshortcuts="W"
          className="inline-flex items-center gap-1 text-xs"
        >
          <CircleQuestionMark size={14} aria-hidden="true" />
          Why
        </TextLink>
      }
    >
      <Suspense fallback={<span className="block h-14.5" />}>
        <EarnedDetails month={month} />
      </Suspense>
    </KpiTile>
  );
}
