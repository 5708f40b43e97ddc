import { expect, test } from "vitest";
import { columnOf, standing, withKeys, withWidth } from "./columns.ts";

const all = [{ key: "name" }, { key: "owner" }, { key: "amount" }];

test("columns stand in the chosen order with their widths; the first one cannot be left out", () => {
  expect(standing(all, ["amount:120", "gone", "owner"])).toEqual([
    { key: "name", width: undefined },
    { key: "amount", width: 120 },
    { key: "owner", width: undefined },
  ]);
});

test("choosing others keeps the widths of those that stay; drawing one changes it alone", () => {
  expect(withKeys(["name", "owner:240"], ["owner", "amount"])).toEqual(["owner:240", "amount"]);
  expect(withWidth(["name", "owner:240"], "owner", 300)).toEqual(["name", "owner:300"]);
});

test.each([["owner:12"], ["owner:many"], ["owner:99999"], ["owner"]])("%s has no width", (text) => {
  expect(columnOf(text)).toEqual({ key: "owner" });
});
