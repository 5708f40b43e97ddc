import type { ReactElement } from "react";
import { ChipButton } from "#ui/filter-chip";

type ChoiceChipsProps<Value extends string> = {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value | null;
  /** Pressing the chosen one takes it back. */
  readonly onChange: (value: Value | null) => void;
  readonly children?: ReactElement;
};

/** One of a few or none, each a key away. */
export function ChoiceChips<Value extends string>(props: ChoiceChipsProps<Value>): ReactElement {
  const { label, options, value, onChange, children } = props;
  return (
    <fieldset className="relative flex min-w-0 flex-wrap items-center gap-1.5 pl-21.5 max-sm:pl-0">
      <legend className="absolute top-1 left-0 text-subtle max-sm:static max-sm:mb-1">{label}</legend>
      {options.map((option) => (
        <ChipButton
          key={option.value}
          isOn={option.value === value}
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value === value ? null : option.value)}
        >
          {option.label}
        </ChipButton>
      ))}
      {children}
    </fieldset>
  );
}
