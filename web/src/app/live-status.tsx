import type { ReactElement } from "react";
import { cx } from "#lib/class-names";
import { formatTime } from "#lib/format";
import { useConnection } from "#lib/offline";
import { useLiveStatus, type LiveStatus as Status } from "#lib/realtime";

const words: Record<Status["kind"], { readonly word: string; readonly tip: string; readonly dot: string }> = {
  live: {
    word: "Live",
    tip: "Changes of others appear by themselves",
    dot: "bg-success shadow-[0_0_0_3px_color-mix(in_srgb,var(--success-solid)_18%,transparent)]",
  },
  connecting: { word: "Connecting", tip: "Changes of others appear once connected", dot: "bg-viz-muted" },
  offline: {
    word: "Not live",
    tip: "Changes of others appear when you reload",
    dot: "bg-warning shadow-[0_0_0_3px_color-mix(in_srgb,var(--warning-solid)_18%,transparent)]",
  },
};

/** Whether what stands on the screen follows what others do. */
export function LiveStatus({ isRail }: { readonly isRail: boolean }): ReactElement {
  const live = useLiveStatus();
  const connection = useConnection();
  // The banner may know it before the socket has missed its first heartbeat: one truth.
  const { kind, since } = connection.kind === "offline" ? connection : live;
  const { word, tip, dot } = words[kind];
  return (
    <p
      data-tip={tip}
      className={cx("flex items-center gap-2 px-2 py-1 text-2xs text-subtle", isRail && "size-9 justify-center px-0")}
    >
      <span aria-hidden="true" className={cx("size-1.75 flex-none rounded-full", dot)} />
      <span className={isRail ? "sr-only" : ""}>{word}</span>
      {kind === "offline" && !isRail && <span className="tnum">since {formatTime(since.toISOString())}</span>}
    </p>
  );
}
