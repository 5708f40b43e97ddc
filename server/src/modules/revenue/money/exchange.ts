import { minorDigits } from "@rainmaker/contracts/currencies";
import { multiply, rational, type Rational } from "./rational.ts";

/**
 * Minor units of one currency as minor units of another, exact: rounded once, when what is made of them is posted.
 * @param rate major units of `to` for one of `from`, on the day the money arrived
 */
export function exchange(minor: bigint, from: string, to: string, rate: Rational): Rational {
  const scale = rational(10n ** BigInt(minorDigits(to)), 10n ** BigInt(minorDigits(from)));
  return multiply(multiply(rational(minor), scale), rate);
}
