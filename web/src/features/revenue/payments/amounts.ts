import { fromWire, toWire, type WireMoney } from "@rainmaker/contracts/money";

/** Sums of one currency, added up in minor units. */
export function sumOf(first: WireMoney, ...rest: readonly WireMoney[]): WireMoney {
  return toWire(
    rest.reduce((total, money) => total + fromWire(money).minor, fromWire(first).minor),
    first.currency,
  );
}

/** What is left of a sum, never below nothing. */
export function restOf(whole: WireMoney, ...parts: readonly WireMoney[]): WireMoney {
  const left = parts.reduce((total, money) => total - fromWire(money).minor, fromWire(whole).minor);
  return toWire(left > 0n ? left : 0n, whole.currency);
}

/** How the first sum compares with the second of the same currency: below 0, 0, above 0. */
export function compareSums(a: WireMoney, b: WireMoney): number {
  const difference = fromWire(a).minor - fromWire(b).minor;
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}
