import { addRefundEvidence, decideRefund, withdrawRefund, type Refund } from "@rainmaker/contracts/revenue/refunds";
import { useState, type ReactElement } from "react";
import { call } from "#lib/api";
import { formatMoney } from "#lib/format";
import { useIntentKey } from "#lib/intent-key";
import { invalidateEntities } from "#lib/query";
import { useCan, useUser } from "#lib/session";
import { notify, notifyFailure } from "#lib/toasts";
import { Badge } from "#ui/badge";
import { Button } from "#ui/button";
import { FileDrop } from "#ui/file-drop";
import { DayText } from "#ui/moment";
import { EvidenceList } from "./evidence-list.tsx";
import { refundNames, refundStates } from "./refund-words.ts";
import { WordsForm } from "./words-form.tsx";

/** Money that went back, with its own proof and its own decision. */
export function RefundItem({ refund }: { readonly refund: Refund }): ReactElement {
  const { kind, amount, valueOn, reason, status, recordedBy, decidedBy, note, evidence } = refund;
  const { label, tone } = refundStates[status];
  return (
    <li className="flex flex-col gap-2.5 rounded-[11px] border px-3.5 py-3">
      <p className="flex items-center gap-2">
        <span className="font-medium">{refundNames[kind]}</span>
        <Badge tone={tone}>{label}</Badge>
        <span className="tnum ml-auto font-medium">{formatMoney(amount)}</span>
      </p>
      <p className="text-muted">
        “{reason}” <DayText day={valueOn} />, recorded by {recordedBy.name}
        {decidedBy !== null && `, ${status === "verified" ? "verified" : "not accepted"} by ${decidedBy.name}`}.
        {note !== null && ` “${note}”`}
      </p>
      <EvidenceList files={evidence} />
      <RefundActs refund={refund} />
    </li>
  );
}

function RefundActs({ refund }: { readonly refund: Refund }): ReactElement | null {
  const user = useUser();
  const mayRecord = useCan("refund.record");
  const mayVerify = useCan("payment.verify");
  if (refund.status === "draft" && mayRecord) return <RefundProof refund={refund} />;
  if (refund.status !== "submitted") return null;
  if (mayVerify && refund.recordedBy.id !== user.id) return <RefundDecision refund={refund} />;
  return mayRecord ? <RefundWithdrawal refund={refund} /> : null;
}

/** The proof sends it. */
function RefundProof({ refund }: { readonly refund: Refund }): ReactElement {
  const key = useIntentKey();
  const attach = async (file: File): Promise<void> => {
    try {
      const params = { refundId: refund.id };
      await call(addRefundEvidence, { params, file, idempotencyKey: key([refund.id, file.name, file.lastModified]) });
      notify({ tone: "done", title: "Sent to verify", detail: "It counts once somebody else has verified it." });
    } catch (error) {
      notifyFailure("The proof was not attached", error);
    } finally {
      void invalidateEntities(["payment"]);
    }
  };
  return (
    <>
      <FileDrop
        label="Drop or paste the proof"
        hint="It is sent to verify with it. PDF, PNG, JPEG or WebP up to 25 MB."
        accept="application/pdf,image/png,image/jpeg,image/webp"
        maxBytes={25_000_000}
        onFile={(file) => void attach(file)}
        files={[]}
      />
      <RefundWithdrawal refund={refund} />
    </>
  );
}

function RefundWithdrawal({ refund }: { readonly refund: Refund }): ReactElement {
  const key = useIntentKey();
  const withdraw = async (): Promise<void> => {
    try {
      await call(withdrawRefund, { params: { refundId: refund.id }, idempotencyKey: key(refund.id) });
      notify({ tone: "done", title: `${refundNames[refund.kind]} withdrawn` });
    } catch (error) {
      notifyFailure("It was not withdrawn", error);
    } finally {
      void invalidateEntities(["payment"]);
    }
  };
  return (
    <Button tone="ghost" size="sm" className="self-start" onClick={() => void withdraw()}>
      Withdraw
    </Button>
  );
}

function RefundDecision({ refund }: { readonly refund: Refund }): ReactElement {
  const key = useIntentKey();
  const [isRejecting, setIsRejecting] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const decide = async (verdict: { verdict: "verified" } | { verdict: "rejected"; note: string }): Promise<void> => {
    const intent = { params: { refundId: refund.id }, body: { ...verdict, seenVersion: refund.version } };
    try {
      await call(decideRefund, { ...intent, idempotencyKey: key(intent) });
      const isVerified = verdict.verdict === "verified";
      notify({
        tone: "done",
        title: isVerified ? "Refund verified" : "Refund not accepted",
        detail: isVerified ? "Commission, goals and the deal follow." : "Nothing changes.",
      });
    } finally {
      void invalidateEntities(["payment", "deal", "commission"]);
    }
  };
  if (isRejecting) {
    return (
      <WordsForm
        label="What is wrong with it"
        hint={`${refund.recordedBy.name} reads this.`}
        submit="Do not accept"
        tone="danger"
        missing="Say in a few words what is wrong"
        onSend={(note) => decide({ verdict: "rejected", note })}
        onClose={() => setIsRejecting(false)}
      />
    );
  }
  const verify = (): void => {
    setIsSending(true);
    decide({ verdict: "verified" })
      .catch((error: unknown) => notifyFailure("It was not verified", error))
      .finally(() => setIsSending(false));
  };
  return (
    <div className="grid grid-cols-2 gap-2">
      <Button onClick={() => setIsRejecting(true)}>Do not accept</Button>
      <Button tone="primary" isLoading={isSending} onClick={verify}>
        Verify {refundNames[refund.kind].toLowerCase()}
      </Button>
    </div>
  );
}
