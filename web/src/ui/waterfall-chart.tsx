import type { ReactElement } from "react";
import { useChartPoint } from "./chart-point.ts";

export type WaterfallStep = {
  readonly key: string;
  readonly label: string;
  /** Where the step begins and ends, 0 to 1 of the highest point. */
  readonly from: number;
  readonly to: number;
  /** "+1,235.25". */
  readonly text: string;
  readonly isTotal?: boolean;
};

type WaterfallChartProps = {
  /** The finding as a sentence, with every figure. */
  readonly label: string;
  readonly steps: readonly WaterfallStep[];
};

const [top, baseline] = [22, 112];

/** How a sum comes about: each step stands where the one before ended, the last is the whole. */
export function WaterfallChart({ label, steps }: WaterfallChartProps): ReactElement {
  const textOf = (index: number): string => `${steps[index]?.label ?? ""}: ${steps[index]?.text ?? ""}`;
  const { active, handlers } = useChartPoint(steps.length, textOf);
  const slot = 100 / Math.max(steps.length, 1);
  return (
    <svg
      role="img"
      aria-label={label}
      // The arrows move from step to step.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      {...handlers}
      className="block h-34 w-full rounded-xs"
    >
      <line x1="0" x2="100%" y1={baseline} y2={baseline} className="stroke-[var(--border-default)]" />
      {steps.map((step, index) => (
        <Step
          key={step.key}
          step={step}
          left={index * slot}
          width={slot}
          isLast={index === steps.length - 1}
          isActive={index === active}
        />
      ))}
    </svg>
  );
}

type StepProps = {
  readonly step: WaterfallStep;
  readonly left: number;
  readonly width: number;
  readonly isLast: boolean;
  readonly isActive: boolean;
};

function Step({ step, left, width, isLast, isActive }: StepProps): ReactElement {
  const [low, high] = [Math.min(step.from, step.to), Math.max(step.from, step.to)];
  const [y, end] = [yOf(high), yOf(step.to)];
  const height = Math.max(2, yOf(low) - y);
  const middle = `${left + width / 2}%`;
  return (
    <g>
      {isActive && <rect x={`${left}%`} width={`${width}%`} y="0" height="100%" className="fill-[var(--bg-hover)]" />}
      {!isLast && (
        <line
          x1={`${left + width * 0.86}%`}
          x2={`${left + width * 1.14}%`}
          y1={end}
          y2={end}
          strokeDasharray="2 3"
          className="stroke-viz-muted"
        />
      )}
      <rect
        x={`${left + width * 0.14}%`}
        width={`${width * 0.72}%`}
        y={y}
        height={height}
        rx="3"
        className={fillOf(step)}
      />
      <text x={middle} y={y - 6} textAnchor="middle" className="tnum fill-[var(--fg-default)] text-[11px] font-medium">
        {step.text}
      </text>
      <text x={middle} y={baseline + 16} textAnchor="middle" className="tnum fill-viz-axis text-[11px]">
        {step.label}
      </text>
    </g>
  );
}

function yOf(share: number): number {
  return baseline - Math.max(0, share) * (baseline - top);
}

function fillOf({ from, to, isTotal = false }: WaterfallStep): string {
  if (isTotal) return "fill-[var(--earn-solid)]";
  return to < from ? "fill-[var(--viz-neg-2)]" : "fill-[var(--viz-pos-2)]";
}
