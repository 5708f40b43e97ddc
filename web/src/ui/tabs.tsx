import type { KeyboardEvent, ReactElement, ReactNode } from "react";
import { cx } from "#lib/class-names";
import { formatCount } from "#lib/format";

type Tab<Value extends string> = {
  readonly value: Value;
  readonly label: string;
  /** Beside the label; left out while it is not known. */
  readonly count?: number | undefined;
};

type TabsProps<Value extends string> = {
  readonly label: string;
  /** The id of the TabPanel these tabs switch. */
  readonly panelId: string;
  readonly tabs: readonly Tab<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly className?: string | undefined;
};

/** Views of the same thing. Arrows, Home and End move; the choice belongs in the address of the page. */
export function Tabs<Value extends string>(props: TabsProps<Value>): ReactElement {
  const { label, panelId, tabs, value, onChange, className } = props;
  const move = (event: KeyboardEvent<HTMLDivElement>): void => {
    const at = tabs.findIndex((tab) => tab.value === value);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    const target = next === undefined ? undefined : tabs[(next + tabs.length) % tabs.length];
    if (target === undefined) return;
    event.preventDefault();
    onChange(target.value);
    document.getElementById(tabId(panelId, target.value))?.focus();
  };
  return (
    <div
      role="tablist"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={move}
      className={cx("flex gap-1 overflow-x-auto [scrollbar-width:none]", className)}
    >
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          id={tabId(panelId, tab.value)}
          aria-selected={tab.value === value}
          aria-controls={panelId}
          tabIndex={tab.value === value ? 0 : -1}
          onClick={() => onChange(tab.value)}
          className="relative inline-flex h-11.5 items-center gap-1.5 px-2 font-medium whitespace-nowrap text-muted -outline-offset-2 after:absolute after:inset-x-2 after:bottom-0 after:h-0.5 after:rounded-t-[2px] hover:text-default aria-selected:text-default aria-selected:after:bg-brand"
        >
          {tab.label}
          {tab.count !== undefined && (
            <span className="tnum text-xs font-normal text-subtle">{formatCount(tab.count)}</span>
          )}
        </button>
      ))}
    </div>
  );
}

type TabPanelProps = {
  readonly id: string;
  readonly value: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
};

export function TabPanel({ id, value, className, children }: TabPanelProps): ReactElement {
  return (
    <div role="tabpanel" id={id} aria-labelledby={tabId(id, value)} className={className}>
      {children}
    </div>
  );
}

function tabId(panelId: string, value: string): string {
  return `${panelId}-${value}`;
}
