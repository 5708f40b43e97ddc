import type { LucideIcon } from "lucide-react";
import { useId, type ReactElement } from "react";
import { cx } from "#lib/class-names";

type SegmentedProps<Value extends string> = {
  /** What is chosen, for screen readers. */
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly icon?: LucideIcon }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly className?: string | undefined;
};

/** One of up to four, all of them in view. Arrows move between them. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>): ReactElement {
  const { label, options, value, onChange, className } = props;
  const name = useId();
  return (
    <fieldset
      aria-label={label}
      className={cx(
        "inline-flex flex-none gap-0.5 rounded-md bg-active p-0.5 dark:bg-sunken dark:shadow-[inset_0_0_0_1px_var(--border-default)]",
        className,
      )}
    >
      {options.map((option) => (
        <label
          key={option.value}
          className="inline-flex h-6.5 items-center gap-1.5 rounded-sm px-2.5 text-[12.5px] font-medium whitespace-nowrap text-muted has-checked:bg-surface has-checked:text-default has-checked:shadow-[var(--elev-xs),0_0_0_1px_var(--border-subtle)] has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-focus pointer-coarse:h-10 dark:has-checked:bg-active"
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="sr-only"
          />
          {option.icon !== undefined && <option.icon size={14} aria-hidden="true" />}
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
