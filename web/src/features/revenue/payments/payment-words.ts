import {
  paymentMethods,
  type DecisionBar,
  type Payment,
  type PaymentStatus,
  type RejectReason,
} from "@rainmaker/contracts/revenue/payments";
import type * as z from "zod/mini";
import type { MoneyStatus } from "#ui/status-badge";

type Method = Payment["method"];
type Reason = z.output<typeof RejectReason>;

const methodNames: Readonly<Record<Method, string>> = {
  bank_transfer: "Bank transfer",
  card: "Card",
  cheque: "Cheque",
  cash: "Cash",
  direct_debit: "Direct debit",
  other: "Other",
  customer_credit: "Customer's credit",
};

export function methodName(method: Method): string {
  return methodNames[method];
}

export const methodOptions: readonly { readonly value: Method; readonly label: string }[] = paymentMethods.map(
  (value) => ({
    value,
    label: methodNames[value],
  }),
);

/** The words of the product for the states of the domain. */
export const statusOf: Readonly<Record<PaymentStatus, MoneyStatus | "draft" | "asked" | "withdrawn" | "reversed">> = {
  draft: "draft",
  submitted: "in-review",
  asked: "asked",
  rejected: "fix-proof",
  verified: "verified",
  withdrawn: "withdrawn",
  reversed: "reversed",
};

export const statusOptions = [
  { value: "draft", label: "Not sent" },
  { value: "submitted", label: "In review" },
  { value: "asked", label: "Answer needed" },
  { value: "rejected", label: "Fix proof" },
  { value: "verified", label: "Verified" },
  { value: "withdrawn", label: "Withdrawn" },
  { value: "reversed", label: "Reversed" },
] as const satisfies readonly { value: PaymentStatus; label: string }[];

/** Why a payment went back. As the verifier chooses it, and as the rep reads it. */
export const reasonNames: Readonly<Record<Reason, string>> = {
  amount_differs: "Amount differs",
  date_differs: "Date differs",
  payer_differs: "Payer is not the customer",
  unreadable: "Cannot be read",
  wrong_document: "Wrong document",
  duplicate: "Already recorded",
  other: "Something else",
};

type Bar = NonNullable<z.output<typeof DecisionBar>>;

/** Why a verifier may not decide a payment. */
export const barNames: Readonly<Record<Bar, string>> = {
  submitted_by_you: "You recorded this",
  your_deal: "This deal is yours",
  credited_to_you: "You earn on this deal",
  endorsed_by_you: "You agreed to it already",
  verified_by_you: "You verified it",
};
