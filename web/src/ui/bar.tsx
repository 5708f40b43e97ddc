import type { ReactElement } from "react";
import type { WireMoney } from "@rainmaker/contracts/money";
import { cx } from "#lib/class-names";
import { formatMoney, shareOf, signOf } from "#lib/format";

const fills = {
  brand: "bg-brand",
  success: "bg-success",
  warning: "bg-viz-2",
  danger: "bg-danger",
  earn: "bg-earn",
  practice: "bg-practice",
  muted: "bg-viz-muted",
} as const;

type BarProps = {
  /** 0 to 1. */
  readonly share: number;
  /** The finding as a sentence; without one the bar repeats a figure beside it and is not read. */
  readonly label?: string;
  readonly tone?: keyof typeof fills;
  /** Where the share would be on pace, 0 to 1: a tick across the bar. */
  readonly pace?: number;
  readonly className?: string | undefined;
};

export function Bar({ share, label, tone = "brand", pace, className }: BarProps): ReactElement {
  return (
    <span
      {...(label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
      className={cx("relative block h-1.5 rounded-full bg-active", className)}
    >
      <span
        className={cx("block h-full rounded-full", fills[tone])}
        style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }}
      />
      {pace !== undefined && (
        <span
          className="absolute -inset-y-1 w-0.5 -translate-x-1/2 rounded-[2px] bg-[var(--fg-default)] shadow-[0_0_0_2px_var(--bg-surface)]"
          style={{ left: `${Math.min(1, Math.max(0, pace)) * 100}%` }}
        />
      )}
    </span>
  );
}

type MoneyBarProps = {
  readonly total: WireMoney;
  readonly verified: WireMoney;
  readonly inReview: WireMoney;
  /** Waits for its person: a proof to fix or to attach. */
  readonly needsYou: WireMoney;
  readonly className?: string | undefined;
};

/** Where the money of a deal stands. The order never changes: verified, in review, needs you, planned. */
export function MoneyBar({ total, verified, inReview, needsYou, className }: MoneyBarProps): ReactElement {
  const parts = [
    { word: "verified", money: verified, fill: "bg-success" },
    { word: "in review", money: inReview, fill: "bg-[var(--viz-pos-2)]" },
    { word: "needs you", money: needsYou, fill: "hatch-danger" },
  ].filter(({ money }) => signOf(money) > 0);
  const sentence = parts.map(({ word, money }) => `${formatMoney(money, { style: "short" })} ${word}`).join(", ");
  return (
    <span
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- drawn by the style sheet, in the colours of the theme
      role="img"
      aria-label={`${sentence === "" ? "Nothing paid" : sentence}, of ${formatMoney(total, { style: "short" })}`}
      className={cx("flex h-2 gap-0.5 overflow-hidden rounded-full bg-active", className)}
    >
      {parts.map(({ word, money, fill }) => (
        <span key={word} className={cx("h-full", fill)} style={{ width: `${shareOf(money, total) * 100}%` }} />
      ))}
    </span>
  );
}
