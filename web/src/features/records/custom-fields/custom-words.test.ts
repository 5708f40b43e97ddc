import type { CustomField } from "@rainmaker/contracts/records/custom-fields";
import { describe, expect, test } from "vitest";
import { draftOf, readDraft, sectionsOf, shownText, viewFieldsOf } from "./custom-words.ts";

const field = (type: CustomField["type"], more: Partial<CustomField> = {}): CustomField =>
  ({ key: "f", label: "F", type, section: null, options: [], settings: {}, ...more }) as CustomField;

const options = [
  { key: "box", label: "Box trailer", isRetired: false },
  { key: "flat", label: "Flatbed", isRetired: true },
];

describe("a value", () => {
  test.each<[CustomField, unknown, string | null]>([
    [field("text"), undefined, null],
    [field("boolean"), false, "No"],
    [field("number"), 1234.5, "1,234.5"],
    [field("percent"), 12.5, "12.5 %"],
    [field("money"), { amount: "12.50", currency: "USD" }, "$12.50"],
    [field("select", { options }), "flat", "Flatbed"],
    [field("multi_select", { options }), ["box", "flat"], "Box trailer, Flatbed"],
    [field("user"), { id: "1", name: "Maya Okafor" }, "Maya Okafor"],
    [field("auto_number", { settings: { prefix: "SN-" } }), 7, "SN-7"],
  ])("of %o reads %o as %s", (of, value, text) => {
    expect(shownText(of, value as never)).toBe(text);
  });

  test.each<[CustomField["type"], unknown, unknown]>([
    ["text", "x", "x"],
    ["number", 2.5, 2.5],
    ["boolean", false, false],
    ["multi_select", ["box"], ["box"]],
    ["date", "2026-11-20", "2026-11-20"],
    ["datetime", "2026-11-20T10:30:00.000Z", "2026-11-20T10:30:00.000Z"],
    ["money", { amount: "1.00", currency: "EUR" }, { amount: "1.00", currency: "EUR" }],
    ["user", { id: "1", name: "Maya" }, "1"],
    ["text", null, null],
    ["multi_select", null, null],
  ])("of %s survives being opened and saved", (type, value, sent) => {
    const of = field(type, { settings: { currency: "EUR" } });
    expect(readDraft(of, draftOf(of, value as never))).toEqual({ value: sent });
  });

  test("that is no number is said before it is sent; a comma and a percent sign are understood", () => {
    expect(readDraft(field("number"), "many")).toEqual({ fault: "Write a number" });
    expect(readDraft(field("percent"), "12,5 %")).toEqual({ value: 12.5 });
  });
});

test("filters offer the values to choose from, retired ones too, and no records", () => {
  const people = [{ value: "me", label: "Me" }];
  const offered = viewFieldsOf(
    [field("select", { options }), field("user"), field("relation"), field("boolean")],
    people,
  );
  expect(offered.map(({ kind, options: choices }) => [kind, choices?.length])).toEqual([
    ["choice", 2],
    ["person", 1],
    ["choice", 2],
  ]);
});

test("sections stand in the order of their first field, after fields without one", () => {
  const fields = [
    field("text", { section: "B" }),
    field("url"),
    field("text", { section: "A" }),
    field("phone", { section: "B" }),
  ];
  expect(sectionsOf(fields).map(([name, own]) => [name, own.length])).toEqual([
    [null, 1],
    ["B", 2],
    ["A", 1],
  ]);
});
