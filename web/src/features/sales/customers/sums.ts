import { parseAmount, toDecimal, type WireMoney } from "@rainmaker/contracts/money";
import { formatMoney } from "#lib/format";

/** Totals by currency, in the order in which the currencies come. */
export function sumsOf(moneys: readonly WireMoney[]): readonly WireMoney[] {
  return [...Map.groupBy(moneys, ({ currency }) => currency)].map(([currency, own]) => {
    const minor = own.reduce((sum, { amount }) => {
      const parsed = parseAmount(amount, currency);
      return typeof parsed === "string" ? sum : sum + parsed;
    }, 0n);
    return { amount: toDecimal(minor, currency), currency };
  });
}

/** "$84,000 + €12,000"; currencies are never added up. Null where there is nothing. */
export function sumsText(sums: readonly WireMoney[]): string | null {
  return sums.length === 0 ? null : sums.map((sum) => formatMoney(sum, { style: "short" })).join(" + ");
}
