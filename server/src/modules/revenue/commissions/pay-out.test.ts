import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyPayment } from "../payments/apply-payment.ts";
import { invoiceTotal } from "../invoices/invoice-total.ts";
import { parseRational, rational } from "../money/rational.ts";
import { statementsOf } from "../statements/carry-forward.ts";
import { adjust, type Adjustment } from "./adjust.ts";
import { applyDraw, holdBack, paySpiff } from "./pay-out.ts";
import { splitCommission } from "./split-commission.ts";
import { mirrorRefunds } from "./take-back.ts";

const sumOf = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n);
const minor = fc.bigInt(0n, 10n ** 9n);
const signed = fc.bigInt(-(10n ** 9n), 10n ** 9n);
const shares = fc
  .integer({ min: 0, max: 10_000 })
  .map((share) => (share === 10_000 ? "1" : `0.${String(share).padStart(4, "0")}`));
const adjustments: fc.Arbitrary<readonly Adjustment[]> = fc.array(
  fc.oneof(
    fc.record({ code: fc.constant("share"), rate: shares }),
    fc.record({ code: fc.constant("sum"), amount: fc.bigInt(0n, 10n ** 6n) }),
  ),
  { maxLength: 4 },
);

describe("adjust", () => {
  const rules = fc.record({
    bonuses: adjustments,
    penalties: adjustments,
    cap: fc.option(minor, { nil: null }),
    rounding: fc.constantFrom("half_up" as const, "half_even" as const),
  });

  test("its lines add up to its total, which no penalty takes below zero and which never exceeds the cap", () => {
    fc.assert(
      fc.property(minor, rules, (base, rule) => {
        const { lines, total } = adjust(base, rule);
        expect(base + sumOf(lines.map(({ amount }) => amount))).toBe(total);
        expect(total).toBeGreaterThanOrEqual(0n);
        expect(total).toBeLessThanOrEqual(rule.cap ?? total);
        expect(lines.filter(({ kind }) => kind !== "cap")).toHaveLength(rule.bonuses.length + rule.penalties.length);
      }),
    );
  });

  test("bonuses are shares of the base, in whatever order they stand", () => {
    fc.assert(
      fc.property(signed, adjustments, (base, bonuses) => {
        const rule = { penalties: [], cap: null, rounding: "half_up" as const };
        const forward = adjust(base, { ...rule, bonuses });
        expect(adjust(base, { ...rule, bonuses: bonuses.toReversed() }).total).toBe(forward.total);
      }),
    );
  });
});

describe("applyDraw", () => {
  const draw = fc.record({ amount: minor, isRecoverable: fc.boolean() });

  test("pays at least the draw, and everything advanced is paid back or still owed", () => {
    fc.assert(
      fc.property(draw, fc.array(signed, { maxLength: 24 }), (rule, earnings) => {
        const rows = applyDraw(rule, earnings);
        for (const { gross, advance, recovered, net, owed } of rows) {
          expect(net).toBe(gross + advance - recovered);
          expect(net).toBeGreaterThanOrEqual(rule.amount);
          expect(owed).toBeGreaterThanOrEqual(0n);
        }
        const given = sumOf(rows.map(({ advance, recovered }) => advance - recovered));
        expect(rows.at(-1)?.owed ?? 0n).toBe(rule.isRecoverable ? given : 0n);
        expect(rows.some(({ recovered }) => recovered > 0n) && !rule.isRecoverable).toBe(false);
      }),
    );
  });
});

describe("holdBack and paySpiff", () => {
  test("what is held and what is paid now add up to what was earned, and neither is of the other sign", () => {
    fc.assert(
      fc.property(minor, shares, (gross, share) => {
        const { held, paidNow } = holdBack(gross, parseRational(share));
        expect(held + paidNow).toBe(gross);
        expect(held >= 0n && paidNow >= 0n).toBe(true);
      }),
    );
  });

  test("a SPIFF pays everybody the same until its budget is used up, and never a unit more", () => {
    fc.assert(
      fc.property(minor, fc.option(minor, { nil: null }), fc.integer({ min: 0, max: 40 }), (perUnit, budget, count) => {
        const payouts = paySpiff(perUnit, budget, count);
        const asked = perUnit * BigInt(count);
        expect(sumOf(payouts)).toBe(budget !== null && budget < asked ? budget : asked);
        expect(payouts.toSorted((a, b) => (a > b ? -1 : a < b ? 1 : 0))).toEqual(payouts);
      }),
    );
  });
});

