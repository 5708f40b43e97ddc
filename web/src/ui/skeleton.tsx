import type { ReactElement } from "react";
import { cx } from "#lib/class-names";

/** Room for what is on its way, in its final size. Unseen for the first 150 ms. */
export function Skeleton({ className }: { readonly className?: string | undefined }): ReactElement {
  return (
    <span
      aria-hidden="true"
      className={cx(
        "appears-late block h-2.5 rounded-[5px] bg-[linear-gradient(90deg,var(--bg-active),var(--bg-hover))]",
        className,
      )}
    />
  );
}

/** Lines of different length, for text that is on its way. */
export function SkeletonLines({
  lines = 3,
  className,
}: {
  lines?: number;
  className?: string | undefined;
}): ReactElement {
  const widths = ["w-3/4", "w-full", "w-5/6", "w-2/3", "w-1/2"];
  return (
    <span className={cx("flex flex-col gap-3", className)}>
      {Array.from({ length: lines }, (_, index) => `${widths[index % widths.length] ?? ""} ${index}`).map((line) => (
        <Skeleton key={line} className={line.split(" ")[0] ?? ""} />
      ))}
    </span>
  );
}
