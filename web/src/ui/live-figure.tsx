import { useState, type ReactElement } from "react";
import { cx } from "#lib/class-names";

/** A figure that may change under one's eyes: it does so in place, with a tint for a moment. */
export function LiveFigure({
  children,
  className,
}: {
  children: string;
  className?: string | undefined;
}): ReactElement {
  const [shown, setShown] = useState({ text: children, changes: 0 });
  // Compared while drawing: an effect would show the new figure once without its tint.
  if (shown.text !== children) setShown({ text: children, changes: shown.changes + 1 });
  return (
    // A new element at each change starts the tint anew.
    <span key={shown.changes} className={cx("tnum rounded-xs", shown.changes > 0 && "animate-tint", className)}>
      {children}
    </span>
  );
}
