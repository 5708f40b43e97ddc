import { expect, test } from "vitest";
import { csvCell } from "./csv.ts";

test.each([
  ["=cmd()", "'=cmd()"],
  ["+49 30", "'+49 30"],
  ["a,b", '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ["plain", "plain"],
])("csvCell %s", (text, expected) => expect(csvCell(text)).toBe(expected));
