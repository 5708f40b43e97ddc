import { Check } from "lucide-react";
import { useId, type ReactElement } from "react";
import { flushSync } from "react-dom";
import { cx } from "#lib/class-names";
import { Button } from "#ui/button";
import { WordsForm } from "../payments/words-form.tsx";
import { RejectForm } from "./reject-form.tsx";
import type { Verdict } from "./use-queue.ts";

export type Writing = "reason" | "question" | null;

type DecisionBarProps = {
  /** Why it cannot be decided at all: not by this person, not any more, not offline. */
  readonly bar: string | undefined;
  /** Why it cannot be approved yet. */
  readonly wait: string | undefined;
  /** What is being written: a reason, or a question. */
  readonly writing: Writing;
  readonly repName: string;
  /** The first of two verifiers decides, or the second. */
  readonly approveWords: string;
  readonly onWrite: (writing: Writing) => void;
  readonly onDecide: (verdict: Verdict) => void;
};

/** The decision: one key to approve, one and a reason to send back. */
export function DecisionBar(props: DecisionBarProps): ReactElement {
  const { bar, wait, writing, repName, approveWords, onWrite, onDecide } = props;
  const buttonsId = useId();
  if (writing !== null && bar === undefined) {
    const close = (): void => {
      // Drawn at once, so that there is something to give the focus back to.
      flushSync(() => onWrite(null));
      document.getElementById(`${buttonsId}-${writing}`)?.focus();
    };
    if (writing === "reason") return <RejectForm repName={repName} onReject={onDecide} onClose={close} />;
    return (
      <WordsForm
        label={`What you ask ${repName}`}
        hint={`${repName} reads this and answers.`}
        submit="Ask"
        missing="Write what you want to know"
        onSend={async (note) => onDecide({ verdict: "asked", note })}
        onClose={close}
      />
    );
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
        {approveWords}
      </Button>
      <div className="grid grid-cols-2 gap-2">
        <Button id={`${buttonsId}-question`} shortcut="m" disabledReason={bar} onClick={() => onWrite("question")}>
          Ask {repName.split(" ")[0]}
        </Button>
        <Button
          id={`${buttonsId}-reason`}
          shortcut="r"
          disabledReason={bar}
          className={cx(bar === undefined && "text-danger-fg")}
          onClick={() => onWrite("reason")}
        >
          Reject
        </Button>
      </div>
      <p className={cx("text-center text-xs text-subtle", bar === undefined && "max-lg:hidden")}>
        {bar ?? "Rejecting needs a reason. A decision is final; a mistake is reversed by others, visibly."}
      </p>
    </div>
  );
}
