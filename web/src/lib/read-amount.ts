import { minorDigits } from "@rainmaker/contracts/currencies";
import { parseAmount } from "@rainmaker/contracts/money";

/**
 * Reads an amount as people type it: "96k", "1.2m", "1,234.50", "1.234,50", "1 234".
 * @returns the decimal string of the wire, or null where it is not an amount of this currency
 */
export function readAmount(text: string, currency: string): string | null {
  const match = /^([\d.,\s\u00a0\u202f']+)([kmb]?)$/i.exec(text.trim());
  if (match === null) return null;
  const [, digits = "", letter = ""] = match;
  const number = normalise(digits.replace(/[\s\u00a0\u202f']/g, ""));
  if (number === null) return null;
  const scaled = shift(number, { k: 3, m: 6, b: 9 }[letter.toLowerCase()] ?? 0);
  const places = minorDigits(currency);
  const [whole = "0", fraction = ""] = scaled.split(".");
  // More places than the currency has are refused unless they say nothing: 12.500 is 12.50.
  if (!/^0*$/.test(fraction.slice(places))) return null;
  const amount = places === 0 ? whole : `${whole}.${fraction.slice(0, places).padEnd(places, "0")}`;
  return typeof parseAmount(amount, currency) === "bigint" ? amount : null;
}

/** With one "." as decimal mark and nothing else, or null. */
function normalise(digits: string): string | null {
  const mark = digits.lastIndexOf(".") > digits.lastIndexOf(",") ? "." : ",";
  const at = digits.lastIndexOf(mark);
  if (at === -1) return digits === "" ? null : digits;
  const [whole, fraction] = [digits.slice(0, at), digits.slice(at + 1)];
  if (isGroupMark(mark, whole, fraction)) return whole.replaceAll(mark, "") + fraction;
  const other = mark === "." ? "," : ".";
  if (whole.includes(mark) || !isGrouped(whole, other) || whole + fraction === "") return null;
  return `${whole.replaceAll(other, "") || "0"}.${fraction}`;
}

/** "1,234" is a thousand, "1.234" is not: with one mark alone, only the comma groups. "1.234.567" groups by dots. */
function isGroupMark(mark: string, whole: string, fraction: string): boolean {
  return fraction.length === 3 && (mark === "," || whole.includes(mark)) && isGrouped(whole, mark);
}

/** Digits in groups of three by this mark, or without any. */
function isGrouped(text: string, mark: string): boolean {
  const parts = text.split(mark);
  return parts.every(
    (part, index) => /^\d*$/.test(part) && (index === 0 ? part.length <= 3 || parts.length === 1 : part.length === 3),
  );
}

function shift(number: string, places: number): string {
  const [whole = "", fraction = ""] = number.split(".");
  const padded = fraction.padEnd(places, "0");
  const digits = (whole + padded.slice(0, places)).replace(/^0+(?=\d)/, "");
  const rest = padded.slice(places);
  return rest === "" ? digits : `${digits}.${rest}`;
}
