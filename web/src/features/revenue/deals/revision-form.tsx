import { proposeRevision } from "@rainmaker/contracts/revenue/deal-changes";
import type { Deal, DealRevision } from "@rainmaker/contracts/revenue/deals";
import type { ReactElement } from "react";
import { call } from "#lib/api";
import { useForm } from "#lib/form";
import { formatMoney, signOf } from "#lib/format";
import { useIntentKey } from "#lib/intent-key";
import { invalidateEntities } from "#lib/query";
import { notify } from "#lib/toasts";
import { Button } from "#ui/button";
import { FormProblem } from "#ui/form-problem";
import { MoneyField } from "#ui/money-field";
import { SelectField } from "#ui/select-field";
import { TextField } from "#ui/text-field";

type RevisionFormProps = { readonly deal: Deal; readonly onClose: () => void };
type Values = { kind: DealRevision["kind"]; amount: string | null; reason: string };

const kinds = [
  { value: "amount", label: "Another amount" },
  { value: "cancellation", label: "Cancel the deal" },
] as const;

/** Proposes another amount, or that a deal is cancelled; nothing changes until somebody else approves. */
export function RevisionForm({ deal, onClose }: RevisionFormProps): ReactElement {
  const key = useIntentKey();
  const { currency } = deal.amount;
  const { verified } = deal.position;
  const initial: Values = { kind: "amount", amount: null, reason: "" };
  const form = useForm({
    initial,
    schema: proposeRevision.body,
    toBody: ({ kind, amount, reason }) =>
      kind === "amount"
        ? { kind, reason, amount: { amount: amount ?? "", currency }, seenVersion: deal.version }
        : { kind, reason, seenVersion: deal.version },
    send: (body) => {
      const intent = { params: { dealId: deal.id }, body };
      return call(proposeRevision, { ...intent, idempotencyKey: key(intent) });
    },
    onDone: () => {
      void invalidateEntities(["deal"]);
      notify({ tone: "done", title: `Change of ${deal.number} proposed`, detail: "Somebody else approves it." });
      onClose();
    },
    words: { "amount.amount": "Write what the deal is worth now, above zero", reason: "Say why it changes" },
  });
  return (
    <form
      {...form.props}
      aria-label="Change the deal"
      className="flex flex-col gap-3 rounded-[11px] border px-3.5 py-3"
    >
      <FormProblem problem={form.problem} changed="The deal was changed meanwhile. Close this and look again." />
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <SelectField label="What changes" options={kinds} {...form.field("kind")} />
        {form.values.kind === "amount" && (
          <MoneyField
            label="New amount"
            currency={currency}
            hint={signOf(verified) > 0 ? `At least ${formatMoney(verified)}, which is verified` : undefined}
            {...form.field("amount")}
          />
        )}
      </div>
      <TextField label="Why" maxLength={500} {...form.field("reason")} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" tone="primary" isLoading={form.isSending}>
          Propose it
        </Button>
      </div>
    </form>
  );
}
