import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Plus, ReceiptText } from "lucide-react";
import type { ReactElement } from "react";
import { useKey } from "#lib/keys";
import { useCan } from "#lib/session";
import { Button } from "#ui/button";
import { EmptyState } from "#ui/empty-state";
import { PageBody, PageHead, PhoneDock, Toolbar } from "#ui/page-head";
import { TabPanel, Tabs } from "#ui/tabs";
import { InvoicesTable } from "./invoices/invoices-table.tsx";
import { NewInvoiceSheet } from "./invoices/new-invoice-sheet.tsx";
import { invoiceTabs, type InvoicesSearch } from "./invoices/search.ts";
import { summaryQuery } from "./invoices/use-invoices.ts";

const panelId = "invoices-panel";
const tabNames = {
  all: "All",
  draft: "Draft",
  open: "Invoiced",
  overdue: "Overdue",
  paid: "Verified",
  credited: "Credited",
} as const;

export function InvoicesPage(): ReactElement {
  const search = useSearch({ from: "/shell/invoices" });
  const navigate = useNavigate({ from: "/invoices" });
  const mayIssue = useCan("invoice.issue");
  const { data } = useQuery(summaryQuery());
  const show = (changes: Partial<InvoicesSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const create = (): void => show({ new: "deal" });
  useKey("n", "New invoice", create, { isActive: mayIssue });
  const state = search.state ?? "all";
  const countOf = (tab: (typeof invoiceTabs)[number]): number | undefined =>
    data?.states.filter((one) => tab === "all" || one.state === tab).reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <PageHead
        title="Invoices"
        actions={
          mayIssue && (
            <Button tone="primary" size="sm" icon={Plus} shortcut="n" onClick={create}>
              New invoice
            </Button>
          )
        }
      />
      <Toolbar>
        <Tabs
          label="Invoices"
          panelId={panelId}
          tabs={invoiceTabs.map((value) => ({ value, label: tabNames[value], count: countOf(value) }))}
          value={state}
          onChange={(value) => show({ state: value === "all" ? undefined : value })}
        />
      </Toolbar>
      <PageBody isPadded={false}>
        <TabPanel id={panelId} value={state}>
          <InvoicesTable
            state={search.state}
            empty={
              <EmptyState
                icon={ReceiptText}
                title={state === "all" ? "No invoices yet" : "No invoice stands there now"}
              >
                Verified money without an invoice gets a receipt by itself; an approved deal is invoiced with New
                invoice.
              </EmptyState>
            }
          />
        </TabPanel>
      </PageBody>
      {mayIssue && (
        <PhoneDock>
          <Button tone="primary" icon={Plus} onClick={create}>
            New invoice
          </Button>
        </PhoneDock>
      )}
      {mayIssue && search.new !== undefined && (
        <NewInvoiceSheet
          onClose={() => show({ new: undefined })}
          onDone={({ id }) => void navigate({ to: "/invoices/$invoiceId", params: { invoiceId: id } })}
        />
      )}
    </>
  );
}
