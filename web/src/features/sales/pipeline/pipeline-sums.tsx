import type { WireMoney } from "@rainmaker/contracts/money";
import type { StageSum } from "@rainmaker/contracts/sales/board";
import { CircleQuestionMark, TriangleAlert } from "lucide-react";
import type { ReactElement } from "react";
import type * as z from "zod/mini";
import { formatCountOf, formatMoney } from "#lib/format";
import { Skeleton } from "#ui/skeleton";

type PipelineSumsProps = {
  /** They could not be read: the page says so elsewhere. */
  readonly isMissing: boolean;
  readonly sums: readonly z.output<typeof StageSum>[] | undefined;
  readonly atRisk: { readonly count: number; readonly sums: readonly WireMoney[] } | undefined;
};

/** What is open, what of it may come, and what of it is in danger. */
export function PipelineSums({ isMissing, sums, atRisk }: PipelineSumsProps): ReactElement | null {
  if (isMissing) return null;
  return (
    <div
      aria-live="polite"
      className="tnum flex h-7.5 flex-none items-end gap-5.5 overflow-hidden px-5 whitespace-nowrap text-muted max-sm:gap-3.5 max-sm:px-4 [&_b]:font-semibold [&_b]:text-default"
    >
      {sums === undefined ? (
        <Skeleton className="mb-1.5 w-72 max-w-full" />
      ) : (
        <>
          <span>
            <b>{together(sums.map(({ amount }) => amount))}</b> open
          </span>
          <span>
            <b>{together(sums.map(({ weighted }) => weighted))}</b> weighted
          </span>
          {atRisk !== undefined && atRisk.count > 0 && (
            <span className="flex items-center gap-1.25 text-warning-fg [&_b]:text-warning-fg">
              <TriangleAlert size={14} aria-hidden="true" />
              <b>{together(atRisk.sums)}</b> at risk
              <span className="max-sm:hidden">in {formatCountOf(atRisk.count, "opportunity", "opportunities")}</span>
            </span>
          )}
          <span
            data-tip="Each stage has a chance to be won, set for the pipeline. Weighted sums are the values times that chance."
            className="ml-auto flex items-center gap-1.5 text-subtle max-lg:hidden"
          >
            Cards show the chance of their stage
            <CircleQuestionMark size={14} aria-hidden="true" />
          </span>
        </>
      )}
    </div>
  );
}

function together(sums: readonly WireMoney[]): string {
  return sums.length === 0 ? "Nothing" : sums.map((sum) => formatMoney(sum, { style: "compact" })).join(" + ");
}
