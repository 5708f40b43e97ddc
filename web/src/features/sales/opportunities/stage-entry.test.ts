import type { OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import type { Stage } from "@rainmaker/contracts/sales/pipelines";
import { expect, test } from "vitest";
import { asksFirst, closedWay, lacksFor } from "./stage-entry.ts";

const stage = (id: string, more: object = {}): Stage =>
  ({ id, name: id, kind: "open", requirements: [], nextStageIds: null, ...more }) as unknown as Stage;
const card = (more: object = {}): OpportunityCard =>
  ({
    stage: stage("a"),
    amount: null,
    customer: null,
    expectedCloseOn: null,
    nextStep: " ",
    ...more,
  }) as unknown as OpportunityCard;

test("a stage asks for what is missing alone, and for each once", () => {
  const asking = stage("b", { kind: "won", requirements: ["amount", "nextStep", "expectedCloseOn"] });
  expect(lacksFor(card({ expectedCloseOn: "2026-11-30" }), asking)).toEqual(["amount", "customerId", "nextStep"]);
  expect(
    lacksFor(card({ amount: { amount: "0.00", currency: "USD" } }), stage("b", { requirements: ["amount"] })),
  ).toEqual(["amount"]);
});

test("what only the server knows is left to its answer", () => {
  expect(lacksFor(card(), stage("b", { requirements: ["contact", "description"] }))).toEqual([]);
});

test("closing always asks, an open stage only where something is missing, and never within the stage", () => {
  const asking = { requirements: ["nextStep"] };
  expect(asksFirst(card(), stage("lost", { kind: "lost" }))).toBe(true);
  expect(asksFirst(card(), stage("b", asking))).toBe(true);
  expect(asksFirst(card({ nextStep: "Call" }), stage("b", asking))).toBe(false);
  expect(asksFirst(card(), stage("a", asking))).toBe(false);
});

test("a closed way is told with the ways there are", () => {
  const [a, b, c] = [stage("a", { nextStageIds: ["b"] }), stage("b"), stage("c", { nextStageIds: [] })];
  expect(closedWay(a, b, [a, b, c])).toBeNull();
  expect(closedWay(b, c, [a, b, c])).toBeNull();
  expect(closedWay(a, c, [a, b, c])).toBe("a leads to b");
  expect(closedWay(c, a, [a, b, c])).toBe("c is the end");
  const [d, e] = [stage("d", { nextStageIds: ["a", "b", "c"] }), stage("e")];
  expect(closedWay(d, e, [a, b, c, d, e])).toBe("d leads to a, b or c");
});
