import { expect, test } from "vitest";
import { checkProject, requireFitting, type Project } from "./project.ts";

const project: Project = {
  id: "p",
  name: "Harbour",
  description: null,
  teamIds: [],
  budgetMinor: null,
  currency: "USD",
  startsOn: "2026-11-01",
  endsOn: null,
  isClosed: false,
  version: 1,
};

test("a project ends on the day it begins or later, or nobody said when", () => {
  expect(() => checkProject(project)).not.toThrow();
  expect(() => checkProject({ ...project, endsOn: "2026-11-01" })).not.toThrow();
  expect(() => checkProject({ ...project, endsOn: "2026-10-31" })).toThrow("It ends before it begins");
});

test("takes deals of its currency while it is open", () => {
  expect(() => requireFitting(project, { currency: "USD" })).not.toThrow();
  expect(() => requireFitting(project, { currency: "EUR" })).toThrow("USD");
  expect(() => requireFitting({ ...project, isClosed: true }, { currency: "USD" })).toThrow("closed");
});
