import type { LucideIcon } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { cx } from "#lib/class-names";

const tones = {
  neutral: "bg-neutral-soft text-neutral-fg",
  line: "text-muted shadow-[inset_0_0_0_1px_var(--border-default)]",
  success: "bg-success-soft text-success-fg",
  warning: "bg-warning-soft text-warning-fg",
  danger: "bg-danger-soft text-danger-fg",
  info: "bg-info-soft text-info-fg",
  practice: "bg-practice-soft text-practice-fg",
  earn: "bg-earn-soft text-earn-fg",
};

const look =
  "inline-flex h-5 flex-none items-center gap-1.25 rounded-sm px-1.75 text-xs leading-none font-medium whitespace-nowrap tnum";

export type Tone = keyof typeof tones;

type BadgeProps = {
  readonly tone?: Tone;
  readonly icon?: LucideIcon;
  readonly hasDot?: boolean;
  readonly className?: string | undefined;
  readonly children: ReactNode;
};

/** A state in a word. The word is the meaning, the colour repeats it. */
export function Badge({ tone = "neutral", icon: Icon, hasDot = false, className, children }: BadgeProps): ReactElement {
  return (
    <span className={cx(look, tones[tone], className)}>
      {hasDot && <span aria-hidden="true" className="size-1.5 rounded-full bg-current" />}
      {Icon !== undefined && <Icon size={12} strokeWidth={2.2} aria-hidden="true" />}
      {children}
    </span>
  );
}
