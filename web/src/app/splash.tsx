import type { ReactElement } from "react";

/** The frame of the application while it finds out who is here. */
export function Splash(): ReactElement {
  return (
    <div aria-busy="true" className="grid h-full grid-cols-1 bg-canvas md:grid-cols-[var(--sidebar)_minmax(0,1fr)]">
      <output className="sr-only">Loading Rainmaker</output>
      <div className="max-md:hidden" />
      <div className="m-2 rounded-xl border bg-surface shadow-xs max-sm:m-0 max-sm:rounded-none max-sm:border-0 md:ml-0" />
    </div>
  );
}
