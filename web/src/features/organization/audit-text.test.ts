import { events } from "@rainmaker/contracts/events";
import { expect, test } from "vitest";
import { auditLine, fieldLabel, valueText } from "./audit-text.ts";

test.each(Object.keys(events))("%s is said in words", (type) => {
  const { action } = auditLine({ type, facts: {}, changes: {} });
  expect(action).toMatch(/^[A-Z][a-z]/);
  expect(action).not.toMatch(/[._]/);
});

test.each([
  ["payment.verified", { amount: { amount: "19500.00", currency: "USD" } }, {}, "$19,500"],
  [
    "opportunity.moved",
    { fromStage: "Proposal", toStage: "Won", secondsInFrom: 86_400 * 9 },
    {},
    "Proposal to Won after 9 d",
  ],
  ["session.refused", { reason: "wrong_password" }, {}, "Wrong password"],
  ["members.imported", { members: [{}, {}] }, {}, "2 people"],
  ["team.changed", { name: "West" }, { leaderId: [null, "x"], name: ["a", "b"] }, "leader, name"],
  ["something.new-here", {}, {}, ""],
])("%s says %o as detail", (type, facts, changes, detail) => {
  expect(auditLine({ type, facts, changes: changes as Record<string, [unknown, unknown]> }).detail).toBe(detail);
});

test("an event that is newer than this page keeps its own name", () => {
  expect(auditLine({ type: "something.new-here", facts: {}, changes: {} }).action).toBe("Something new here");
});

test.each([
  ["expectedCloseOn", "expected close"],
  ["teamId", "team"],
  ["jobTitle", "job title"],
  ["name", "name"],
])("%s is %s", (field, label) => expect(fieldLabel(field)).toBe(label));

test.each([
  [null, "nothing"],
  ["", "nothing"],
  [true, "yes"],
  ["sales_rep", "Sales rep"],
  [["sales_rep", "manager"], "Sales rep, Manager"],
  [{ amount: "12.50", currency: "EUR" }, "€12.50"],
  ["id-1", "West"],
  ["2025-11-30", "30 Nov 2025"],
  [3, "3"],
])("%j reads %s", (value, expected) => {
  expect(valueText(value, (id) => (id === "id-1" ? "West" : undefined))).toBe(expected);
});
