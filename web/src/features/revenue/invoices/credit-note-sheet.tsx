import {
  createCreditNote,
  creditReasons,
  type CreditReason,
  type Invoice,
} from "@rainmaker/contracts/revenue/invoices";
import { useId, type ReactElement } from "react";
import { call } from "#lib/api";
import { useForm } from "#lib/form";
import { formatMoney } from "#lib/format";
import { useIntentKey } from "#lib/intent-key";
import { invalidateEntities } from "#lib/query";
import { notify } from "#lib/toasts";
import { Button } from "#ui/button";
import { FormProblem } from "#ui/form-problem";
import { Note } from "#ui/note";
import { SelectField } from "#ui/select-field";
import { Sheet } from "#ui/sheet";
import { TextField } from "#ui/text-field";
import { creditReasonNames } from "./invoice-words.ts";

type CreditNoteSheetProps = {
  readonly invoice: Invoice;
  readonly onClose: () => void;
  readonly onDone: (note: Invoice) => void;
};

type Values = { readonly reason: CreditReason; readonly note: string } & Readonly<Record<`line-${number}`, string>>;

/** Corrects an issued invoice: all that is left of it, or parts of its lines. */
export function CreditNoteSheet({ invoice, onClose, onDone }: CreditNoteSheetProps): ReactElement {
  const formId = useId();
  const key = useIntentKey();
  const form = useForm({
    initial: startOf(invoice),
    schema: createCreditNote.body,
    toBody: (values) => bodyOf(values, invoice),
    send: (body) => {
      const intent = { params: { invoiceId: invoice.id }, body };
      return call(createCreditNote, { ...intent, idempotencyKey: key(intent) });
    },
    onDone: (note) => {
      void invalidateEntities(["invoice"]);
      notify({ tone: "done", title: `${note.number ?? ""} credits ${formatMoney(note.total)}` });
      onDone(note);
    },
  });
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={`Credit note for ${invoice.number ?? ""}`}
      form={form.element}
      isDirty={form.isDirty}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} tone="primary" shortcut="mod+enter" isLoading={form.isSending}>
            Issue credit note
          </Button>
        </>
      }
    >
      <form id={formId} {...form.props} className="flex flex-col gap-4">
        <FormProblem problem={form.problem} changed="The invoice was changed meanwhile. Close this and look again." />
        <Note>It takes its own number and never changes. Money paid for what is credited is the customer's again.</Note>
        <SelectField
          label="Reason"
          {...form.field("reason")}
          options={creditReasons.map((value) => ({ value, label: creditReasonNames[value] }))}
        />
        {invoice.lines.map((line) => (
          <TextField
            key={line.position}
            label={`Quantity of ${line.description}`}
            hint={`${line.quantity} at ${formatMoney(line.unitPrice)}, ${line.creditedQuantity} credited so far`}
            {...form.field(`line-${line.position}`)}
          />
        ))}
        <TextField label="Note" isOptional maxLength={500} {...form.field("note")} />
      </form>
    </Sheet>
  );
}

function startOf(invoice: Invoice): Values {
  const left = invoice.lines.map(({ position, quantity, creditedQuantity }) => [
    `line-${position}`,
    creditedQuantity === "0" ? quantity : "",
  ]);
  return { reason: "wrong_amount", note: "", ...Object.fromEntries(left) } as Values;
}

/** Lines left empty are not credited; a whole invoice that nobody touched is credited in full. */
function bodyOf(values: Values, invoice: Invoice): object {
  const lines = invoice.lines.flatMap(({ position }) => {
    const quantity = values[`line-${position}`]?.trim() ?? "";
    return quantity === "" || quantity === "0" ? [] : [{ position, quantity }];
  });
  const note = values.note.trim();
  return { reason: values.reason, lines, seenVersion: invoice.version, ...(note === "" ? {} : { note }) };
}
