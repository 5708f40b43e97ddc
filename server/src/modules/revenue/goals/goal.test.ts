import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { attainmentOf, rankByAttainment } from "./goal.ts";

const file = join(import.meta.dirname, "../../../../test/vectors/commission-vectors.json");
const { vectors } = JSON.parse(readFileSync(file, "utf8")) as { vectors: any[] };

describe("rankByAttainment reproduces the worked examples", () => {
  test.each(vectors.filter(({ op }) => op === "rank"))("$id: $description", ({ inputs, expected }) => {
    const rows = inputs.rows.map((row: any) => ({
      id: row.id,
      actual: BigInt(row.actual_minor),
      target: BigInt(row.target_minor),
    }));
    expect(rankByAttainment(rows)).toEqual(expected.ranks);
  });
});

test("a difference too small to show still decides the rank", () => {
  const rows = [
    { id: "a", actual: 1_000_000n, target: 3_000_000n },
    { id: "b", actual: 1_000_001n, target: 3_000_000n },
  ];
  expect(rankByAttainment(rows).map(({ id, rank }) => [id, rank])).toEqual([
    ["b", 1],
    ["a", 2],
  ]);
});

test.each([
  [71n, 100n, "0.7100"],
  [0n, 100n, "0.0000"],
  [5n, 0n, null],
])("attainment of %s of %s is %s", (actual, target, expected) => expect(attainmentOf(actual, target)).toBe(expected));
