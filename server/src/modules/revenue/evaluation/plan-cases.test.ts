import { describe, expect, test } from "vitest";
import { CaseFileError, evaluatePlanCases } from "./plan-cases.adapter.ts";

type Case = { readonly id?: unknown; readonly op?: unknown; readonly plan?: unknown; readonly inputs?: unknown };
const evaluate = (...cases: readonly unknown[]): unknown[] => evaluatePlanCases(JSON.stringify({ vectors: cases }));
const resultOf = (op: string, plan: unknown, inputs: unknown): any =>
  (evaluate({ id: "x", op, plan, inputs })[0] as { result: unknown }).result;
function faultsOf(...cases: readonly unknown[]): string[] {
  try {
    evaluate(...cases);
    return [];
  } catch (error) {
    if (error instanceof CaseFileError) return error.message.split("\n");
    throw error;
  }
}

describe("a case that cannot be read", () => {
  const totals = { id: "x", op: "commission.totals", plan: { rate: "0.1" }, inputs: { amounts_minor: ["5"] } };
  const draw = { id: "x", op: "draw", plan: { kind: "recoverable", draw_minor: "5" }, inputs: { gross_minor: [] } };
  const faulty: readonly [Case | number, string][] = [
    [7, "case 1: it has to be an object"],
    [{ ...totals, id: undefined }, "case 1: id: it is missing"],
    [{ ...totals, id: "" }, "case 1: id: it is empty"],
    [{ ...totals, op: undefined }, "x: op: it is missing"],
    [{ ...totals, op: "commission" }, "x: op: it is one of commission.period, "],
    [{ ...totals, inputs: undefined }, "x: inputs: it is missing"],
    [{ ...totals, inputs: {} }, "x: inputs.amounts_minor: it is missing"],
    [{ ...totals, inputs: { amounts_minor: ["1.5"] } }, "x: inputs.amounts_minor.0: write whole minor units"],
    [{ ...totals, inputs: { amounts_minor: [5] } }, "x: inputs.amounts_minor.0: it has to be text"],
    [{ ...totals, inputs: { amounts_minor: ["1e5"] } }, "x: inputs.amounts_minor.0: write whole minor units"],
    [{ ...totals, plan: { rate: 0.1 } }, "x: plan.rate: it has to be text"],
    [{ ...totals, plan: { rate: "NaN" } }, "x: plan.rate: write a decimal number"],
    [{ ...totals, plan: {} }, "x: plan.rate: this operation needs it"],
    [{ ...totals, plan: { rate: "0.1", treshold: "0.5" } }, "x: plan.treshold: there is no such field"],
    [{ ...totals, plan: { rate: "0.1", currency: "ABC" } }, "x: plan.currency: this is no ISO 4217 currency code"],
    [{ ...totals, plan: { tiers: [{ from: "-5", rate: "0.1" }] } }, "x: plan.tiers.0.from: write a decimal number of"],
    [{ ...totals, plan: { rate: "0.1", bonuses: [{ code: "a" }] } }, 'x: plan.bonuses.0: give either "rate" or'],
    [{ ...draw, plan: { kind: "recoverable" } }, "x: plan.draw_minor: this operation needs it"],
    [{ ...draw, plan: { kind: "gift" } }, "x: plan.kind: it is one of recoverable, non_recoverable"],
    [
      {
        id: "x",
        op: "commission.period",
        plan: { rate: "0.1" },
        inputs: { events: [{ id: "a", amount_minor: "-5" }] },
      },
      'x: inputs.events.0.kind: money that goes back needs "kind": "refund"',
    ],
    [
      {
        id: "x",
        op: "commission.period",
        plan: { rate: "0.1" },
        inputs: { events: [{ id: "a", kind: "refund", amount_minor: "5" }] },
      },
      "x: inputs.events.0.amount_minor: a refund is below zero",
    ],
    [
      { id: "x", op: "round", plan: { rate: "0.1" }, inputs: { currency: "HUF", exponent: 0, amount_minor: "5" } },
      "x: inputs.exponent: HUF has 2 decimals in ISO 4217",
    ],
    [
      { id: "x", op: "streak", plan: {}, inputs: { verified_at: ["2026-03-10"], now: "2026-03-10T20:00:00Z" } },
      "x: inputs.verified_at.0: it has to be an instant, such as 2026-03-10T20:00:00Z",
    ],
    [
      { id: "x", op: "money.allocate", inputs: { total_minor: "5", weights: ["0", "0"] } },
      "x: inputs.weights: one has to be above zero",
    ],
    [
      { id: "x", op: "spiff", plan: { per_unit_minor: "5" }, inputs: { qualifying: ["a", "b", "a"] } },
      "x: inputs.qualifying.2: a qualifies once",
    ],
    [
      {
        id: "x",
        op: "statements",
        inputs: {
          periods: [{ id: "1", state: "locked" }],
          entries: [{ id: "e", period: "1", amount_minor: "5", after_lock: true }],
        },
      },
      "x: inputs.periods: no period is open for e",
    ],
    [
      { id: "x", op: "statements", inputs: { periods: [], entries: [{ id: "e", period: "1", amount_minor: "5" }] } },
      "x: inputs.entries.0.period: there is no period 1",
    ],
    [
      {
        id: "x",
        op: "refund.closed_period",
        plan: { rate: "0.1" },
        inputs: { locked_events: [], refund: { of: "d", amount_minor: "5" } },
      },
      "x: inputs.refund.of: there is no event d",
    ],
    [
      {
        id: "x",
        op: "clawback",
        plan: { clawback: "pro_rata" },
        inputs: { earned_minor: "5", unserved: "1", term: "0" },
      },
      "x: inputs.term: a term is longer than nothing",
    ],
  ];

  test.each(faulty)("%j: %s", (faultyCase, sentence) => {
    const faults = faultsOf(faultyCase);
    expect(faults).toHaveLength(1);
    expect(faults[0]?.slice(0, sentence.length)).toBe(sentence);
  });

  test("is named with every other one, and nothing is evaluated", () => {
    const wrong = [{ ...totals, id: "a", plan: {} }, totals, { ...totals, id: "b", inputs: {} }];
    expect(faultsOf(...wrong)).toEqual([
      "a: plan.rate: this operation needs it",
      "b: inputs.amounts_minor: it is missing",
    ]);
  });

  test.each([
    ["{", /^The file is no JSON: /],
    ["[]", /^The file has no list "vectors"/],
    ['{"vectors":{}}', /^The file has no list "vectors"/],
  ])("a file of %s is no file of cases", (text, sentence) => {
    expect(() => evaluatePlanCases(text)).toThrow(sentence);
  });
});

