import { Check, Minus } from "lucide-react";
import { useEffect, useId, useRef, type ReactElement, type ReactNode } from "react";
import { cx } from "#lib/class-names";

type CheckboxProps = {
  /** Text beside the box, or the name of a box that stands alone. */
  readonly label: ReactNode;
  readonly isLabelHidden?: boolean;
  /** A second line that explains the choice. */
  readonly detail?: ReactNode;
  /** "mixed": some of what it stands for. */
  readonly checked: boolean | "mixed";
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
  readonly className?: string | undefined;
};

export function Checkbox(props: CheckboxProps): ReactElement {
  const { label, isLabelHidden = false, detail, checked, onChange, disabled = false, className } = props;
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => {
    // Mixed is a property of the element; there is no attribute for it.
    if (input.current !== null) input.current.indeterminate = checked === "mixed";
  }, [checked]);
  return (
    <span className={cx("flex items-start gap-2 pointer-coarse:min-h-11 pointer-coarse:items-center", className)}>
      <span className="relative grid size-5 flex-none place-items-center pointer-coarse:size-6">
        <input
          ref={input}
          id={id}
          type="checkbox"
          checked={checked === true}
          onChange={(event) => onChange(event.target.checked)}
          disabled={disabled}
          aria-describedby={detail === undefined ? undefined : `${id}-detail`}
          className="peer size-4 flex-none cursor-pointer appearance-none rounded-xs border-[1.5px] border-line-strong bg-surface checked:border-brand checked:bg-brand indeterminate:border-brand indeterminate:bg-brand disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:checked:border-viz-muted disabled:checked:bg-viz-muted forced-colors:appearance-auto"
        />
        <Mark isMixed={checked === "mixed"} isOn={checked !== false} />
      </span>
      <span className={cx("flex flex-col", isLabelHidden && "sr-only")}>
        <label htmlFor={id} className={disabled ? "text-disabled" : ""}>
          {label}
        </label>
        {detail !== undefined && (
          <span id={`${id}-detail`} className="text-xs text-subtle">
            {detail}
          </span>
        )}
      </span>
    </span>
  );
}

function Mark({ isOn, isMixed }: { isOn: boolean; isMixed: boolean }): ReactElement | null {
  if (!isOn) return null;
  const Icon = isMixed ? Minus : Check;
  return (
    <Icon
      size={11}
      strokeWidth={3.2}
      aria-hidden="true"
      className="pointer-events-none absolute text-on-brand forced-colors:hidden"
    />
  );
}

type SwitchProps = {
  readonly label: ReactNode;
  readonly detail?: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
};

/** Applies at once; a checkbox waits for Save. */
export function Switch({ label, detail, checked, onChange, disabled = false }: SwitchProps): ReactElement {
  const id = useId();
  return (
    <span className="flex items-center gap-3 pointer-coarse:min-h-11">
      <span className="flex min-w-0 flex-1 flex-col">
        <label htmlFor={id}>{label}</label>
        {detail !== undefined && (
          <span id={`${id}-detail`} className="text-xs text-subtle">
            {detail}
          </span>
        )}
      </span>
      <input
        id={id}
        type="checkbox"
        role="switch"
        aria-checked={checked}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        disabled={disabled}
        aria-describedby={detail === undefined ? undefined : `${id}-detail`}
        className="relative h-4.5 w-7.5 flex-none cursor-pointer appearance-none rounded-full bg-line-strong transition-colors duration-(--dur-hover) before:absolute before:top-0.5 before:left-0.5 before:size-3.5 before:rounded-full before:bg-[#fff] before:shadow-xs before:transition-transform before:duration-(--dur-hover) checked:bg-brand checked:before:translate-x-3 disabled:bg-viz-muted after:absolute after:-inset-1.5 forced-colors:appearance-auto"
      />
    </span>
  );
}
