import { Link } from "@tanstack/react-router";
import { History, Trash2 } from "lucide-react";
import type { ReactElement } from "react";
import { useCan } from "#lib/session";

const places = [
  { key: "imports", to: "/imports", label: "History", icon: History },
  { key: "trash", to: "/trash", label: "Trash", icon: Trash2 },
] as const;

/** What came in, and what was thrown away: the two places where something can be taken back. */
export function HistoryTabs({ current }: { readonly current: "imports" | "trash" }): ReactElement | null {
  const mayImport = useCan("import.run");
  const mayDelete = [useCan("customer.delete"), useCan("opportunity.delete")].some(Boolean);
  if (!mayImport || !mayDelete) return null;
  return (
    <nav
      aria-label="Take back"
      className="inline-flex gap-0.5 rounded-md bg-active p-0.5 dark:bg-sunken dark:shadow-[inset_0_0_0_1px_var(--border-default)]"
    >
      {places.map(({ key, to, label, icon: Icon }) => (
        <Link
          key={key}
          to={to}
          aria-current={key === current ? "page" : undefined}
          className="inline-flex h-6.5 items-center gap-1.5 rounded-sm px-2.5 text-[12.5px] font-medium text-muted aria-[current]:bg-surface aria-[current]:text-default aria-[current]:shadow-xs dark:aria-[current]:bg-active"
        >
          <Icon size={14} aria-hidden="true" />
          {label}
        </Link>
      ))}
    </nav>
  );
}
