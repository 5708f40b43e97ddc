import type { LightMyRequestResponse } from "fastify";
import { Problem } from "@rainmaker/contracts/problem";
import { expect } from "vitest";

/** What everybody gets who is refused: one form, and a reference that the header repeats. */
export function expectProblem(reply: LightMyRequestResponse, status: number, code: string): Problem {
  expect({ status: reply.statusCode, text: reply.body }).toMatchObject({ status });
  expect(reply.headers["content-type"]).toContain("application/problem+json");
  const problem = Problem.parse(reply.json());
  expect(problem).toMatchObject({ status, code, type: `urn:rainmaker:problem:${code}` });
  expect(problem.requestId).toBe(reply.headers["x-request-id"]);
  expect(reply.body).not.toMatch(/node_modules|\.ts:|at .+\(/);
  return problem;
}
