import { ChevronDown, type LucideIcon } from "lucide-react";
import type { ReactElement } from "react";
import { cx } from "#lib/class-names";
import { bareInput, Field, inputBox, type FieldProps } from "#ui/field";

type Option<Value extends string = string> = {
  readonly value: Value;
  readonly label: string;
  readonly disabled?: boolean;
};

type SelectFieldProps<Value extends string> = FieldProps<Value> & {
  readonly options: readonly Option<Value>[];
  readonly icon?: LucideIcon;
  /** Shown while nothing is chosen; the value is then the empty string. */
  readonly placeholder?: string;
};

/** One of a few. The browser's own select: it works on every phone, by type ahead and with every screen reader. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>): ReactElement {
  const { label, labelEnd, hint, isOptional, isLabelHidden, className, error, size, icon: Icon } = props;
  const { options, placeholder, value, onChange, ...given } = props;
  return (
    <Field {...{ label, labelEnd, hint, isOptional, isLabelHidden, className, error }}>
      {(control) => (
        <span className={cx(inputBox({ size, isInvalid: error !== undefined }), "relative pr-0 pl-0")}>
          {Icon !== undefined && (
            <Icon size={14} className="pointer-events-none absolute left-2.5 text-subtle" aria-hidden="true" />
          )}
          <select
            {...control}
            name={given.name}
            value={value}
            onChange={(event) => onChange(event.target.value as Value)}
            onBlur={given.onBlur}
            disabled={given.disabled}
            className={cx(
              bareInput,
              "select-field appearance-none truncate pr-8",
              Icon === undefined ? "pl-2.5" : "pl-8",
              value === "" && "text-subtle",
            )}
          >
            {placeholder !== undefined && <option value="">{placeholder}</option>}
            {options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ))}
          </select>
          <ChevronDown size={14} className="pointer-events-none absolute right-2.5 text-subtle" aria-hidden="true" />
        </span>
      )}
    </Field>
  );
}
