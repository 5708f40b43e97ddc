import { Calendar as CalendarIcon } from "lucide-react";
import { useState, type KeyboardEvent, type ReactElement } from "react";
import { whenLeft } from "#lib/after-press";
import { formatFullDay, today as dayOfToday } from "#lib/format";
import { readDay } from "#lib/read-day";
import { Calendar } from "#ui/calendar";
import { bareInput, Field, inputBox, type FieldProps } from "#ui/field";
import { Popover } from "#ui/popover";

type DateFieldProps = FieldProps<string | null> & {
  /** The organization's day, where it counts; the viewer's own unless given. */
  readonly today?: string;
  /** Days outside cannot be picked in the calendar. */
  readonly min?: string | undefined;
  readonly max?: string | undefined;
};

/**
 * A calendar day as YYYY-MM-DD, null while empty. Typed freely ("fri", "30 nov", "+2w") or picked. What cannot be read
 * stays as typed and goes out as it is, for the contract to refuse with a sentence.
 */
export function DateField(props: DateFieldProps): ReactElement {
  const { label, labelEnd, hint, isOptional, isLabelHidden, className, error, size, value, onChange } = props;
  const today = props.today ?? dayOfToday();
  const [draft, setDraft] = useState<string | null>(null);
  const [isOpen, setIsOpen] = useState(false);

  const settle = (): void => {
    if (draft !== null) {
      const text = draft.trim();
      onChange(text === "" ? null : (readDay(text, today) ?? text));
    }
    setDraft(null);
    props.onBlur?.();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && draft !== null) settle();
    if (event.key === "ArrowDown" && event.altKey) setIsOpen(true);
  };
  const shown = value === null ? "" : isDay(value) ? formatFullDay(value) : value;
  const opener = (
    <button
      type="button"
      aria-label={`Choose ${label.toLowerCase()} in a calendar`}
      disabled={props.disabled}
      className="-mr-1 grid size-6 flex-none place-items-center rounded-sm text-subtle hover:bg-hover pointer-coarse:size-11"
    >
      <CalendarIcon size={14} aria-hidden="true" />
    </button>
  );

  return (
    <Field {...{ label, labelEnd, hint, isOptional, isLabelHidden, className, error }}>
      {(control) => (
        <span className={inputBox({ size, isInvalid: error !== undefined })}>
          <input
            {...control}
            autoComplete="off"
            name={props.name}
            placeholder="fri, 30 nov, +2w"
            value={draft ?? shown}
            onChange={(event) => setDraft(event.target.value)}
            onBlur={() => whenLeft(settle, props.onBlur !== undefined)}
            onKeyDown={onKeyDown}
            disabled={props.disabled}
            className={`${bareInput} tnum`}
          />
          <Popover trigger={opener} label={label} align="end" isOpen={isOpen} onOpenChange={setIsOpen}>
            <Calendar
              value={value !== null && isDay(value) ? value : null}
              today={today}
              min={props.min}
              max={props.max}
              onPick={(day) => {
                setDraft(null);
                onChange(day);
                setIsOpen(false);
              }}
            />
          </Popover>
        </span>
      )}
    </Field>
  );
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}
