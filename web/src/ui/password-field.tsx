import { Eye, EyeOff } from "lucide-react";
import { useState, type ReactElement } from "react";
import { bareInput, Field, inputBox, type FieldProps } from "#ui/field";

type PasswordFieldProps = FieldProps<string> & {
  /** Tells password managers which one is meant. */
  readonly autoComplete: "current-password" | "new-password";
};

/** Pasting and password managers always work; what was typed can be shown. */
export function PasswordField(props: PasswordFieldProps): ReactElement {
  const { label, labelEnd, hint, className, error, size, value, onChange, ...given } = props;
  const [isShown, setIsShown] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <Field {...{ label, labelEnd, hint, className, error }}>
      {(control) => (
        <span className={inputBox({ size, isInvalid: error !== undefined })}>
          <input
            {...control}
            type={isShown ? "text" : "password"}
            name={given.name}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            onBlur={given.onBlur}
            autoComplete={given.autoComplete}
            autoCapitalize="none"
            spellCheck={false}
            disabled={given.disabled}
            className={bareInput}
          />
          <button
            type="button"
            aria-label={`${isShown ? "Hide" : "Show"} ${label.toLowerCase()}`}
            onClick={() => setIsShown(!isShown)}
            className="-mr-1 inline-flex h-6 items-center gap-1 rounded-xs px-1 text-xs font-medium text-link pointer-coarse:h-11"
          >
            <Icon size={14} aria-hidden="true" />
            {isShown ? "Hide" : "Show"}
          </button>
        </span>
      )}
    </Field>
  );
}
