import { useState, type ReactElement } from "react";
import { TextField } from "#ui/text-field";

type TypedFieldProps = {
  readonly label: string;
  /** Instead of the label where it is seen: the place in the table says the rest. */
  readonly shownLabel?: string;
  readonly isLabelHidden?: boolean;
  readonly isOptional?: boolean;
  readonly className?: string;
  readonly disabled?: boolean;
  /** As it is sent; null while empty. */
  readonly value: string | null;
  readonly toText: (value: string) => string;
  readonly toValue: (text: string) => string;
  readonly error: string | undefined;
  readonly onChange: (value: string | null) => void;
};

/** A figure that is typed in one form and sent in another: it is read when the field is left, and stays as typed till then. */
export function TypedField(props: TypedFieldProps): ReactElement {
  const { label, shownLabel, isLabelHidden, isOptional, className, disabled, value, toText, toValue, error } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const settle = (): void => {
    if (draft !== null) props.onChange(draft.trim() === "" ? null : toValue(draft));
    setDraft(null);
  };
  return (
    <TextField
      label={isLabelHidden === true ? label : (shownLabel ?? label)}
      isLabelHidden={isLabelHidden}
      isOptional={isOptional}
      className={className}
      disabled={disabled}
      value={draft ?? (value === null ? "" : toText(value))}
      error={error}
      onChange={setDraft}
      onBlur={settle}
    />
  );
}
