import type { Deal } from "@rainmaker/contracts/revenue/deals";
import type { Payment } from "@rainmaker/contracts/revenue/payments";
import { useEffect, useRef, useState, type ReactElement, type ReactNode } from "react";
import { hasCode, Offline } from "#lib/api-problem";
import { formatMoney } from "#lib/format";
import { queryClient } from "#lib/query";
import { notify } from "#lib/toasts";
import { Button } from "#ui/button";
import { FormProblem } from "#ui/form-problem";
import { Note } from "#ui/note";
import { Sheet } from "#ui/sheet";
import { TextField } from "#ui/text-field";
import { PaymentFields, usePaymentForm } from "./payment-form.tsx";
import { valuesOf } from "./payment-values.ts";
import { useDelivery, type Delivery, type DeliveryStep } from "./use-delivery.ts";
import { paymentQuery } from "./use-payments.ts";

type PaymentEditorProps = {
  readonly title: string;
  readonly formId: string;
  readonly deal: Deal;
  /** A draft, or a payment that was sent back; null for a new one. */
  readonly payment: Payment | null;
  /** Above the fields: what it is about, why it came back, the proofs it has. */
  readonly head: ReactNode;
  readonly onClose: () => void;
};

/** The sheet in which a payment is written and sent to verify. */
export function PaymentEditor(props: PaymentEditorProps): ReactElement {
  const { title, formId, deal, payment, head, onClose } = props;
  const delivery = useDelivery(payment);
  const isToBeSent = useRef(true);
  const [answer, setAnswer] = useState("");
  const form = usePaymentForm({
    deal,
    payment,
    delivery,
    isToBeSent: () => isToBeSent.current,
    answer: () => answer,
    onDone: (done) => {
      notify(toastFor(done));
      onClose();
    },
  });
  const { element } = form;
  // What is pasted at once is the proof: the place for it has the focus from the start.
  useEffect(() => element?.querySelector("button")?.focus(), [element]);
  const submitAs = (isSent: boolean): void => {
    isToBeSent.current = isSent;
    form.element?.requestSubmit();
    // Enter in a field sends: that is what the filled button says.
    isToBeSent.current = true;
  };
  const reload = async (): Promise<void> => {
    if (delivery.payment === null) return;
    const current = await queryClient.fetchQuery({ ...paymentQuery(delivery.payment.id), staleTime: 0 });
    delivery.takeUp(current);
    form.reset(valuesOf(current));
  };
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={title}
      context={contextFor(payment, delivery)}
      form={form.element}
      isDirty={form.isDirty || answer !== "" || delivery.proofs.some(({ state }) => state !== "done")}
      footer={
        <EditorFooter
          deal={deal}
          delivery={delivery}
          isSending={form.isSending}
          onKeep={() => submitAs(false)}
          onSend={() => submitAs(true)}
        />
      }
    >
      {head}
      {payment?.status === "asked" && (
        <TextField
          label="Your answer"
          isOptional
          maxLength={500}
          hint="The verifier reads it beside the proof."
          value={answer}
          onChange={setAnswer}
        />
      )}
      <form id={formId} {...form.props} className="flex flex-col gap-4">
        <FormProblem problem={form.problem} onReload={() => void reload()} />
        <StoppedAt delivery={delivery} problem={form.problem} isNew={payment === null} />
        <PaymentFields form={form} deal={deal} delivery={delivery} />
        <button type="submit" hidden tabIndex={-1} aria-hidden="true" />
      </form>
    </Sheet>
  );
}

function contextFor(payment: Payment | null, delivery: Delivery): string | undefined {
  if (payment?.status === "asked") return "Answer needed";
  if (payment !== null) return payment.status === "rejected" ? "Sent back" : "Not sent";
  return delivery.payment === null ? undefined : `${delivery.payment.number}, not sent`;
}

function toastFor(payment: Payment): Parameters<typeof notify>[0] {
  const amount = formatMoney(payment.amount);
  return payment.status === "submitted"
    ? { tone: "done", title: `${payment.number} sent to verify`, detail: `${amount} from ${payment.customer.name}` }
    : { tone: "done", title: `${payment.number} kept as a draft`, detail: `${amount}, not sent yet` };
}

const stepWords: Readonly<Record<DeliveryStep, string>> = {
  record: "Recording the payment",
  upload: "Uploading the proof",
  send: "Sending it to verify",
};

type EditorFooterProps = {
  readonly deal: Deal;
  readonly delivery: Delivery;
  readonly isSending: boolean;
  readonly onKeep: () => void;
  readonly onSend: () => void;
};

function EditorFooter({ deal, delivery, isSending, onKeep, onSend }: EditorFooterProps): ReactElement {
  const isEarly = deal.status !== "approved";
  return (
    <>
      <output className="mr-auto min-w-0 text-xs text-subtle">
        {delivery.step === null ? "A verifier confirms it" : stepWords[delivery.step]}
      </output>
      <Button isLoading={isSending} onClick={onKeep}>
        Keep draft
      </Button>
      <Button
        tone="primary"
        shortcut="mod+enter"
        isLoading={isSending}
        disabledReason={
          isEarly ? `${deal.number} has to be approved first. Keep this as a draft until then.` : undefined
        }
        onClick={onSend}
      >
        Send to verify
      </Button>
    </>
  );
}

/** What was done before it failed: nothing is done twice when it is tried again. */
function StoppedAt({
  delivery,
  problem,
  isNew,
}: {
  readonly delivery: Delivery;
  readonly problem: unknown;
  readonly isNew: boolean;
}): ReactElement | null {
  const { payment, proofs } = delivery;
  if (problem == null || payment === null || !isNew || hasCode(problem, "stale_version")) return null;
  const uploaded = proofs.filter(({ state }) => state === "done").length;
  return (
    <Note tone="warning">
      {payment.number} is kept as a draft{uploaded > 0 && " with its proof"}, it was not sent yet.{" "}
      {problem instanceof Offline ? "Send it again when the connection is back" : "Send it again"}: it goes on where it
      stopped.
    </Note>
  );
}
