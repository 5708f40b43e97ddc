import type { LucideIcon } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { cx } from "#lib/class-names";

const looks = {
  warning: "bg-warning-soft [&>svg]:text-warning-fg",
  success: "bg-success-soft [&>svg]:text-success-fg",
  danger: "bg-danger-soft [&>svg]:text-danger-fg",
  info: "bg-info-soft [&>svg]:text-info-fg",
} as const;

type BannerProps = {
  readonly tone: keyof typeof looks;
  readonly icon: LucideIcon;
  /** A figure or a button at the end. */
  readonly end?: ReactNode;
  /** Interrupts the screen reader: for loss of connection only. */
  readonly isUrgent?: boolean;
  readonly children: ReactNode;
};

/** Across the top of the page; one at a time. */
export function Banner({ tone, icon: Icon, end, isUrgent = false, children }: BannerProps): ReactElement {
  return (
    <div
      role={isUrgent ? "alert" : "status"}
      className={cx("flex min-h-10 flex-none items-center gap-2.75 px-5 py-2 max-sm:px-4", looks[tone])}
    >
      <Icon size={14} aria-hidden="true" />
      <p className="min-w-0 flex-1">{children}</p>
      {end}
    </div>
  );
}
