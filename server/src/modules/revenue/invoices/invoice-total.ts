import { add, divide, multiply, rational, round, subtract, toText, zero, type Rational } from "../money/rational.ts";

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

/** What is taxed at one rate, and its tax. */
export type TaxGroup = { readonly rate: Rational; readonly net: bigint; readonly tax: bigint };

export type InvoiceTotal = {
  readonly net: bigint;
  readonly tax: bigint;
  readonly total: bigint;
  /** By rate, in the order of the lines. */
  readonly groups: readonly TaxGroup[];
};

/**
 * Minor units; rounded half up.
 * @param taxIncluded prices contain the tax: the sum stands, and the tax is what of it is tax
 */
export function invoiceTotal(
  lines: readonly InvoiceLine[],
  taxRounding: TaxRounding,
  taxIncluded = false,
): InvoiceTotal {
  const { amount, taxes } = taxRounding === "line" ? byLine(lines, taxIncluded) : byDocument(lines, taxIncluded);
  const tax = taxes.reduce((sum, group) => sum + group.tax, 0n);
  const net = taxIncluded ? amount - tax : amount;
  const groups = taxes.map((group) => ({
    rate: group.rate,
    net: taxIncluded ? group.amount - group.tax : group.amount,
    tax: group.tax,
  }));
  return { net, tax, total: net + tax, groups };
}

/** Price times quantity less discount, before rounding. */
export function exactAmount({ unitPrice, quantity, discount }: InvoiceLine): Rational {
  return multiply(multiply(rational(unitPrice), quantity), subtract(rational(1n), discount));
}

type Taxed = { readonly rate: Rational; readonly amount: bigint; readonly tax: bigint };
type Summed = { readonly amount: bigint; readonly taxes: readonly Taxed[] };

function byLine(lines: readonly InvoiceLine[], taxIncluded: boolean): Summed {
  const taxes = [...byRate(lines).values()].map((group): Taxed => {
    const amounts = group.map((line) => round(exactAmount(line)));
    const rate = group[0]?.taxRate ?? zero;
    const tax = amounts.reduce((sum, amount) => sum + round(taxOf(rational(amount), rate, taxIncluded)), 0n);
    return { rate, amount: amounts.reduce((sum, amount) => sum + amount, 0n), tax };
  });
  return { amount: taxes.reduce((sum, { amount }) => sum + amount, 0n), taxes };
}

function byDocument(lines: readonly InvoiceLine[], taxIncluded: boolean): Summed {
  const sumOf = (some: readonly InvoiceLine[]) => some.reduce((sum, line) => add(sum, exactAmount(line)), zero);
  const taxes = [...byRate(lines).values()].map((group): Taxed => {
    const exact = sumOf(group);
    const rate = group[0]?.taxRate ?? zero;
    return { rate, amount: round(exact), tax: round(taxOf(exact, rate, taxIncluded)) };
  });
  return { amount: round(sumOf(lines)), taxes };
}

function byRate(lines: readonly InvoiceLine[]): Map<string, InvoiceLine[]> {
  return Map.groupBy(lines, ({ taxRate }) => toText(taxRate));
}

function taxOf(amount: Rational, rate: Rational, taxIncluded: boolean): Rational {
  const tax = multiply(amount, rate);
  return taxIncluded ? divide(tax, add(rational(1n), rate)) : tax;
}
