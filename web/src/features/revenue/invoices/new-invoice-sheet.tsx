import { createInvoice, type Invoice } from "@rainmaker/contracts/revenue/invoices";
import { listDeals } from "@rainmaker/contracts/revenue/deals";
import { useQuery } from "@tanstack/react-query";
import { useId, type ReactElement } from "react";
import { call } from "#lib/api";
import { useForm } from "#lib/form";
import { formatMoney } from "#lib/format";
import { useIntentKey } from "#lib/intent-key";
import { invalidateEntities, liveQuery } from "#lib/query";
import { Button } from "#ui/button";
import { Combobox } from "#ui/combobox";
import { FormProblem } from "#ui/form-problem";
import { Sheet } from "#ui/sheet";
import { TextField } from "#ui/text-field";

type NewInvoiceSheetProps = { readonly onClose: () => void; readonly onDone: (invoice: Invoice) => void };
type Values = { readonly dealId: string | null; readonly buyerReference: string };

const approved = liveQuery(listDeals, { query: { status: "approved", limit: "200" } }, ["deal"]);

/** Drafts an invoice with what is not invoiced of a deal yet; it is looked at before it is issued. */
export function NewInvoiceSheet({ onClose, onDone }: NewInvoiceSheetProps): ReactElement {
  const formId = useId();
  const key = useIntentKey();
  const deals = useQuery(approved);
  const initial: Values = { dealId: null, buyerReference: "" };
  const form = useForm({
    initial,
    schema: createInvoice.body,
    toBody: ({ dealId, buyerReference }: Values) => ({
      ...(dealId === null ? {} : { dealId }),
      ...(buyerReference.trim() === "" ? {} : { buyerReference }),
    }),
    send: (body) => call(createInvoice, { body, idempotencyKey: key(body) }),
    onDone: (invoice) => {
      void invalidateEntities(["invoice"]);
      onDone(invoice);
    },
    words: { dealId: "Choose the deal it is for" },
  });
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title="New invoice"
      form={form.element}
      isDirty={form.isDirty}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} tone="primary" shortcut="mod+enter" isLoading={form.isSending}>
            Draft invoice
          </Button>
        </>
      }
    >
      <form id={formId} {...form.props} className="flex flex-col gap-4">
        <FormProblem problem={form.problem} />
        <Combobox
          label="Deal"
          placeholder="Choose an approved deal"
          choices={(deals.data?.items ?? []).map(({ id, number, title, customer, amount }) => ({
            value: id,
            label: `${customer.name}, ${title}`,
            detail: `${number} · ${formatMoney(amount)}`,
          }))}
          isSearching={deals.isPending}
          {...form.field("dealId")}
          hint="The draft holds what is not invoiced of it yet."
        />
        <TextField label="Customer's reference" isOptional maxLength={80} {...form.field("buyerReference")} />
      </form>
    </Sheet>
  );
}
