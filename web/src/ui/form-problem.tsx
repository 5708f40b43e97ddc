import { CircleAlert, CloudOff } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { ApiProblem, hasCode, Offline, sentenceOf } from "#lib/api-problem";
import { Button } from "#ui/button";
import { Note } from "#ui/note";

type FormProblemProps = {
  /** What refused the whole form; nothing is shown for null. */
  readonly problem: unknown;
  /** Takes the record as it is now; offered where somebody else changed it meanwhile. */
  readonly onReload?: (() => void) | undefined;
  /** What the other one changed, where that is known. */
  readonly changed?: ReactNode;
};

/** Why nothing was saved, above the fields. What was typed stays. */
export function FormProblem({ problem, onReload, changed }: FormProblemProps): ReactElement | null {
  if (problem == null) return null;
  if (problem instanceof Offline) {
    return (
      <Note tone="warning" icon={CloudOff} isAlert>
        <strong className="font-medium">You are offline.</strong> What you typed stays here; send it when the connection
        is back.
      </Note>
    );
  }
  const isStale = hasCode(problem, "stale_version");
  const reload =
    isStale && onReload !== undefined ? (
      <Button size="xs" onClick={onReload}>
        Reload
      </Button>
    ) : undefined;
  const isBug = problem instanceof ApiProblem ? problem.status >= 500 : true;
  return (
    <Note tone={isStale ? "warning" : "danger"} icon={CircleAlert} end={reload} isAlert>
      <strong className="font-medium">{isStale ? "Not saved: somebody else was faster." : sentenceOf(problem)}</strong>
      {isStale && (
        <p className="text-muted">{changed ?? "Reload to see what changed; what you typed is replaced by it."}</p>
      )}
      {isBug && <Code of={problem} />}
    </Note>
  );
}

/** For support: finds the request in the server's log, where it got there. */
function Code({ of: problem }: { readonly of: unknown }): ReactElement | null {
  if (!(problem instanceof ApiProblem) || problem.requestId === "") return null;
  return <p className="text-xs text-muted">Code {problem.requestId}</p>;
}
