import type { Payment } from "@rainmaker/contracts/revenue/payments";
import { recordRefund, type Refund } from "@rainmaker/contracts/revenue/refunds";
import type { ReactElement } from "react";
import { call } from "#lib/api";
import { useForm } from "#lib/form";
import { formatMoney, today } from "#lib/format";
import { useIntentKey } from "#lib/intent-key";
import { invalidateEntities } from "#lib/query";
import { useUser } from "#lib/session";
import { Button } from "#ui/button";
import { DateField } from "#ui/date-field";
import { FormProblem } from "#ui/form-problem";
import { MoneyField } from "#ui/money-field";
import { SelectField } from "#ui/select-field";
import { TextField } from "#ui/text-field";
import { restOf } from "./amounts.ts";
import { refundOptions } from "./refund-words.ts";

type RefundFormProps = { readonly payment: Payment; readonly onClose: () => void };

/** Records that money went back; its proof comes next. */
export function RefundForm({ payment, onClose }: RefundFormProps): ReactElement {
  const { organization } = useUser();
  const now = today(organization?.timeZone);
  const key = useIntentKey();
  const { currency } = payment.amount;
  const form = useForm({
    initial: freshValues(now),
    schema: recordRefund.body,
    toBody: ({ amount, valueOn, ...values }) => ({
      ...values,
      valueOn: valueOn ?? "",
      amount: { amount: amount ?? "", currency },
    }),
    send: (body) => {
      const intent = { params: { paymentId: payment.id }, body };
      return call(recordRefund, { ...intent, idempotencyKey: key(intent) });
    },
    onDone: () => {
      void invalidateEntities(["payment"]);
      onClose();
    },
    words: { "amount.amount": "Write how much went back, above zero", reason: "Say why it went back" },
  });
  return (
    <form
      {...form.props}
      aria-label="Record a refund"
      className="flex flex-col gap-3 rounded-[11px] border px-3.5 py-3"
    >
      <FormProblem problem={form.problem} />
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <SelectField label="What happened" options={refundOptions} {...form.field("kind")} />
        <MoneyField
          label="Amount"
          currency={currency}
          hint={`${formatMoney(restOf(payment.amount, payment.refunded))} left`}
          {...form.field("amount")}
        />
        <DateField label="Went on" today={now} max={now} {...form.field("valueOn")} />
        <TextField label="Bank reference" isOptional maxLength={140} {...form.field("reference")} />
      </div>
      <TextField label="Why" maxLength={500} {...form.field("reason")} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" tone="primary" isLoading={form.isSending}>
          Record it
        </Button>
      </div>
    </form>
  );
}

type Values = {
  kind: Refund["kind"];
  amount: string | null;
  valueOn: string | null;
  reference: string;
  reason: string;
};

function freshValues(valueOn: string): Values {
  return { kind: "refund", amount: null, valueOn, reference: "", reason: "" };
}
