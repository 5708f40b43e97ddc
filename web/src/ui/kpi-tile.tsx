import { ArrowDownRight, ArrowUpRight } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { cx } from "#lib/class-names";

type KpiTileProps = {
  readonly label: string;
  readonly value: ReactNode;
  /** Small, after the value: "%", "days". */
  readonly unit?: string;
  /** What the value is compared with, as words. */
  readonly context?: ReactNode;
  /** At the top right: a badge, a Why button, a delta. */
  readonly end?: ReactNode;
  /** Bar and its legend. */
  readonly children?: ReactNode;
  readonly className?: string | undefined;
};

/** One figure that matters, what it is compared with and where it comes from. */
export function KpiTile({ label, value, unit, context, end, children, className }: KpiTileProps): ReactElement {
  return (
    <section
      className={cx("flex min-w-0 flex-col gap-1.5 rounded-lg border bg-surface px-4 py-3.25 max-sm:p-3", className)}
    >
      <div className="flex min-h-5 items-center gap-2">
        <h2 className="truncate text-[12.5px] leading-5 font-medium text-muted">{label}</h2>
        {end !== undefined && <span className="ml-auto flex h-5 items-center max-sm:hidden">{end}</span>}
      </div>
      <p className="flex flex-wrap items-baseline gap-x-2.5">
        <span className="tnum text-2xl font-semibold max-sm:text-[22px] max-sm:leading-7">
          {value}
          {unit !== undefined && (
            <span className="ml-0.5 text-[.62em] font-medium tracking-normal text-subtle">{unit}</span>
          )}
        </span>
        {context !== undefined && <span className="tnum text-muted">{context}</span>}
      </p>
      {children}
    </section>
  );
}

type DeltaProps = { readonly direction: "up" | "down"; readonly isGood: boolean; readonly children: ReactNode };

/** A change against a named comparison: the arrow says which way, the colour whether that is welcome. */
export function Delta({ direction, isGood, children }: DeltaProps): ReactElement {
  const Icon = direction === "up" ? ArrowUpRight : ArrowDownRight;
  return (
    <span
      className={cx(
        "tnum inline-flex items-center gap-0.75 text-xs font-medium",
        isGood ? "text-success-fg" : "text-danger-fg",
      )}
    >
      <Icon size={12} strokeWidth={2.4} aria-hidden="true" />
      {children}
    </span>
  );
}
