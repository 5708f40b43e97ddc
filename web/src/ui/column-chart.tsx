import type { ReactElement } from "react";
import { cx } from "#lib/class-names";
import { useChartPoint } from "./chart-point.ts";

type ColumnPoint = {
  readonly key: string;
  /** For the point that is read: "Mon 2 Nov". */
  readonly label: string;
  /** Under the axis; left out where there is no room for each. */
  readonly tick?: string | undefined;
  /** Length of the column, 0 to 1 of the largest. */
  readonly share: number;
  /** The value in words. */
  readonly text: string;
  /** Above the column, where there is room: "4". */
  readonly caption?: string;
  readonly tone?: "danger";
  readonly isNow?: boolean;
};

type ColumnChartProps = {
  /** The finding as a sentence. */
  readonly label: string;
  readonly points: readonly ColumnPoint[];
  /** What the highest column stands for, beside the top line. */
  readonly top: string;
};

/** Columns from a zero baseline, one for each day or step. Today is a dotted rule. */
export function ColumnChart({ label, points, top }: ColumnChartProps): ReactElement {
  const textOf = (index: number): string => `${points[index]?.label ?? ""}: ${points[index]?.text ?? ""}`;
  const { active, handlers } = useChartPoint(points.length, textOf);
  const slot = 100 / Math.max(points.length, 1);
  return (
    <div className="relative">
      <p className="tnum flex h-5 items-center justify-between text-2xs text-subtle" aria-hidden="true">
        <span>{top}</span>
        <span className="text-xs text-default">{active === null ? "" : textOf(active)}</span>
      </p>
      <svg
        role="img"
        aria-label={`${label} Arrows read the values.`}
        // The arrows move from point to point.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        {...handlers}
        className="block h-37 w-full overflow-visible rounded-xs"
      >
        <line x1="0" x2="100%" y1="0.5" y2="0.5" className="stroke-viz-grid" />
        <line x1="0" x2="100%" y1="64" y2="64" className="stroke-viz-grid" />
        {points.map((point, index) => (
          <Column key={point.key} point={point} left={index * slot} width={slot} isActive={index === active} />
        ))}
        <line x1="0" x2="100%" y1={baseline} y2={baseline} className="stroke-[var(--border-default)]" />
      </svg>
    </div>
  );
}

const baseline = 128;

type ColumnProps = {
  readonly point: ColumnPoint;
  /** In percent of the chart. */
  readonly left: number;
  readonly width: number;
  readonly isActive: boolean;
};

function Column({ point, left, width, isActive }: ColumnProps): ReactElement {
  const { share, tick, caption, tone, isNow = false } = point;
  const height = share <= 0 ? 0 : Math.max(2, share * (baseline - 2));
  const middle = `${left + width / 2}%`;
  return (
    <g>
      {isActive && (
        <rect x={`${left}%`} width={`${width}%`} y="0" height={baseline} className="fill-[var(--bg-hover)]" />
      )}
      {isNow && (
        <line
          x1={middle}
          x2={middle}
          y1="0"
          y2={baseline}
          strokeDasharray="1 3"
          className="stroke-[var(--fg-subtle)]"
        />
      )}
      {height > 0 && (
        <rect
          x={`${left + width * 0.16}%`}
          width={`${width * 0.68}%`}
          y={baseline - height}
          height={height}
          rx="2"
          className={
            tone === "danger" ? "fill-[var(--danger-solid)]" : isActive ? "fill-[var(--viz-pos-2)]" : "fill-viz-1"
          }
        />
      )}
      {caption !== undefined && (
        <text
          x={middle}
          y={baseline - height - 6}
          textAnchor="middle"
          className="tnum fill-[var(--fg-default)] text-xs font-medium"
        >
          {caption}
        </text>
      )}
      {tick !== undefined && (
        <text
          x={middle}
          y={baseline + 15}
          textAnchor="middle"
          className={cx("tnum text-[11px]", isNow ? "fill-[var(--fg-default)] font-medium" : "fill-viz-axis")}
        >
          {tick}
        </text>
      )}
    </g>
  );
}
