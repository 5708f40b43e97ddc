import { Check, ChevronRight, type LucideIcon } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useContext, type ReactElement, type ReactNode } from "react";
import { cx } from "#lib/class-names";
import { Kbd } from "#ui/kbd";
import { LayerContainer } from "#ui/layer-container";

const panel =
  "animate-pop z-(--z-popover) max-h-(--radix-dropdown-menu-content-available-height) min-w-48 overflow-y-auto rounded-[11px] bg-raised p-1.25 shadow-[var(--elev-lg),0_0_0_1px_var(--border-default)]";
const row =
  "flex h-8 cursor-pointer items-center gap-2.25 rounded-[7px] px-2.25 outline-none select-none data-[disabled]:cursor-not-allowed data-[disabled]:text-disabled data-[highlighted]:bg-hover dark:data-[highlighted]:bg-active pointer-coarse:h-11 [&>svg]:text-subtle";

type MenuProps = {
  /** The button that opens it. */
  readonly trigger: ReactNode;
  readonly align?: "start" | "end";
  readonly side?: "top" | "bottom";
  readonly className?: string | undefined;
  readonly isOpenAtOnce?: boolean | undefined;
  readonly children: ReactNode;
};

export function Menu({
  trigger,
  align = "start",
  side = "bottom",
  className,
  isOpenAtOnce,
  children,
}: MenuProps): ReactElement {
  const container = useContext(LayerContainer);
  return (
    <DropdownMenu.Root defaultOpen={isOpenAtOnce ?? false} modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={container}>
        <DropdownMenu.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={cx(panel, className)}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

type MenuItemProps = {
  readonly icon?: LucideIcon;
  /** The key that does the same outside the menu. */
  readonly shortcut?: string;
  readonly isDanger?: boolean;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
};

export function MenuItem(props: MenuItemProps): ReactElement {
  const { icon: Icon, shortcut, isDanger = false, disabled = false, onSelect, children } = props;
  return (
    <DropdownMenu.Item
      onSelect={onSelect}
      disabled={disabled}
      className={cx(row, isDanger && "text-danger-fg [&>svg]:text-danger-fg")}
    >
      {Icon !== undefined && <Icon size={14} aria-hidden="true" />}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {shortcut !== undefined && <Kbd keys={shortcut} />}
    </DropdownMenu.Item>
  );
}

export function MenuLabel({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <DropdownMenu.Label className="px-2.25 pt-2 pb-1 text-2xs font-medium text-subtle">{children}</DropdownMenu.Label>
  );
}

export function MenuSeparator(): ReactElement {
  return <DropdownMenu.Separator className="mx-2.25 my-1.25 h-px bg-[var(--border-subtle)]" />;
}

type MenuChoiceProps<Value extends string> = {
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly icon?: LucideIcon }[];
};

/** One of several, with a tick at the one that holds. */
export function MenuChoice<Value extends string>({ value, onChange, options }: MenuChoiceProps<Value>): ReactElement {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={(next) => onChange(next as Value)}>
      {options.map((option) => (
        <DropdownMenu.RadioItem key={option.value} value={option.value} className={row}>
          {option.icon !== undefined && <option.icon size={14} aria-hidden="true" />}
          <span className="min-w-0 flex-1 truncate">{option.label}</span>
          <DropdownMenu.ItemIndicator>
            <Check size={14} aria-hidden="true" className="text-brand-fg" />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

type SubmenuProps = { readonly label: string; readonly icon?: LucideIcon; readonly children: ReactNode };

export function Submenu({ label, icon: Icon, children }: SubmenuProps): ReactElement {
  const container = useContext(LayerContainer);
  return (
    <DropdownMenu.Sub>
      <DropdownMenu.SubTrigger className={cx(row, "data-[state=open]:bg-hover dark:data-[state=open]:bg-active")}>
        {Icon !== undefined && <Icon size={14} aria-hidden="true" />}
        <span className="min-w-0 flex-1 truncate">{label}</span>
        <ChevronRight size={14} aria-hidden="true" />
      </DropdownMenu.SubTrigger>
      <DropdownMenu.Portal container={container}>
        <DropdownMenu.SubContent sideOffset={4} collisionPadding={8} className={panel}>
          {children}
        </DropdownMenu.SubContent>
      </DropdownMenu.Portal>
    </DropdownMenu.Sub>
  );
}
