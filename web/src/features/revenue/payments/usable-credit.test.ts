import { expect, test } from "vitest";
import { usableCredit } from "./usable-credit.ts";

const money = (amount: string, currency = "USD") => ({ amount, currency });
const none = money("0.00");
const deal = (open: string, status: "approved" | "draft" = "approved") =>
  ({
    status,
    position: {
      state: "partial",
      verified: none,
      inReview: none,
      toFix: none,
      draft: none,
      credit: none,
      open: money(open),
    },
  }) as const;
const of = (number: string, credit: ReturnType<typeof money>) => ({ payment: { id: number as never, number }, credit });

test.each([
  ["the oldest credit of the currency, up to what is open", "100.00", "PAY-2", "100.00"],
  ["all of it where more is open", "900.00", "PAY-2", "150.00"],
  ["nothing where nothing is open", "0.00", undefined, undefined],
])("%s", (_why, open, number, amount) => {
  const items = [
    of("PAY-1", money("70.00", "EUR")),
    of("PAY-3", none),
    of("PAY-2", money("150.00")),
    of("PAY-4", money("5.00")),
  ];
  const usable = usableCredit(items, deal(open));
  expect([usable?.payment.number, usable?.amount.amount]).toEqual([number, amount]);
});

test("a deal that is not approved uses no credit", () => {
  expect(usableCredit([of("PAY-1", money("5.00"))], deal("10.00", "draft"))).toBeNull();
});
