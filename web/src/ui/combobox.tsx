import { Check, ChevronDown, Plus, X } from "lucide-react";
import { Popover } from "radix-ui";
import { useContext, useId, useMemo, useState, type KeyboardEvent, type ReactElement, type ReactNode } from "react";
import { cx } from "#lib/class-names";
import { Field, inputBox, type FieldProps } from "#ui/field";
import { LayerContainer } from "#ui/layer-container";
import { Listbox, ListOption, placeAfterKey, revealOption } from "#ui/listbox";
import { Spinner } from "#ui/spinner";

export type Choice = {
  readonly value: string;
  readonly label: string;
  /** A second, quiet part: a team, a town. */
  readonly detail?: string | undefined;
  /** Before the label: an avatar, a monogram. */
  readonly mark?: ReactNode;
};

type ComboboxProps = FieldProps<string | null> & {
  readonly choices: readonly Choice[];
  /** The chosen one, where it may be missing from `choices` because these follow the search. */
  readonly chosen?: Choice | null | undefined;
  readonly placeholder?: string;
  /** Asks elsewhere while typing; without it the choices are filtered here. */
  readonly onSearch?: (text: string) => void;
  readonly isSearching?: boolean;
  /** Offers to make what was typed and not found. */
  readonly onCreate?: (text: string) => void;
  readonly isClearable?: boolean;
};

/** One of many, found by typing. */
export function Combobox(props: ComboboxProps): ReactElement {
  const { label, labelEnd, hint, isOptional, isLabelHidden, className, error, size, value, choices, onChange } = props;
  const { placeholder = "Choose", isClearable = false, disabled = false } = props;
  const [isOpen, setIsOpen] = useState(false);
  const container = useContext(LayerContainer);
  const chosen = props.chosen ?? choices.find((choice) => choice.value === value);
  const close = (next: string | null): void => {
    onChange(next);
    setIsOpen(false);
    props.onBlur?.();
  };
  return (
    <Field {...{ label, labelEnd, hint, isOptional, isLabelHidden, className, error }}>
      {(control) => (
        <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
          <span className={cx(inputBox({ size, isInvalid: error !== undefined }), "relative px-0")}>
            <Popover.Trigger asChild>
              <button
                type="button"
                {...control}
                // Its name is the label and what is chosen; by the label alone nobody would hear the choice.
                aria-labelledby={`${control.id}-label ${control.id}`}
                disabled={disabled}
                className="flex min-w-0 flex-1 items-center gap-2 self-stretch px-2.5 text-left outline-none"
              >
                {value !== null && chosen !== undefined ? (
                  <ChoiceText choice={chosen} />
                ) : (
                  <span className="truncate text-subtle">{placeholder}</span>
                )}
                <ChevronDown
                  size={14}
                  aria-hidden="true"
                  className={cx("ml-auto text-subtle", isClearable && value !== null && "mr-6")}
                />
              </button>
            </Popover.Trigger>
            {isClearable && value !== null && !disabled && (
              <button
                type="button"
                aria-label={`Clear ${label.toLowerCase()}`}
                onClick={() => close(null)}
                className="absolute right-1.5 grid size-6 place-items-center rounded-sm text-subtle hover:bg-hover pointer-coarse:size-11"
              >
                <X size={12} aria-hidden="true" />
              </button>
            )}
          </span>
          <Popover.Portal container={container}>
            <Popover.Content
              aria-label={label}
              align="start"
              sideOffset={4}
              collisionPadding={8}
              className="animate-pop z-(--z-tooltip) w-(--radix-popover-trigger-width) min-w-56 overflow-hidden rounded-[11px] bg-raised shadow-[var(--elev-lg),0_0_0_1px_var(--border-default)] outline-none"
            >
              <ChoiceList {...props} onChange={close} />
            </Popover.Content>
          </Popover.Portal>
        </Popover.Root>
      )}
    </Field>
  );
}

function ChoiceText({ choice }: { readonly choice: Choice }): ReactElement {
  return (
    <>
      {choice.mark}
      {/* The space is for those who hear it: the two are one name. */}
      <span className="truncate">{choice.label}</span>{" "}
      {choice.detail !== undefined && <span className="truncate text-xs text-subtle">{choice.detail}</span>}
    </>
  );
}

const creating = "\u0000create";
const mostShown = 100;

/** Search above, list below; the focus stays in the search while arrows move through the list. */
function ChoiceList(props: ComboboxProps): ReactElement {
  const { label, value, choices, onSearch, isSearching = false, onCreate, onChange } = props;
  const id = useId();
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const found = useMemo(
    () => (onSearch === undefined ? choices.filter((choice) => isLike(choice, text)) : choices).slice(0, mostShown),
    [choices, text, onSearch],
  );
  const wanted = text.trim();
  const offersCreate =
    onCreate !== undefined && wanted !== "" && !found.some(({ label }) => label.toLowerCase() === wanted.toLowerCase());
  const rows = offersCreate ? [...found, { value: creating, label: wanted }] : found;

  const choose = (row: Choice | undefined): void => {
    if (row === undefined) return;
    if (row.value === creating) onCreate?.(wanted);
    else onChange(row.value);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = placeAfterKey(event.key, active, rows.length);
    if (next === null && event.key !== "Enter") return;
    event.preventDefault();
    if (next === null) {
      choose(rows[active]);
      return;
    }
    setActive(next);
    revealOption(`${id}-${next}`);
  };

  return (
    <>
      <span className="flex items-center gap-2 border-b border-line-subtle px-3">
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={rows.length === 0 ? undefined : `${id}-${active}`}
          aria-autocomplete="list"
          aria-label={`Search ${label.toLowerCase()}`}
          placeholder="Search"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
            onSearch?.(event.target.value);
          }}
          onKeyDown={onKeyDown}
          className="h-9 min-w-0 flex-1 bg-transparent outline-none pointer-coarse:h-11 max-sm:text-lg"
        />
        {isSearching && <Spinner className="text-subtle" />}
      </span>
      <Listbox id={`${id}-list`} label={label} className="max-h-64 p-1.25">
        {rows.map((row, index) => (
          <ListOption
            key={row.value}
            id={`${id}-${index}`}
            isActive={index === active}
            onActivate={() => setActive(index)}
            onChoose={() => choose(row)}
            className="min-h-8 gap-2.25 rounded-[7px] px-2.25 pointer-coarse:min-h-11"
          >
            {row.value === creating ? (
              <>
                <Plus size={14} aria-hidden="true" className="text-subtle" />
                <span className="truncate">Create “{row.label}”</span>
              </>
            ) : (
              <ChoiceText choice={row} />
            )}
            {row.value === value && <Check size={14} aria-hidden="true" className="ml-auto text-brand-fg" />}
          </ListOption>
        ))}
      </Listbox>
      {rows.length === 0 && (
        <output className="block px-3 pb-3 text-xs text-subtle">{isSearching ? "Searching" : "No match"}</output>
      )}
    </>
  );
}

function isLike({ label, detail }: Choice, text: string): boolean {
  const hay = fold(`${label} ${detail ?? ""}`);
  return fold(text)
    .split(/\s+/)
    .every((word) => hay.includes(word));
}

/** Without case and accents: "Tomas" finds Tomás. */
function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
