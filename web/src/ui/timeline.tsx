import type { LucideIcon } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { cx } from "#lib/class-names";
import { Moment } from "#ui/moment";

const iconTones = {
  neutral: "bg-neutral-soft text-neutral-fg",
  brand: "bg-brand-soft text-brand-fg",
  success: "bg-success-soft text-success-fg",
  warning: "bg-warning-soft text-warning-fg",
  danger: "bg-danger-soft text-danger-fg",
  practice: "bg-practice-soft text-practice-fg",
  earn: "bg-earn-soft text-earn-fg",
} as const;

type IconTone = keyof typeof iconTones;

type IconTileProps = {
  readonly icon: LucideIcon;
  readonly tone?: IconTone;
  readonly size?: 22 | 25;
  readonly className?: string;
};

/** An icon on its own small ground: what kind of thing a line is about. */
export function IconTile({ icon: Icon, tone = "neutral", size = 25, className }: IconTileProps): ReactElement {
  return (
    <span
      aria-hidden="true"
      className={cx(
        "grid flex-none place-items-center",
        size === 25 ? "size-6.25 rounded-md" : "size-5.5 rounded-[7px]",
        iconTones[tone],
        className,
      )}
    >
      <Icon size={size === 25 ? 14 : 12} />
    </span>
  );
}

/** What happened, newest first, under headings of time: TimelineGroup holds TimelineItems. */
export function Timeline({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    <section aria-label={label} className="flex flex-col">
      {children}
    </section>
  );
}

export function TimelineGroup({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <section className="flex flex-col">
      <h3 className="pt-2.5 pb-1.5 text-xs font-medium text-subtle">{title}</h3>
      <ul>{children}</ul>
    </section>
  );
}

type TimelineItemProps = {
  readonly icon: LucideIcon;
  readonly tone?: IconTone;
  readonly at: string;
  /** One sentence; names in <b>. */
  readonly children: ReactNode;
  /** Below it: a quotation, badges. */
  readonly body?: ReactNode;
  /** After the time: a small menu. */
  readonly end?: ReactNode;
  /** What a link to it names. */
  readonly id?: string | undefined;
};

export function TimelineItem({ icon, tone, at, children, body, end, id }: TimelineItemProps): ReactElement {
  return (
    <li
      id={id}
      className="relative flex items-start gap-3 pb-3 before:absolute before:top-7.25 before:bottom-0.75 before:left-3 before:w-px before:bg-[var(--border-default)] last:before:hidden [&_b]:font-medium [&_b]:text-default"
    >
      <IconTile icon={icon} {...(tone !== undefined && { tone })} />
      <div className="min-w-0 flex-1">
        <div className="flex min-h-6.25 items-center gap-3 text-muted">
          <p className="min-w-0 flex-1">{children}</p>
          <Moment at={at} className="flex-none text-xs text-subtle" />
          {end}
        </div>
        {body}
      </div>
    </li>
  );
}
