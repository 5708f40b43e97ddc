import { sendInvoice, type Invoice } from "@rainmaker/contracts/revenue/invoices";
import { useId, type ReactElement } from "react";
import { call } from "#lib/api";
import { useForm } from "#lib/form";
import { useIntentKey } from "#lib/intent-key";
import { invalidateEntities } from "#lib/query";
import { notify } from "#lib/toasts";
import { Button } from "#ui/button";
import { FormProblem } from "#ui/form-problem";
import { Sheet } from "#ui/sheet";
import { TextArea, TextField } from "#ui/text-field";

type SendSheetProps = { readonly invoice: Invoice; readonly onClose: () => void };

export function SendSheet({ invoice, onClose }: SendSheetProps): ReactElement {
  const formId = useId();
  const key = useIntentKey();
  const form = useForm({
    initial: { recipients: invoice.buyer.email ?? "", message: "" },
    schema: sendInvoice.body,
    toBody: ({ recipients, message }) => ({
      recipients: recipients.split(/[\s,;]+/).filter((address) => address !== ""),
      ...(message.trim() === "" ? {} : { message }),
    }),
    send: (body) => {
      const intent = { params: { invoiceId: invoice.id }, body };
      return call(sendInvoice, { ...intent, idempotencyKey: key(intent) });
    },
    onDone: () => {
      void invalidateEntities(["invoice"]);
      notify({ tone: "done", title: `${invoice.number ?? ""} is being emailed` });
      onClose();
    },
    words: { recipients: "Write at least one address, such as accounts@customer.example" },
  });
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={`Email ${invoice.number ?? ""}`}
      form={form.element}
      isDirty={form.isDirty}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} tone="primary" shortcut="mod+enter" isLoading={form.isSending}>
            Send
          </Button>
        </>
      }
    >
      <form id={formId} {...form.props} className="flex flex-col gap-4">
        <FormProblem problem={form.problem} />
        <TextField label="To" hint="Several addresses with commas between them" {...form.field("recipients")} />
        <TextArea label="Message" isOptional rows={5} {...form.field("message")} />
      </form>
    </Sheet>
  );
}
