import { expect, test } from "vitest";
import { timelineText } from "./timeline-text.ts";

const nobody = (): undefined => undefined;

test.each([
  { type: "customer.created", changes: {}, text: "added this customer" },
  { type: "customer.restored", changes: {}, text: "took this customer back from the trash" },
  {
    type: "customer.changed",
    changes: { industry: ["Rail", "Logistics"] as [unknown, unknown] },
    text: "changed industry from Rail to Logistics",
  },
  {
    type: "customer.changed",
    changes: { phone: [null, "+1 503 555 0142"] as [unknown, unknown] },
    text: "changed phone to +1 503 555 0142",
  },
  {
    type: "customer.changed",
    changes: { phone: ["+1", null] as [unknown, unknown] },
    text: "changed phone, which was +1",
  },
  { type: "customer.changed", changes: {}, text: "changed this customer" },
])("$type reads as “$text”", ({ type, changes, text }) => {
  expect(timelineText({ type, changes, facts: {}, label: null }, nobody)).toBe(text);
});

test("people are named, not numbered", () => {
  const changes = { ownerId: ["a", "b"] as [unknown, unknown] };
  const names = new Map([
    ["a", "Maya Okafor"],
    ["b", "Lena Hoffmann"],
  ]);
  expect(timelineText({ type: "customer.changed", changes, facts: {}, label: null }, (id) => names.get(id))).toMatch(
    /from Maya Okafor to Lena Hoffmann$/,
  );
});

test("what happened to a sale is told with its number", () => {
  const facts = { stage: "Qualified", amount: null };
  const entry = { type: "opportunity.created", changes: {}, facts, label: "OPP-418" };
  expect(timelineText(entry, nobody)).toBe("opened it in Qualified · OPP-418");
});
