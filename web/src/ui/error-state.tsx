import { CircleAlert, CloudOff, Lock, SearchX } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { ApiProblem, Offline, sentenceOf } from "#lib/api-problem";
import { Button } from "#ui/button";
import { EmptyState } from "#ui/empty-state";
import { Note } from "#ui/note";

type ErrorStateProps = {
  readonly error: unknown;
  /** What could not be shown: "The audit log". */
  readonly what: string;
  readonly onRetry?: (() => void) | undefined;
  readonly className?: string | undefined;
};

/** Instead of what could not be read: what happened, a code for support and a way on. */
export function ErrorState({ error, what, onRetry, className }: ErrorStateProps): ReactElement {
  if (error instanceof ApiProblem && error.status === 403) return <NoAccess />;
  if (error instanceof ApiProblem && error.status === 404) {
    return (
      <EmptyState icon={SearchX} title="Not here" className={className}>
        {what} does not exist, or belongs to somebody whose records you do not see.
      </EmptyState>
    );
  }
  const retry =
    onRetry === undefined ? undefined : (
      <Button size="xs" onClick={onRetry}>
        Try again
      </Button>
    );
  if (error instanceof Offline) {
    return (
      <Note tone="warning" icon={CloudOff} end={retry} className={className}>
        <strong className="font-medium">You are offline.</strong> {what} will be shown as soon as the connection is
        back.
      </Note>
    );
  }
  return (
    <Note tone="danger" icon={CircleAlert} end={retry} isAlert className={className}>
      <strong className="font-medium">{what} could not be loaded.</strong>{" "}
      <span className="text-muted">
        {sentenceOf(error)} {codeOf(error)}
      </span>
    </Note>
  );
}

/** For a page or part that somebody else can open. */
export function NoAccess({ children }: { readonly children?: ReactNode }): ReactElement {
  return (
    <EmptyState icon={Lock} title="No access">
      {children ?? "Your role does not include this. An admin of your organisation can grant it under Users & teams."}
    </EmptyState>
  );
}

function codeOf(error: unknown): string {
  return error instanceof ApiProblem && error.requestId !== "" ? `Code ${error.requestId}.` : "";
}
