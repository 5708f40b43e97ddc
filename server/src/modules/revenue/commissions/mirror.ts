import { rational, round } from "../money/rational.ts";

/** A line of a closed month, and what is left of it by now. Minor units. */
export type ClosedLine = { readonly earned: bigint; readonly left: bigint };

/**
 * What changes of a closed month's line as less of its payment is left, or more again: at the rate of then. Taking
 * everything leaves exactly nothing, in however many parts. Minor units.
 * @param whole the payment
 * @param before what was left of it; `after`: what is left now
 */
export function mirrorChange({ earned, left }: ClosedLine, whole: bigint, before: bigint, after: bigint): bigint {
  if (after < before) return -round(rational(left * (before - after), before));
  return round(rational(earned * after, whole)) - round(rational(earned * before, whole));
}
