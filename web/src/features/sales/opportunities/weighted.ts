import { parseAmount, toWire, type WireMoney } from "@rainmaker/contracts/money";

/** A value times a chance in percent, cut to whole minor units as the server cuts it: an estimate, never a payment. */
export function weightedOf({ amount, currency }: WireMoney, percent: number): WireMoney {
  const minor = parseAmount(amount, currency);
  return toWire(typeof minor === "bigint" ? (minor * BigInt(percent)) / 100n : 0n, currency);
}
