import { Plus, X, type LucideIcon } from "lucide-react";
import type { ButtonHTMLAttributes, KeyboardEvent, ReactElement, ReactNode } from "react";
import { cx } from "#lib/class-names";
import { Kbd } from "#ui/kbd";
import { Menu, MenuChoice } from "#ui/menu";

const chipLook =
  "inline-flex h-7 flex-none items-center gap-1.5 rounded-[7px] border bg-surface px-2.25 text-[12.5px] whitespace-nowrap text-muted hover:bg-hover max-sm:h-8.5 pointer-coarse:h-10 [&>svg]:text-subtle [&>b]:font-medium [&>b]:text-default";
const onLook =
  "border-brand-line bg-brand-soft text-brand-fg hover:bg-brand-soft-hover [&>b]:text-brand-fg [&>svg]:text-brand-fg";

type FilterChipProps<Value extends string> = {
  /** The field: "Role". */
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value | null;
  /** The word while nothing is chosen: "all", "anyone". */
  readonly emptyLabel: string;
  readonly onChange: (value: Value | null) => void;
};

/** A filter as a small sentence: field, then value. Enter opens its choices, Backspace takes it away. */
export function FilterChip<Value extends string>(props: FilterChipProps<Value>): ReactElement {
  const { label, icon: Icon, options, value, emptyLabel, onChange } = props;
  const chosen = options.find((option) => option.value === value);
  const clearOnBackspace = (event: KeyboardEvent): void => {
    if ((event.key === "Backspace" || event.key === "Delete") && value !== null) onChange(null);
  };
  const trigger = (
    <button type="button" onKeyDown={clearOnBackspace} className={cx(chipLook, chosen !== undefined && onLook)}>
      {Icon !== undefined && <Icon size={14} aria-hidden="true" />}
      {label} <b>{chosen?.label ?? emptyLabel}</b>
    </button>
  );
  const none = "" as Value;
  return (
    <span className="inline-flex flex-none items-center">
      <Menu trigger={trigger}>
        <MenuChoice
          value={value ?? none}
          onChange={(next) => onChange(next === none ? null : next)}
          options={[{ value: none, label: emptyLabel.charAt(0).toUpperCase() + emptyLabel.slice(1) }, ...options]}
        />
      </Menu>
      {chosen !== undefined && (
        <button
          type="button"
          aria-label={`Remove the filter ${label} ${chosen.label}`}
          onClick={() => onChange(null)}
          className="ml-0.5 grid size-6 place-items-center rounded-sm text-subtle hover:bg-hover hover:text-default pointer-coarse:size-11"
        >
          <X size={12} aria-hidden="true" />
        </button>
      )}
    </span>
  );
}

type ChipButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  readonly icon?: LucideIcon;
  readonly isOn?: boolean;
  readonly children: ReactNode;
};

/** A chip that does something of its own, such as opening a popover. */
export function ChipButton({ icon: Icon, isOn = false, className, children, ...rest }: ChipButtonProps): ReactElement {
  return (
    <button type="button" {...rest} className={cx(chipLook, isOn && onLook, className)}>
      {Icon !== undefined && <Icon size={14} aria-hidden="true" />}
      {children}
    </button>
  );
}

/** The dashed chip that adds a filter. */
export function AddFilterChip(props: Omit<ChipButtonProps, "children" | "icon">): ReactElement {
  return (
    <ChipButton icon={Plus} {...props} className="border-dashed">
      Filter <Kbd keys="f" />
    </ChipButton>
  );
}
