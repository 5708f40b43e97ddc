import { describe, expect, test } from "vitest";
import { guessDecimalMark, isFault, readDate, readEmail, readMoney, readText } from "./cells.ts";

const style = { dateOrder: undefined, decimalMark: ".", currency: "USD" } as const;
const german = { dateOrder: "dmy", decimalMark: ",", currency: "EUR" } as const;
const shown = (value: ReturnType<typeof readDate>): unknown => (isFault(value) ? value.code : value);

describe("readMoney", () => {
  test.each([
    ["1054", style, 105_400n],
    ["$1,234.50", style, 123_450n],
    ["1 234.5", style, 123_450n],
    ["0", style, 0n],
    ["", style, null],
    ["\\N", style, null],
    [".5", style, 50n],
    ["1.234,50 €", german, 123_450n],
    ["48,5", german, 4850n],
    ["12.345", { ...style, currency: "BHD" }, 12_345n],
    ["100.00", { ...style, currency: "JPY" }, 100n],
    ["100.50", { ...style, currency: "JPY" }, "amount_decimals"],
    ["1.005", style, "amount_decimals"],
    ["-5", style, "amount_negative"],
    ["(5)", style, "amount_negative"],
    ["10000000000000.00", style, "amount_out_of_range"],
    ["twelve", style, "amount_not_a_number"],
    ["1e5", style, "amount_not_a_number"],
    ["NaN", style, "amount_not_a_number"],
    ["1.2.3", style, "amount_not_a_number"],
  ] as const)("%s", (text, how, expected) => expect(shown(readMoney(text, how))).toBe(expected));
});

describe("readDate", () => {
  test.each([
    ["2016-10-20", style, "2016-10-20"],
    ["2016/10/20", style, "2016-10-20"],
    ["2026-11-20T09:12:00Z", style, "2026-11-20"],
    ["20.11.2026", style, "2026-11-20"],
    ["11/20/2026", style, "2026-11-20"],
    ["07.11.2026", german, "2026-11-07"],
    ["07/11/2026", { ...style, dateOrder: "mdy" }, "2026-07-11"],
    ["07/11/2026", style, "date_order_needed"],
    ["05/05/2026", style, "2026-05-05"],
    ["31.02.2026", german, "date_not_real"],
    ["2026-02-30", style, "date_not_real"],
    ["0001-01-01", style, "date_not_real"],
    ["soon", style, "date_not_readable"],
    ["", style, null],
  ] as const)("%s", (text, how, expected) => expect(shown(readDate(text, how))).toBe(expected));
});

test.each([
  ["  Kestrel ", 200, "Kestrel"],
  ["", 200, null],
  ["abcd", 3, "too_big"],
  ["=1+1", 200, "=1+1"],
])("readText %j", (text, maxLength, expected) => expect(shown(readText(text, maxLength))).toBe(expected));

test.each([
  ["Ops@Brightwater.example", "ops@brightwater.example"],
  ["ops@@harbor", "invalid_email"],
  ["orchard pine", "invalid_email"],
  ["", null],
])("readEmail %s", (text, expected) => expect(shown(readEmail(text))).toBe(expected));

test.each([
  [["1,234.50", "12.00"], "."],
  [["1.234,50", "48,5"], ","],
  [["1054", "4514"], "."],
] as const)("guessDecimalMark %j", (samples, expected) => expect(guessDecimalMark(samples)).toBe(expected));
