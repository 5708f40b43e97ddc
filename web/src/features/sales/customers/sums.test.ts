import { expect, test } from "vitest";
import { sumsOf, sumsText } from "./sums.ts";

const usd = (amount: string) => ({ amount, currency: "USD" });
const eur = (amount: string) => ({ amount, currency: "EUR" });

test("money is added up within its currency and never across", () => {
  expect(sumsOf([usd("0.10"), eur("5.00"), usd("0.20")])).toEqual([usd("0.30"), eur("5.00")]);
});

test("sums beyond what a float holds stay exact", () => {
  expect(sumsOf([usd("9999999999999.99"), usd("9999999999999.99")])).toEqual([usd("19999999999999.98")]);
});

test("several currencies are told beside each other, none is told as nothing", () => {
  expect(sumsText([usd("84000.00"), eur("12000.50")])).toBe("$84,000 + €12,000.50");
  expect(sumsText([])).toBeNull();
});
