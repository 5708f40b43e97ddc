import { type Payment } from "@rainmaker/contracts/revenue/payments";
import { deletePayment, withdrawPayment } from "@rainmaker/contracts/revenue/payment-recording";
import { Trash2, Undo2 } from "lucide-react";
import { useState, type ReactElement } from "react";
import { call, newKey } from "#lib/api";
import { useIntentKey } from "#lib/intent-key";
import { invalidateEntities } from "#lib/query";
import { useUser } from "#lib/session";
import { notify, notifyFailure, toastMs } from "#lib/toasts";
import { Button } from "#ui/button";

type TakeBackProps = { readonly payment: Payment; readonly onClose: () => void };

/** Withdraws what one has sent, or deletes a draft that was never sent; nothing where neither can be done. */
export function TakeBack({ payment, onClose }: TakeBackProps): ReactElement | null {
  const user = useUser();
  const key = useIntentKey();
  const [isSending, setIsSending] = useState(false);
  const { id, number, status, version, submittedBy } = payment;
  const remove = (): void => {
    onClose();
    deleteLater(payment);
  };
  const withdraw = async (): Promise<void> => {
    setIsSending(true);
    try {
      const intent = { params: { paymentId: id }, body: { seenVersion: version } };
      await call(withdrawPayment, { ...intent, idempotencyKey: key(intent) });
      notify({ tone: "done", title: `${number} withdrawn`, detail: "Its proof can be used for another payment." });
      onClose();
    } catch (error) {
      notifyFailure(`${number} was not withdrawn`, error);
      setIsSending(false);
    } finally {
      void invalidateEntities(["payment", "deal"]);
    }
  };
  if (status === "draft" && submittedBy === null) {
    return (
      <Button tone="ghost" icon={Trash2} className="self-start" onClick={remove}>
        Delete draft
      </Button>
    );
  }
  const isOpen = ["submitted", "asked", "rejected", "draft"].includes(status);
  if (!isOpen || submittedBy?.id !== user.id) return null;
  return (
    <Button tone="ghost" icon={Undo2} className="self-start" isLoading={isSending} onClick={() => void withdraw()}>
      Withdraw payment
    </Button>
  );
}

/** Deleted for good once it can no longer be undone: until then nothing was sent. */
function deleteLater({ id, number, version }: Payment): void {
  const waiting = setTimeout(() => {
    call(deletePayment, { params: { paymentId: id }, seenVersion: version, idempotencyKey: newKey() })
      .catch((error: unknown) => notifyFailure(`${number} was not deleted`, error))
      .finally(() => void invalidateEntities(["payment", "deal"]));
  }, toastMs);
  notify({
    tone: "done",
    title: `${number} will be deleted`,
    action: { label: "Undo", key: "z", run: () => clearTimeout(waiting) },
  });
}
