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

test("tags and addresses are told by their parts", () => {
  const changes = {
    tags: [[], ["key account", "fleet"]],
    address: [null, { street: "12 Hangar Rd", city: "Wichita", country: null }],
  };
  expect(timelineText({ type: "customer.changed", facts: {}, label: null, changes } as never, () => undefined)).toBe(
    "changed tags to key account, fleet; address to 12 Hangar Rd, Wichita",
  );
});

test("a contact's changes are told with its number, its customers without their ids", () => {
  const changes = { emails: [[], [{ email: "ruth@kestrel.example", label: "work" }]], customers: [[], ["c1"]] };
  expect(
    timelineText({ type: "contact.changed", facts: {}, label: "CON-1", changes } as never, () => undefined),
  ).toMatch(/to ruth@kestrel\.example; the customers · CON-1$/);
});
