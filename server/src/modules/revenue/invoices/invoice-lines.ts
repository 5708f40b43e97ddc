import { fromWire, maxMinor, toDecimal, type WireMoney } from "@rainmaker/contracts/money";
import { invalidField, Refusal } from "#platform/errors";
import {
  compare,
  divide,
  multiply,
  parseRational,
  rational,
  round,
  subtract,
  toDecimals,
  zero,
  add,
} from "../money/rational.ts";
import {
  exactAmount,
  invoiceTotal,
  type InvoiceLine,
  type InvoiceTotal,
  type TaxGroup,
  type TaxRounding,
} from "./invoice-total.ts";

/** A line as the database keeps it: minor units and exact decimals as text. */
export type Line = {
  readonly description: string;
  readonly detail: string | null;
  readonly quantity: string;
  readonly unitPrice: string;
  /** Share of the price. */
  readonly discount: string;
  /** Share of the price. */
  readonly taxRate: string;
  /** Of a credit note: the line it corrects, counted from 1. */
  readonly position?: number;
};

export type GivenLine = {
  readonly description: string;
  readonly detail?: string | null | undefined;
  readonly quantity?: string | undefined;
  readonly unitPrice: WireMoney;
  readonly discountPercent?: string | undefined;
  readonly taxPercent?: string | undefined;
};

/** How a document is added up. */
export type Counting = { readonly taxRounding: TaxRounding; readonly taxIncluded: boolean };

/** Reads the lines of a request. @param taxRate of lines that name none, as share. @throws Refusal 422 */
export function linesOf(given: readonly GivenLine[], currency: string, taxRate: string): Line[] {
  return given.map((line, index) => {
    if (line.unitPrice.currency !== currency) {
      const path = `lines.${index}.unitPrice.currency`;
      throw invalidField(path, "currency_mismatch", `An invoice is in the currency of its deal, ${currency}`);
    }
    return {
      description: line.description,
      detail: line.detail === "" ? null : (line.detail ?? null),
      quantity: line.quantity ?? "1",
      unitPrice: fromWire(line.unitPrice).minor.toString(),
      discount: line.discountPercent === undefined ? "0" : shareOf(line.discountPercent),
      taxRate: line.taxPercent === undefined ? taxRate : shareOf(line.taxPercent),
    };
  });
}

/** "12.5" per cent is the share "0.125". */
export function shareOf(percent: string): string {
  return shortest(toDecimals(divide(parseRational(percent), rational(100n)), 5));
}

/** The share "0.125" is "12.5" per cent. */
export function percentOf(share: string): string {
  return shortest(toDecimals(multiply(parseRational(share), rational(100n)), 3));
}

function shortest(decimals: string): string {
  return decimals.includes(".") ? decimals.replace(/\.?0+$/, "") : decimals;
}

function parsed({ unitPrice, quantity, discount, taxRate }: Line): InvoiceLine {
  return {
    unitPrice: BigInt(unitPrice),
    quantity: parseRational(quantity),
    discount: parseRational(discount),
    taxRate: parseRational(taxRate),
  };
}

/** What a line says, rounded for itself. */
export function amountOf(line: Line): bigint {
  return round(exactAmount(parsed(line)));
}

/** @throws Refusal 422 where it adds up to more than a column holds */
export function totalOf(lines: readonly Line[], { taxRounding, taxIncluded }: Counting): InvoiceTotal {
  const total = invoiceTotal(lines.map(parsed), taxRounding, taxIncluded);
  if (total.total > maxMinor) throw invalidField("lines", "amount_out_of_range", "These lines add up to too much");
  return total;
}

export function groupPercent({ rate }: TaxGroup): string {
  return shortest(toDecimals(multiply(rate, rational(100n)), 3));
}

/** What of each line credit notes have taken back, in the order of the lines. */
export function creditedQuantities(lines: readonly Line[], notes: readonly (readonly Line[])[]): string[] {
  return lines.map((_, index) => {
    const taken = notes.flat().filter(({ position }) => position === index + 1);
    const sum = taken.reduce((total, { quantity }) => add(total, parseRational(quantity)), zero);
    return shortest(toDecimals(sum, 3));
  });
}

export type CreditedLine = { readonly position: number; readonly quantity: string };

/**
 * The lines of a credit note: what is asked for, or all that is left.
 * @param taken what earlier credit notes took of each line
 * @throws Refusal 409 where nothing is left, 422 where more is asked for than is left
 */
export function creditLines(
  lines: readonly Line[],
  taken: readonly string[],
  asked: readonly CreditedLine[] | undefined,
): Line[] {
  const left = lines.map(({ quantity }, index) =>
    subtract(parseRational(quantity), parseRational(taken[index] ?? "0")),
  );
  const all = left.flatMap((quantity, index) =>
    compare(quantity, zero) > 0 ? [{ position: index + 1, quantity: shortest(toDecimals(quantity, 3)) }] : [],
  );
  if (all.length === 0) throw new Refusal("conflict", "fully_credited", "This invoice is credited in full already");
  const wanted = asked ?? all;
  if (new Set(wanted.map(({ position }) => position)).size !== wanted.length) {
    throw invalidField("lines", "duplicate_line", "Name each line once");
  }
  return wanted.map(({ position, quantity }, index) => {
    const line = lines[position - 1];
    const most = left[position - 1];
    if (line === undefined || most === undefined)
      throw invalidField(`lines.${index}.position`, "unknown_line", "This invoice has no such line");
    if (compare(parseRational(quantity), most) > 0) {
      const message = `Only ${shortest(toDecimals(most, 3))} of this line is left to credit`;
      throw invalidField(`lines.${index}.quantity`, "more_than_left", message);
    }
    return { ...line, quantity, position };
  });
}

/**
 * What a credit note takes back: the difference between the invoice credited so far with it and without it. So the
 * credit notes of an invoice that is credited in full add up to it to the cent, by rate too.
 */
export function creditTotal(
  lines: readonly Line[],
  taken: readonly string[],
  note: readonly Line[],
  counting: Counting,
): InvoiceTotal {
  const withQuantities = (quantityOf: (index: number) => string) =>
    totalOf(
      lines.map((line, index) => ({ ...line, quantity: quantityOf(index) })),
      counting,
    );
  const before = withQuantities((index) => taken[index] ?? "0");
  const after = withQuantities((index) => {
    const added = note.find(({ position }) => position === index + 1)?.quantity ?? "0";
    return toDecimals(add(parseRational(taken[index] ?? "0"), parseRational(added)), 3);
  });
  return {
    net: after.net - before.net,
    tax: after.tax - before.tax,
    total: after.total - before.total,
    groups: after.groups
      .map(({ rate, net, tax }, index) => ({
        rate,
        net: net - (before.groups[index]?.net ?? 0n),
        tax: tax - (before.groups[index]?.tax ?? 0n),
      }))
      .filter(({ net, tax }) => net !== 0n || tax !== 0n),
  };
}

/** A line as documents and the wire say it: decimals. */
export type WrittenLine = {
  readonly position: number;
  readonly description: string;
  readonly detail: string | null;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly discountPercent: string;
  readonly taxPercent: string;
  readonly amount: string;
};

export function writtenLine(line: Line, index: number, currency: string): WrittenLine {
  return {
    position: line.position ?? index + 1,
    description: line.description,
    detail: line.detail,
    quantity: line.quantity,
    unitPrice: toDecimal(BigInt(line.unitPrice), currency),
    discountPercent: percentOf(line.discount),
    taxPercent: percentOf(line.taxRate),
    amount: toDecimal(amountOf(line), currency),
  };
}
