import type { Import, ImportMapping } from "@rainmaker/contracts/records/imports";
import { describe, expect, test } from "vitest";
import {
  assignField,
  changedFixes,
  chooseValue,
  columnOf,
  columnsOfKind,
  fieldOf,
  missingFields,
  openDates,
  shownColumns,
  withFix,
} from "./mapping.ts";

const fields: Import["fields"] = [
  { name: "name", label: "Name", required: true, kind: "text" },
  { name: "email", label: "E-mail", required: false, kind: "email" },
];
const mapping: ImportMapping = {
  columns: [
    { index: 0, field: "name" },
    { index: 1, field: null },
  ],
  options: {},
};

describe("assignField", () => {
  test("a field that another column fills goes over to the new one, so that none is filled twice", () => {
    const moved = assignField(mapping, 1, "name");
    expect(moved.columns).toEqual([
      { index: 0, field: null },
      { index: 1, field: "name" },
    ]);
  });
  test("leaving a column out leaves the others as they are", () => {
    expect(assignField(mapping, 1, null)).toEqual(mapping);
  });
  test("a column that the mapping did not name yet is added in its place", () => {
    expect(assignField(mapping, 2, "email").columns.map(({ index }) => index)).toEqual([0, 1, 2]);
  });
});

test("a required field without a column is named", () => {
  expect(missingFields(fields, mapping)).toEqual([]);
  expect(missingFields(fields, assignField(mapping, 0, null)).map(({ name }) => name)).toEqual(["name"]);
});

test("fields and columns are found by each other", () => {
  expect(fieldOf(mapping, 0)).toBe("name");
  expect(fieldOf(mapping, 7)).toBeNull();
  expect(columnOf(mapping, "name")).toBe(0);
  expect(columnOf(mapping, "email")).toBeNull();
});

test("columns of a kind are those that fill such a field", () => {
  const columns = [
    { index: 0, header: "Company", samples: [] },
    { index: 1, header: "Mail", samples: [] },
  ];
  expect(columnsOfKind({ fields, columns }, mapping, "email")).toEqual([]);
  expect(columnsOfKind({ fields, columns }, assignField(mapping, 1, "email"), "email")).toEqual([columns[1]]);
});

test.each([
  { samples: ["2026-11-20", "20 Nov 2026"], open: [], why: "the year says the order" },
  { samples: ["3/4/2026", "20.11.2026"], open: ["3/4/2026", "20.11.2026"], why: "day and month before the year" },
  { samples: ["03-04-2026 10:00"], open: ["03-04-2026 10:00"], why: "with a time behind it" },
])("dates are asked for where $why", ({ samples, open }) => {
  expect(openDates([{ index: 0, header: "Closed", samples }])).toEqual(open);
});

test("choosing what a value stands for keeps what was chosen before", () => {
  const first = chooseValue(mapping, "stage", "Engaging", "create");
  const second = chooseValue(first, "stage", "Prospecting", "empty");
  expect(second.options.values).toEqual({ stage: { Engaging: "create", Prospecting: "empty" } });
});

describe("cells put right", () => {
  test("are kept by line and column; what the file says takes a correction back", () => {
    const once = withFix({}, 3, 2, "20", "abc");
    expect(once).toEqual({ "3": { "2": "20" } });
    expect(withFix(once, 3, 1, "Name", "")).toEqual({ "3": { "1": "Name", "2": "20" } });
    expect(withFix(once, 3, 2, "abc", "abc")).toEqual({});
    expect(changedFixes(once, withFix(once, 4, 2, "5", ""))).toBe(1);
    expect(changedFixes(once, {})).toBe(1);
  });

  test("are in columns that are shown, before the others", () => {
    const mapped = ["a", "b", null, "c", "d"].map((field, index) => ({ index, field }));
    const shown = shownColumns({ columns: mapped, options: {} }, new Set(["d"]), 2);
    expect(shown.map(({ field }) => field)).toEqual(["a", "d"]);
  });
});
