import { Info, type LucideIcon } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { cx } from "#lib/class-names";

const looks = {
  info: "bg-info-soft [&>svg]:text-info-fg",
  success: "bg-success-soft [&>svg]:text-success-fg",
  warning: "bg-warning-soft [&>svg]:text-warning-fg",
  danger: "bg-danger-soft [&>svg]:text-danger-fg",
  practice: "bg-practice-soft [&>svg]:text-practice-fg",
  earn: "bg-earn-soft [&>svg]:text-earn-fg",
} as const;

type NoteProps = {
  readonly tone?: keyof typeof looks;
  readonly icon?: LucideIcon;
  /** At the end: a button or a figure. */
  readonly end?: ReactNode;
  /** Read at once: something went wrong. */
  readonly isAlert?: boolean;
  readonly className?: string | undefined;
  readonly children: ReactNode;
};

/** A remark beside what it is about. */
export function Note(props: NoteProps): ReactElement {
  const { tone = "info", icon: Icon = Info, end, isAlert = false, className, children } = props;
  return (
    <div
      role={isAlert ? "alert" : undefined}
      className={cx("flex items-start gap-2.5 rounded-md px-3 py-2.5", looks[tone], className)}
    >
      <Icon size={14} className="mt-0.75" aria-hidden="true" />
      <div className="min-w-0 flex-1">{children}</div>
      {end}
    </div>
  );
}
