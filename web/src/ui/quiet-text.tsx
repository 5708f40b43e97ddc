import type { ReactElement, ReactNode } from "react";

/** A fact of second rank in a cell; "none" where it is not known. */
export function QuietText({ children }: { readonly children: ReactNode }): ReactElement {
  return children === null ? <span className="text-subtle">none</span> : <span className="text-muted">{children}</span>;
}
