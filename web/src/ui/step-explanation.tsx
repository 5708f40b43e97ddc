import { Lightbulb } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { cx } from "#lib/class-names";
import { Note } from "#ui/note";

type ExplanationStep = {
  readonly title: string;
  /** The figure of this step, as text: "64,000.00", "× 6.0%". */
  readonly figure?: string;
  /** Where it comes from: who, when, which rule; with links to the evidence. */
  readonly evidence?: ReactNode;
  /** "result": an intermediate sum; "taken": something was taken off. */
  readonly kind?: "part" | "taken" | "result";
};

type StepExplanationProps = {
  readonly steps: readonly ExplanationStep[];
  /** What it comes to: "You earned", "3,456.00". */
  readonly result: { readonly label: string; readonly figure: string };
  /** What would have changed it, or what to do about it. */
  readonly advice?: ReactNode;
  /** Method, date, and an action such as disputing the line. */
  readonly footer?: ReactNode;
};

/** Why a figure is what it is: numbered steps that add up to it. */
export function StepExplanation({ steps, result, advice, footer }: StepExplanationProps): ReactElement {
  const numbers = numbersOf(steps);
  return (
    <div className="flex flex-col gap-3.5">
      <ol className="flex flex-col">
        {steps.map((step, index) => (
          <li
            key={step.title}
            className="relative flex gap-3 py-2.75 before:absolute before:top-9 before:-bottom-2.5 before:left-2.75 before:w-px before:bg-[var(--border-default)]"
          >
            <Marker kind={step.kind ?? "part"}>{numbers[index]}</Marker>
            <div className="min-w-0 flex-1">
              <div className="flex min-h-5.75 items-center gap-3">
                <p className="flex-1 font-medium">{step.title}</p>
                {step.figure !== undefined && (
                  <p
                    className={cx(
                      "tnum font-medium",
                      step.kind === "taken" && "text-warning-fg",
                      step.kind === "result" && "font-semibold",
                    )}
                  >
                    {step.figure}
                  </p>
                )}
              </div>
              {step.evidence !== undefined && <div className="mt-0.5 pr-16 text-xs text-muted">{step.evidence}</div>}
            </div>
          </li>
        ))}
        <li className="mt-0.5 flex items-center gap-3 border-t pt-3.25 pb-2.75">
          <Marker kind="total">=</Marker>
          <p className="flex-1 text-lg font-medium tracking-[-.01em]">{result.label}</p>
          <p className="tnum text-lg font-medium tracking-[-.01em] text-earn-fg">{result.figure}</p>
        </li>
      </ol>
      {advice !== undefined && (
        <Note icon={Lightbulb} className="text-xs">
          {advice}
        </Note>
      )}
      {footer}
    </div>
  );
}

/** Results stand between the numbered steps and carry an equals sign. */
function numbersOf(steps: readonly ExplanationStep[]): string[] {
  let number = 0;
  return steps.map(({ kind }) => {
    if (kind === "result") return "=";
    number += 1;
    return String(number);
  });
}

type MarkerKind = NonNullable<ExplanationStep["kind"]> | "total";

function Marker({ kind, children }: { readonly kind: MarkerKind; readonly children: ReactNode }): ReactElement {
  return (
    <span
      aria-hidden="true"
      className={cx(
        "tnum z-1 grid size-5.75 flex-none place-items-center rounded-full border text-[11px] leading-none font-semibold",
        kind === "part" && "bg-surface text-muted",
        kind === "taken" && "border-warning-line bg-warning-soft text-warning-fg",
        kind === "result" && "border-transparent bg-[var(--fg-muted)] text-[var(--bg-surface)]",
        kind === "total" && "border-transparent bg-[var(--earn-fg)] text-[var(--bg-surface)]",
      )}
    >
      {children}
    </span>
  );
}
