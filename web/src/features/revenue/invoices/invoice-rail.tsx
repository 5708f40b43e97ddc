import type { Invoice } from "@rainmaker/contracts/revenue/invoices";
import type { ReactElement } from "react";
import { formatDay, formatInstant, formatMoney } from "#lib/format";
import { Card, CardBody, CardHead } from "#ui/card";
import { FactList } from "#ui/fact-list";
import { TextLink } from "#ui/link";
import { InvoiceBadge } from "./invoices-table.tsx";

export function InvoiceRail({ invoice }: { readonly invoice: Invoice }): ReactElement {
  return (
    <>
      <Card>
        <CardHead title="Money" end={<InvoiceBadge invoice={invoice} />} />
        <CardBody>
          <FactList
            facts={[
              { label: "Total", value: formatMoney(invoice.total) },
              ...(invoice.kind === "invoice"
                ? [
                    { label: "Received", value: formatMoney(invoice.paid) },
                    { label: "Credited", value: formatMoney(invoice.credited) },
                    { label: "Left to pay", value: formatMoney(invoice.due) },
                  ]
                : []),
              {
                label: "Deal",
                value: (
                  <TextLink to="/deals/$dealId" params={{ dealId: invoice.deal.id }}>
                    {invoice.deal.number}
                  </TextLink>
                ),
              },
            ]}
          />
        </CardBody>
      </Card>
      <Card>
        <CardHead title="What happened" />
        <CardBody>
          <ul className="flex flex-col gap-2">
            {happenings(invoice).map(({ key, text, at }) => (
              <li key={key}>
                <span className="block">{text}</span>
                <span className="text-xs text-subtle">{at}</span>
              </li>
            ))}
          </ul>
          {invoice.pdfSha256 !== null && (
            <p className="mt-3 text-xs break-all text-subtle">
              The file is kept under its fingerprint {invoice.pdfSha256}
            </p>
          )}
        </CardBody>
      </Card>
    </>
  );
}

type Happening = { readonly key: string; readonly text: string; readonly at: string };

const deliveryWords = { queued: "Being emailed to", sent: "Emailed to", failed: "Not emailed to" } as const;

function happenings(invoice: Invoice): Happening[] {
  const issued = invoice.issuedAt;
  return [
    ...invoice.creditNotes.map(({ id, number, total, issuedOn }) => ({
      key: id,
      text: `${number} credited ${formatMoney(total)}`,
      at: formatDay(issuedOn),
    })),
    ...invoice.payments.map(({ id, number, amount, at }) => ({
      key: id,
      text: `${number} paid ${formatMoney(amount)}`,
      at: formatInstant(at),
    })),
    ...invoice.deliveries.map(({ id, status, recipients, failure, requestedAt }) => ({
      key: id,
      text: `${deliveryWords[status]} ${recipients.join(", ")}${failure === null ? "" : `: ${failure}`}`,
      at: formatInstant(requestedAt),
    })),
    issued === null
      ? { key: "drafted", text: "Drafted", at: formatInstant(invoice.createdAt) }
      : {
          key: "issued",
          text: `Issued as ${invoice.number ?? ""}${invoice.issuedBy === null ? " for a verified payment" : ` by ${invoice.issuedBy.name}`}`,
          at: formatInstant(issued),
        },
  ];
}
