import { expect, test } from "vitest";
import { judgeAddress, splitAddresses } from "./addresses.ts";

test.each([
  ["a@x.example, b@x.example;c@x.example", ["a@x.example", "b@x.example", "c@x.example"], "the usual separators"],
  ["a@x.example\nb@x.example\tc@x.example", ["a@x.example", "b@x.example", "c@x.example"], "a pasted column"],
  [
    '"Emre Bulut" <Emre@X.example>, Petra <petra@x.example>',
    ["emre@x.example", "petra@x.example"],
    "from a mail program",
  ],
  ["a@x.example A@X.example", ["a@x.example"], "the same one twice"],
  ["nonsense", ["nonsense"], "a word alone is shown as a mistake"],
  ["   ", [], "nothing"],
])("%j is %j: %s", (text, expected) => {
  expect(splitAddresses(text)).toEqual(expected);
});

test("judges by the contract and by who is here", () => {
  const known = new Set(["maya@x.example"]);
  expect(judgeAddress("maya@x.example", known).state).toBe("known");
  expect(judgeAddress("maya@", known).state).toBe("invalid");
  expect(judgeAddress("nora@x.example", known).state).toBe("ok");
});
