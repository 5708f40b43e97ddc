import type { Offence } from "./offences.ts";

const feature = "server/src/modules/sales/deals";
const lines = (count: number): string => Array.from({ length: count }, (_, n) => `  total += ${n};`).join("\n");
const longFunction = (count: number): string =>
  `export function sum(): number {\n  let total = 0;\n${lines(count)}\n  return total;\n}`;
const branches = Array.from({ length: 12 }, (_, n) => `  if (n === ${n}) return ${n} + 1;`).join("\n");

const inServer: Readonly<Record<string, string>> = {
  "import(no-default-export)": "export default 1;",
  "typescript(consistent-type-imports)":
    'export type Other = import("../../../platform/errors.ts").Refusal;\nexport const one = 1;',
  "typescript(no-floating-promises)":
    "const wait = async (): Promise<void> => {};\nexport function go(): void {\n  wait();\n}",
  "typescript(no-misused-promises)":
    "const wait = async (): Promise<boolean> => true;\nexport function go(): number {\n  return wait() ? 1 : 2;\n}",
  "typescript(switch-exhaustiveness-check)":
    'export function go(kind: "a" | "b"): number {\n  switch (kind) {\n    case "a":\n      return 1;\n  }\n  return 2;\n}',
  "typescript(explicit-module-boundary-types)": "export function go() {\n  return 1;\n}",
  "typescript(no-explicit-any)": "export type Anything = any;",
  "typescript(no-non-null-assertion)": "export const first = (list: number[]): number => list[0]!;",
  "typescript(consistent-type-definitions)": "export interface Deal {\n  readonly id: string;\n}",
  "typescript(only-throw-error)": 'export function go(): never {\n  throw "a text";\n}',
  "typescript(prefer-nullish-coalescing)": "export const or = (n: number | undefined): number => n || 1;",
  "eslint(max-lines)": Array.from({ length: 301 }, (_, n) => `export const n${n} = ${n};`).join("\n"),
  "eslint(max-lines-per-function)": longFunction(60),
  "eslint(complexity)": `export function go(n: number): number {\n${branches}\n  return 0;\n}`,
  "eslint(max-depth)":
    "export function go(n: number): number {\n  if (n > 1) {\n    if (n > 2) {\n      if (n > 3) {\n        if (n > 4) return 1;\n      }\n    }\n  }\n  return 0;\n}",
  "eslint(eqeqeq)": "export const same = (a: number, b: number): boolean => a == b;",
  "eslint(func-style)": "export const go = function (): number {\n  return 1;\n};",
  "eslint(no-restricted-properties)": "export const cents = (amount: number): number => Math.round(amount);",
  "unicorn(no-array-sort)": "export const sorted = (list: number[]): number[] => list.sort((a, b) => a - b);",
  "unicorn(no-array-reverse)": "export const back = (list: number[]): number[] => list.reverse();",
};

/** Rules of hooks are reported by two linters each. */
const hookRules: Readonly<Record<string, readonly string[]>> = {
  "react(rules-of-hooks)": ["react-hooks(rules-of-hooks)", "react(hooks)"],
  "react(exhaustive-deps)": ["react-hooks(exhaustive-deps)", "react(exhaustive-effect-dependencies)"],
};

const inWeb: Readonly<Record<string, string>> = {
  "react(no-array-index-key)":
    'import type { ReactElement } from "react";\n\nexport function List({ names }: { names: string[] }): ReactElement {\n  return (\n    <ul>\n      {names.map((name, index) => (\n        <li key={index}>{name}</li>\n      ))}\n    </ul>\n  );\n}',
  "react(rules-of-hooks)":
    'import { useId, type ReactElement } from "react";\n\nexport function Label({ on }: { on: boolean }): ReactElement | null {\n  if (!on) return null;\n  const id = useId();\n  return <i id={id} />;\n}',
  "react(exhaustive-deps)":
    'import { useEffect } from "react";\n\nexport function useTitle(title: string): void {\n  useEffect(() => {\n    document.title = title;\n  }, []);\n}',
};

const inTests: Readonly<Record<string, string>> = {
  "vitest(expect-expect)": 'import { test } from "vitest";\n\ntest("nothing", () => {});',
  "vitest(no-focused-tests)":
    'import { expect, test } from "vitest";\n\ntest.only("one", () => {\n  expect(1).toBe(1);\n});',
  "vitest(no-disabled-tests)":
    'import { expect, test } from "vitest";\n\ntest.skip("one", () => {\n  expect(1).toBe(1);\n});',
  "vitest(valid-expect)":
    'import { expect, test } from "vitest";\n\ntest("one", () => {\n  expect(1).toBe(1);\n  expect(2);\n});',
};

/** Every rule that is switched on by name, and one of each category, broken once. */
export function ruleOffences(): Offence[] {
  const named = (rules: Readonly<Record<string, string>>, path: (name: string) => string): Offence[] =>
    Object.entries(rules).flatMap(([name, code]) =>
      (hookRules[name] ?? [name]).map((rule) => ({
        rule,
        file: path(name.replaceAll(/[^a-z]+/g, "-").replace(/-$/, "")),
        code: `${code}\n`,
      })),
    );
  return [
    ...named(inServer, (name) => `${feature}/${name}.ts`),
    ...named(inWeb, (name) => `web/src/features/sales/${name}.tsx`),
    ...named(inTests, (name) => `${feature}/${name}.test.ts`),
    ...cycle,
    { rule: "unicorn(filename-case)", file: `${feature}/openDeal.ts`, code: "export const one = 1;\n" },
    {
      rule: "unicorn(prefer-node-protocol)",
      file: "server/src/platform/files.ts",
      code: 'export { readFileSync } from "fs";\n',
    },
    {
      rule: "eslint(no-unused-vars)",
      file: `${feature}/correctness.ts`,
      code: "const one = 1;\nexport const two = 2;\n",
    },
    {
      rule: "eslint(max-lines)",
      file: `${feature}/long.test.ts`,
      code: `${Array.from({ length: 501 }, (_, n) => `export const n${n} = ${n};`).join("\n")}\n`,
    },
    {
      rule: "eslint(max-lines-per-function)",
      file: "web/src/features/sales/long-page.tsx",
      code: `${longFunction(120)}\n`,
    },
  ];
}

const cycle: readonly Offence[] = [
  {
    rule: "import(no-cycle)",
    file: `${feature}/hen.ts`,
    code: 'import { egg } from "./egg.ts";\nexport const hen = (): number => egg() + 1;\n',
  },
  {
    rule: "import(no-cycle)",
    file: `${feature}/egg.ts`,
    code: 'import { hen } from "./hen.ts";\nexport const egg = (): number => hen() + 1;\n',
  },
];
