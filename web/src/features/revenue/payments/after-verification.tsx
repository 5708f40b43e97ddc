import { type Payment } from "@rainmaker/contracts/revenue/payments";
import { decidePayment } from "@rainmaker/contracts/revenue/payment-decisions";
import { listRefunds } from "@rainmaker/contracts/revenue/refunds";
import { useInfiniteQuery } from "@tanstack/react-query";
import { RotateCcw, Undo2 } from "lucide-react";
import { useState, type ReactElement } from "react";
import { call } from "#lib/api";
import { useIntentKey } from "#lib/intent-key";
import { invalidateEntities, itemsOf, livePages } from "#lib/query";
import { useCan, useUser } from "#lib/session";
import { notify } from "#lib/toasts";
import { Button } from "#ui/button";
import { RefundForm } from "./refund-form.tsx";
import { RefundItem } from "./refund-item.tsx";
import { WordsForm } from "./words-form.tsx";

/** What may still happen to a verified payment: money goes back, or it was verified by mistake. */
export function AfterVerification({ payment }: { readonly payment: Payment }): ReactElement {
  const [shown, setShown] = useState<"refund" | "reversal" | null>(null);
  const refunds = itemsOf(
    useInfiniteQuery(livePages(listRefunds, { query: { paymentId: payment.id } }, ["payment"])).data,
  );
  const mayRecord = useCan("refund.record") && payment.status === "verified";
  const reversalBar = useReversalBar(payment);
  return (
    <section aria-label="After verification" className="flex flex-col gap-3">
      {refunds !== undefined && refunds.length > 0 && (
        <ul aria-label="Refunds" className="flex flex-col gap-2">
          {refunds.map((refund) => (
            <RefundItem key={refund.id} refund={refund} />
          ))}
        </ul>
      )}
      {shown === "refund" && <RefundForm payment={payment} onClose={() => setShown(null)} />}
      {shown === "reversal" && <Reversal payment={payment} onClose={() => setShown(null)} />}
      {shown === null && (
        <div className="flex flex-wrap gap-2">
          {mayRecord && (
            <Button icon={Undo2} onClick={() => setShown("refund")}>
              Record a refund
            </Button>
          )}
          {reversalBar !== null && (
            <Button
              icon={RotateCcw}
              disabledReason={reversalBar === "" ? undefined : reversalBar}
              onClick={() => setShown("reversal")}
            >
              Reverse
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

/** Why a verifier cannot reverse it, "" where they can, null where reversing is not their part. */
function useReversalBar(payment: Payment): string | null {
  const user = useUser();
  const mayVerify = useCan("payment.verify");
  if (!mayVerify || payment.status !== "verified") return null;
  const isDecider = payment.decisions.some(
    ({ verdict, by }) => by.id === user.id && (verdict === "verified" || verdict === "endorsed"),
  );
  return isDecider ? "You verified it. Another verifier has to reverse it." : "";
}

function Reversal({ payment, onClose }: { readonly payment: Payment; readonly onClose: () => void }): ReactElement {
  const key = useIntentKey();
  const reverse = async (note: string): Promise<void> => {
    const body = { verdict: "reversed" as const, note, seenVersion: payment.version };
    const intent = { params: { paymentId: payment.id }, body };
    try {
      await call(decidePayment, { ...intent, idempotencyKey: key(intent) });
      notify({
        tone: "done",
        title: `${payment.number} reversed`,
        detail: "Nothing of it counts any more: commission, goals and the deal follow.",
      });
    } finally {
      void invalidateEntities(["payment", "deal", "commission"]);
    }
  };
  return (
    <WordsForm
      label="Why it was verified by mistake"
      hint="Everybody who sees the payment reads this. Commission is taken back."
      submit="Reverse the payment"
      tone="danger"
      missing="Say in a few words what was wrong"
      onSend={reverse}
      onClose={onClose}
    />
  );
}
