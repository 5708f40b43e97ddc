import { Refusal } from "#platform/errors";
import { divide, multiply, rational, round, type Rational } from "../money/rational.ts";

/** What a refund takes from each line, or why it is refused. */
export type RefundStep = { readonly reversals: readonly bigint[] } | { readonly error: string };

export type Mirror = {
  readonly steps: readonly RefundStep[];
  readonly refunded: bigint;
  /** What is left of each line. */
  readonly net: readonly bigint[];
};

/**
 * Refunds of one payment mirror its original lines by cumulative difference, so that giving back everything, in however
 * many parts, leaves exactly nothing with anybody. A refund that is refused changes nothing. Minor units.
 * @param payment captured
 * @param original what each line of it was
 */
export function mirrorRefunds(payment: bigint, original: readonly bigint[], refunds: readonly bigint[]): Mirror {
  let refunded = 0n;
  const steps = refunds.map((refund): RefundStep => {
    const fault = refundFault(refund, payment - refunded);
    if (fault !== null) return { error: fault };
    const before = refunded;
    refunded += refund;
    return {
      reversals: original.map((line) => takenOf(line, before, payment) - takenOf(line, refunded, payment)),
    };
  });
  return { steps, refunded, net: original.map((line) => line - takenOf(line, refunded, payment)) };
}

/** @throws Refusal 422 where a refund is nothing or more than is left */
export function checkRefund(refund: bigint, left: bigint): void {
  const fault = refundFault(refund, left);
  if (fault !== null) throw new Refusal("invalid", fault, "A refund is above zero and at most what is left");
}

function refundFault(refund: bigint, left: bigint): "amount_not_positive" | "refund_exceeds_captured" | null {
  if (refund <= 0n) return "amount_not_positive";
  return refund > left ? "refund_exceeds_captured" : null;
}

function takenOf(line: bigint, refunded: bigint, payment: bigint): bigint {
  return refunded === 0n ? 0n : round(rational(line * refunded, payment));
}

export type Clawback = "pro_rata" | "full" | "none";

/**
 * What is taken back of a commission whose contract ends early: the unserved part of its term, or all, or nothing; never
 * more than was earned. Minor units, below zero.
 */
export function clawBack(kind: Clawback, earned: bigint, unserved: Rational, term: Rational): bigint {
  if (kind === "none" || unserved.n === 0n) return 0n;
  if (kind === "full") return -earned;
  const share = divide(unserved, term);
  return share.n >= share.d ? -earned : -round(multiply(rational(earned), share));
}
