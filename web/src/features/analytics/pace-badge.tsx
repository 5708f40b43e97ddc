import type { ReactElement } from "react";
import { cx } from "#lib/class-names";
import { Badge } from "#ui/badge";
import { standingOf } from "./pace.ts";

type PaceProps = {
  /** As on the wire: "0.7100". */
  readonly ratio: string;
  readonly workdays: { readonly elapsed: number; readonly total: number };
};

export function PaceBadge({ ratio, workdays }: PaceProps): ReactElement {
  const { words, tone } = standingOf(ratio, workdays);
  return <Badge tone={tone}>{words}</Badge>;
}

const colours = {
  success: "text-success-fg",
  neutral: "text-muted",
  warning: "text-warning-fg",
  danger: "text-danger-fg",
} as const;

/** The same in a table, without the box. */
export function PaceText({ ratio, workdays }: PaceProps): ReactElement {
  const { words, tone } = standingOf(ratio, workdays);
  return <span className={cx("tnum whitespace-nowrap", colours[tone])}>{words}</span>;
}
