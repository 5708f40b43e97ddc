import type { UseQueryResult } from "@tanstack/react-query";
import { useEffect, useState, type ReactElement, type ReactNode } from "react";
import { Button } from "#ui/button";
import { ErrorState } from "#ui/error-state";

type QueryViewProps<Data> = {
  readonly query: Pick<UseQueryResult<Data>, "data" | "error" | "refetch">;
  /** What it shows, for the sentence when it cannot: "The audit log". */
  readonly what: string;
  readonly skeleton: ReactNode;
  readonly children: (data: Data) => ReactNode;
  readonly className?: string | undefined;
};

/**
 * A read on the screen: room for it, then its data, or why not. Data that was shown stays while it is asked again,
 * even if that fails.
 */
export function QueryView<Data>({ query, what, skeleton, children, className }: QueryViewProps<Data>): ReactElement {
  const retry = (): void => void query.refetch();
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error !== null) {
    return <ErrorState error={query.error} what={what} onRetry={retry} className={className} />;
  }
  return (
    <div aria-busy="true" className={className}>
      <span className="sr-only">Loading {what.toLowerCase()}</span>
      {skeleton}
      <SlowNote onRetry={retry} />
    </div>
  );
}

/** A word after 5 seconds, a way to try again after 15. */
export function SlowNote({ onRetry }: { readonly onRetry: () => void }): ReactElement {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timers = [5, 15].map((after) => setTimeout(() => setSeconds(after), after * 1000));
    return () => timers.forEach(clearTimeout);
  }, []);
  return (
    <output className="flex min-h-8 items-center gap-3 pt-3 text-xs text-subtle">
      {seconds >= 5 && "This takes longer than usual."}
      {seconds >= 15 && (
        <Button size="xs" onClick={onRetry}>
          Try again
        </Button>
      )}
    </output>
  );
}
