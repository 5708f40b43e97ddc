import type { InvoiceDocument } from "./invoice.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "2026-11-12" as "12 Nov 2026". */
export function writtenDay(day: string): string {
  const [year = "", month = "", date = ""] = day.split("-");
  return `${Number(date)} ${months[Number(month) - 1] ?? ""} ${year}`;
}

/** "19500.00" as "19,500.00". */
export function grouped(decimal: string): string {
  const [whole = "", fraction] = decimal.split(".");
  const groups = whole.replaceAll(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? groups : `${groups}.${fraction}`;
}

const reasons: Readonly<Record<string, string>> = {
  wrong_amount: "The amount was wrong",
  wrong_customer: "It was made out to the wrong customer",
  not_delivered: "Not delivered",
  goodwill: "Goodwill",
  cancelled: "Cancelled",
  other: "Correction",
};

export type InvoiceWords = {
  readonly title: string;
  /** Labels and values beside the buyer, read in pairs. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly foot: readonly string[];
};

/** What a document says in words around its lines. */
export function invoiceWords(document: InvoiceDocument): InvoiceWords {
  const { kind, issuedOn, dueOn, deal, buyerReference, corrects, reason, receiptOf, note, paymentDetails } = document;
  const facts: (readonly [string, string | null])[] = [
    ["Issued", issuedOn === null ? null : writtenDay(issuedOn)],
    ["Deal", `${deal.number}, ${deal.title}`],
    ["Due", dueOn === null ? null : writtenDay(dueOn)],
    ["Your reference", buyerReference],
    ["Corrects", corrects],
    ["Reason", reason === null ? null : (reasons[reason] ?? reason)],
  ];
  const received = receiptOf === null ? null : `Received with thanks: payment ${receiptOf}.`;
  const foot = [note, received, kind === "invoice" && receiptOf === null ? paymentDetails : null];
  return {
    title: kind === "invoice" ? "Invoice" : "Credit note",
    facts: facts.flatMap(([label, value]) => (value === null || value === "" ? [] : [[label, value] as const])),
    foot: foot.filter((text): text is string => text !== null && text !== ""),
  };
}