describe("rules that combine", () => {
  const crossing = {
    tier_mode: "retroactive",
    tiers: [
      { from: "0", rate: "0.05" },
      { from: "10000", rate: "0.08" },
    ],
  };
  const totals = (plan: unknown, ...amounts: string[]): string[] =>
    resultOf("commission.totals", plan, { amounts_minor: amounts }).totals_minor;

  test("the boundary decides a retroactive tier and a threshold, and never a marginal tier", () => {
    const upper = { ...crossing, boundary: "upper_inclusive" };
    expect(totals(crossing, "10000", "10001")).toEqual(["800", "800"]);
    expect(totals(upper, "10000", "10001")).toEqual(["500", "800"]);
    const marginal = { ...upper, tier_mode: "marginal" };
    expect(totals(marginal, "10000", "20000")).toEqual(["500", "1300"]);
    const cliff = { rate: "0.1", threshold: "0.7", quota_minor: "1000" };
    expect(totals(cliff, "699", "700")).toEqual(["0", "70"]);
    expect(totals({ ...cliff, boundary: "upper_inclusive" }, "700", "710")).toEqual(["0", "71"]);
  });

  test("tiers by attainment begin between two units where the quota does not divide", () => {
    const plan = {
      tier_basis: "attainment",
      quota_minor: "333",
      tiers: [
        { from: "0", rate: "0" },
        { from: "0.5", rate: "1" },
      ],
    };
    // From 166.5 on: half a unit of 167 is paid, and rounds up.
    expect(totals(plan, "166", "167", "168")).toEqual(["0", "1", "2"]);
  });

  test("without a quota there is no attainment, only the first rate, unless the plan refuses", () => {
    const plan = { tier_basis: "attainment", tiers: [crossing.tiers[0], { from: "1", rate: "0.5" }], threshold: "0.9" };
    const events = [{ id: "a", amount_minor: "1000" }];
    const period = (more: unknown) => resultOf("commission.period", { ...plan, ...(more as object) }, { events });
    for (const quota of [{}, { quota_minor: "0" }]) {
      expect(period(quota)).toMatchObject({ total_minor: "50", attainment: null });
      expect(period({ ...quota, zero_quota: "reject" })).toEqual({ error: "quota_required" });
    }
    expect(period({ quota_minor: "1111", zero_quota: "reject" })).toMatchObject({
      total_minor: "50",
      attainment: "0.900090",
    });
  });

  test("base, bonuses, penalties and cap are lines in this order, and the cap counts what was earned before", () => {
    const plan = {
      rate: "0.1",
      bonuses: [{ code: "early", rate: "0.5" }],
      penalties: [{ code: "late", amount_minor: "100" }],
      cap_minor: "1300",
    };
    const events = [{ id: "a", amount_minor: "10000" }];
    const kinds = (prior: string) =>
      resultOf("commission.period", plan, { events, prior_credited_minor: prior }).entries.map((line: any) =>
        [line.event, line.kind, line.amount_minor].join(" "),
      );
    expect(kinds("0")).toEqual(["a earned 1000", "early bonus 500", "late penalty -100", "cap cap -100"]);
    expect(kinds("9000").at(-1)).toBe("cap cap -1000");
    expect(totals(plan, "10000")).toEqual(["1300"]);
  });

  test("everybody of a split is paid by the whole plan on the own share, or by the own rate instead of its tiers", () => {
    const participants = [
      { id: "A", bp: 5000 },
      { id: "B", bp: 5000, rate: "0.01" },
    ];
    const { lines } = resultOf("commission.split", crossing, { amount_minor: "20000", participants });
    expect(lines.map((line: any) => line.commission_minor)).toEqual(["800", "100"]);
    const overrides = [{ id: "M", rate: "1.01" }];
    expect(resultOf("commission.split", crossing, { amount_minor: "1", participants, overrides })).toEqual({
      error: "rate_out_of_range",
    });
  });

  const tier = (from: string, rate: string, to?: string) => ({ from, rate, ...(to !== undefined && { to }) });

  test.each([
    ["tiers_not_contiguous", [tier("0", "0.1", "10"), tier("11", "0.2")]],
    ["tiers_not_contiguous", [tier("0", "0.1", "10"), tier("9", "0.2")]],
    ["tiers_not_contiguous", [tier("0", "0.1", "10")]],
    ["tiers_not_contiguous", [tier("5", "0.1")]],
    ["tiers_not_contiguous", []],
    ["tiers_not_ascending", [tier("0", "0.1"), tier("0", "0.2")]],
    ["tiers_not_ascending", [tier("0", "0.1"), tier("9", "0.2"), tier("8", "0.3")]],
    ["rate_out_of_range", [tier("0", "1.01")]],
    ["rate_out_of_range", [tier("0", "0.1"), tier("9", "-0.01")]],
  ])("a plan is refused as %s when it is saved and wherever it is used: %j", (error, tiers) => {
    expect(resultOf("validate.plan", {}, { tiers })).toEqual({ error });
    expect(resultOf("commission.totals", { tiers }, { amounts_minor: ["5"] })).toEqual({ error });
  });

  test("a plan of contiguous tiers from 0 to 100 % is accepted", () => {
    const tiers = [tier("0", "0", "9"), tier("9", "1")];
    expect(resultOf("validate.plan", {}, { tiers })).toEqual({ ok: true });
  });

  test("money is exchanged and rounded once, whatever the decimals of the two currencies", () => {
    const fx = (from: string, to: string, amount: string, rate: string) =>
      resultOf("fx", { rate: "0.1" }, { amount_minor: amount, from, to, rate_at_date: rate });
    // 1,005 JPY at 0.0067 are 6.7335 USD; a tenth is 0.67335.
    expect(fx("JPY", "USD", "1005", "0.0067")).toEqual({ commission_minor: "67", if_rounded_twice_minor: "67" });
    // 84.507 cents: a tenth rounds to 8; rounded to 85 first, a tenth of that would round to 9.
    expect(fx("EUR", "USD", "85", "0.9942")).toEqual({ commission_minor: "8", if_rounded_twice_minor: "9" });
    expect(fx("USD", "BHD", "100", "0.376")).toEqual({ commission_minor: "38", if_rounded_twice_minor: "38" });
    expect(fx("USD", "JPY", "100", "150.00")).toEqual({ commission_minor: "15", if_rounded_twice_minor: "15" });
  });

  test("tax on a line is of its rounded net, and a penalty takes nothing where nothing was earned", () => {
    // 5,350.656 net: rounded first, 22 % are 1,177.1452; on the document 1,177.14432.
    const lines = [{ unit_price_minor: "34835", quantity: "16", discount: "0.04", tax_rate: "0.22" }];
    const totalBy = (rounding: string) => resultOf("invoice.total", {}, { tax_rounding: rounding, lines }).total_minor;
    expect([totalBy("line"), totalBy("document")]).toEqual(["652781", "652780"]);
    const penalties = [{ code: "late", amount_minor: "100" }];
    expect(resultOf("adjust", { penalties }, { base_minor: "-500" })).toMatchObject({
      lines: [{ kind: "base" }, { kind: "penalty", code: "late", amount_minor: "0" }],
      total_minor: "-500",
    });
  });

  test("a streak counts the days of its own time zone, whatever offset an instant is written with", () => {
    const plan = { timezone: "America/New_York", workdays: [1, 2, 3, 4, 5] };
    // Two in the morning in Berlin is the evening before in New York.
    const inputs = { verified_at: ["2026-03-10T02:00:00+01:00", "2026-03-10T15:00:00Z"], now: "2026-03-10T20:00:00Z" };
    expect(resultOf("streak", plan, inputs)).toEqual({ current: 2, local_days: ["2026-03-09", "2026-03-10"] });
  });

  test("what a clawback takes lies between nothing and what was earned", () => {
    const claw = (clawback: string, unserved: string) =>
      resultOf("clawback", { clawback }, { earned_minor: "1000", unserved, term: "12" }).amount_minor;
    expect(["0", "3", "12", "15"].map((unserved) => claw("pro_rata", unserved))).toEqual([
      "0",
      "-250",
      "-1000",
      "-1000",
    ]);
    expect([claw("full", "1"), claw("none", "12")]).toEqual(["-1000", "0"]);
  });

  test("a key is remembered also where its event was known, and forgotten where it was refused", () => {
    const request = (key: string, body: string, event: string) => ({ key, body, source_event: event });
    const requests = [request("a", "1", "e"), request("b", "1", "e"), request("b", "1", "e"), request("b", "2", "f")];
    expect(resultOf("idempotency", {}, { requests })).toEqual({
      results: ["posted", "duplicate_event_ignored", "replayed", "error:idempotency_key_reused"],
      ledger_entries: 1,
    });
  });
});
