import { describe, expect, test } from "vitest";
import { grouped, highlight, search, type PaletteItem } from "./palette-items.ts";

const items: readonly PaletteItem[] = [
  { id: "1", group: "Go to", label: "Deals & payments" },
  { id: "2", group: "Go to", label: "Users & teams" },
  { id: "3", group: "Create", label: "Invite people", also: "user add" },
  { id: "4", group: "Do", label: "Sign out", also: "log out" },
];

describe("searching", () => {
  test.each([
    ["pay", ["1"]],
    ["use", ["2", "3"]],
    ["inv peo", ["3"]],
    ["LOG", ["4"]],
    ["eals", []],
  ])("%s finds %j", (text, expected) => {
    expect(search(items, text).map(({ id }) => id)).toEqual(expected);
  });
});

test("groups keep their order, whatever was found first", () => {
  expect(grouped(items).map(({ title }) => title)).toEqual(["Create", "Go to", "Do"]);
});

test("marks what was typed, accents or not", () => {
  expect(highlight("Tomás Ferreira", "tomas")).toEqual([
    { text: "Tomás", isMatch: true },
    { text: " ", isMatch: false },
    { text: "Ferreira", isMatch: false },
  ]);
});