describe("mirrorRefunds", () => {
  test("leaves nothing with anybody once everything went back, in however many parts", () => {
    const parts = fc.array(fc.bigInt(1n, 10n ** 6n), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(parts, fc.array(signed, { minLength: 1, maxLength: 5 }), (refunds, original) => {
        const { steps, refunded, net } = mirrorRefunds(sumOf(refunds), original, refunds);
        expect(refunded).toBe(sumOf(refunds));
        expect(net).toEqual(original.map(() => 0n));
        const taken = original.map((_, line) =>
          sumOf(steps.map((step) => ("reversals" in step ? (step.reversals[line] ?? 0n) : 0n))),
        );
        expect(taken).toEqual(original.map((line) => -line));
      }),
    );
  });

  test("never gives back more than came in, and a refused refund changes nothing", () => {
    fc.assert(
      fc.property(minor, fc.array(signed, { maxLength: 12 }), (payment, refunds) => {
        const { steps, refunded } = mirrorRefunds(payment, [payment], refunds);
        expect(refunded).toBeLessThanOrEqual(payment);
        const accepted = refunds.filter((_, index) => "reversals" in (steps[index] ?? {}));
        expect(mirrorRefunds(payment, [payment], accepted).refunded).toBe(refunded);
      }),
    );
  });
});

describe("splitCommission", () => {
  test("divides all of the credit, and overrides are on top of it", () => {
    const weights = fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 0, maxLength: 4 });
    fc.assert(
      fc.property(signed, weights, (amount, parts) => {
        const rest = 10_000 - parts.reduce((sum, part) => sum + part, 0);
        const participants = [...parts, rest].map((basisPoints, index) => ({
          id: `p${index}`,
          basisPoints,
          commissionOn: (credit: bigint) => credit,
        }));
        const lines = splitCommission(amount, participants, [{ id: "lead", commissionOn: (credit) => credit }]);
        expect(sumOf(lines.map(({ credit }) => credit))).toBe(amount);
        expect(lines.at(-1)).toEqual({ participant: "lead", credit: 0n, isOverride: true, commission: amount });
      }),
    );
  });

  test("refuses two overrides of one person", () => {
    const everything = { basisPoints: 10_000, commissionOn: () => 0n };
    const twice = [
      { id: "lead", commissionOn: () => 0n },
      { id: "lead", commissionOn: () => 0n },
    ];
    expect(() => splitCommission(1n, [{ id: "a", ...everything }], twice)).toThrow("two overrides");
  });
});

describe("statementsOf", () => {
  const periods = Array.from({ length: 6 }, (_, index) => ({ id: `p${index}`, isOpen: index > 2 }));
  const entries = fc.array(
    fc.record({
      id: fc.uuid(),
      period: fc.constantFrom(...periods.map(({ id }) => id)),
      amount: signed,
      isLate: fc.boolean(),
    }),
    { maxLength: 30 },
  );

  test("never pays less than nothing, and everything earned is paid or carried forward", () => {
    fc.assert(
      fc.property(entries, (all) => {
        const { rows } = statementsOf(periods, all);
        expect(rows.every(({ payable, carriedForward }) => payable >= 0n && carriedForward <= 0n)).toBe(true);
        const paid = sumOf(rows.map(({ payable }) => payable)) + (rows.at(-1)?.carriedForward ?? 0n);
        expect(paid).toBe(sumOf(all.map(({ amount }) => amount)));
      }),
    );
  });

  test("what comes late changes no closed period, and says which one it adjusts", () => {
    fc.assert(
      fc.property(entries, (all) => {
        const { rows, reposted } = statementsOf(periods, all);
        const inTime = statementsOf(
          periods,
          all.filter(({ isLate }) => !isLate),
        );
        expect(rows.slice(0, 3)).toEqual(inTime.rows.slice(0, 3));
        const late = all.filter(({ isLate, period }) => isLate && period < "p3");
        expect(reposted).toEqual(late.map(({ id, period }) => ({ id, posted: "p3", adjusts: period })));
      }),
    );
  });
});

describe("applyPayment and invoiceTotal", () => {
  test("what is applied and what is left over add up to the payment, and no invoice gets more than is due", () => {
    const invoices = fc
      .array(minor, { maxLength: 8 })
      .map((all) => all.map((due, index) => ({ id: `i${index}`, due })));
    fc.assert(
      fc.property(minor, invoices, (payment, open) => {
        const { allocations, unapplied } = applyPayment(payment, open);
        expect(sumOf(allocations.map(({ applied }) => applied)) + unapplied).toBe(payment);
        for (const { invoice, applied, status } of allocations) {
          const due = open.find(({ id }) => id === invoice)?.due ?? 0n;
          expect(applied > 0n && applied <= due).toBe(true);
          expect(status).toBe(applied === due ? "paid" : "partially_paid");
        }
        const due = sumOf(open.map((invoice) => invoice.due));
        expect(unapplied).toBe(payment > due ? payment - due : 0n);
      }),
    );
  });

  test("tax on the document and tax on its lines differ by at most half a unit a line and rate", () => {
    const line = fc.record({
      unitPrice: fc.bigInt(0n, 10n ** 6n),
      quantity: fc.bigInt(0n, 100n).map((quantity) => rational(quantity)),
      discount: fc.constant(rational(0n)),
      taxRate: fc.constantFrom("0", "0.055", "0.22").map(parseRational),
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const [whole, each] = [invoiceTotal(lines, "document"), invoiceTotal(lines, "line")];
        expect(each.net).toBe(whole.net);
        const difference = each.tax > whole.tax ? each.tax - whole.tax : whole.tax - each.tax;
        expect(2n * difference).toBeLessThanOrEqual(BigInt(lines.length + 3));
      }),
    );
  });
});
