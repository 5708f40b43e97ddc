import type { Invoice, Party } from "@rainmaker/contracts/revenue/invoices";
import type { ReactElement, ReactNode } from "react";
import { formatFullDay, formatMoney } from "#lib/format";
import { nameOfInvoice } from "./invoice-words.ts";

/** The document as it is printed: what it says was frozen when it was issued. */
export function InvoicePaper({ invoice }: { readonly invoice: Invoice }): ReactElement {
  const title = invoice.kind === "invoice" ? "Invoice" : "Credit note";
  return (
    <article
      aria-label={`${title} ${nameOfInvoice(invoice)}`}
      className="mx-auto my-5 flex w-full max-w-[620px] flex-col gap-4 rounded-md border border-line-subtle bg-surface p-8 shadow-sm max-sm:my-0 max-sm:p-4"
    >
      <header className="flex justify-between gap-4 border-b-2 border-brand pb-4">
        <PartyLines party={invoice.seller} />
        <div className="text-right">
          <h2 className="text-xl font-semibold">{title}</h2>
          <p className="tnum font-semibold">{invoice.number ?? "no number yet"}</p>
        </div>
      </header>
      <div className="grid grid-cols-3 gap-4 max-sm:grid-cols-1">
        <Labelled label="Billed to">
          <PartyLines party={invoice.buyer} />
        </Labelled>
        <div className="flex flex-col gap-2">
          {invoice.issuedOn !== null && <Labelled label="Issued">{formatFullDay(invoice.issuedOn)}</Labelled>}
          {invoice.dueOn !== null && <Labelled label="Due">{formatFullDay(invoice.dueOn)}</Labelled>}
        </div>
        <div className="flex flex-col gap-2">
          <Labelled label="Deal">{`${invoice.deal.number}, ${invoice.deal.title}`}</Labelled>
          {invoice.buyerReference !== null && <Labelled label="Your reference">{invoice.buyerReference}</Labelled>}
          {invoice.corrects !== null && <Labelled label="Corrects">{invoice.corrects.number}</Labelled>}
        </div>
      </div>
      <Lines invoice={invoice} />
      <Totals invoice={invoice} />
      {[invoice.note, invoice.paymentDetails].map(
        (text) =>
          text !== null && (
            <p key={text} className="text-xs text-subtle">
              {text}
            </p>
          ),
      )}
    </article>
  );
}

function PartyLines({ party }: { readonly party: Party }): ReactElement {
  const tax = party.taxId === null ? [] : [`Tax no. ${party.taxId}`];
  return (
    <div className="min-w-0">
      <p className="font-semibold">{party.name}</p>
      {[...party.address, ...tax].map((line) => (
        <p key={line} className="text-muted">
          {line}
        </p>
      ))}
    </div>
  );
}

function Labelled({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    <div>
      <p className="text-xs text-subtle">{label}</p>
      <div className="font-medium">{children}</div>
    </div>
  );
}

function Lines({ invoice }: { readonly invoice: Invoice }): ReactElement {
  return (
    <table className="tnum w-full">
      <caption className="sr-only">Lines</caption>
      <thead className="text-xs text-subtle">
        <tr>
          <th scope="col" className="py-1 text-left font-normal">
            Description
          </th>
          {["Qty", invoice.taxIncluded ? "Price incl. tax" : "Price", "Tax", "Amount"].map((head) => (
            <th key={head} scope="col" className="py-1 pl-3 text-right font-normal">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {invoice.lines.map((line) => (
          <tr key={line.position} className="border-t border-line-subtle align-top">
            <td className="py-2">
              <span className="font-medium">{line.description}</span>
              {line.detail !== null && <span className="block text-subtle">{line.detail}</span>}
            </td>
            <td className="py-2 pl-3 text-right">{line.quantity}</td>
            <td className="py-2 pl-3 text-right">{formatMoney(line.unitPrice)}</td>
            <td className="py-2 pl-3 text-right">{line.taxPercent}%</td>
            <td className="py-2 pl-3 text-right">{formatMoney(line.amount)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Totals({ invoice }: { readonly invoice: Invoice }): ReactElement {
  const sums = [
    { label: "Net", money: invoice.net },
    ...invoice.taxes.map(({ percent, tax }) => ({ label: `Tax ${percent}%`, money: tax })),
  ];
  return (
    <dl className="tnum ml-auto flex w-64 max-w-full flex-col gap-1.5">
      {sums.map(({ label, money }) => (
        <div key={label} className="flex justify-between">
          <dt>{label}</dt>
          <dd>{formatMoney(money)}</dd>
        </div>
      ))}
      <div className="flex justify-between border-y border-line-strong py-2 text-[15px] font-semibold">
        <dt>{invoice.kind === "invoice" ? "Total" : "Total credited"}</dt>
        <dd>{formatMoney(invoice.total)}</dd>
      </div>
    </dl>
  );
}
