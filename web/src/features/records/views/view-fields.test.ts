import { expect, test } from "vitest";
import { brokenRules, conditionWords, ruleWords, withoutBroken, type ViewField } from "./view-fields.ts";

const fields: readonly ViewField[] = [
  { name: "industry", label: "Industry", kind: "text" },
  { name: "ownerId", label: "Owner", kind: "person", options: [{ value: "me", label: "me" }] },
  { name: "tags", label: "Tags", kind: "tags" },
  { name: "createdAt", label: "Added", kind: "day" },
  { name: "said", label: "Last interaction", kind: "activity" },
];

test.each([
  [{ field: "ownerId", operator: "is", value: "me" }, "Owner", "me"],
  [{ field: "industry", operator: "isNot", value: "Rail" }, "Industry", "is not Rail"],
  [{ field: "industry", operator: "in", value: ["Rail", "Food"] }, "Industry", "Rail, Food"],
  [{ field: "tags", operator: "empty" }, "Tags", "are none"],
  [{ field: "createdAt", operator: "before", value: "-14d" }, "Added", "before 14 days ago"],
  [{ field: "createdAt", operator: "is", value: "2026-11-20" }, "Added", "2026-11-20"],
  [{ field: "said", operator: "before", value: "-14d" }, "Last interaction", "none since 14 days ago"],
  [{ field: "said", operator: "empty" }, "Last interaction", "never"],
  [{ field: "gone", operator: "is", value: "x" }, "gone", "is no longer a field"],
] as const)("%j reads as %s %s", (condition, field, rest) => {
  const value =
    "value" in condition ? { value: typeof condition.value === "string" ? condition.value : [...condition.value] } : {};
  expect(conditionWords({ field: condition.field, operator: condition.operator, ...value }, fields)).toEqual({
    field,
    rest,
  });
});

test("a group reads as its parts", () => {
  const rules = [
    { field: "industry", operator: "is", value: "Rail" },
    { field: "tags", operator: "is", value: "VIP" },
  ] as const;
  expect(ruleWords({ match: "any", rules }, fields)).toEqual({ field: "Any of", rest: "Industry Rail or Tags VIP" });
});

test("a rule that names a field the list does not have is broken, at any depth", () => {
  const broken = { match: "any", rules: [{ field: "gone", operator: "empty" }] } as const;
  const good = { field: "industry", operator: "empty" } as const;
  expect(brokenRules({ match: "all", rules: [good, broken] }, fields)).toEqual([broken]);
  const half = { match: "any", rules: [good, { field: "gone", operator: "empty" }] } as const;
  const rest = withoutBroken({ match: "all", rules: [good, broken, half] }, fields);
  expect(rest).toEqual({ match: "all", rules: [good, { match: "any", rules: [good] }] });
});
