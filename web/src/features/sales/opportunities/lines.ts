import type { ProductId } from "@rainmaker/contracts/ids";
import { parseAmount, toWire, type WireMoney } from "@rainmaker/contracts/money";

/** A line while it is edited: figures as they are typed. */
export type LineDraft = {
  /** Of the row, while the sheet is open. */
  readonly key: string;
  readonly productId: ProductId | null;
  readonly description: string | null;
  readonly quantity: string;
  /** Decimal of the wire; null while no price is agreed. */
  readonly unitPrice: string | null;
  readonly discountPercent: string;
};

/** "1,5" and "1.5" as the decimal of the wire; null where it is none, or has more places. */
export function readDecimal(text: string, places: number): string | null {
  const match = /^\s*(\d{1,9})(?:[.,](\d+))?\s*%?\s*$/.exec(text);
  const fraction = match?.[2]?.replace(/0+$/, "") ?? "";
  if (match === null || fraction.length > places) return null;
  return `${match[1]?.replace(/^0+(?=\d)/, "")}${fraction === "" ? "" : `.${fraction}`}`;
}

/** What is wrong with a line, by field. */
export function faultsOf(line: LineDraft): { readonly quantity?: string; readonly discountPercent?: string } {
  const quantity = readDecimal(line.quantity, 3);
  const discount = readDecimal(line.discountPercent || "0", 2);
  return {
    ...((quantity === null || Number(quantity) === 0) && { quantity: "Such as 3 or 1.5" }),
    ...((discount === null || Number(discount) > 100) && { discountPercent: "0 to 100" }),
  };
}

/** Quantity times price less discount, rounded once, halves up, as the server does; null while something is missing. */
export function totalOf(line: LineDraft, currency: string): WireMoney | null {
  const minor = minorOf(line, currency);
  return minor === null ? null : toWire(minor, currency);
}

/** What the lines with a price add up to; null where none has. */
export function sumOf(lines: readonly LineDraft[], currency: string): WireMoney | null {
  const totals = lines.map((line) => minorOf(line, currency)).filter((minor) => minor !== null);
  if (totals.length === 0) return null;
  return toWire(
    totals.reduce((sum, minor) => sum + minor, 0n),
    currency,
  );
}

function minorOf({ quantity, unitPrice, discountPercent }: LineDraft, currency: string): bigint | null {
  const count = readDecimal(quantity, 3);
  const discount = readDecimal(discountPercent || "0", 2);
  const price = unitPrice === null ? null : parseAmount(unitPrice, currency);
  if (count === null || discount === null || typeof price !== "bigint" || Number(discount) > 100) return null;
  const scale = 10_000_000n;
  return (scaled(count, 3) * price * (10_000n - scaled(discount, 2)) + scale / 2n) / scale;
}

function scaled(text: string, places: number): bigint {
  const [whole = "0", fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(places, "0"));
}

/** What is sent for the lines that name a product. */
export function bodyOf(lines: readonly LineDraft[], currency: string): object[] {
  return lines
    .filter(({ productId }) => productId !== null)
    .map(({ productId, description, quantity, unitPrice, discountPercent }) => ({
      productId,
      description,
      quantity: readDecimal(quantity, 3) ?? quantity,
      unitPrice: unitPrice === null ? null : { amount: unitPrice, currency },
      discountPercent: readDecimal(discountPercent || "0", 2) ?? discountPercent,
    }));
}
