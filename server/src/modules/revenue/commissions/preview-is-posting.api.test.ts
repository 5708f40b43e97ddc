import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addMonths } from "@rainmaker/contracts/time";
import { openApp, type TestApp } from "../../../../test/app.ts";
import { anyRate } from "../../../../test/generated/components.ts";
import { makeCrew, makeDeal, makeOrganization, makePayment } from "../../../../test/make.ts";
import { asOwner } from "../../../../test/sql.ts";
import { ruleOf, type StoredRule } from "../plans/plan-rule.ts";
import { ruleTotals } from "./post-credit.ts";

let app: TestApp;

beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const anyStored: fc.Arbitrary<StoredRule> = fc
  .record({
    rates: fc.array(anyRate, { minLength: 1, maxLength: 3 }),
    step: fc.integer({ min: 1, max: 20_000 }),
    tierMode: fc.constantFrom("marginal" as const, "retroactive" as const),
    tierBasis: fc.constantFrom("amount" as const, "attainment" as const),
    boundary: fc.constantFrom("lower_inclusive" as const, "upper_inclusive" as const),
    rounding: fc.constantFrom("half_up" as const, "half_even" as const),
    hasThreshold: fc.boolean(),
    cap: fc.option(fc.bigInt(0n, 9_000n), { nil: null }),
    bonus: fc.option(anyRate, { nil: null }),
  })
  .map(({ rates, step, hasThreshold, bonus, ...rule }) => {
    // Of a quota of 100.00, in quarters of it.
    const bound = (index: number): string => (rule.tierBasis === "amount" ? String(step * index) : `${index}.25`);
    return {
      ...rule,
      tiers: rates.map((rate, index) => ({ from: index === 0 ? "0" : bound(index), rate })),
      zeroQuota: "base_rate_only",
      threshold: hasThreshold ? bound(1) : null,
      bonuses: bonus === null ? [] : [{ code: "b", label: "B", rate: bonus, from: bound(1) }],
      perUnit: null,
      budget: null,
    };
  });

test("what the rules come to is what is posted, payment by payment, for plans of any kind", async () => {
  const organization = await makeOrganization(app);
  const { rep, manager, verifier } = await makeCrew(app, organization);
  const deal = await makeDeal(app, { rep, manager }, { amount: { amount: "900000.00", currency: "USD" } });
  const quota = 10_000n;
  let month = "2024-01";
  const sums = fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 2, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(anyStored, sums, async (stored, cents) => {
      month = addMonths(month, 1);
      await asOwner(
        app,
        `update plan_component set currency = 'USD', tiers = $2, tier_mode = $3, tier_basis = $4, boundary = $5, rounding = $6, threshold = $7, cap_minor = $8, bonuses = $9
         where organization_id = $1`,
        [
          organization.id,
          JSON.stringify(stored.tiers),
          stored.tierMode,
          stored.tierBasis,
          stored.boundary,
          stored.rounding,
          stored.threshold,
          stored.cap,
          JSON.stringify(stored.bonuses),
        ],
      );
      await asOwner(app, "insert into quota values ($1, $2, $3, $4, 'USD', null, now(), 1)", [
        organization.id,
        rep.id,
        month,
        quota,
      ]);
      const rule = ruleOf(stored, quota);
      let credited = 0n;
      for (const minor of cents) {
        const amount = { amount: (minor / 100).toFixed(2), currency: "USD" };
        const payment = await makePayment(app, { rep, dealId: deal.id }, { amount, valueOn: `${month}-11` });
        const body = { seenVersion: payment.version };
        await app.call("POST", `/payments/${payment.id}/approve`, { token: verifier.token, body });
        credited += BigInt(minor);
        const [{ posted }] = await asOwner(
          app,
          `select coalesce(sum(t.amount_minor), 0)::text as posted from ledger_txn t
           join commission_period p on p.organization_id = t.organization_id and p.id = t.period_id where t.organization_id = $1 and p.month = $2`,
          [organization.id, month],
        );
        expect(BigInt(posted)).toBe(ruleTotals(rule, credited).total);
      }
    }),
    { numRuns: 12, seed: 2026, endOnFailure: true },
  );
});
