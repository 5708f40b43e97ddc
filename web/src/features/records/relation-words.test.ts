import { expect, test } from "vitest";
import { remarksOn } from "./relation-words.ts";

test("whoever may not make new ones is told that these rows are not imported, not that they will be made", () => {
  expect(remarksOn("owner", { unknown: 2, emptyRows: 0, mayMake: true })).toEqual([
    "New people are added without an account; invite them later under Users & teams.",
  ]);
  expect(remarksOn("owner", { unknown: 2, emptyRows: 0, mayMake: false })).toEqual([
    "You may not add new ones: say who or what is meant, or the rows are not imported.",
  ]);
});

test("rows without a value are told where they end up", () => {
  const known = { unknown: 0, mayMake: true };
  expect(remarksOn("customer", { ...known, emptyRows: 1425 })).toEqual([
    "1,425 rows without a value stay without a customer.",
  ]);
  expect(remarksOn("owner", { ...known, emptyRows: 1 })).toEqual(["1 row without a value becomes yours."]);
  expect(remarksOn("product", { ...known, emptyRows: 0 })).toEqual([]);
});
