import type { DealId } from "@rainmaker/contracts/ids";
import type { BodyOf } from "@rainmaker/contracts/endpoint";
import { parseAmount } from "@rainmaker/contracts/money";
import type { Deal } from "@rainmaker/contracts/revenue/deals";
import type { Payment } from "@rainmaker/contracts/revenue/payments";
import type { recordPayment } from "@rainmaker/contracts/revenue/payment-recording";
import { formatMoney, signOf } from "#lib/format";
import { compareSums, restOf } from "./amounts.ts";

export type PaymentBody = BodyOf<typeof recordPayment>;

/** What the fields of a payment hold while it is being written. */
export type PaymentValues = {
  readonly amount: string | null;
  readonly valueOn: string | null;
  readonly method: Payment["method"];
  readonly reference: string;
};

export function valuesOf({ amount, valueOn, method, reference }: Payment): PaymentValues {
  return { amount: amount.amount, valueOn, method, reference: reference ?? "" };
}

/** A new payment starts as the rest of its deal, arrived today, by bank. */
export function freshValues(deal: Pick<Deal, "amount" | "position">, today: string): PaymentValues {
  const rest = stillToCome(deal);
  return { amount: signOf(rest) > 0 ? rest.amount : null, valueOn: today, method: "bank_transfer", reference: "" };
}

export function bodyOf(
  { amount, valueOn, method, reference }: PaymentValues,
  dealId: DealId,
  currency: string,
): object {
  const text = reference.trim();
  return {
    dealId,
    amount: { amount: amount ?? "", currency },
    method,
    valueOn: valueOn ?? "",
    reference: text === "" ? null : text,
  };
}

/** Whether a payment already says what was written. */
export function saysTheSame(payment: Payment, body: PaymentBody): boolean {
  return (
    compareSums(payment.amount, body.amount) === 0 &&
    payment.method === body.method &&
    payment.valueOn === body.valueOn &&
    payment.reference === (body.reference ?? null)
  );
}

/** What nobody has recorded yet; a payment that is being corrected does not stand in its own way. */
export function stillToCome(
  { amount, position }: Pick<Deal, "amount" | "position">,
  corrected?: Payment,
): Deal["amount"] {
  const { verified, inReview, toFix, draft } = position;
  const rest = restOf(amount, verified, inReview, toFix, draft);
  if (corrected === undefined) return rest;
  const others = position[corrected.status === "rejected" ? "toFix" : "draft"];
  const without = restOf(others, corrected.amount);
  return corrected.status === "rejected"
    ? restOf(amount, verified, inReview, without, draft)
    : restOf(amount, verified, inReview, toFix, without);
}

export type Check = { readonly tone: "good" | "warning"; readonly text: string };

type CheckFacts = {
  readonly deal: Deal;
  /** The other payments of the deal, as far as they are known. */
  readonly others: readonly Payment[];
  readonly values: PaymentValues;
  readonly corrected?: Payment | undefined;
};

/** What is worth knowing before a payment is sent. None of it holds it back: the verifier decides. */
export function checksFor({ deal, others, values, corrected }: CheckFacts): readonly Check[] {
  const { currency } = deal.amount;
  const isReadable = values.amount !== null && typeof parseAmount(values.amount, currency) !== "string";
  if (!isReadable) return [];
  const amount = { amount: values.amount ?? "", currency };
  return [amountCheck(amount, stillToCome(deal, corrected)), ...twinChecks(amount, others, values)];
}

function amountCheck(amount: Deal["amount"], rest: Deal["amount"]): Check {
  const short = (money: Deal["amount"]): string => formatMoney(money, { style: "short" });
  const order = compareSums(amount, rest);
  if (order === 0) return { tone: "good", text: "Pays what is still to come in full" };
  if (order < 0) return { tone: "good", text: `In part: ${short(restOf(rest, amount))} is still to come afterwards` };
  return { tone: "warning", text: `${short(restOf(amount, rest))} more than is still to come. Check the amount.` };
}

function twinChecks(
  amount: Deal["amount"],
  others: readonly Payment[],
  { reference, valueOn }: PaymentValues,
): Check[] {
  const text = reference.trim();
  const sameReference = text === "" ? undefined : others.find((other) => other.reference === text);
  const sameSum = others.find((other) => other.valueOn === valueOn && compareSums(other.amount, amount) === 0);
  const checks: Check[] = [];
  if (sameReference !== undefined) {
    checks.push({ tone: "warning", text: `${sameReference.number} has the same reference. Is this another payment?` });
  }
  if (sameSum !== undefined && sameSum !== sameReference) {
    checks.push({ tone: "warning", text: `${sameSum.number} has the same amount on the same day` });
  }
  return checks;
}
