import { Check } from "lucide-react";
import { useId, type ReactElement } from "react";
import { flushSync } from "react-dom";
import { cx } from "#lib/class-names";
import { Button } from "#ui/button";
import { RejectForm } from "./reject-form.tsx";
import type { Verdict } from "./use-queue.ts";

type DecisionBarProps = {
  /** Why it cannot be decided at all: not by this person, not any more, not offline. */
  readonly bar: string | undefined;
  /** Why it cannot be approved yet. */
  readonly wait: string | undefined;
  readonly isRejecting: boolean;
  readonly repName: string;
  readonly onReject: (isRejecting: boolean) => void;
  readonly onDecide: (verdict: Verdict) => void;
};

/** The decision: one key to approve, one and a reason to send back. */
export function DecisionBar(props: DecisionBarProps): ReactElement {
  const { bar, wait, isRejecting, repName, onReject, onDecide } = props;
  const rejectId = useId();
  if (isRejecting && bar === undefined) {
    const close = (): void => {
      // Drawn at once, so that there is something to give the focus back to.
      flushSync(() => onReject(false));
      document.getElementById(rejectId)?.focus();
    };
    return <RejectForm repName={repName} onReject={onDecide} onClose={close} />;
  }
  return (
    <div className="flex flex-col gap-2">
      {bar === undefined && wait !== undefined && <p className="text-center text-xs text-muted lg:hidden">{wait}</p>}
      <Button
        tone="primary"
        size="lg"
        icon={Check}
        shortcut="a"
        disabledReason={bar ?? wait}
        className="w-full"
        onClick={() => onDecide({ verdict: "verified" })}
      >
        Approve
      </Button>
      <Button
        id={rejectId}
        shortcut="r"
        disabledReason={bar}
        className={cx("w-full", bar === undefined && "text-danger-fg")}
        onClick={() => onReject(true)}
      >
        Reject
      </Button>
      <p className={cx("text-center text-xs text-subtle", bar === undefined && "max-lg:hidden")}>
        {bar ?? "Rejecting needs a reason. A decision is final; a mistake is reversed by others, visibly."}
      </p>
    </div>
  );
}
