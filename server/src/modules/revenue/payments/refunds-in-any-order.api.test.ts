import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { creditDeal, makeDeal, makeMember } from "../../../../test/make.ts";
import { openRefunding, type Company } from "../../../../test/refunding.ts";
import { asOwner } from "../../../../test/sql.ts";

const { app, makeCompany, post, decide, verified, refunded, replay } = await openRefunding();
afterAll(() => app.close());

describe("after any order of verifying, refunding and reversing", () => {
  type Step = { readonly kind: "verify" | "refund" | "reverse" | "won"; readonly pick: number; readonly share: number };
  const steps = fc.array(
    fc.record({
      kind: fc.constantFrom<Step["kind"]>("verify", "verify", "refund", "refund", "reverse", "won"),
      pick: fc.nat(20),
      share: fc.integer({ min: 1, max: 100 }),
    }),
    { minLength: 8, maxLength: 14 },
  );

  test("the ledger balances and pays what the engine pays on the net, split and tiered", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const company = await makeCompany("500.00");
        const deal = await splitDeal(company);
        const live: { id: string; version: number; left: number; back: number }[] = [];
        for (const step of all) await take({ ...company, dealId: deal }, live, step);
        expect(await replay(company)).toBeNull();
        const [sums] = await asOwner(
          app,
          `select (select coalesce(sum(amount_minor), 0)::text from ledger_line where organization_id = $1) as lines,
             (select coalesce(sum(amount_minor), 0)::int from verified_credit where organization_id = $1) as credited,
             (select coalesce(sum(case status when 'verified' then amount_minor - refunded_minor else 0 end), 0)::int from payment where organization_id = $1) as net,
             (select coalesce(sum(least(counted_minor, amount_minor - refunded_minor)), 0)::int from payment where organization_id = $1 and status = 'verified') as counted`,
          [company.id],
        );
        expect(sums).toEqual({
          lines: "0",
          credited: sums.counted,
          counted: sums.counted,
          net: live.reduce((sum, { left }) => sum + left, 0),
        });
      }),
      { numRuns: 4, seed: 2026 },
    );
  });

  /** A deal of two people and an overlay, on a plan with two rates. */
  async function splitDeal(company: Company): Promise<string> {
    await asOwner(
      app,
      `set session_replication_role = replica;
       update plan_component set tiers = '[{"from":"0","rate":"0.0333"},{"from":"9000","rate":"0.0777"}]' where organization_id = '${company.id}'`,
    );
    const colleague = await makeMember(app, company, ["sales_rep"]);
    const deal = await makeDeal(app, { rep: company.rep });
    await creditDeal(app, company, deal, [
      [company.rep, 6_667],
      [colleague, 3_333],
      [company.manager, 2_500, "overlay"],
    ]);
    await post(`/deals/${deal.id}/submit`, company.rep);
    expect((await post(`/deals/${deal.id}/approve`, company.admin)).status).toBe(200);
    return deal.id;
  }

  const must = ({ status, text }: { status: number; text: string }) => {
    if (status !== 201) throw new Error(text);
  };

  async function take(
    company: Company,
    live: { id: string; version: number; left: number; back: number }[],
    { kind, pick, share }: Step,
  ): Promise<void> {
    const cents = (minor: number) => (minor / 100).toFixed(2);
    const chosen = live[pick % Math.max(1, live.length)];
    if (kind === "verify" || chosen === undefined) {
      const minor = 17 * share + pick;
      live.push({ ...(await verified(cents(minor), {}, company)), left: minor, back: 0 });
      return;
    }
    const body = await app.call("GET", `/payments/${chosen.id}`, { token: company.rep.token });
    if (body.body.status !== "verified") return;
    if (kind === "reverse") {
      const reversal = { verdict: "reversed", seenVersion: body.body.version, note: "By mistake" };
      must(await decide(chosen.id, company.second, reversal));
      chosen.left = 0;
      return;
    }
    const most = kind === "won" ? chosen.back : chosen.left;
    const minor = Math.ceil((most * share) / 100);
    if (minor === 0) return;
    const fields = { kind: kind === "won" ? "chargeback_won" : "chargeback" };
    must(await refunded(chosen.id, cents(minor), fields, company));
    chosen.left += kind === "won" ? minor : -minor;
    chosen.back += kind === "won" ? -minor : minor;
  }
});
