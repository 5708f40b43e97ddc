import { expect, test } from "vitest";
import { revisionSentence } from "./revision-words.ts";

const usd = (amount: string) => ({ amount, currency: "USD" });

test.each([
  ["amount", "Amount from $1,000.00 to $1,500.50."],
  ["cancellation", "Cancel the deal."],
] as const)("a revision of the kind %s says what becomes of the deal", (kind, sentence) => {
  expect(revisionSentence({ kind, amountBefore: usd("1000.00"), amount: usd("1500.50") })).toBe(sentence);
});
