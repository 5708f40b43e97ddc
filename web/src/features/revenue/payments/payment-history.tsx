import type { Payment } from "@rainmaker/contracts/revenue/payments";
import { CircleAlert, MessageCircleQuestionMark, RotateCcw, ShieldCheck, Undo2, UserCheck } from "lucide-react";
import type { ReactElement } from "react";
import { Note } from "#ui/note";
import { Timeline, TimelineGroup, TimelineItem } from "#ui/timeline";
import { reasonNames } from "./payment-words.ts";

type Decision = Payment["decisions"][number];

/** Why it came back, in the verifier's words. */
export function SentBack({ payment }: { readonly payment: Payment }): ReactElement | null {
  const last = payment.decisions.at(-1);
  if (payment.status === "asked" && last !== undefined) {
    return (
      <Note tone="warning" icon={MessageCircleQuestionMark}>
        <strong className="font-medium">{last.by.name} asks:</strong>
        <p>“{payment.question}”</p>
      </Note>
    );
  }
  if (last?.verdict !== "rejected" || payment.status === "submitted") return null;
  return (
    <Note tone="danger" icon={CircleAlert}>
      <strong className="font-medium">
        {reasonOf(last)}. Sent back by {last.by.name}.
      </strong>
      {last.note !== null && last.note !== "" && <p className="text-muted">“{last.note}”</p>}
    </Note>
  );
}

/** Every decision there was; sending again keeps those before it. */
export function DecisionHistory({ payment }: { readonly payment: Payment }): ReactElement | null {
  if (payment.decisions.length === 0) return null;
  return (
    <Timeline label="Decisions">
      <TimelineGroup title="Decisions">
        {payment.decisions.toReversed().map((decision) => (
          <TimelineItem
            key={decision.at}
            icon={looks[decision.verdict].icon}
            tone={looks[decision.verdict].tone}
            at={decision.at}
            body={decision.note !== null && decision.note !== "" && <p className="text-muted">“{decision.note}”</p>}
          >
            <b>{decision.by.name}</b>{" "}
            {decision.verdict === "rejected"
              ? `sent it back: ${reasonOf(decision).toLowerCase()}`
              : looks[decision.verdict].words}
          </TimelineItem>
        ))}
      </TimelineGroup>
    </Timeline>
  );
}

const looks = {
  endorsed: { icon: UserCheck, tone: "success", words: "agreed; a second verifier decides" },
  verified: { icon: ShieldCheck, tone: "success", words: "verified it" },
  rejected: { icon: Undo2, tone: "danger", words: "sent it back" },
  asked: { icon: MessageCircleQuestionMark, tone: "warning", words: "asked" },
  reversed: { icon: RotateCcw, tone: "danger", words: "reversed it" },
} as const;

function reasonOf({ reasonCode }: Decision): string {
  return reasonCode === null ? "Sent back" : reasonNames[reasonCode];
}
