import type { MemberId, PaymentId } from "@rainmaker/contracts/ids";
import { fromWire, toWire, type WireMoney } from "@rainmaker/contracts/money";
import { listCommissions } from "@rainmaker/contracts/revenue/commissions";
import { disputeCategories, openDispute, type Dispute } from "@rainmaker/contracts/revenue/disputes";
import { useQuery } from "@tanstack/react-query";
import { useId, type ReactElement } from "react";
import { call } from "#lib/api";
import { useForm } from "#lib/form";
import { formatMoney } from "#lib/format";
import { useIntentKey } from "#lib/intent-key";
import { invalidateEntities, liveQuery } from "#lib/query";
import { notify } from "#lib/toasts";
import { Button } from "#ui/button";
import { FormProblem } from "#ui/form-problem";
import { MoneyField } from "#ui/money-field";
import { SelectField } from "#ui/select-field";
import { Sheet } from "#ui/sheet";
import { TextArea } from "#ui/text-field";
import { categoryNames } from "./dispute-words.ts";

type DisputeSheetProps = {
  /** The payment that is asked about, and what it has earned so far. */
  readonly about: {
    readonly payment: { readonly id: PaymentId; readonly number: string };
    readonly participant: { readonly id: MemberId };
    readonly customer: { readonly name: string };
    readonly amount: { readonly amount: string; readonly currency: string };
    readonly isMissing: boolean;
  };
  readonly onOpened: (dispute: Dispute) => void;
  readonly onClose: () => void;
};

type Values = {
  readonly category: (typeof disputeCategories)[number];
  readonly expected: string | null;
  readonly body: string;
};

const options = disputeCategories.map((value) => ({ value, label: categoryNames[value] }));

/** What the payment has earned somebody in all its lines; undefined until it is known. */
function usePosted(paymentId: PaymentId, participantId: MemberId): WireMoney | undefined {
  const { data } = useQuery(liveQuery(listCommissions, { query: { paymentId, participantId } }, ["commission"]));
  const [first, ...rest] = data?.items ?? [];
  if (first === undefined) return undefined;
  const sum = rest.reduce((total, { amount }) => total + fromWire(amount).minor, fromWire(first.amount).minor);
  return toWire(sum, first.amount.currency);
}

/** Says what a line should be and why. The line stays; the answer is a line of its own or a reason. */
export function DisputeSheet({ about, onOpened, onClose }: DisputeSheetProps): ReactElement {
  const { payment, customer, participant, amount, isMissing } = about;
  const posted = usePosted(payment.id, participant.id) ?? amount;
  const key = useIntentKey();
  const formId = useId();
  const initial: Values = { category: isMissing ? "missing" : "rate", expected: null, body: "" };
  const form = useForm({
    initial,
    schema: openDispute.body,
    toBody: ({ category, expected, body }) => ({
      paymentId: payment.id,
      category,
      expected: { amount: expected ?? "", currency: amount.currency },
      body,
    }),
    send: (body) => call(openDispute, { body, idempotencyKey: key(body) }),
    onDone: (dispute) => {
      void invalidateEntities(["dispute", "period"]);
      notify({ tone: "done", title: `Dispute about ${payment.number} opened`, detail: "Finance answers it." });
      onOpened(dispute);
    },
    words: {
      "expected.amount": "Write what it should have earned",
      amount_not_a_number: "Write what it should have earned",
      body: "Say why, so that it can be checked",
    },
  });
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title="Dispute line"
      context={`${customer.name}, ${payment.number}`}
      form={form.element}
      isDirty={form.isDirty}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} tone="primary" shortcut="mod+enter" isLoading={form.isSending}>
            Open dispute
          </Button>
        </>
      }
    >
      <form {...form.props} id={formId} className="flex flex-col gap-4">
        <FormProblem problem={form.problem} />
        <p className="tnum">
          On the statement: <b className="font-semibold">{formatMoney(posted)}</b>
        </p>
        <SelectField label="What is wrong" options={options} {...form.field("category")} />
        <MoneyField
          label="It should have earned"
          currency={amount.currency}
          hint="The whole of it, not the difference"
          {...form.field("expected")}
        />
        <TextArea label="Why" rows={5} {...form.field("body")} />
        <p className="text-xs text-muted">
          Who leads you and finance read this. The line stays as it is: what is accepted becomes a line of its own, what
          is not gets a reason.
        </p>
      </form>
    </Sheet>
  );
}
