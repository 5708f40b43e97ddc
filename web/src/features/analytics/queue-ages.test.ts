import { expect, test } from "vitest";
import { agesTitle, queueAges } from "./queue-ages.ts";

test("a payment is counted in one band, at its lower edge too", () => {
  const ages = queueAges([0, 3599, 3600, 14_400, 86_399, 86_400, 900_000]);
  expect(ages.map(({ label, count }) => [label, count])).toEqual([
    ["under 1 h", 2],
    ["1 to 4 h", 1],
    ["4 to 12 h", 1],
    ["12 to 24 h", 1],
    ["over 24 h", 2],
  ]);
  expect(ages.at(-1)).toMatchObject({ share: 1, isLate: true });
});

test("an empty queue has no heights", () => {
  expect(queueAges([]).every(({ share }) => share === 0)).toBe(true);
});

test("the title says what is late", () => {
  expect([agesTitle(0, 0), agesTitle(3, 0), agesTitle(3, 1), agesTitle(6, 4)]).toEqual([
    "Nothing waits",
    "Nothing is past 24 h",
    "One payment is past 24 h",
    "4 payments are past 24 h",
  ]);
});
