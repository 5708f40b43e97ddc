import type { ReactElement } from "react";
import { Bar } from "#ui/bar";

type ProgressProps = {
  /** What is going on: "Upload". */
  readonly label: string;
  /** 0 to 1, or null while nobody knows how far it is. */
  readonly share: number | null;
  /** In place of the percentage, for screen readers. */
  readonly text?: string | undefined;
};

/** How far something is that takes longer than a moment. */
export function Progress({ label, share, text }: ProgressProps): ReactElement {
  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- drawn by the style sheet, in the colours of the theme
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.floor(share * 100)}
      aria-valuetext={text}
    >
      <Bar share={share ?? 1} className={share === null ? "animate-pulse motion-reduce:animate-none" : undefined} />
    </div>
  );
}
