import { updateInvoice, type Invoice } from "@rainmaker/contracts/revenue/invoices";
import { Plus, Trash2 } from "lucide-react";
import { useId, type ReactElement } from "react";
import { call } from "#lib/api";
import { useForm } from "#lib/form";
import { today } from "#lib/format";
import { invalidateEntities } from "#lib/query";
import { useUser } from "#lib/session";
import { notify } from "#lib/toasts";
import { Button, IconButton } from "#ui/button";
import { DateField } from "#ui/date-field";
import { FormProblem } from "#ui/form-problem";
import { MoneyField } from "#ui/money-field";
import { Sheet } from "#ui/sheet";
import { TextField } from "#ui/text-field";
import { changedLine, linesOf, linesToSend, withNewLine, type DraftLine } from "./draft-lines.ts";

type DraftSheetProps = { readonly invoice: Invoice; readonly onClose: () => void };

type Values = {
  readonly lines: readonly DraftLine[];
  readonly dueOn: string | null;
  readonly buyerReference: string;
  readonly note: string;
};

/** Changes what a draft says, until it is issued. */
export function DraftSheet({ invoice, onClose }: DraftSheetProps): ReactElement {
  const formId = useId();
  const { organization } = useUser();
  const { currency } = invoice.total;
  const form = useForm({
    initial: {
      lines: linesOf(invoice),
      dueOn: invoice.dueOn,
      buyerReference: invoice.buyerReference ?? "",
      note: invoice.note ?? "",
    },
    version: invoice.version,
    schema: updateInvoice.body,
    toBody: ({ lines, dueOn, buyerReference, note }: Values) => ({
      lines: linesToSend(lines, currency),
      dueOn,
      buyerReference: buyerReference.trim() === "" ? null : buyerReference,
      note: note.trim() === "" ? null : note,
    }),
    send: (body, seenVersion) => call(updateInvoice, { params: { invoiceId: invoice.id }, body, seenVersion }),
    onDone: () => {
      void invalidateEntities(["invoice"]);
      notify({ tone: "done", title: "Draft saved" });
      onClose();
    },
  });
  const { lines } = form.values;
  const set = (next: readonly DraftLine[]): void => form.set({ lines: [...next] });
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title="Edit draft"
      context={invoice.customer.name}
      form={form.element}
      isDirty={form.isDirty}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} tone="primary" shortcut="mod+enter" isLoading={form.isSending}>
            Save draft
          </Button>
        </>
      }
    >
      <form id={formId} {...form.props} className="flex flex-col gap-4">
        <FormProblem problem={form.problem} onReload={() => void invalidateEntities(["invoice"])} />
        {lines.map((line, index) => (
          <LineFields
            key={line.key}
            place={index + 1}
            line={line}
            currency={currency}
            isTaxIncluded={invoice.taxIncluded}
            onChange={(change) => set(changedLine(lines, index, change))}
            onRemove={lines.length === 1 ? undefined : () => set(lines.filter((_, other) => other !== index))}
          />
        ))}
        {form.field("lines").error !== undefined && <LinesError />}
        <Button icon={Plus} className="self-start" onClick={() => set(withNewLine(lines))}>
          Add a line
        </Button>
        <DateField
          label="Due on"
          isOptional
          hint="As agreed with who issues it, unless given."
          today={today(organization?.timeZone)}
          {...form.field("dueOn")}
        />
        <TextField label="Customer's reference" isOptional maxLength={80} {...form.field("buyerReference")} />
        <TextField label="Note" isOptional maxLength={1000} {...form.field("note")} />
      </form>
    </Sheet>
  );
}

function LinesError(): ReactElement {
  return (
    <p role="alert" className="text-xs text-danger-fg">
      Each line says what it is for, has a quantity above zero, a price, and tax below 100 %.
    </p>
  );
}

type LineFieldsProps = {
  readonly place: number;
  readonly line: DraftLine;
  readonly currency: string;
  readonly isTaxIncluded: boolean;
  readonly onChange: (change: Partial<DraftLine>) => void;
  readonly onRemove: (() => void) | undefined;
};

function LineFields({ place, line, currency, isTaxIncluded, onChange, onRemove }: LineFieldsProps): ReactElement {
  const name = (what: string): string => `line-${place}-${what}`;
  return (
    <fieldset className="flex flex-col gap-3 rounded-[11px] border px-3.5 py-3">
      <legend className="px-1 text-xs text-subtle">Line {place}</legend>
      <div className="flex items-end gap-2">
        <TextField
          className="min-w-0 flex-1"
          label="What it is for"
          name={name("description")}
          maxLength={200}
          value={line.description}
          onChange={(description) => onChange({ description })}
        />
        {onRemove !== undefined && <IconButton icon={Trash2} label={`Remove line ${place}`} onClick={onRemove} />}
      </div>
      <div className="grid grid-cols-3 gap-3 max-sm:grid-cols-1">
        <TextField
          label="Quantity"
          name={name("quantity")}
          value={line.quantity}
          onChange={(quantity) => onChange({ quantity })}
        />
        <MoneyField
          label={isTaxIncluded ? "Price, with tax" : "Price"}
          name={name("price")}
          currency={currency}
          value={line.unitPrice}
          onChange={(unitPrice) => onChange({ unitPrice })}
        />
        <TextField
          label="Tax, %"
          name={name("tax")}
          value={line.taxPercent}
          onChange={(taxPercent) => onChange({ taxPercent })}
        />
      </div>
    </fieldset>
  );
}
