import type { Deal } from "@rainmaker/contracts/revenue/deals";
import type { Payment } from "@rainmaker/contracts/revenue/payments";
import { describe, expect, test } from "vitest";
import { checksFor, freshValues, saysTheSame, stillToCome, valuesOf } from "./payment-values.ts";

const usd = (amount: string) => ({ amount, currency: "USD" });

function dealWith(position: Partial<Record<"verified" | "inReview" | "toFix" | "draft", string>>): Deal {
  const { verified = "0.00", inReview = "0.00", toFix = "0.00", draft = "0.00" } = position;
  return {
    amount: usd("100.00"),
    position: {
      state: "partial",
      verified: usd(verified),
      inReview: usd(inReview),
      toFix: usd(toFix),
      draft: usd(draft),
      open: usd("0.00"),
    },
  } as Deal;
}

function paymentWith(fields: Partial<Payment>): Payment {
  const given = { number: "PAY-1", amount: usd("40.00"), valueOn: "2026-11-17", method: "bank_transfer" };
  return { ...given, reference: "NB-1", status: "draft", ...fields } as Payment;
}

describe("stillToCome", () => {
  test("counts everything that was recorded, sent or not", () => {
    const deal = dealWith({ verified: "10.00", inReview: "20.00", toFix: "5.00", draft: "1.50" });
    expect(stillToCome(deal)).toEqual(usd("63.50"));
  });

  test("is nothing where more was recorded than the deal is worth", () => {
    expect(stillToCome(dealWith({ verified: "120.00" }))).toEqual(usd("0.00"));
  });

  test.each([
    ["draft", { draft: "40.00" }],
    ["rejected", { toFix: "40.00" }],
  ] as const)("a %s payment does not stand in its own way", (status, position) => {
    expect(stillToCome(dealWith(position), paymentWith({ status }))).toEqual(usd("100.00"));
  });

  test("other drafts still do", () => {
    expect(stillToCome(dealWith({ draft: "60.00" }), paymentWith({}))).toEqual(usd("80.00"));
  });

  test("a draft the deal does not know of yet changes nothing", () => {
    expect(stillToCome(dealWith({}), paymentWith({}))).toEqual(usd("100.00"));
  });
});

describe("freshValues", () => {
  test("starts with the rest of the deal, today", () => {
    expect(freshValues(dealWith({ verified: "99.99" }), "2026-11-20")).toEqual({
      amount: "0.01",
      valueOn: "2026-11-20",
      method: "bank_transfer",
      reference: "",
    });
  });

  test("leaves the amount empty where nothing is to come", () => {
    expect(freshValues(dealWith({ verified: "100.00" }), "2026-11-20").amount).toBeNull();
  });
});

describe("checksFor", () => {
  const values = { ...valuesOf(paymentWith({})), reference: "" };
  const textsFor = (changes: object, others: readonly Payment[] = [], deal = dealWith({})): readonly string[] =>
    checksFor({ deal, others, values: { ...values, ...changes } }).map(({ tone, text }) => `${tone}: ${text}`);

  test("says what is left afterwards", () => {
    expect(textsFor({})).toEqual(["good: In part: $60 is still to come afterwards"]);
  });
  test("says when it is the whole rest", () => {
    expect(textsFor({ amount: "100.00" })).toEqual(["good: Pays what is still to come in full"]);
  });
  test("warns of too much, to the cent", () => {
    expect(textsFor({ amount: "100.01" })).toEqual(["warning: $0.01 more than is still to come. Check the amount."]);
  });
  test("says nothing about an amount it cannot read", () => {
    expect([textsFor({ amount: null }), textsFor({ amount: "forty" })]).toEqual([[], []]);
  });
  test("warns of a reference that is taken", () => {
    const other = paymentWith({ number: "PAY-9", amount: usd("7.00") });
    expect(textsFor({ reference: " NB-1 " }, [other])).toContain(
      "warning: PAY-9 has the same reference. Is this another payment?",
    );
  });
  test("warns of the same amount on the same day, and not on another", () => {
    const other = paymentWith({ number: "PAY-9", reference: null });
    expect(textsFor({}, [other])).toContain("warning: PAY-9 has the same amount on the same day");
    expect(textsFor({ valueOn: "2026-11-18" }, [other])).toHaveLength(1);
  });
  test("names one payment that is the same in both ways once", () => {
    expect(textsFor({ reference: "NB-1" }, [paymentWith({ number: "PAY-9" })])).toHaveLength(2);
  });
});

describe("saysTheSame", () => {
  const body = {
    dealId: "d" as Deal["id"],
    amount: usd("40.00"),
    method: "bank_transfer",
    valueOn: "2026-11-17",
  } as const;
  test("what is recorded already needs no correction", () => {
    expect(saysTheSame(paymentWith({}), { ...body, reference: "NB-1" })).toBe(true);
    expect(saysTheSame(paymentWith({ reference: null }), body)).toBe(true);
  });
  test.each([
    { amount: usd("40.01") },
    { method: "cash" as const },
    { valueOn: "2026-11-16" },
    { reference: "NB-2" },
    { reference: null },
  ])("another %o does", (change) => {
    expect(saysTheSame(paymentWith({}), { ...body, reference: "NB-1", ...change })).toBe(false);
  });
});
