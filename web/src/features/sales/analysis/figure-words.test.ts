import { expect, test } from "vitest";
import { ageText, figureTitle } from "./figure-words.ts";
import type { Analysis } from "./use-analysis.ts";

const analysis = {
  conversion: [{ stage: { id: "s1", name: "Discovery" } }],
  bySource: [
    { key: "Fair", label: "Fair" },
    { key: "", label: null },
  ],
  byProduct: [],
  byOwner: [{ key: "m1", label: "Maya Okafor" }],
} as unknown as Analysis;

test.each([
  ["entered", "s1", "Entered Discovery"],
  ["stillThere", "s1", "Still open since Discovery"],
  ["left", "s1", "Left Discovery"],
  ["age", "31", "Open for 31 to 60 days"],
  ["age", "91", "Open for 91 days or more"],
  ["slipped", "", "Closing put off"],
  ["won", "", "Won"],
  ["wonBySource", "Fair", "Won, Fair"],
  ["lostBySource", "", "Lost, no source"],
  ["lostByOwner", "m1", "Lost, Maya Okafor"],
  ["wonByProduct", "gone", "Won"],
] as const)("the rows of %s %s are headed %s", (figure, key, title) => {
  expect(figureTitle(analysis, figure, key)).toBe(title);
});

test("ages are told as stretches of days", () => {
  expect(ageText(0, 7)).toBe("0 to 7 days");
});
