import type { Period } from "@rainmaker/contracts/revenue/periods";
import { describe, expect, test } from "vitest";
import { checksOf, stepBar } from "./checks.ts";

const clean: Period["checks"] = {
  waitingPayments: 0,
  openDisputes: 0,
  notApproved: 0,
  withoutPlan: 0,
  earlierMonth: null,
  ledgerAgrees: true,
};
const period = (changes: Partial<Period>, checks: Partial<Period["checks"]> = {}): Period => ({
  month: "2026-10",
  state: "closing",
  closing: null,
  locked: null,
  paid: null,
  checks: { ...clean, ...checks },
  statements: [],
  totals: [],
  payouts: [],
  ...changes,
});
const lockedBy = (id: string) =>
  ({ by: { id, name: "Ingrid Solberg" }, at: "2026-11-03T09:00:00.000Z" }) as unknown as Period["locked"];
const bar = (of: Period) => stepBar(of, "ingrid", "2026-11");

describe("the next step of a month", () => {
  test("waits until the month is over and the one before it is locked", () => {
    expect(bar(period({ state: "open" }))).toBeUndefined();
    expect(bar(period({ state: "open", month: "2026-11" }))).toBe("This month is not over yet");
    expect(bar(period({ state: "open" }, { earlierMonth: "2026-09" }))).toMatch(/^September 2026 is locked first/);
  });

  test("waits for disputes, approvals and the ledger, not for payments that will count later", () => {
    expect(bar(period({}, { waitingPayments: 2, withoutPlan: 1 }))).toBeUndefined();
    expect(bar(period({}, { openDisputes: 1, notApproved: 3 }))).toBe("First: 3 statements to approve, 1 dispute open");
    expect(bar(period({}, { ledgerAgrees: false }))).toBe("First: Statements differ from the ledger");
  });

  test("is another person's, once it is locked", () => {
    expect(bar(period({ state: "locked", locked: lockedBy("ingrid") }))).toMatch(/somebody else releases/);
    expect(bar(period({ state: "locked", locked: lockedBy("beatriz") }))).toBeUndefined();
  });
});

test("payments that wait and lines without a plan are said, and block nothing", () => {
  const said = checksOf(period({}, { waitingPayments: 2, withoutPlan: 1 })).filter(({ isDone }) => !isDone);
  expect(said.map(({ text, isNeeded }) => [text, isNeeded])).toEqual([
    ["2 October payments unverified", false],
    ["1 payment without a plan", false],
  ]);
});
