import * as z from "zod/mini";
import { isCurrency, minorDigits } from "./currencies.ts";

/** The largest amount a column holds: 15 digits of minor units. */
export const maxMinor = 999_999_999_999_999n;

/** A sum in minor units, as the engine and the database keep it: 1234.50 USD is { minor: 123450n, currency: "USD" }. */
export type Money = { readonly minor: bigint; readonly currency: string };

/** A sum as it crosses the wire: exactly as many decimals as its currency has, sign only where it is negative. */
export type WireMoney = { amount: string; currency: string };

const decimal = /^(-?)(\d+)(?:\.(\d+))?$/;

export type MoneyFault = "currency_unknown" | "amount_not_a_number" | "amount_decimals" | "amount_out_of_range";

/**
 * Reads a decimal string as minor units of a currency.
 * @returns the sum, or the fault as a stable code; never rounds.
 */
export function parseAmount(amount: string, currency: string): bigint | MoneyFault {
  if (!isCurrency(currency)) return "currency_unknown";
  const match = decimal.exec(amount);
  if (match === null) return "amount_not_a_number";
  const [, sign = "", whole = "", fraction = ""] = match;
  if (fraction.length !== minorDigits(currency)) return "amount_decimals";
  // 16 digits and more are refused before BigInt sees them, so that a megabyte of digits costs nothing.
  const digits = (whole + fraction).replace(/^0+(?=\d)/, "");
  if (digits.length > 15) return "amount_out_of_range";
  return sign === "-" ? -BigInt(digits) : BigInt(digits);
}

/** Reads money from the wire that a contract has already accepted. Throws RangeError on anything else. */
export function fromWire(money: WireMoney): Money {
  const minor = parseAmount(money.amount, money.currency);
  if (typeof minor === "string") throw new RangeError(minor);
  return { minor, currency: money.currency };
}

/** Minor units as the decimal string of the wire: (123450n, "USD") is "1234.50". */
export function toDecimal(minor: bigint, currency: string): string {
  const digits = minorDigits(currency);
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, "0");
  const sign = minor < 0n ? "-" : "";
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

export function toWire(minor: bigint, currency: string): WireMoney {
  return { amount: toDecimal(minor, currency), currency };
}

const messages: Record<MoneyFault | "amount_not_positive" | "amount_negative", string> = {
  currency_unknown: "Not an ISO 4217 currency code",
  amount_not_a_number: 'Write the amount as digits, for example "1234.50"',
  amount_decimals: "Give exactly as many decimals as the currency has",
  amount_out_of_range: "An amount has at most 15 digits, decimals included",
  amount_not_positive: "The amount must be above zero",
  amount_negative: "The amount must not be below zero",
};

const wireMoney = (accepts: (minor: bigint) => keyof typeof messages | null) =>
  z
    .strictObject({ amount: z.string().check(z.maxLength(40)), currency: z.string().check(z.length(3)) })
    .check((ctx) => {
      const minor = parseAmount(ctx.value.amount, ctx.value.currency);
      const fault = typeof minor === "string" ? minor : accepts(minor);
      if (fault === null) return;
      const path = [fault === "currency_unknown" ? "currency" : "amount"];
      ctx.issues.push({ code: "custom", input: ctx.value, path, message: messages[fault], params: { code: fault } });
    });

/** Money somebody sends: above zero. */
export const PositiveMoney = wireMoney((minor) => (minor > 0n ? null : "amount_not_positive"));
/** Money somebody sends where nothing is a possible value, such as an opportunity's. */
export const UnsignedMoney = wireMoney((minor) => (minor >= 0n ? null : "amount_negative"));
/** Money the server answers with; negative where a posting takes something back. */
export const MoneyReply = z.object({ amount: z.string(), currency: z.string() });
