import type { Payment } from "@rainmaker/contracts/revenue/payments";
import { CircleAlert, ShieldCheck, Undo2 } from "lucide-react";
import type { ReactElement } from "react";
import { Note } from "#ui/note";
import { Timeline, TimelineGroup, TimelineItem } from "#ui/timeline";
import { reasonNames } from "./payment-words.ts";

type Decision = Payment["decisions"][number];

/** Why it came back, in the verifier's words. */
export function SentBack({ payment }: { readonly payment: Payment }): ReactElement | null {
  const last = payment.decisions.at(-1);
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
            icon={decision.verdict === "verified" ? ShieldCheck : Undo2}
            tone={decision.verdict === "verified" ? "success" : "danger"}
            at={decision.at}
            body={decision.note !== null && decision.note !== "" && <p className="text-muted">“{decision.note}”</p>}
          >
            <b>{decision.by.name}</b>{" "}
            {decision.verdict === "verified" ? "verified it" : `sent it back: ${reasonOf(decision).toLowerCase()}`}
          </TimelineItem>
        ))}
      </TimelineGroup>
    </Timeline>
  );
}

function reasonOf({ reasonCode }: Decision): string {
  return reasonCode === null ? "Sent back" : reasonNames[reasonCode];
}
