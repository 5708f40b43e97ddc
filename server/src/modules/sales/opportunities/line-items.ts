import { fromWire, maxMinor, toWire, type Money, type WireMoney } from "@rainmaker/contracts/money";
import { invalidField } from "#platform/errors";

/** A product in a sale. */
export type Line = {
  readonly productId: string;
  readonly description: string | null;
  /** 1500 is 1.5. */
  readonly quantityThousandths: bigint;
  /** Minor units of the opportunity's currency; null while no price is agreed. */
  readonly unitPriceMinor: bigint | null;
  /** Basis points. */
  readonly discountBp: number;
};

/** A line as a request gives it. */
export type GivenLine = {
  readonly productId: string;
  readonly description?: string | null | undefined;
  readonly quantity?: string | undefined;
  readonly unitPrice?: WireMoney | null | undefined;
  readonly discountPercent?: string | undefined;
};

/**
 * Reads a line of a request. A list price in another currency is no price here.
 * @param place of the line in the request
 * @throws Refusal 422
 */
export function lineOf(given: GivenLine, listPrice: Money | null, currency: string, place: number): Line {
  const unitPriceMinor = priceOf(given.unitPrice, listPrice, currency, place);
  const line = {
    productId: given.productId,
    description: given.description === "" ? null : (given.description ?? null),
    quantityThousandths: scaled(given.quantity ?? "1", 3),
    unitPriceMinor,
    discountBp: Number(scaled(given.discountPercent ?? "0", 2)),
  };
  if ((totalOf(line) ?? 0n) > maxMinor) {
    throw invalidField(`lines.${place}.unitPrice.amount`, "amount_out_of_range", "This line adds up to too much");
  }
  return line;
}

function priceOf(
  given: WireMoney | null | undefined,
  listPrice: Money | null,
  currency: string,
  place: number,
): bigint | null {
  if (given === null) return null;
  if (given === undefined) return listPrice?.currency === currency ? listPrice.minor : null;
  const path = `lines.${place}.unitPrice.currency`;
  if (given.currency !== currency) throw invalidField(path, "currency_mismatch", `This opportunity is in ${currency}`);
  return fromWire(given).minor;
}

/** "1.5" with three places is 1500. */
function scaled(text: string, places: number): bigint {
  const [whole = "0", fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(places, "0"));
}

type Priced = Pick<Line, "quantityThousandths" | "unitPriceMinor" | "discountBp">;

/** What a line adds up to, rounded once, halves up; null without a price. */
export function totalOf({ quantityThousandths, unitPriceMinor, discountBp }: Priced): bigint | null {
  if (unitPriceMinor === null) return null;
  const scale = 10_000_000n;
  return (quantityThousandths * unitPriceMinor * BigInt(10_000 - discountBp) + scale / 2n) / scale;
}

/** Sum of the lines that have a price; null where none has. @throws Refusal 422 */
export function linesTotal(lines: readonly Line[]): bigint | null {
  const totals = lines.map(totalOf).filter((total) => total !== null);
  if (totals.length === 0) return null;
  const sum = totals.reduce((added, total) => added + total, 0n);
  if (sum > maxMinor) throw invalidField("lines", "amount_out_of_range", "These lines add up to too much");
  return sum;
}

type Valued = { readonly amountMinor: bigint | null; readonly linesTotalMinor: bigint | null };

/** Somebody set another amount than the lines add up to. */
export function isOverridden({ amountMinor, linesTotalMinor }: Valued): boolean {
  return linesTotalMinor !== null && amountMinor !== linesTotalMinor;
}

/**
 * The amount after a change of the lines: what is given; else, unless it was overridden, their sum.
 * @param given null asks for the sum, undefined says nothing
 */
export function amountAfter(
  before: Valued,
  linesTotalMinor: bigint | null,
  given: bigint | null | undefined,
): bigint | null {
  if (given === null) return linesTotalMinor;
  if (given !== undefined) return given;
  return isOverridden(before) ? before.amountMinor : (linesTotalMinor ?? before.amountMinor);
}

type WireLine = {
  description: string | null;
  quantity: string;
  unitPrice: WireMoney | null;
  discountPercent: string;
  total: WireMoney | null;
};

/** A line as the log and the wire say it. */
export function wireLine(line: Omit<Line, "productId">, currency: string): WireLine {
  const total = totalOf(line);
  return {
    description: line.description,
    quantity: decimal(line.quantityThousandths, 3),
    unitPrice: line.unitPriceMinor === null ? null : toWire(line.unitPriceMinor, currency),
    discountPercent: decimal(BigInt(line.discountBp), 2),
    total: total === null ? null : toWire(total, currency),
  };
}

/** 1500 with three places is "1.5". */
function decimal(value: bigint, places: number): string {
  const digits = value.toString().padStart(places + 1, "0");
  const fraction = digits.slice(-places).replace(/0+$/, "");
  return digits.slice(0, -places) + (fraction === "" ? "" : `.${fraction}`);
}
