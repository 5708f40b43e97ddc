import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { caseInputs } from "@rainmaker/contracts/revenue/plan-cases";
import { evaluatePlanCases } from "../evaluation/plan-cases.adapter.ts";

type Vector = { id: string; op: string; description: string; expected: unknown; published?: Published };
type Published = { path: string; value: string; agrees?: boolean };

const text = readFileSync(join(import.meta.dirname, "../../../../test/vectors/commission-vectors.json"), "utf8");
const { vectors } = JSON.parse(text) as { vectors: Vector[] };
const results = new Map(evaluatePlanCases(text).map(({ id, result }) => [id, result]));

test.each(vectors)("$id, $op: $description", (vector) => {
  expect(results.get(vector.id)).toStrictEqual(vector.expected);
});

test.each(vectors.flatMap((vector) => (vector.published === undefined ? [] : [{ ...vector, ...vector.published }])))(
  "$id says what its source publishes, or differs on purpose",
  ({ path, value, agrees = true, ...vector }) => {
    const found = path.split(".").reduce<any>((at, key) => at?.[key], results.get(vector.id));
    expect(found === value).toBe(agrees);
  },
);

test("every operation has an example", () => {
  expect(new Set(vectors.map(({ op }) => op))).toEqual(new Set(Object.keys(caseInputs)));
});
