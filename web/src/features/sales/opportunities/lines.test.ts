import { expect, test } from "vitest";
import { bodyOf, faultsOf, readDecimal, sumOf, totalOf, type LineDraft } from "./lines.ts";

const line = (changes: Partial<LineDraft>): LineDraft => ({
  key: "1",
  productId: "01999999-0000-7000-8000-000000000000" as LineDraft["productId"],
  description: null,
  quantity: "1",
  unitPrice: null,
  discountPercent: "",
  ...changes,
});

test("a line is quantity times price less discount, rounded once with halves up", () => {
  expect(totalOf(line({ quantity: "3", unitPrice: "180.00", discountPercent: "10" }), "USD")).toEqual({
    amount: "486.00",
    currency: "USD",
  });
  // 0.5 of 0.01 is half a cent.
  expect(totalOf(line({ quantity: "0,5", unitPrice: "0.01" }), "USD")?.amount).toBe("0.01");
  expect(totalOf(line({ quantity: "1.5", unitPrice: "333" }), "JPY")?.amount).toBe("500");
  expect(totalOf(line({ quantity: "1", unitPrice: "9.99", discountPercent: "100" }), "USD")?.amount).toBe("0.00");
});

test("large sums are exact", () => {
  expect(totalOf(line({ quantity: "3", unitPrice: "3000000000000.01" }), "USD")?.amount).toBe("9000000000000.03");
});

test("lines without a price add nothing, and without any there is no sum", () => {
  expect(sumOf([line({}), line({ unitPrice: "10.00" }), line({ quantity: "x", unitPrice: "5.00" })], "USD")).toEqual({
    amount: "10.00",
    currency: "USD",
  });
  expect(sumOf([line({})], "USD")).toBeNull();
});

test("figures are read as people write them, and refused beyond their places", () => {
  expect(readDecimal("1,50", 2)).toBe("1.5");
  expect(readDecimal("007", 3)).toBe("7");
  expect(readDecimal("12.5 %", 2)).toBe("12.5");
  expect(readDecimal("1.2345", 3)).toBeNull();
  expect(readDecimal("-1", 3)).toBeNull();
});

test("what is wrong is said at its field", () => {
  expect(faultsOf(line({ quantity: "0", discountPercent: "101" }))).toEqual({
    quantity: "Such as 3 or 1.5",
    discountPercent: "0 to 100",
  });
  expect(faultsOf(line({}))).toEqual({});
});

test("only lines with a product are sent", () => {
  expect(bodyOf([line({ productId: null }), line({ quantity: "2,5", unitPrice: "4.00" })], "USD")).toEqual([
    {
      productId: line({}).productId,
      description: null,
      quantity: "2.5",
      unitPrice: { amount: "4.00", currency: "USD" },
      discountPercent: "0",
    },
  ]);
});
