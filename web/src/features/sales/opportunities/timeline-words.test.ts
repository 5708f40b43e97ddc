import { expect, test } from "vitest";
import { timelineSentence } from "./timeline-words.ts";

const usd = (amount: string): object => ({ amount, currency: "USD" });
const nameOf = (id: string): string | undefined => ({ m1: "Maya Okafor", t1: "Tomás Ferreira" })[id];
const say = (
  type: string,
  facts: Record<string, unknown> = {},
  changes: Record<string, [unknown, unknown]> = {},
): string => timelineSentence({ type, facts, changes }, nameOf);

test.each([
  ["opportunity.created", { stage: "Qualified", amount: usd("73000.00") }, "opened it in Qualified, $73,000"],
  ["opportunity.created", { stage: "Qualified", amount: null }, "opened it in Qualified"],
  [
    "opportunity.moved",
    { fromStage: "Discovery", toStage: "Proposal", secondsInFrom: 604_860 },
    "moved it from Discovery to Proposal after 7 d",
  ],
  ["opportunity.lost", { reason: "no_budget" }, "marked it as lost: no budget"],
  ["deal.returned", { reason: "Wrong customer" }, "sent the deal back: “Wrong customer”"],
  ["payment.verified", { amount: usd("28800.00") }, "verified a payment of $28,800"],
  ["opportunity.something-new", {}, "opportunity something new"],
])("%s reads as a sentence", (type, facts, sentence) => {
  expect(say(type, facts)).toBe(sentence);
});

test("a change says what it was and what it is", () => {
  expect(say("opportunity.changed", {}, { amount: [usd("88000.00"), usd("96000.00")] })).toBe(
    "changed the value from $88,000 to $96,000",
  );
  expect(say("opportunity.changed", {}, { nextStep: [null, "Call Ruth"], ownerId: ["m1", "t1"] })).toBe(
    "changed the next step to “Call Ruth”, and the owner from Maya Okafor to Tomás Ferreira",
  );
  expect(say("opportunity.changed", {}, { expectedCloseOn: ["2025-11-30", null] })).toBe(
    "changed the close date from 30 Nov 2025 to none",
  );
});

test("ids of other records, and fields nobody knows, are never shown", () => {
  expect(say("opportunity.changed", {}, { customerId: ["c1", "c2"], version: [1, 2] })).toBe("changed the customer");
  expect(say("opportunity.changed", {}, { version: [1, 2] })).toBe("changed it");
});
