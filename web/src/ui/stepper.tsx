import { Check } from "lucide-react";
import type { ReactElement } from "react";
import { cx } from "#lib/class-names";

type Step = {
  readonly label: string;
  readonly detail?: string;
  readonly state: "done" | "current" | "future" | "failed";
};

type StepperProps = {
  readonly label: string;
  readonly steps: readonly Step[];
  /** Done steps can be gone back to. */
  readonly onGoTo?: (index: number) => void;
};

/** Where one is in something with an order. */
export function Stepper({ label, steps, onGoTo }: StepperProps): ReactElement {
  return (
    <ol aria-label={label} className="flex flex-wrap items-center gap-x-5 gap-y-2">
      {steps.map((step, index) => (
        <li
          key={step.label}
          aria-current={step.state === "current" ? "step" : undefined}
          className="flex items-center gap-2"
        >
          <StepMark state={step.state} number={index + 1} />
          <span className="flex flex-col">
            {step.state === "done" && onGoTo !== undefined ? (
              <button
                type="button"
                onClick={() => onGoTo(index)}
                className="rounded-xs text-left font-medium hover:underline"
              >
                {step.label}
              </button>
            ) : (
              <span className={cx("font-medium", step.state === "future" && "text-subtle")}>{step.label}</span>
            )}
            {step.detail !== undefined && <span className="text-xs text-subtle">{step.detail}</span>}
          </span>
          {step.state === "done" && <span className="sr-only">done</span>}
          {step.state === "failed" && <span className="sr-only">needs attention</span>}
        </li>
      ))}
    </ol>
  );
}

function StepMark({ state, number }: { readonly state: Step["state"]; readonly number: number }): ReactElement {
  return (
    <span
      aria-hidden="true"
      className={cx(
        "tnum grid size-5.75 flex-none place-items-center rounded-full border text-[11px] leading-none font-semibold",
        state === "done" && "border-transparent bg-success-soft text-success-fg",
        state === "current" && "border-transparent bg-brand text-on-brand",
        state === "future" && "bg-surface text-subtle",
        state === "failed" && "border-danger-line bg-danger-soft text-danger-fg",
      )}
    >
      {state === "done" ? <Check size={12} strokeWidth={2.4} /> : number}
    </span>
  );
}
