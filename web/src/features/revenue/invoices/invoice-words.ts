import type { CreditReason, InvoiceRow, InvoiceState } from "@rainmaker/contracts/revenue/invoices";
import type { Tone } from "#ui/badge";

type Word = { readonly word: string; readonly tone: Tone };

const words: Readonly<Record<InvoiceState, Word>> = {
  draft: { word: "Draft", tone: "line" },
  open: { word: "Invoiced", tone: "info" },
  partially_paid: { word: "Part paid", tone: "info" },
  overdue: { word: "Overdue", tone: "danger" },
  paid: { word: "Verified", tone: "success" },
  credited: { word: "Credited", tone: "neutral" },
};

export function standingOf({ kind, state }: Pick<InvoiceRow, "kind" | "state">): Word {
  return kind === "credit_note" ? { word: "Credit note", tone: "neutral" } : words[state];
}

export const creditReasonNames: Readonly<Record<CreditReason, string>> = {
  wrong_amount: "The amount was wrong",
  wrong_customer: "Made out to the wrong customer",
  not_delivered: "Not delivered",
  goodwill: "Goodwill",
  cancelled: "Cancelled",
  other: "Something else",
};

/** The number, or what stands for it. */
export function nameOfInvoice({ number }: Pick<InvoiceRow, "number">): string {
  return number ?? "Draft invoice";
}
