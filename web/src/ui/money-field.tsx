import { minorDigits } from "@rainmaker/contracts/currencies";
import { parseAmount, toDecimal } from "@rainmaker/contracts/money";
import { useState, type KeyboardEvent, type ReactElement } from "react";
import { whenLeft } from "#lib/after-press";
import { currencySymbol, formatMoney } from "#lib/format";
import { readAmount } from "#lib/read-amount";
import { bareInput, Field, inputBox, type FieldProps } from "#ui/field";

type MoneyFieldProps = FieldProps<string | null> & { readonly currency: string };

/**
 * An amount as the decimal string of the wire, null while empty. People type it their way ("96k", "1,234.50"); it is
 * understood when they leave the field. What cannot be read stays as typed and goes out as it is, for the contract to
 * refuse with a sentence.
 */
export function MoneyField(props: MoneyFieldProps): ReactElement {
  const { label, labelEnd, hint, isOptional, isLabelHidden, className, error, size, value, onChange, currency } = props;
  // What is being typed; null while the field shows its value.
  const [draft, setDraft] = useState<string | null>(null);

  const settle = (): void => {
    if (draft !== null) {
      const text = draft.trim();
      onChange(text === "" ? null : (readAmount(text, currency) ?? text));
    }
    setDraft(null);
    props.onBlur?.();
  };
  const step = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === "Enter" && draft !== null) settle();
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    const next = stepped(draft ?? value ?? "0", currency, event.key === "ArrowUp" ? 1n : -1n);
    if (next === null) return;
    setDraft(null);
    onChange(next);
  };

  return (
    <Field {...{ label, labelEnd, hint, isOptional, isLabelHidden, className, error }}>
      {(control) => (
        <span className={inputBox({ size, isInvalid: error !== undefined })}>
          <span className="text-subtle" aria-hidden="true">
            {currencySymbol(currency).trim()}
          </span>
          <input
            {...control}
            inputMode="decimal"
            autoComplete="off"
            name={props.name}
            value={draft ?? shown(value, currency)}
            onChange={(event) => setDraft(event.target.value)}
            onBlur={() => whenLeft(settle, props.onBlur !== undefined)}
            onKeyDown={step}
            disabled={props.disabled}
            aria-label={`${label}, in ${currency}`}
            className={`${bareInput} tnum`}
          />
        </span>
      )}
    </Field>
  );
}

function shown(value: string | null, currency: string): string {
  if (value === null) return "";
  if (typeof parseAmount(value, currency) === "string") return value;
  return formatMoney({ amount: value, currency }, { style: "short", bare: true });
}

/** One unit up or down, never below nothing. */
function stepped(text: string, currency: string, units: bigint): string | null {
  const minor = parseAmount(readAmount(text, currency) ?? "", currency);
  if (typeof minor === "string") return null;
  const next = minor + units * 10n ** BigInt(minorDigits(currency));
  return toDecimal(next < 0n ? 0n : next, currency);
}
