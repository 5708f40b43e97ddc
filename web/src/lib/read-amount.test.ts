import { expect, test } from "vitest";
import { readAmount } from "./read-amount.ts";

test.each([
  ["96k", "96000.00", "shorthand"],
  ["1.2m", "1200000.00", "shorthand with a part"],
  ["0.5K", "500.00", "in capitals"],
  ["2b", "2000000000.00", "billions"],
  ["1,234.50", "1234.50", "British"],
  ["1.234,50", "1234.50", "continental"],
  ["1 234,50", "1234.50", "French"],
  ["1'234.50", "1234.50", "Swiss"],
  ["1,234", "1234.00", "one comma before three digits groups"],
  ["12,5", "12.50", "one comma before fewer is the mark"],
  ["1.234.567", "1234567.00", "two dots group"],
  ["12.500", "12.50", "zeros that say nothing"],
  ["96000", "96000.00", "plain"],
  [".5", "0.50", "nothing before the mark"],
  ["007", "7.00", "leading zeros"],
])("%s is %s: %s", (text, expected) => {
  expect(readAmount(text, "USD")).toBe(expected);
});

test.each([
  ["", "nothing"],
  ["abc", "no figure"],
  ["12.345", "more decimals than the currency has"],
  ["1,23,456", "groups of other sizes"],
  ["1.2.3", "two marks"],
  ["-5", "a sign"],
  [".", "a mark alone"],
  ["9999999999999999", "more digits than a column holds"],
])("%s is refused: %s", (text) => {
  expect(readAmount(text, "USD")).toBeNull();
});

test("decimals follow the currency", () => {
  expect(readAmount("1200", "JPY")).toBe("1200");
  expect(readAmount("1.5", "JPY")).toBeNull();
  expect(readAmount("1.234,5", "KWD")).toBe("1234.500");
});
