import type { LucideIcon } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { cx } from "#lib/class-names";

type EmptyStateProps = {
  readonly icon: LucideIcon;
  /** What is not there: "No deals yet". */
  readonly title: string;
  /** Why, and what would change it: one sentence. */
  readonly children?: ReactNode;
  /** One primary button, and perhaps one other way in. */
  readonly actions?: ReactNode;
  readonly className?: string | undefined;
};

/** Nothing here, and the one next step: never a dead end. */
export function EmptyState({ icon: Icon, title, children, actions, className }: EmptyStateProps): ReactElement {
  return (
    <div
      className={cx(
        "flex flex-col items-center gap-1.25 rounded-[11px] border border-dashed p-8 text-center",
        className,
      )}
    >
      <span
        aria-hidden="true"
        className="mb-1 grid size-10 place-items-center rounded-[11px] bg-brand-soft text-brand-fg"
      >
        <Icon size={20} />
      </span>
      <h2 className="font-medium">{title}</h2>
      {children !== undefined && <p className="max-w-[52ch] text-xs text-muted">{children}</p>}
      {actions !== undefined && <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
