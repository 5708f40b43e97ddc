import { toDecimal } from "@rainmaker/contracts/money";
import { record, type RecordDefinition } from "#modules/records";
import { Refusal } from "#platform/errors";
import type { InvoiceTotal, TaxRounding } from "./invoice-total.ts";
import { groupPercent, writtenLine, type Line, type WrittenLine } from "./invoice-lines.ts";

/** What an invoice is to the record engine; its number is a name by series and year. */
export const invoiceRecord = record({
  name: "invoice",
  table: "invoice",
  numberPrefix: "INV",
  titleColumn: "name",
  hasGrants: false,
  sorts: {},
  filters: {},
}) satisfies RecordDefinition;

/**
 * draft -> issued (takes its number, frozen) | discarded. What is wrong with an issued one a credit note corrects.
 * Paid, overdue and credited follow from what is allocated and credited.
 */
export type Invoice = {
  readonly id: string;
  readonly kind: "invoice" | "credit_note";
  readonly status: "draft" | "issued" | "discarded";
  readonly ownerId: string;
  readonly legalEntityId: string;
  readonly dealId: string;
  readonly customerId: string;
  readonly paymentId: string | null;
  readonly correctsInvoiceId: string | null;
  readonly reason: string | null;
  readonly name: string | null;
  readonly issuedOn: string | null;
  readonly dueOn: string | null;
  readonly currency: string;
  readonly taxIncluded: boolean;
  readonly taxRounding: TaxRounding;
  readonly lines: readonly Line[];
  readonly netMinor: bigint;
  readonly taxMinor: bigint;
  readonly totalMinor: bigint;
  readonly paidMinor: bigint;
  readonly creditedMinor: bigint;
  readonly buyerReference: string | null;
  readonly buyerTaxId: string | null;
  readonly note: string | null;
  readonly version: number;
};

export type Address = {
  readonly street: string | null;
  readonly postalCode: string | null;
  readonly city: string | null;
  readonly region: string | null;
  readonly country: string | null;
};

export type DocumentParty = {
  readonly name: string;
  readonly address: readonly string[];
  readonly taxId: string | null;
  readonly email: string | null;
};

/** Everything a document says: kept as it was at issue, and all that the PDF is made of. Amounts are decimals. */
export type InvoiceDocument = {
  readonly kind: Invoice["kind"];
  readonly number: string | null;
  readonly issuedOn: string | null;
  readonly dueOn: string | null;
  readonly currency: string;
  readonly seller: DocumentParty;
  readonly buyer: DocumentParty;
  readonly buyerReference: string | null;
  readonly deal: { readonly number: string; readonly title: string };
  /** Number of the invoice it corrects. */
  readonly corrects: string | null;
  readonly reason: string | null;
  /** The payment it is the receipt of. */
  readonly receiptOf: string | null;
  readonly note: string | null;
  readonly paymentDetails: string | null;
  readonly taxIncluded: boolean;
  readonly lines: readonly WrittenLine[];
  readonly taxes: readonly { readonly percent: string; readonly net: string; readonly tax: string }[];
  readonly net: string;
  readonly tax: string;
  readonly total: string;
};

/** What a document says beside its own invoice. */
export type Surroundings = Pick<
  InvoiceDocument,
  "seller" | "buyer" | "deal" | "corrects" | "receiptOf" | "paymentDetails"
>;

export function documentOf(invoice: Invoice, total: InvoiceTotal, around: Surroundings): InvoiceDocument {
  const { currency } = invoice;
  const decimal = (minor: bigint) => toDecimal(minor, currency);
  return {
    kind: invoice.kind,
    number: invoice.name,
    issuedOn: invoice.issuedOn,
    dueOn: invoice.dueOn,
    currency,
    ...around,
    buyer: { ...around.buyer, taxId: invoice.buyerTaxId },
    buyerReference: invoice.buyerReference,
    reason: invoice.reason,
    note: invoice.note,
    taxIncluded: invoice.taxIncluded,
    lines: invoice.lines.map((line, index) => writtenLine(line, index, currency)),
    taxes: total.groups.map((group) => ({
      percent: groupPercent(group),
      net: decimal(group.net),
      tax: decimal(group.tax),
    })),
    net: decimal(total.net),
    tax: decimal(total.tax),
    total: decimal(total.total),
  };
}

/** Street, "postal code city", region, country: a line each, without those nobody gave. */
export function addressLines({ street, postalCode, city, region, country }: Address): string[] {
  const place = [postalCode, city].filter((part) => part !== null && part !== "").join(" ");
  return [street, place, region, country].filter((part) => part !== null && part !== "") as string[];
}

/** "INV-2026-0007". */
export function invoiceName(series: string, year: number, number: bigint): string {
  return `${series}-${year}-${number.toString().padStart(4, "0")}`;
}

/** @throws Refusal 409 for one that is issued or discarded */
export function requireDraft(invoice: Invoice): void {
  if (invoice.status === "draft") return;
  const sentence =
    invoice.status === "issued"
      ? `This invoice was issued as ${invoice.name ?? ""} and does not change; correct it by a credit note`
      : "This draft was discarded";
  throw new Refusal("conflict", "invalid_transition", sentence);
}

/** @throws Refusal 409 for what credit notes cannot correct */
export function requireCreditable(invoice: Invoice): void {
  if (invoice.kind === "invoice" && invoice.status === "issued") return;
  const sentence =
    invoice.kind === "credit_note" ? "A credit note is not credited again" : "Only an issued invoice can be credited";
  throw new Refusal("conflict", "invalid_transition", sentence);
}

/** @throws Refusal 409 for what no money is applied to */
export function requirePayable(invoice: Invoice): void {
  if (invoice.kind === "invoice" && invoice.status === "issued") return;
  throw new Refusal("conflict", "invalid_transition", "Money is applied to issued invoices");
}

/** How much of what was paid has to come off an invoice, so that it is not paid beyond what is left of it. */
export function overpaidBy({ totalMinor, paidMinor, creditedMinor }: Invoice): bigint {
  const over = paidMinor + creditedMinor - totalMinor;
  return over > 0n ? over : 0n;
}
