import type { Commission, CommissionTrace } from "@rainmaker/contracts/revenue/commissions";
import { describe, expect, test } from "vitest";
import { rateText } from "@rainmaker/contracts/revenue/rate-text";
import { exactText, whySteps } from "./why.ts";

const trace: CommissionTrace = {
  plan: { name: "Standard", version: 1 },
  component: "Base commission",
  basis: {
    payment: "PAY-7",
    deal: { number: "DL-3", title: "Sensors" },
    amount: "100.00",
    valueOn: "2026-11-03",
    verifiedBy: "Priya Natarajan",
    verifiedAt: "2026-11-04T09:00:00.000Z",
  },
  credit: { kind: "revenue", basisPoints: 10_000, amount: "100.00" },
  before: { credited: "100.00", commission: "3.33" },
  after: { credited: "200.00", commission: "6.67" },
  tiers: [{ from: "0.00", to: null, rate: "0.03333", amount: "100.00", commission: "3.33" }],
  exact: "6666/10",
  rounded: "3.34",
  rounding: "half_up",
};

const line = (changes: Partial<Commission>): Commission => ({
  id: "01a1f9b4-9ab5-72a1-9103-2d04520daacf",
  participant: { id: "m", name: "Maya Okafor" } as unknown as Commission["participant"],
  payment: { id: "p", number: "PAY-7", amount: { amount: "100.00", currency: "USD" } } as Commission["payment"],
  deal: { id: "d", number: "DL-3", title: "Sensors" } as Commission["deal"],
  customer: { id: "c", name: "Alder Energy" } as Commission["customer"],
  amount: { amount: "3.34", currency: "USD" },
  status: "accrued",
  reason: null,
  month: "2026-11",
  kind: "earned",
  adjustment: null,
  adjusts: null,
  correction: null,
  postedAt: "2026-11-04T09:00:00.000Z",
  trace,
  ...changes,
});
const you = { isYou: true, firstName: "Maya" };

describe("whySteps", () => {
  test("the commission of the payment and the rounding add up to the line", () => {
    const steps = whySteps(line({}), you);
    expect(steps.map(({ title, figure }) => [title, figure])).toEqual([
      ["Payment verified", "100.00"],
      ["Your credit", "× 100%"],
      ["Base rate", "× 3.333%"],
      ["Commission of this payment", "3.33"],
      ["Rounding", "+0.01"],
    ]);
    expect(steps.at(-1)?.evidence).toContain("Previously posted in the month: 3.33 on 100.00 credited.");
  });

  test("a refund says so; of a closed month it says what was paid then instead of today's calculation", () => {
    const cause = { kind: "refund", reason: "Returned", closedMonth: null } as const;
    const open = whySteps(line({ trace: { ...trace, cause } }), you);
    expect([open[0]?.title, open.at(-2)?.title]).toEqual(["Refund verified", "Commission of what changed"]);
    const closed = { ...trace, cause: { ...cause, closedMonth: "2026-10" }, rounded: "-1.00" };
    const after = { credited: "0.00", commission: "2.33" };
    const [, , step, ...rest] = whySteps(line({ trace: { ...closed, after } }), you);
    expect(step).toMatchObject({ title: "At what was paid then", figure: "−1.00" });
    expect(step?.evidence).toContain("3.33 was left of its commission, 2.33 is left now");
    expect(rest).toEqual([]);
  });

  test("a share of a deal names the share and what it comes to", () => {
    const credit = { kind: "revenue", basisPoints: 6000, amount: "60.00" } as const;
    const steps = whySteps(line({ trace: { ...trace, credit } }), { isYou: false, firstName: "Tomás" });
    expect(steps[1]).toMatchObject({
      title: "Credit of Tomás",
      figure: "× 60%",
      evidence: "60% of DL-3 is credited to Tomás.",
    });
    expect(steps[2]).toMatchObject({ title: "Credited", figure: "60.00", isResult: true });
  });

  test("each tier that was crossed is a step of its own", () => {
    const tiers = [
      { from: "0.00", to: "150.00", rate: "0.04", amount: "50.00", commission: "2.00" },
      { from: "150.00", to: null, rate: "0.06", amount: "50.00", commission: "3.00" },
    ];
    const rates = whySteps(line({ trace: { ...trace, tiers, rounded: "5.00" } }), you).filter(
      ({ id }) => id === "rate",
    );
    expect(rates.map(({ title, figure }) => [title, figure])).toEqual([
      ["4% on 50.00", "2.00"],
      ["6% on 50.00", "3.00"],
    ]);
  });

  test("a payment that earned nothing says why", () => {
    const nothing = line({
      trace: null,
      status: "nothing",
      reason: "no_plan",
      amount: { amount: "0.00", currency: "USD" },
    });
    expect(whySteps(nothing, you).at(-1)).toMatchObject({ title: "No plan on that day", figure: "0.00" });
  });
});

test("a fraction of minor units is written with the digits it has", () => {
  expect(exactText("300000/1", "USD")).toBe("3,000.00");
  expect(exactText("100001/2", "USD")).toBe("500.005");
  expect(exactText("100/3", "USD")).toBe("0.33333333…");
  expect(exactText("-2550/1", "USD")).toBe("−25.50");
  expect(exactText("1200/1", "JPY")).toBe("1,200");
});

test("a rate keeps the digits of the plan", () => {
  expect(rateText("0.06")).toBe("6%");
  expect(rateText("0.0625")).toBe("6.25%");
  expect(rateText("1")).toBe("100%");
});
