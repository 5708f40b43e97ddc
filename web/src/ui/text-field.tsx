import type { LucideIcon } from "lucide-react";
import type { HTMLInputAutoCompleteAttribute, ReactElement, ReactNode, Ref } from "react";
import { cx } from "#lib/class-names";
import { bareInput, Field, inputBox, type FieldProps } from "#ui/field";

type TextFieldProps = FieldProps<string> & {
  readonly type?: "text" | "email" | "search" | "tel" | "url" | "datetime-local";
  readonly icon?: LucideIcon;
  /** After the text: a unit, a key cap, a small button. */
  readonly end?: ReactNode;
  readonly placeholder?: string | undefined;
  readonly autoComplete?: HTMLInputAutoCompleteAttribute;
  readonly maxLength?: number;
  readonly readOnly?: boolean;
  readonly isSoft?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
};

export function TextField(props: TextFieldProps): ReactElement {
  const { label, labelEnd, hint, isOptional, isLabelHidden, className, error, size, isSoft, icon: Icon } = props;
  const { value, onChange, ...given } = props;
  return (
    <Field {...{ label, labelEnd, hint, isOptional, isLabelHidden, className, error }}>
      {(control) => (
        <span className={inputBox({ size, isSoft, isInvalid: error !== undefined })}>
          {Icon !== undefined && <Icon size={14} className="text-subtle" aria-hidden="true" />}
          <input
            {...control}
            ref={given.inputRef}
            type={given.type ?? "text"}
            name={given.name}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            onBlur={given.onBlur}
            placeholder={given.placeholder}
            autoComplete={given.autoComplete ?? "off"}
            maxLength={given.maxLength}
            disabled={given.disabled}
            readOnly={given.readOnly}
            className={bareInput}
          />
          {given.end}
        </span>
      )}
    </Field>
  );
}

type TextAreaProps = FieldProps<string> & { readonly rows?: number; readonly placeholder?: string | undefined };

export function TextArea(props: TextAreaProps): ReactElement {
  const { label, labelEnd, hint, isOptional, isLabelHidden, className, error, rows = 3 } = props;
  const { value, onChange, ...given } = props;
  return (
    <Field {...{ label, labelEnd, hint, isOptional, isLabelHidden, className, error }}>
      {(control) => (
        <span className={cx(inputBox({ isInvalid: error !== undefined }), "h-auto pointer-coarse:h-auto")}>
          <textarea
            {...control}
            rows={rows}
            name={given.name}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            onBlur={given.onBlur}
            placeholder={given.placeholder}
            disabled={given.disabled}
            className={cx(bareInput, "field-sizing-content min-h-18 resize-y py-1.75")}
          />
        </span>
      )}
    </Field>
  );
}
