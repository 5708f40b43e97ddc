import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../../../../test/cli.ts";

const vectors = join(import.meta.dirname, "../../../../test/vectors/commission-vectors.json");

test("plans evaluate prints every result as JSON and nothing else, without a database", async () => {
  const { code, stdout, stderr } = await runCli(["plans", "evaluate", vectors]);
  const expected = JSON.parse(readFileSync(vectors, "utf8")).vectors.map(({ id, expected }: any) => ({
    id,
    result: expected,
  }));
  expect([code, stderr]).toEqual([0, ""]);
  expect(JSON.parse(stdout)).toEqual(expected);
});

test("plans evaluate ends with 1, a sentence and nothing on standard output for what it cannot read or use", async () => {
  const folder = mkdtempSync(join(tmpdir(), "rainmaker-cases-"));
  try {
    writeFileSync(join(folder, "cases.json"), JSON.stringify({ vectors: [{ id: "a", op: "draw" }] }));
    // A relative path is meant from where the person stands.
    const evaluate = (...files: string[]) => runCli(["plans", "evaluate", ...files], { INIT_CWD: folder });
    const outcomes = await Promise.all([evaluate("cases.json"), evaluate("other.json"), evaluate(), runCli(["plans"])]);
    expect(outcomes).toEqual(
      [
        "a: inputs: it is missing\n",
        expect.stringContaining("other.json cannot be read"),
        "Give a file of cases: plans evaluate FILE\n",
        "Give a file of cases: plans evaluate FILE\n",
      ].map((stderr) => ({ code: 1, stdout: "", stderr })),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
