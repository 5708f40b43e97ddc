import { approveDeal, submitDeal } from "@rainmaker/contracts/revenue/deal-changes";
import { getDeal, type Deal } from "@rainmaker/contracts/revenue/deals";
import { Check, CircleAlert, Send, Undo2 } from "lucide-react";
import { useId, useState, type ReactElement } from "react";
import { flushSync } from "react-dom";
import { hasCode, sentenceOf } from "#lib/api-problem";
import { useIntentKey } from "#lib/intent-key";
import { useKey } from "#lib/keys";
import { keyOf, queryClient } from "#lib/query";
import { useUser } from "#lib/session";
import { notify } from "#lib/toasts";
import { useCall } from "#lib/use-call";
import { Button } from "#ui/button";
import { Note } from "#ui/note";
import { pageTitleId } from "#ui/page-head";
import { Stepper } from "#ui/stepper";
import { approvalBar, reaches } from "./deal-words.ts";
import { ReturnForm } from "./return-form.tsx";

/** The way of a deal to its money, and the step that is next. */
export function DealSteps({ deal }: { readonly deal: Deal }): ReactElement {
  const { status, position, returnReason } = deal;
  const isPaid = position.state === "paid" || position.state === "overpaid";
  const at = status === "draft" ? 0 : status === "submitted" ? 1 : isPaid ? 4 : 3;
  const labels = ["Won", "Submitted", "Approved", "Paid in full"];
  return (
    <section aria-label="Progress" className="flex flex-col gap-3.5 border-b border-line-subtle px-5 py-4 max-sm:px-4">
      <Stepper
        label="Steps of the deal"
        steps={labels.map((label, index) => ({
          label,
          state: stateOf(index, at, status),
        }))}
      />
      {status === "draft" && returnReason !== null && (
        <Note tone="danger" icon={CircleAlert}>
          <strong className="font-medium">Returned.</strong> “{returnReason}”
        </Note>
      )}
      {status === "draft" && <SubmitStep deal={deal} />}
      {status === "submitted" && <ApprovalStep deal={deal} />}
    </section>
  );
}

function stateOf(index: number, at: number, status: Deal["status"]): "done" | "current" | "future" {
  // A draft is won already; what is next is to submit it.
  const current = status === "approved" || status === "cancelled" ? at : at + 1;
  if (index < current) return "done";
  return index === current ? "current" : "future";
}

/** Tells everybody who shows the deal; a refusal brings the deal as it is now. */
function takeOver(deal: unknown, dealId: Deal["id"]): void {
  if (typeof deal === "object" && deal !== null && "version" in deal) {
    queryClient.setQueryData(keyOf(getDeal, { params: { dealId } }), deal);
  }
}

/** The button that had the focus is about to go: the title takes it, so that it is not lost. */
function keepFocus(): void {
  if (document.activeElement !== document.body) document.getElementById(pageTitleId)?.focus({ preventScroll: true });
}

function refusalOf(deal: Deal, verb: string, error: unknown): void {
  if (hasCode(error, "stale_version")) takeOver(error.current, deal.id);
  const isStale = hasCode(error, "stale_version");
  const detail = isStale ? "It was changed meanwhile and is shown as it is now. Look again." : sentenceOf(error);
  notify({ tone: "failed", title: `${deal.number} was not ${verb}`, detail });
}

function SubmitStep({ deal }: { readonly deal: Deal }): ReactElement {
  const user = useUser();
  const submit = useCall(submitDeal, ["deal"]);
  const key = useIntentKey();
  const maySubmit = reaches(user, "deal.submit", deal.owner.id);
  const send = async (): Promise<void> => {
    const input = { params: { dealId: deal.id }, body: { seenVersion: deal.version } };
    try {
      const submitted = await submit.mutateAsync({ ...input, idempotencyKey: key(input) });
      keepFocus();
      takeOver(submitted, deal.id);
      notify({ tone: "done", title: `${deal.number} submitted`, detail: "Your manager can approve it now." });
    } catch (error) {
      refusalOf(deal, "submitted", error);
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-3">
      <p className="min-w-0 flex-1 text-muted">
        {maySubmit
          ? "Submit it, so that a manager can approve amount and credits. Payments can be sent once it is approved."
          : `${deal.owner.name} has to submit it before it can be approved.`}
      </p>
      {maySubmit && (
        <Button tone="primary" icon={Send} isLoading={submit.isPending} onClick={() => void send()}>
          Submit for approval
        </Button>
      )}
    </div>
  );
}

function ApprovalStep({ deal }: { readonly deal: Deal }): ReactElement {
  const user = useUser();
  const approve = useCall(approveDeal, ["deal"]);
  const key = useIntentKey();
  const returnId = useId();
  const [isReturning, setIsReturning] = useState(false);
  const mayApprove = reaches(user, "deal.approve", deal.owner.id);
  const bar = approvalBar(deal, user.id);
  const isFree = mayApprove && bar === undefined;
  const send = async (): Promise<void> => {
    if (approve.isPending) return;
    const input = { params: { dealId: deal.id }, body: { seenVersion: deal.version } };
    try {
      const approved = await approve.mutateAsync({ ...input, idempotencyKey: key(input) });
      keepFocus();
      takeOver(approved, deal.id);
      notify({ tone: "done", title: `${deal.number} approved`, detail: "Amount and credits are frozen." });
    } catch (error) {
      refusalOf(deal, "approved", error);
    }
  };
  useKey("a", "Approve the deal", () => void send(), { isActive: isFree && !isReturning });
  useKey("r", "Return the deal", () => setIsReturning(true), { isActive: isFree && !isReturning });
  if (!mayApprove) {
    return (
      <p className="text-muted">It waits for a manager to approve it. Payments can be sent once it is approved.</p>
    );
  }
  if (isReturning) {
    return (
      <ReturnForm
        deal={deal}
        onDone={(returned) => {
          keepFocus();
          takeOver(returned, deal.id);
          setIsReturning(false);
        }}
        onClose={() => {
          // Drawn at once, so that there is something to give the focus back to.
          flushSync(() => setIsReturning(false));
          document.getElementById(returnId)?.focus();
        }}
      />
    );
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <p className="min-w-48 flex-1 text-muted">
        {bar ?? `Approving freezes ${deal.number}: its amount and who is credited for it.`}
      </p>
      <Button id={returnId} icon={Undo2} shortcut="r" disabledReason={bar} onClick={() => setIsReturning(true)}>
        Return
      </Button>
      <Button
        tone="primary"
        icon={Check}
        shortcut="a"
        disabledReason={bar}
        isLoading={approve.isPending}
        onClick={() => void send()}
      >
        Approve
      </Button>
    </div>
  );
}
