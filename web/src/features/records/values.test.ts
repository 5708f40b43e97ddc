import { expect, test } from "vitest";
import { groupValues } from "./values.ts";

type Value = Parameters<typeof groupValues>[0][number];

function valueOf(field: string, value: string, rows: number, verdict: Value["verdict"] = "new"): Value {
  return { field, value, rows, verdict, target: "create", targetLabel: null, candidates: [] };
}

test("new values that differ in spaces and case only are told of each other", () => {
  const [products] = groupValues([
    valueOf("product", "GTX Pro", 4),
    valueOf("product", "gtxpro", 1480),
    valueOf("product", "MG Special", 9),
  ]);
  expect(products?.proposals.map(({ value, sameAs }) => [value, sameAs])).toEqual([
    ["gtxpro", "GTX Pro"],
    ["GTX Pro", "gtxpro"],
    ["MG Special", null],
  ]);
});

test("what somebody has to decide comes first, then what is doubtful, then by rows", () => {
  const [owners] = groupValues([
    valueOf("owner", "Known", 900, "matched"),
    valueOf("owner", "New", 5),
    valueOf("owner", "Newer", 50),
    valueOf("owner", "Alike", 2, "similar"),
    valueOf("owner", "Twice", 1, "ambiguous"),
  ]);
  expect(owners?.proposals.map(({ value }) => value)).toEqual(["Twice", "Alike", "Newer", "New", "Known"]);
  expect(owners?.counts).toEqual({ matched: 1, similar: 1, new: 2, ambiguous: 1 });
  expect(owners?.rows).toBe(958);
});

test("stages come before products: a wrong stage changes what a row means", () => {
  const groups = groupValues([valueOf("product", "A", 1), valueOf("stage", "B", 1), valueOf("tag", "C", 1)]);
  expect(groups.map(({ field }) => field)).toEqual(["stage", "product", "tag"]);
});
