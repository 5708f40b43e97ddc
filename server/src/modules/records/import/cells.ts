import { isCurrency, minorDigits } from "@rainmaker/contracts/currencies";
import { maxMinor } from "@rainmaker/contracts/money";

/** Why a cell cannot be read as what its column is. */
export type CellFault = { readonly code: string; readonly message: string };
export type CellValue = string | bigint | null;

export type CellStyle = {
  readonly dateOrder: "ymd" | "dmy" | "mdy" | undefined;
  readonly decimalMark: "." | ",";
  readonly currency: string;
};

export function isFault(value: unknown): value is CellFault {
  return typeof value === "object" && value !== null && "code" in value;
}

const fault = (code: string, message: string): CellFault => ({ code, message });

/** Clears a field that has a value; a cell that is only empty leaves it as it is. */
export const clearing = "\\N";

const longestCell = 100_000;

export function readText(text: string, maxLength: number): CellValue | CellFault {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed === clearing) return null;
  if (trimmed.length > longestCell) return fault("cell_too_long", "This cell is longer than 100,000 characters");
  return trimmed.length > maxLength ? fault("too_big", `At most ${maxLength} characters`) : trimmed;
}

const emailForm = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export function readEmail(text: string): CellValue | CellFault {
  const value = readText(text, 254);
  if (typeof value !== "string") return value;
  return emailForm.test(value) ? value.toLowerCase() : fault("invalid_email", "Not an e-mail address");
}

/** "1,234.50", "$1234.5", "1.234,50 €", "(12)": minor units of the currency. Never rounds. */
export function readMoney(text: string, { decimalMark, currency }: CellStyle): CellValue | CellFault {
  const bare = text.replaceAll(/[\s\u00A0\u202F']/g, "");
  if (bare === "" || bare === clearing) return null;
  const number = bare.replaceAll(/^[^\d.,()-]+|[^\d.,()-]+$/g, "");
  if (/^-|^\(.*\)$|-$/.test(number)) return fault("amount_negative", "The amount must not be below zero");
  if (!/\d/.test(number)) return fault("amount_not_a_number", "Not an amount");
  const grouping = decimalMark === "." ? "," : ".";
  const [whole, fraction, ...rest] = number.replaceAll(grouping, "").split(decimalMark);
  if (rest.length > 0 || !/^\d*$/.test(whole ?? "")) return fault("amount_not_a_number", "Not an amount");
  return toMinor(whole ?? "", fraction ?? "", currency);
}

function toMinor(whole: string, fraction: string, currency: string): bigint | CellFault {
  const digits = minorDigits(currency);
  const kept = fraction.replace(/0+$/, "");
  if (kept.length > digits) return fault("amount_decimals", `${currency} has ${digits} decimals`);
  const text = `${whole}${kept.padEnd(digits, "0")}`.replace(/^0+(?=\d)/, "");
  if (!/^\d+$/.test(text)) return fault("amount_not_a_number", "Not an amount");
  if (text.length > 15 || BigInt(text) > maxMinor)
    return fault("amount_out_of_range", "An amount has at most 15 digits, decimals included");
  return BigInt(text);
}

/** An ISO 4217 code, with whatever else stands beside it: "EUR", "eur", "US Dollar (USD)". */
export function readCurrency(text: string): CellValue | CellFault {
  const bare = text.trim();
  if (bare === "" || bare === clearing) return null;
  const [, code = bare] = /\(([A-Za-z]{3})\)/.exec(bare) ?? [];
  const upper = code.toUpperCase();
  return isCurrency(upper) ? upper : fault("currency_unknown", "Not an ISO 4217 currency code, such as USD");
}

type Parts = { readonly year: number; readonly month: number; readonly day: number };

/**
 * "2026-11-20", "20.11.2026", "11/20/2026", each perhaps with a time behind it. A day and month that could be either
 * way round are asked for, never guessed.
 */
export function readDate(text: string, { dateOrder }: CellStyle): CellValue | CellFault {
  const bare = text.trim();
  if (bare === "" || bare === clearing) return null;
  const parts = partsOf(bare.split(/[ T]/)[0] ?? "", dateOrder);
  if (parts === "ambiguous")
    return fault("date_order_needed", "Day and month could be either way round; say which in the options");
  if (parts === null) return fault("date_not_readable", "Not a date");
  const { year, month, day } = parts;
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal && year >= 1900 && year <= 2200
    ? date.toISOString().slice(0, 10)
    : fault("date_not_real", "There is no such day");
}

function partsOf(text: string, order: CellStyle["dateOrder"]): Parts | "ambiguous" | null {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (iso !== null) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) };
  const other = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text);
  if (other === null) return null;
  const [first, second, year] = [Number(other[1]), Number(other[2]), Number(other[3])];
  const dayFirst = { year, month: second, day: first };
  const monthFirst = { year, month: first, day: second };
  if (order === "dmy" || first > 12) return dayFirst;
  if (order === "mdy" || second > 12) return monthFirst;
  return first === second ? dayFirst : "ambiguous";
}

/** Which mark separates decimals in these samples: the last one of a number that has both, or the one before 1 or 2 digits. */
export function guessDecimalMark(samples: readonly string[]): "." | "," {
  const votes = samples.map((sample) => /([.,])\d{1,2}\D*$/.exec(sample)?.[1]).filter((mark) => mark !== undefined);
  const commas = votes.filter((mark) => mark === ",").length;
  return commas > votes.length - commas ? "," : ".";
}
