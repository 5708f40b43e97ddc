import { discardInvoice, issueInvoice, readInvoicePdf, type Invoice } from "@rainmaker/contracts/revenue/invoices";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Download, Pencil, Send, Stamp, Undo2 } from "lucide-react";
import { useState, type ReactElement } from "react";
import { call, callForFile } from "#lib/api";
import { sentenceOf } from "#lib/api-problem";
import { saveFile } from "#lib/files";
import { useIntentKey } from "#lib/intent-key";
import { useKey } from "#lib/keys";
import { invalidateEntities } from "#lib/query";
import { useCan } from "#lib/session";
import { notify } from "#lib/toasts";
import { Button } from "#ui/button";
import { PageBody, PageHead } from "#ui/page-head";
import { QueryView } from "#ui/query-view";
import { RailLayout } from "#ui/rail-layout";
import { SkeletonLines } from "#ui/skeleton";
import { CreditNoteSheet } from "./invoices/credit-note-sheet.tsx";
import { DraftSheet } from "./invoices/draft-sheet.tsx";
import { InvoicePaper } from "./invoices/invoice-paper.tsx";
import { InvoiceRail } from "./invoices/invoice-rail.tsx";
import { nameOfInvoice } from "./invoices/invoice-words.ts";
import { InvoiceBadge } from "./invoices/invoices-table.tsx";
import { SendSheet } from "./invoices/send-sheet.tsx";
import { invoiceQuery } from "./invoices/use-invoices.ts";

const crumbs = [{ label: "Invoices", to: "/invoices" }];

export function InvoicePage(): ReactElement {
  const { invoiceId } = useParams({ from: "/shell/invoices/$invoiceId" });
  const query = useQuery(invoiceQuery(invoiceId));
  if (query.data !== undefined) return <LoadedPage key={invoiceId} invoice={query.data} />;
  return (
    <>
      <PageHead title="Invoice" crumbs={crumbs} />
      <PageBody>
        <QueryView query={query} what="This invoice" skeleton={<SkeletonLines lines={10} />}>
          {() => null}
        </QueryView>
      </PageBody>
    </>
  );
}

function LoadedPage({ invoice }: { readonly invoice: Invoice }): ReactElement {
  const { open } = useSearch({ from: "/shell/invoices/$invoiceId" });
  const navigate = useNavigate({ from: "/invoices/$invoiceId" });
  const show = (what: Over | undefined): void => void navigate({ search: { open: what }, replace: true });
  return (
    <>
      <PageHead title={nameOfInvoice(invoice)} crumbs={crumbs} context={<InvoiceBadge invoice={invoice} />} />
      <RailLayout
        mainLabel="Document"
        railLabel="Money and history"
        rail={
          <>
            <Actions invoice={invoice} onShow={show} />
            <InvoiceRail invoice={invoice} />
          </>
        }
      >
        <InvoicePaper invoice={invoice} />
      </RailLayout>
      {open === "edit" && invoice.state === "draft" && <DraftSheet invoice={invoice} onClose={() => show(undefined)} />}
      {open === "send" && <SendSheet invoice={invoice} onClose={() => show(undefined)} />}
      {open === "credit" && (
        <CreditNoteSheet
          invoice={invoice}
          onClose={() => show(undefined)}
          onDone={({ id }) => void navigate({ to: "/invoices/$invoiceId", params: { invoiceId: id }, search: {} })}
        />
      )}
    </>
  );
}

type Over = "credit" | "send" | "edit";
type ActionsProps = { readonly invoice: Invoice; readonly onShow: (what: Over) => void };

function Actions({ invoice, onShow }: ActionsProps): ReactElement {
  const mayIssue = useCan("invoice.issue");
  if (invoice.state === "draft") return mayIssue ? <DraftActions invoice={invoice} onShow={onShow} /> : <></>;
  return <IssuedActions invoice={invoice} mayIssue={mayIssue} onShow={onShow} />;
}

function IssuedActions({ invoice, mayIssue, onShow }: ActionsProps & { readonly mayIssue: boolean }): ReactElement {
  const mayCredit = mayIssue && invoice.kind === "invoice" && invoice.state !== "credited";
  useKey("c", "Credit note", () => onShow("credit"), { isActive: mayCredit });
  const save = (): void => {
    const asked = callForFile(readInvoicePdf, { params: { invoiceId: invoice.id }, query: { download: "1" } });
    void asked.then(
      (file) => saveFile(file, `${invoice.number ?? "invoice"}.pdf`),
      (error: unknown) => notify({ tone: "failed", title: "The PDF could not be fetched", detail: sentenceOf(error) }),
    );
  };
  return (
    <div className="flex flex-wrap gap-2">
      <Button icon={Download} onClick={save}>
        Download PDF
      </Button>
      {mayIssue && (
        <Button icon={Send} onClick={() => onShow("send")}>
          {invoice.deliveries.length === 0 ? "Send" : "Send again"}
        </Button>
      )}
      {mayCredit && (
        <Button icon={Undo2} shortcut="c" onClick={() => onShow("credit")}>
          Credit note
        </Button>
      )}
    </div>
  );
}

function DraftActions({ invoice, onShow }: ActionsProps): ReactElement {
  const navigate = useNavigate();
  const key = useIntentKey();
  const [isBusy, setIsBusy] = useState(false);
  const run = async (act: () => Promise<string>): Promise<void> => {
    setIsBusy(true);
    try {
      notify({ tone: "done", title: await act() });
    } catch (error) {
      notify({ tone: "failed", title: "That did not happen", detail: sentenceOf(error) });
    } finally {
      setIsBusy(false);
      void invalidateEntities(["invoice"]);
    }
  };
  const params = { invoiceId: invoice.id };
  const issue = (): Promise<void> =>
    run(async () => {
      const intent = { params, body: { seenVersion: invoice.version } };
      const { number } = await call(issueInvoice, { ...intent, idempotencyKey: key(intent) });
      return `Issued as ${number ?? ""}`;
    });
  const discard = (): Promise<void> =>
    run(async () => {
      await call(discardInvoice, { params, seenVersion: invoice.version });
      void navigate({ to: "/invoices" });
      return "Draft discarded";
    });
  useKey("e", "Edit the draft", () => onShow("edit"));
  useKey("mod+enter", "Issue", () => void issue(), { isActive: !isBusy });
  return (
    <div className="flex flex-wrap gap-2">
      <Button tone="primary" icon={Stamp} shortcut="mod+enter" isLoading={isBusy} onClick={() => void issue()}>
        Issue
      </Button>
      <Button icon={Pencil} shortcut="e" onClick={() => onShow("edit")}>
        Edit
      </Button>
      <Button onClick={() => void discard()}>Discard draft</Button>
    </div>
  );
}
