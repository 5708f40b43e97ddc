import { expect, test } from "vitest";
import { figuresText, groupName, groupRule } from "./groups.ts";

const priority = {
  name: "priority",
  label: "Priority",
  kind: "choice",
  options: [{ value: "high", label: "High" }],
} as const;

test.each([
  [{ key: "s1", label: "Discovery" }, "Discovery"],
  [{ key: "high", label: null }, "High"],
  [{ key: "2026-12", label: null }, "December 2026"],
  [{ key: null, label: null }, "No priority"],
])("%j is called %s", (group, name) => {
  expect(groupName(group, priority)).toBe(name);
});

test("rows of a group are those with its key, or without a value", () => {
  expect(groupRule("priority", "high")).toEqual({ field: "priority", operator: "is", value: "high" });
  expect(groupRule("priority", null)).toEqual({ field: "priority", operator: "empty" });
});

test("figures are told by currency", () => {
  const sums = [
    { amount: "1000.00", currency: "USD" },
    { amount: "20.00", currency: "EUR" },
  ];
  expect(figuresText({ count: 1, sums }, ["sale", "sales"])).toBe("1 sale · $1,000 + €20");
  expect(figuresText({ count: 0, sums: [] }, ["sale", "sales"])).toBe("0 sales");
});
