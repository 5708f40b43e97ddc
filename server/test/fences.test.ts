import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, matchesGlob } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lawfulTree } from "./generated/lawful-tree.ts";
import { makeLintTree, type LintTree } from "./generated/lint-tree.ts";
import { importOffences } from "./generated/offences.ts";
import { ruleOffences } from "./generated/rule-offences.ts";

const offences = [...importOffences(), ...ruleOffences()];
let tree: LintTree;

beforeAll(() => {
  tree = makeLintTree();
});
afterAll(() => tree.remove());

describe("the linter", () => {
  test("reports nothing in a tree that keeps the rules", () => {
    tree.write(lawfulTree);
    expect(tree.lint()).toEqual([]);
  });

  test("reports each planted offence in its file by its rule, and nothing else", () => {
    tree.write(Object.fromEntries(offences.map(({ file, code }) => [file, code])));
    expect(tree.lint()).toEqual(offences.map(({ file, rule }) => `${file}: ${rule}`).toSorted());
  });
});

type Severity = string | readonly [string, ...unknown[]];
type ImportFence = {
  readonly paths?: readonly { readonly name: string }[];
  readonly patterns?: readonly { readonly regex: string }[];
};
type LintConfig = {
  readonly rules: Readonly<Record<string, Severity>>;
  readonly overrides: readonly {
    readonly files: readonly string[];
    readonly rules: Readonly<Record<string, Severity>>;
  }[];
};

describe("every fence is tried", () => {
  const config = JSON.parse(readFileSync(join(import.meta.dirname, "../../.oxlintrc.json"), "utf8")) as LintConfig;

  test("each rule that is switched on by name has an offence", () => {
    const reported = new Set(offences.map(({ rule }) => rule.replace(/^(\w+)(?:-hooks)?\((.+)\)$/, "$1/$2")));
    const switchedOn = [config, ...config.overrides].flatMap(({ rules }) =>
      Object.entries(rules).flatMap(([rule, severity]) => ([severity].flat()[0] === "error" ? rule : [])),
    );
    expect(switchedOn.filter((rule) => !reported.has(rule))).toEqual([]);
  });

  const fences = config.overrides.flatMap(({ files, rules }) => {
    const { paths = [], patterns = [] } = ([rules["eslint/no-restricted-imports"]].flat()[1] ?? {}) as ImportFence;
    return [
      ...paths.map(({ name }) => ({ files, fence: `^${name}$` })),
      ...patterns.map(({ regex }) => ({ files, fence: regex })),
    ];
  });

  test.each(fences)("$fence in $files has an offence", ({ files, fence }) => {
    const tried = offences.filter(
      ({ file, specifier = "" }) => files.some((glob) => matchesGlob(file, glob)) && new RegExp(fence).test(specifier),
    );
    expect(tried).not.toEqual([]);
  });
});

describe("the resolver", () => {
  const file = "export const one = 1;\n";
  const resolveFrom = (importer: string, specifier: string): string =>
    createRequire(join(tree.folder, importer)).resolve(specifier);

  beforeAll(() => {
    tree.write({
      "server/src/modules/revenue/index.ts": file,
      "server/src/modules/revenue/payments/payment.ts": file,
      "server/src/platform/errors.ts": file,
      "web/src/features/revenue/index.ts": file,
      "web/src/features/revenue/payments-page.tsx": file,
      "web/src/ui/button.tsx": file,
    });
  });

  test.each([
    ["server/src/modules/sales/index.ts", "#modules/revenue"],
    ["server/src/modules/sales/index.ts", "#platform/errors"],
    ["web/src/features/sales/index.ts", "#features/revenue"],
    ["web/src/features/sales/index.ts", "#ui/button"],
  ])("from %s, %s is found", (importer, specifier) => {
    expect(resolveFrom(importer, specifier)).toContain("/src/");
  });

  test.each([
    ["server/src/modules/sales/index.ts", "#modules/revenue/payments/payment"],
    ["server/src/modules/sales/index.ts", "#modules/revenue/payments/payment.ts"],
    ["server/src/modules/sales/index.ts", "#modules/revenue/index.ts"],
    ["web/src/features/sales/index.ts", "#features/revenue/payments-page"],
    ["web/src/features/sales/index.ts", "#features/revenue/payments-page.tsx"],
    ["web/src/features/sales/index.ts", "#modules/revenue"],
    ["server/src/modules/sales/index.ts", "#features/revenue"],
  ])("from %s, %s does not exist", (importer, specifier) => {
    expect(() => resolveFrom(importer, specifier)).toThrow(/Cannot find module|not defined/);
  });
});
