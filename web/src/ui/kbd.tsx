import type { ReactElement } from "react";
import { cx } from "#lib/class-names";
import { keyCaps } from "#lib/keys";

/** Key caps, for the eye only: the control itself carries aria-keyshortcuts. */
export function Kbd({
  keys,
  className,
}: {
  readonly keys: string;
  readonly className?: string | undefined;
}): ReactElement {
  return (
    <span aria-hidden="true" className="inline-flex items-center gap-1 pointer-coarse:hidden">
      {keyCaps(keys).map((cap) => (
        <kbd
          key={cap}
          className={cx(
            "inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-xs border bg-sunken px-1 font-sans text-[11px] leading-none font-medium text-muted",
            className,
          )}
        >
          {cap}
        </kbd>
      ))}
    </span>
  );
}
