import { add, multiply, rational, round, subtract, toText, zero, type Rational } from "../money/rational.ts";

export type InvoiceLine = {
  /** Minor units. */
  readonly unitPrice: bigint;
  readonly quantity: Rational;
  /** Share of the price. */
  readonly discount: Rational;
  readonly taxRate: Rational;
};

/** Where tax is rounded: once per rate on the whole document, or on each line. Both are the law somewhere. */
export type TaxRounding = "document" | "line";

export type InvoiceTotal = { readonly net: bigint; readonly tax: bigint; readonly total: bigint };

/** Minor units; rounded half up. */
export function invoiceTotal(lines: readonly InvoiceLine[], taxRounding: TaxRounding): InvoiceTotal {
  const { net, tax } = taxRounding === "line" ? byLine(lines) : byDocument(lines);
  return { net, tax, total: net + tax };
}

function byLine(lines: readonly InvoiceLine[]): Omit<InvoiceTotal, "total"> {
  let [net, tax] = [0n, 0n];
  for (const line of lines) {
    const rounded = round(netOf(line));
    net += rounded;
    tax += round(multiply(rational(rounded), line.taxRate));
  }
  return { net, tax };
}

function byDocument(lines: readonly InvoiceLine[]): Omit<InvoiceTotal, "total"> {
  const net = lines.reduce((sum, line) => add(sum, netOf(line)), zero);
  const taxes = new Map<string, Rational>();
  for (const line of lines) {
    const rate = toText(line.taxRate);
    taxes.set(rate, add(taxes.get(rate) ?? zero, multiply(netOf(line), line.taxRate)));
  }
  return { net: round(net), tax: [...taxes.values()].reduce((sum, tax) => sum + round(tax), 0n) };
}

function netOf({ unitPrice, quantity, discount }: InvoiceLine): Rational {
  return multiply(multiply(rational(unitPrice), quantity), subtract(rational(1n), discount));
}
