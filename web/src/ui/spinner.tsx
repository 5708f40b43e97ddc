import type { ReactElement } from "react";
import { cx } from "#lib/class-names";

export function Spinner({ className }: { readonly className?: string | undefined }): ReactElement {
  return (
    <span
      aria-hidden="true"
      className={cx(
        "inline-block size-3.25 flex-none animate-spin rounded-full border-2 border-current/28 border-t-current",
        className,
      )}
    />
  );
}
