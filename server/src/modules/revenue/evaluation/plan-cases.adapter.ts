import * as z from "zod/mini";
import { caseInputs, PlanConfig, type CaseInputs, type CaseOperation } from "@rainmaker/contracts/revenue/plan-cases";
import { Refusal } from "#platform/errors";
import { commissionCases } from "./commission-cases.ts";
import type { Evaluators } from "./evaluators.ts";
import { moneyCases } from "./money-cases.ts";
import { CaseFault } from "./plan-of-case.ts";
import { recordCases } from "./record-cases.ts";

export type EvaluatedCase = { readonly id: string; readonly result: unknown };

/** What is wrong with a file of cases: one sentence each, naming the case and the field. */
export class CaseFileError extends Error {}

const evaluators: Evaluators = { ...commissionCases, ...moneyCases, ...recordCases };

/**
 * Evaluates every case of a file in the format of the commission vectors. A rule that refuses is a result too:
 * `{ error: code }`.
 * @throws CaseFileError with everything that cannot be read as a case
 */
export function evaluatePlanCases(text: string): EvaluatedCase[] {
  const outcomes = casesOf(text).map((value, index) => evaluate(value, `case ${index + 1}`));
  const faults = outcomes.flatMap((outcome) => (Array.isArray(outcome) ? outcome : []));
  if (faults.length > 0) throw new CaseFileError(faults.join("\n"));
  return outcomes.flatMap((outcome) => (Array.isArray(outcome) ? [] : [outcome]));
}

const File = z.object({ vectors: z.array(z.unknown()) });

function casesOf(text: string): unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CaseFileError(`The file is no JSON: ${(error as Error).message}`, { cause: error });
  }
  const file = File.safeParse(value);
  if (!file.success) throw new CaseFileError('The file has no list "vectors": write { "vectors": [ ... ] }');
  return file.data.vectors;
}

const Head = z.object({
  id: z.string().check(z.minLength(1)),
  op: z.enum(Object.keys(caseInputs) as CaseOperation[]),
});

/** So that what is missing can be told from what is wrong. */
const asked = { reportInput: true };

/** @returns the result, or the sentences about what is wrong */
function evaluate(value: unknown, place: string): EvaluatedCase | string[] {
  const head = Head.safeParse(value, asked);
  const name = (value as { id?: unknown } | null)?.id;
  if (!head.success) return sentences(typeof name === "string" && name !== "" ? name : place, head.error);
  const { id, op } = head.data;
  const Case = z.object({ plan: z._default(PlanConfig, {}), inputs: caseInputs[op] });
  const parsed = Case.safeParse(value, asked);
  if (!parsed.success) return sentences(id, parsed.error);
  try {
    return { id, result: run(op, parsed.data.plan, parsed.data.inputs) };
  } catch (error) {
    if (error instanceof CaseFault) return [`${id}: ${error.path}: ${error.message}`];
    throw error;
  }
}

/** The inputs were parsed as the operation's: that is what the casts say, which a table of functions cannot. */
function run(op: CaseOperation, plan: PlanConfig, inputs: unknown): unknown {
  const evaluateOne = evaluators[op] as (plan: PlanConfig, inputs: CaseInputs<CaseOperation>) => unknown;
  try {
    return evaluateOne(plan, inputs as CaseInputs<CaseOperation>);
  } catch (error) {
    if (error instanceof Refusal) return { error: error.code };
    throw error;
  }
}

function sentences(id: string, error: z.core.$ZodError): string[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => `${id}: ${[...issue.path, key].join(".")}: there is no such field`);
    }
    return [[id, ...(issue.path.length > 0 ? [issue.path.join(".")] : []), sentenceOf(issue)].join(": ")];
  });
}

const kinds: Readonly<Record<string, string>> = {
  string: "text",
  array: "a list",
  object: "an object",
  boolean: "true or false",
  int: "a whole number",
  number: "a whole number",
  datetime: "an instant, such as 2026-03-10T20:00:00Z",
  date: "a day, such as 2026-03-10",
};

function sentenceOf(issue: z.core.$ZodIssue): string {
  if (issue.input === undefined && issue.code !== "custom") return "it is missing";
  if (issue.code === "invalid_type") return `it has to be ${kinds[issue.expected] ?? issue.expected}`;
  if (issue.code === "invalid_value") return `it is one of ${issue.values.map(String).join(", ")}`;
  if (issue.code === "too_small") return issue.origin === "string" ? "it is empty" : `it is at least ${issue.minimum}`;
  if (issue.code === "too_big") return `it is at most ${issue.maximum}`;
  if (issue.code === "invalid_union") return "it has to be text or a number";
  const format = issue.code === "invalid_format" ? kinds[issue.format] : undefined;
  return format === undefined ? issue.message : `it has to be ${format}`;
}
