import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Scale } from "lucide-react";
import { useState, type ReactElement } from "react";
import { useKey } from "#lib/keys";
import { itemsOf } from "#lib/query";
import { Badge } from "#ui/badge";
import { Button } from "#ui/button";
import { lazyLayer } from "#ui/lazy-part";
import { TextLink } from "#ui/link";
import { stateLooks } from "./dispute-words.ts";
import { disputesQuery } from "./use-disputes.ts";
import type { Commission } from "@rainmaker/contracts/revenue/commissions";

// Few lines are disputed.
const DisputeSheet = lazyLayer("The dispute", async () => (await import("./dispute-sheet.tsx")).DisputeSheet);

/** Beside the explanation of an own line: what was asked about it, or the way to ask. */
export function LineDispute({ line }: { readonly line: Commission }): ReactElement {
  const navigate = useNavigate();
  const [isOpen, setIsOpen] = useState(false);
  const { participant, payment, customer, amount, month } = line;
  const asked = itemsOf(useInfiniteQuery(disputesQuery({ participantId: participant.id, month })).data);
  const own = asked?.filter((dispute) => dispute.payment.id === payment.id) ?? [];
  const mayAsk = asked !== undefined && own.every(({ state }) => state !== "open");
  useKey("d", "Dispute the line", () => setIsOpen(true), { isActive: mayAsk });
  return (
    <div className="mt-2 flex flex-col gap-2">
      {own.map(({ id, state }) => (
        <p key={id} className="flex items-center gap-2">
          <Badge tone={stateLooks[state].tone}>{stateLooks[state].word}</Badge>
          <TextLink to="/disputes" search={{ dispute: id }}>
            {state === "open" ? "Your dispute waits for an answer" : "Your dispute and its answer"}
          </TextLink>
        </p>
      ))}
      {mayAsk && (
        <Button icon={Scale} shortcut="d" className="self-start" onClick={() => setIsOpen(true)}>
          Dispute line
        </Button>
      )}
      {isOpen && (
        <DisputeSheet
          about={{ payment, participant, customer, amount, isMissing: line.reason !== null }}
          onClose={() => setIsOpen(false)}
          onOpened={({ id }) => {
            setIsOpen(false);
            void navigate({ to: "/disputes", search: { dispute: id } });
          }}
        />
      )}
    </div>
  );
}
