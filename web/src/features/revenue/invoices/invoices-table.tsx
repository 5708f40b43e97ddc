import type { InvoiceRow } from "@rainmaker/contracts/revenue/invoices";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import { formatDay, formatMoney } from "#lib/format";
import { itemsOf } from "#lib/query";
import { Badge } from "#ui/badge";
import { DataTable, type Column } from "#ui/data-table";
import { TextLink } from "#ui/link";
import { LogoMark } from "#ui/logo-mark";
import { nameOfInvoice, standingOf } from "./invoice-words.ts";
import type { InvoicesSearch } from "./search.ts";
import { invoicesQuery } from "./use-invoices.ts";

type InvoicesTableProps = { readonly state: InvoicesSearch["state"]; readonly empty: ReactNode };

export function InvoicesTable({ state, empty }: InvoicesTableProps): ReactElement {
  const query = useInfiniteQuery(invoicesQuery(state));
  const navigate = useNavigate();
  return (
    <DataTable
      label="Invoices"
      columns={columns}
      rows={itemsOf(query.data)}
      keyOf={({ id }) => id}
      rowHeight={54}
      error={query.error}
      onRetry={() => void query.refetch()}
      onOpen={({ id }) => void navigate({ to: "/invoices/$invoiceId", params: { invoiceId: id } })}
      renderPhone={(invoice) => <PhoneInvoice invoice={invoice} />}
      hasMore={query.hasNextPage}
      isLoadingMore={query.isFetchingNextPage}
      onMore={() => void query.fetchNextPage()}
      empty={empty}
    />
  );
}

const columns: readonly Column<InvoiceRow>[] = [
  { key: "customer", head: "Customer, deal", render: (invoice) => <CustomerAndDeal invoice={invoice} /> },
  {
    key: "number",
    head: "Number",
    className: "w-40",
    render: (invoice) => <span className="tnum text-subtle">{nameOfInvoice(invoice)}</span>,
  },
  { key: "issued", head: "Issued", className: "w-28", render: ({ issuedOn }) => <DayOrNone day={issuedOn} /> },
  { key: "due", head: "Due", className: "w-28", render: ({ dueOn }) => <DayOrNone day={dueOn} /> },
  {
    key: "total",
    head: "Total",
    align: "right",
    className: "w-36",
    render: (invoice) => <span className="font-medium">{totalOf(invoice)}</span>,
  },
  { key: "state", head: "Status", className: "w-32", render: (invoice) => <InvoiceBadge invoice={invoice} /> },
];

export function InvoiceBadge({ invoice }: { readonly invoice: Pick<InvoiceRow, "kind" | "state"> }): ReactElement {
  const { word, tone } = standingOf(invoice);
  return <Badge tone={tone}>{word}</Badge>;
}

function DayOrNone({ day }: { readonly day: string | null }): ReactElement {
  return <span className="tnum text-subtle">{day === null ? "–" : formatDay(day)}</span>;
}

/** A credit note takes back. */
function totalOf({ kind, total }: InvoiceRow): string {
  return kind === "credit_note" ? formatMoney({ ...total, amount: `-${total.amount}` }) : formatMoney(total);
}

function CustomerAndDeal({ invoice }: { readonly invoice: InvoiceRow }): ReactElement {
  const { id, customer, deal } = invoice;
  return (
    <span className="flex max-w-96 items-center gap-2.5">
      <LogoMark id={customer.id} name={customer.name} />
      <span className="flex min-w-0 flex-col leading-4.5">
        <TextLink
          to="/invoices/$invoiceId"
          params={{ invoiceId: id }}
          className="truncate text-default"
          aria-label={`${nameOfInvoice(invoice)}, ${customer.name}`}
        >
          {customer.name}
        </TextLink>
        <span className="truncate text-xs text-subtle">
          {deal.number}, {deal.title}
        </span>
      </span>
    </span>
  );
}

function PhoneInvoice({ invoice }: { readonly invoice: InvoiceRow }): ReactElement {
  return (
    <span className="flex flex-col gap-1">
      <span className="flex items-center gap-2">
        <TextLink to="/invoices/$invoiceId" params={{ invoiceId: invoice.id }} className="truncate text-default">
          {invoice.customer.name}
        </TextLink>
        <span className="tnum ml-auto flex-none font-medium">{totalOf(invoice)}</span>
      </span>
      <span className="flex items-center gap-2 text-xs text-subtle">
        <span className="tnum truncate">{nameOfInvoice(invoice)}</span>
        <span className="ml-auto flex-none">
          <InvoiceBadge invoice={invoice} />
        </span>
      </span>
    </span>
  );
}
