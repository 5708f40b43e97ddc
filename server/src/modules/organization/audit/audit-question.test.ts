import { expect, test } from "vitest";
import { readQuestion } from "./audit-question.ts";

test.each([
  [
    "maya moved opp-12",
    { labels: ["OPP-12"], types: expect.arrayContaining(["opportunity.moved"]), entities: [], words: ["maya"] },
  ],
  [
    "payments verified by priya",
    { labels: [], types: expect.arrayContaining(["payment.verified"]), entities: ["payment"], words: ["priya"] },
  ],
  ["  OPP-7 ", { labels: ["OPP-7"], types: null, entities: [], words: [] }],
  [
    "who moved the Contoso opportunity",
    { labels: [], types: expect.arrayContaining(["opportunity.moved"]), entities: ["opportunity"], words: ["contoso"] },
  ],
  ["", { labels: [], types: null, entities: [], words: [] }],
])("%j", (text, question) => {
  expect(readQuestion(text)).toEqual(question);
});
