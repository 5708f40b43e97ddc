import { describe, expect, test } from "vitest";
import { isOnProof, recordedOf, type Recorded } from "./comparison.ts";

type Facts = Parameters<typeof recordedOf>[0];

const facts: Facts = {
  amount: { amount: "54200.00", currency: "USD" },
  valueOn: "2026-11-03",
  reference: "NB-10328-261113",
  customer: { id: "c" as Facts["customer"]["id"], name: "Thornbury Clinics" },
};
const recorded = (id: Recorded["id"], given = facts): Recorded => {
  const found = recordedOf(given).find((one) => one.id === id);
  if (found === undefined) throw new Error(`${id} is not compared`);
  return found;
};

describe("what is compared with the proof", () => {
  test("is numbered in the order it is read", () => {
    expect(recordedOf(facts).map(({ number, label }) => [number, label])).toEqual([
      [1, "Amount"],
      [2, "Date"],
      [3, "Reference"],
      [4, "Payer"],
    ]);
  });

  test("leaves out a reference that was not given", () => {
    expect(recordedOf({ ...facts, reference: null }).map(({ label }) => label)).toEqual(["Amount", "Date", "Payer"]);
  });

  test.each(["USD 54,200.00", "54.200,00 EUR", "54 200,00", "CHF 54'200.00", "54200.00", "$54,200"])(
    "finds the amount in %s",
    (text) => expect(isOnProof(text, recorded("amount"))).toBe(true),
  );

  test.each(["USD 154,200.00", "54,200.01", "5,420.00", "54,200.000", "54,2000"])("does not find it in %s", (text) =>
    expect(isOnProof(text, recorded("amount"))).toBe(false),
  );

  test("cents that are there have to be there", () => {
    const uneven = recorded("amount", { ...facts, amount: { amount: "54200.50", currency: "USD" } });
    expect([isOnProof("54,200.50", uneven), isOnProof("54,200", uneven)]).toEqual([true, false]);
  });

  test("an amount of a currency without cents is found", () => {
    const yen = recorded("amount", { ...facts, amount: { amount: "54200", currency: "JPY" } });
    expect(isOnProof("JPY 54,200", yen)).toBe(true);
  });

  test.each([
    "2026-11-03",
    "03.11.2026",
    "03/11/2026",
    "11/03/2026",
    "3 Nov 2026",
    "3 November 2026",
    "November 3, 2026",
  ])("finds the day in %s", (text) => expect(isOnProof(`Value date ${text}`, recorded("date"))).toBe(true));

  test("does not take another day for it", () => {
    expect(isOnProof("13 Nov 2026", recorded("date"))).toBe(false);
    expect(isOnProof("2026-11-13", recorded("date"))).toBe(false);
  });
});
