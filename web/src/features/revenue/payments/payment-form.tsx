import type { Deal } from "@rainmaker/contracts/revenue/deals";
import { type Payment } from "@rainmaker/contracts/revenue/payments";
import { recordPayment } from "@rainmaker/contracts/revenue/payment-recording";
import { useInfiniteQuery } from "@tanstack/react-query";
import { CircleCheck, TriangleAlert } from "lucide-react";
import type { ReactElement } from "react";
import { useForm, type Form } from "#lib/form";
import { ApiProblem } from "#lib/api-problem";
import { formatMoney, today } from "#lib/format";
import { itemsOf } from "#lib/query";
import { useUser } from "#lib/session";
import { DateField } from "#ui/date-field";
import { FileDrop } from "#ui/file-drop";
import { MoneyField } from "#ui/money-field";
import { SelectField } from "#ui/select-field";
import { TextField } from "#ui/text-field";
import { bodyOf, checksFor, freshValues, stillToCome, valuesOf, type PaymentValues } from "./payment-values.ts";
import { methodOptions } from "./payment-words.ts";
import type { Delivery } from "./use-delivery.ts";
import { paymentsQuery } from "./use-payments.ts";

type PaymentFormOptions = {
  readonly deal: Deal;
  /** The payment that is corrected; none while a new one is recorded. */
  readonly payment: Payment | null;
  readonly delivery: Delivery;
  /** Read when the form is sent: whether it goes to the verifiers or stays a draft. */
  readonly isToBeSent: () => boolean;
  /** To what a verifier asked; read when the form is sent. */
  readonly answer: () => string;
  readonly onDone: (payment: Payment) => void;
};

/** Whoever leaves the proof out is told before anything is recorded. */
const proofMissing = new ApiProblem({
  type: "",
  title: "",
  status: 409,
  code: "proof_missing",
  detail: "Attach the proof first: the file that shows the money arrived.",
  errors: [],
  requestId: "",
});

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the form's type is its own documentation
export function usePaymentForm({ deal, payment, delivery, isToBeSent, answer, onDone }: PaymentFormOptions) {
  const { organization } = useUser();
  const hasProof = delivery.proofs.length > 0 || (delivery.payment?.evidence.length ?? 0) > 0;
  return useForm({
    initial: payment === null ? freshValues(deal, today(organization?.timeZone)) : valuesOf(payment),
    schema: recordPayment.body,
    toBody: (values: PaymentValues) => bodyOf(values, deal.id, deal.amount.currency),
    send: async (body) => {
      if (isToBeSent() && !hasProof) throw proofMissing;
      return delivery.deliver(body, isToBeSent(), answer().trim());
    },
    onDone,
    words: { "amount.amount": "Write how much arrived, above zero", valueOn: "Write the day the money arrived" },
  });
}

type PaymentFieldsProps = {
  readonly form: Form<PaymentValues>;
  readonly deal: Deal;
  readonly delivery: Delivery;
};

/** Proof first, as in the hand of whoever records it; then what it says, then what is worth knowing. */
export function PaymentFields({ form, deal, delivery }: PaymentFieldsProps): ReactElement {
  const { organization } = useUser();
  const now = today(organization?.timeZone);
  return (
    <>
      <FileDrop
        label="Drop or paste the proof"
        hint="PDF, PNG, JPEG or WebP up to 25 MB. On a phone, take a photo."
        accept="application/pdf,image/png,image/jpeg,image/webp"
        maxBytes={25_000_000}
        onFile={delivery.add}
        files={delivery.proofs.map(({ file: { name, size }, state, error }) => ({
          name,
          size,
          state,
          isFixed: state === "done",
          ...(error !== undefined && { error }),
        }))}
        {...(delivery.step === null && { onRemove: delivery.remove })}
      />
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <MoneyField
          label="Amount"
          currency={deal.amount.currency}
          hint={`${formatMoney(stillToCome(deal, delivery.payment ?? undefined))} still to come`}
          {...form.field("amount")}
        />
        <DateField label="Received on" today={now} max={now} {...form.field("valueOn")} />
        <SelectField label="Method" options={methodOptions} {...form.field("method")} />
        <TextField label="Bank reference" isOptional maxLength={140} {...form.field("reference")} />
      </div>
      <Checks form={form} deal={deal} delivery={delivery} />
    </>
  );
}

function Checks({ form, deal, delivery }: PaymentFieldsProps): ReactElement {
  const { data } = useInfiniteQuery(paymentsQuery({ deal: deal.id }));
  const own = delivery.payment;
  const others = (itemsOf(data) ?? []).filter(({ id }) => id !== own?.id);
  const checks = checksFor({ deal, others, values: form.values, corrected: own ?? undefined });
  return (
    <ul aria-label="Checks" className="flex flex-col gap-2">
      {checks.map(({ tone, text }) => (
        <li key={text} className="flex items-start gap-2 text-muted">
          {tone === "good" ? (
            <CircleCheck size={14} aria-hidden="true" className="mt-0.75 flex-none text-success-fg" />
          ) : (
            <TriangleAlert size={14} aria-hidden="true" className="mt-0.75 flex-none text-warning-fg" />
          )}
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}
