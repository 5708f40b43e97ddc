import { expect, test } from "vitest";
import { readDay } from "./read-day.ts";

// A Thursday.
const today = "2026-11-19";

test.each([
  ["today", "2026-11-19"],
  ["tomorrow", "2026-11-20"],
  ["yesterday", "2026-11-18"],
  ["fri", "2026-11-20"],
  ["Thursday", "2026-11-26"],
  ["mon", "2026-11-23"],
  ["+2w", "2026-12-03"],
  ["+3", "2026-11-22"],
  ["-3d", "2026-11-16"],
  ["−3d", "2026-11-16"],
  ["+1m", "2026-12-19"],
  ["+1y", "2027-11-19"],
  ["2026-11-30", "2026-11-30"],
  ["30 nov", "2026-11-30"],
  ["30 Nov 2027", "2027-11-30"],
  ["1st dec", "2026-12-01"],
  ["30/11", "2026-11-30"],
  ["30.11.2027", "2027-11-30"],
  ["30/11/27", "2027-11-30"],
  ["5 jan", "2027-01-05"],
  ["1 sep", "2026-09-01"],
  ["29 feb", "2028-02-29"],
])("%s is %s", (text, expected) => {
  expect(readDay(text, today)).toBe(expected);
});

test.each(["", "31 feb", "31/02/2027", "32 nov", "30 xyz", "13/13", "soon", "m"])("%s is no day", (text) => {
  expect(readDay(text, today)).toBeNull();
});

test("a month from the last of January is the last of February", () => {
  expect(readDay("+1m", "2027-01-31")).toBe("2027-02-28");
});
