import { expect, test } from "vitest";
import { sortAfterClick, sortedBy } from "./sort-keys.ts";

test.each([
  [undefined, "name", false, "name"],
  ["name", "name", false, "-name"],
  ["-name", "amount", false, "amount"],
  ["name", "amount", true, "name,amount"],
  ["name,amount", "amount", true, "name,-amount"],
  ["a,b,c,d", "e", true, "a,b,c,e"],
  ["-name,amount", "name", false, "-name"],
])("%s, then a click on %s (adding: %s), is %s", (sort, key, isAdding, after) => {
  expect(sortAfterClick(sort, key, isAdding)).toBe(after);
});

test("a column knows its place among several keys, and none where it is alone", () => {
  expect(sortedBy("name,-amount", "amount")).toEqual({ isDescending: true, place: 2 });
  expect(sortedBy("name", "name")).toEqual({ isDescending: false, place: null });
  expect(sortedBy("name", "amount")).toBeUndefined();
});
