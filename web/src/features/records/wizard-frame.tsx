import type { ReactElement, ReactNode } from "react";
import { useKey } from "#lib/keys";
import { Button } from "#ui/button";
import { Stepper } from "#ui/stepper";

const steps = [
  { key: "file", label: "File" },
  { key: "match", label: "Match columns" },
  { key: "choices", label: "Choices" },
  { key: "check", label: "Check" },
  { key: "import", label: "Import" },
] as const;

export type WizardStep = (typeof steps)[number]["key"];

type StepBarProps = {
  readonly current: WizardStep;
  /** Steps before the current one can be gone back to; not to the file, which is another import. */
  readonly onGoTo?: (step: "match" | "choices" | "check") => void;
  readonly failed?: boolean;
};

export function StepBar({ current, onGoTo, failed = false }: StepBarProps): ReactElement {
  const at = steps.findIndex(({ key }) => key === current);
  return (
    <div className="flex-none overflow-x-auto border-b border-line-subtle px-5 py-3 max-sm:px-4 [&>ol]:max-sm:gap-x-3">
      <Stepper
        label="Steps of the import"
        steps={steps.map(({ label }, index) => ({
          label,
          state: index < at ? "done" : index > at ? "future" : failed ? "failed" : "current",
        }))}
        {...(onGoTo !== undefined && {
          onGoTo: (index: number) => {
            const key = steps[index]?.key;
            if (key === "match" || key === "choices" || key === "check") onGoTo(key);
          },
        })}
      />
    </div>
  );
}

type WizardFooterProps = {
  readonly children: ReactNode;
  readonly onBack?: (() => void) | undefined;
  readonly nextLabel: string;
  readonly onNext: () => void;
  readonly isNextLoading?: boolean;
  readonly nextDisabledReason?: string | undefined;
};

/** Below every step: what is true now, back, and on. */
export function WizardFooter(props: WizardFooterProps): ReactElement {
  const { children, onBack, nextLabel, onNext, isNextLoading = false, nextDisabledReason } = props;
  const isOff = nextDisabledReason !== undefined || isNextLoading;
  useKey("mod+enter", nextLabel, onNext, { isActive: !isOff });
  return (
    <footer className="flex flex-none items-center gap-3 border-t border-line-subtle bg-surface py-2.5 pr-3.5 pl-5 max-sm:flex-wrap max-sm:px-4">
      <p className="min-w-0 flex-1 text-muted max-sm:basis-full max-sm:text-xs">{children}</p>
      {onBack !== undefined && (
        <Button onClick={onBack} className="max-sm:h-11.5 max-sm:flex-1">
          Back
        </Button>
      )}
      <Button
        tone="primary"
        shortcut="mod+enter"
        isLoading={isNextLoading}
        disabledReason={nextDisabledReason}
        onClick={onNext}
        className="max-sm:h-11.5 max-sm:flex-2"
      >
        {nextLabel}
      </Button>
    </footer>
  );
}
