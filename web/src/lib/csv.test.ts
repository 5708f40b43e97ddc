import { expect, test } from "vitest";
import { toCsv } from "./csv.ts";

test("cells with separators, quotes and line ends are quoted", () => {
  expect(toCsv([["a,b", 'say "x"', "plain"]])).toBe('"a,b","say ""x""",plain\r\n');
});

test("what a spreadsheet would run stays text, numbers stay numbers", () => {
  expect(toCsv([["=1+1", "-12.50", "+SUM(A1)", "@x"]])).toBe("'=1+1,-12.50,'+SUM(A1),'@x\r\n");
});
