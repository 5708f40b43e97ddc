import { decideRevision, withdrawRevision } from "@rainmaker/contracts/revenue/deal-changes";
import type { Deal, DealRevision } from "@rainmaker/contracts/revenue/deals";
import { Check, GitCompareArrows, PencilLine, Undo2, X } from "lucide-react";
import { useState, type ReactElement } from "react";
import { formatMoney } from "#lib/format";
import { useIntentKey } from "#lib/intent-key";
import { useUser } from "#lib/session";
import { notify, notifyFailure } from "#lib/toasts";
import { useCall } from "#lib/use-call";
import { Button } from "#ui/button";
import { Moment } from "#ui/moment";
import { Note } from "#ui/note";
import { approvalBar, reaches } from "./deal-words.ts";
import { RevisionForm } from "./revision-form.tsx";
import { revisionSentence } from "./revision-words.ts";

/** Changes of an approved deal: the one that waits, those before it, and how to propose one. */
export function DealRevisions({ deal }: { readonly deal: Deal }): ReactElement | null {
  const user = useUser();
  const [isProposing, setIsProposing] = useState(false);
  const waiting = deal.revisions.find(({ state }) => state === "proposed");
  const past = deal.revisions.filter(({ state }) => state === "approved" || state === "declined");
  const mayPropose = deal.status === "approved" && waiting === undefined && reaches(user, "deal.submit", deal.owner.id);
  if (waiting === undefined && past.length === 0 && !mayPropose) return null;
  return (
    <section
      aria-label="Changes after the approval"
      className="flex flex-col gap-3 border-b border-line-subtle px-5 py-4 max-sm:px-4"
    >
      {waiting !== undefined && <Waiting deal={deal} revision={waiting} />}
      {past.length > 0 && (
        <ul className="flex flex-col gap-1 text-muted">
          {past.map((revision) => (
            <li key={revision.id}>
              {revisionSentence(revision)}
              {revision.decidedAt !== null && (
                <>
                  {`: ${revision.state} by ${revision.decidedBy?.name ?? "somebody"}, `}
                  <Moment at={revision.decidedAt} isInSentence />
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayPropose &&
        (isProposing ? (
          <RevisionForm deal={deal} onClose={() => setIsProposing(false)} />
        ) : (
          <Button tone="ghost" icon={PencilLine} className="self-start" onClick={() => setIsProposing(true)}>
            Change or cancel the deal
          </Button>
        ))}
    </section>
  );
}

type WaitingProps = { readonly deal: Deal; readonly revision: DealRevision };

function Waiting({ deal, revision }: WaitingProps): ReactElement {
  const user = useUser();
  const key = useIntentKey();
  const decide = useCall(decideRevision, ["deal"]);
  const takeBack = useCall(withdrawRevision, ["deal"]);
  const isOwn = revision.proposedBy.id === user.id;
  const bar = approvalBar({ ...deal, submittedBy: revision.proposedBy }, user.id);
  const params = { dealId: deal.id, revisionId: revision.id };
  const send = async (verdict: "approved" | "declined"): Promise<void> => {
    const input = { params, body: { verdict } };
    try {
      await decide.mutateAsync({ ...input, idempotencyKey: key(input) });
      notify({ tone: "done", title: `Change of ${deal.number} ${verdict}` });
    } catch (error) {
      notifyFailure(`The change of ${deal.number} was not ${verdict}`, error);
    }
  };
  const withdraw = async (): Promise<void> => {
    try {
      await takeBack.mutateAsync({ params, idempotencyKey: key({ params }) });
      notify({ tone: "done", title: `Change of ${deal.number} taken back` });
    } catch (error) {
      notifyFailure("It was not taken back", error);
    }
  };
  return (
    <Note icon={GitCompareArrows}>
      <p>
        <strong className="font-medium">{revisionSentence(revision)}</strong> “{revision.reason}”, proposed by{" "}
        {revision.proposedBy.name}, <Moment at={revision.proposedAt} isInSentence />
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        {isOwn && (
          <Button size="sm" icon={Undo2} isLoading={takeBack.isPending} onClick={() => void withdraw()}>
            Take back
          </Button>
        )}
        {reaches(user, "deal.approve", deal.owner.id) && (
          <>
            <Button size="sm" icon={X} disabledReason={bar} onClick={() => void send("declined")}>
              Decline
            </Button>
            <Button
              size="sm"
              tone="primary"
              icon={Check}
              disabledReason={bar}
              isLoading={decide.isPending}
              onClick={() => void send("approved")}
            >
              Approve {revision.kind === "cancellation" ? "cancelling" : formatMoney(revision.amount)}
            </Button>
          </>
        )}
      </div>
    </Note>
  );
}
