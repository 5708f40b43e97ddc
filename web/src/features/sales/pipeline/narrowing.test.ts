import { noFilter, type Condition } from "@rainmaker/contracts/records/filters";
import { expect, test } from "vitest";
import { tableFilter } from "./narrowing.ts";

const is = (field: string, value: string): Condition => ({ field, operator: "is", value });
const of = (...rules: Condition[]) => ({ match: "all", rules }) as const;

test("a table is of what is open in its pipeline, and of what the address narrows it to", () => {
  const search = { within: 14, stage: undefined } as const;
  expect(tableFilter(search, noFilter, "p1", "2026-11-20")).toEqual(
    of(is("pipelineId", "p1"), is("stageKind", "open"), {
      field: "expectedCloseOn",
      operator: "before",
      value: "2026-12-05",
    }),
  );
  expect(tableFilter({ stage: "s1" as never }, noFilter, "p1", "2026-11-20").rules).toContainEqual(is("stageId", "s1"));
});

test("conditions about stages or pipelines stand alone, at any depth", () => {
  const deep = { match: "any", rules: [is("stageKind", "won"), is("priority", "high")] } as const;
  expect(tableFilter({}, { match: "all", rules: [deep] }, "p1", "2026-11-20")).toEqual({
    match: "all",
    rules: [is("pipelineId", "p1"), deep],
  });
  const other = of(is("pipelineId", "p2"), is("stageKind", "won"));
  expect(tableFilter({}, other, "p1", "2026-11-20")).toEqual(other);
});
