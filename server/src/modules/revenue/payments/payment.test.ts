import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Refusal } from "#platform/errors";
import { amountFault, barFor, correctPayment, decide, submitPayment, type Payment } from "./payment.ts";

const file = join(import.meta.dirname, "../../../../test/vectors/commission-vectors.json");
const { vectors } = JSON.parse(readFileSync(file, "utf8")) as { vectors: any[] };

const payment: Payment = {
  id: "p",
  number: 1n,
  ownerId: "rep1",
  dealId: "d",
  customerId: "c",
  amountMinor: 100n,
  currency: "USD",
  method: "bank_transfer",
  valueOn: "2026-11-17",
  reference: null,
  status: "submitted",
  recordedBy: "rep1",
  submittedBy: "rep1",
  submittedAt: "2026-11-18T10:00:00.000Z",
  question: null,
  refundedMinor: 0n,
  countedMinor: 0n,
  appliedMinor: 0n,
  transferredMinor: 0n,
  creditOf: null,
  version: 3,
};

const codeOf = (run: () => unknown): string => {
  try {
    run();
    return "ok";
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

describe("amounts of the vectors", () => {
  const whole = vectors.filter(({ op, inputs }) => op === "validate.payment" && /^-?\d+$/.test(inputs.amount_minor));
  test.each(whole)("$id: $description", ({ inputs, expected }) => {
    expect(amountFault(BigInt(inputs.amount_minor), inputs.currency, inputs.deal_currency) ?? "ok").toBe(
      expected.error ?? "ok",
    );
  });
});

describe("decisions of the vectors", () => {
  // Whether the version is the one that was seen is asked by the command, after the state.
  const decisions = vectors.filter(
    ({ op, expected }) => op === "validate.decision" && expected.error !== "stale_version",
  );
  test.each(decisions)("$id: $description", ({ inputs, expected }) => {
    const given = {
      ...payment,
      status: inputs.payment_status,
      submittedBy: inputs.submitted_by,
      ownerId: inputs.deal_owner,
    };
    const stakes = { ownerId: inputs.deal_owner, creditedIds: inputs.credited };
    expect(codeOf(() => decide(given, "verified", inputs.decided_by, stakes, null))).toBe(expected.error ?? "ok");
  });
});

describe("barFor", () => {
  const stakes = { ownerId: "owner", creditedIds: ["credited"] };
  test.each([
    ["rep1", "submitted_by_you"],
    ["owner", "your_deal"],
    ["credited", "credited_to_you"],
    ["verifier", null],
  ])("%s: %s", (member, expected) => expect(barFor(payment, stakes, member)).toBe(expected));
});

describe("submitPayment", () => {
  const now = new Date("2026-11-19T09:12:00Z");
  test.each([
    ["draft", 1, true, "ok"],
    ["draft", 0, true, "proof_missing"],
    ["draft", 1, false, "deal_not_approved"],
    ["submitted", 1, true, "invalid_transition"],
    ["verified", 1, true, "invalid_transition"],
    ["rejected", 1, true, "invalid_transition"],
  ] as const)("%s with %i proofs, deal approved %s: %s", (status, proofs, isDealApproved, expected) => {
    expect(codeOf(() => submitPayment({ ...payment, status }, "rep1", { proofs, isDealApproved }, now))).toBe(expected);
  });
});

test.each([
  ["draft", "ok"],
  ["rejected", "ok"],
  ["submitted", "invalid_transition"],
  ["verified", "invalid_transition"],
] as const)("correcting a %s payment: %s", (status, expected) => {
  expect(codeOf(() => correctPayment({ ...payment, status }, { amountMinor: 5n }))).toBe(expected);
});
