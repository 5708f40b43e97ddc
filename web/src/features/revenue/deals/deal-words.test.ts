import type { Deal } from "@rainmaker/contracts/revenue/deals";
import { describe, expect, test } from "vitest";
import { approvalBar, reaches, standingOf } from "./deal-words.ts";

const usd = (amount: string) => ({ amount, currency: "USD" });
const nothing = usd("0.00");

function approved(position: Partial<Deal["position"]>): Parameters<typeof standingOf>[0] {
  const empty = { verified: nothing, inReview: nothing, toFix: nothing, draft: nothing, credit: nothing };
  const open = usd("9500.00");
  return {
    status: "approved",
    returnReason: null,
    revisions: [],
    position: { state: "partial", ...empty, open, ...position },
  };
}

describe("standingOf", () => {
  test.each([
    ["Fix proof", { toFix: usd("1.00"), inReview: usd("1.00"), draft: usd("1.00") }],
    ["Not sent", { draft: usd("1.00"), inReview: usd("1.00") }],
    ["In review", { inReview: usd("1.00"), state: "paid" }],
    ["Paid in full", { state: "paid" }],
    ["Overpaid", { state: "overpaid" }],
    ["Refunded", { state: "refunded" }],
    ["$9,500 open", {}],
  ] as const)("%s comes before what matters less", (word, position) => {
    expect(standingOf(approved(position)).word).toBe(word);
  });

  test("before the approval the approval matters", () => {
    const open = approved({});
    expect(standingOf({ ...open, status: "draft" }).word).toBe("Not submitted");
    expect(standingOf({ ...open, status: "draft", returnReason: "Wrong amount" }).word).toBe("Returned");
    expect(standingOf({ ...open, status: "submitted" }).word).toBe("To approve");
    expect(standingOf({ ...open, status: "cancelled" }).word).toBe("Cancelled");
  });
});

describe("approvalBar", () => {
  const person = (id: string) => ({ id: id as Deal["owner"]["id"], name: id });
  const deal = {
    submittedBy: person("submitter"),
    owner: person("owner"),
    credits: [{ participant: person("credited"), kind: "overlay" as const, basisPoints: 100 }],
  };
  test.each([
    ["submitter", "You submitted this deal."],
    ["owner", "This deal is yours."],
    ["credited", "You earn on this deal."],
  ])("%s hears why not", (id, sentence) => expect(approvalBar(deal, id)).toContain(sentence));
  test("anybody else may", () => expect(approvalBar(deal, "manager")).toBeUndefined());
});

describe("reaches", () => {
  const user = (reach: "own" | "team") => ({
    id: "me" as Deal["owner"]["id"],
    permissions: ["deal.submit" as const],
    reach: { "deal.submit": reach },
  });
  test("own reaches the own records only", () => {
    expect(reaches(user("own"), "deal.submit", "me")).toBe(true);
    expect(reaches(user("own"), "deal.submit", "other")).toBe(false);
  });
  test("team reaches what is seen", () => expect(reaches(user("team"), "deal.submit", "other")).toBe(true));
  test("nothing without the permission", () => expect(reaches(user("team"), "deal.approve", "me")).toBe(false));
});
