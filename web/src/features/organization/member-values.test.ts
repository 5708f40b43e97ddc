import { expect, test } from "vitest";
import { ApiProblem } from "#lib/api-problem";
import { changesSince, valuesOf } from "./member-values.ts";

const member = {
  id: "0192f3a1-0000-7000-8000-000000000001",
  firstName: "Maya",
  lastName: "Okafor",
  email: "maya@halden.example",
  jobTitle: null,
  status: "active",
  roles: ["sales_rep"],
  customRoles: [],
  team: { id: "0192f3a1-0000-7000-8000-000000000002", name: "West" },
  lastSeenAt: null,
  createdAt: "2026-11-19T08:12:00.000Z",
  version: 3,
};

const stale = (current: unknown): ApiProblem =>
  new ApiProblem({
    type: "",
    title: "",
    status: 412,
    code: "stale_version",
    detail: "",
    errors: [],
    requestId: "",
    current,
  });

const start = valuesOf(member as unknown as Parameters<typeof valuesOf>[0]);

test("says what is different now", () => {
  const current = { ...member, jobTitle: "AE", roles: ["manager"], team: null, version: 4 };
  expect(changesSince(start, stale(current))).toEqual([
    "job title is now AE",
    "role is now Manager",
    "team is now none",
  ]);
});

test("says nothing where the refusal does not", () => {
  expect(changesSince(start, stale(undefined))).toEqual([]);
  expect(changesSince(start, new Error("no"))).toEqual([]);
});
