import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inRead, systemCaller } from "#platform/tenant";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  creditDeal,
  makeCrew,
  makeDeal,
  makeMember,
  makeOrganization,
  makePayment,
  statusesOf,
  type Crew,
  type MadeOrganization,
  type Person,
} from "../../../../test/make.ts";
import { asOwner } from "../../../../test/sql.ts";
import { replayAllPeriods } from "./ledger-replay.query.ts";

let app: TestApp;

beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

type Company = MadeOrganization & { readonly crew: Crew & { readonly teamId: string } };

/** An organization whose only rule says this. */
async function makeCompany(rule: Readonly<Record<string, unknown>>): Promise<Company> {
  const organization = await makeOrganization(app);
  const columns = Object.keys(rule);
  const values = Object.values(rule).map((value) => (typeof value === "object" ? JSON.stringify(value) : value));
  await asOwner(
    app,
    `update plan_component set ${columns.map((column, index) => `${column} = $${index + 2}`).join(", ")} where organization_id = $1`,
    [organization.id, ...values],
  );
  return { ...organization, crew: await makeCrew(app, organization) };
}

const tiers = (...rows: [string, string][]) => rows.map(([from, rate]) => ({ from, rate }));
const money = (amount: string, currency = "USD") => ({ amount, currency });

async function earn(company: Company, dealId: string, amount: string, fields = {}): Promise<{ id: string }> {
  const { rep, verifier } = company.crew;
  const payment = await makePayment(app, { rep, dealId }, { amount: money(amount), ...fields });
  const body = { seenVersion: payment.version };
  const verified = await app.call("POST", `/payments/${payment.id}/approve`, { token: verifier.token, body });
  expect([verified.status, verified.text]).toEqual([201, expect.any(String)]);
  return payment;
}

async function reverse(company: Company, paymentId: string): Promise<void> {
  const second = await makeMember(app, company, ["verifier"]);
  const { body: seen } = await app.call("GET", `/payments/${paymentId}`, { token: second.token });
  const body = { verdict: "reversed", seenVersion: seen.version, note: "By mistake" };
  expect((await app.call("POST", `/payments/${paymentId}/decisions`, { token: second.token, body })).status).toBe(201);
}

const lines = async (by: Person): Promise<any[]> =>
  (await app.call("GET", "/commissions?limit=200", { token: by.token })).body.items;
const kinds = async (by: Person) =>
  (await lines(by)).map(({ kind, reason, amount }) => `${kind ?? reason} ${amount.amount}`).toReversed();
const earned = async (by: Person, month = "2026-11") =>
  (await app.call("GET", `/statements/${month}`, { token: by.token })).body.totals.map((total: any) => total.earned);

async function followsFromPayments({ id }: Company): Promise<void> {
  const { workplace } = app.runtime;
  const read = await inRead(workplace, await systemCaller(workplace, id, app.now()), "snapshot", replayAllPeriods);
  expect(read.difference).toBeNull();
}

describe("a retroactive plan", () => {
  test("trues every earlier payment up when its tier is reached and down when money goes back, line by line", async () => {
    const company = await makeCompany({ tiers: tiers(["0", "0.05"], ["100000", "0.08"]), tier_mode: "retroactive" });
    const { rep } = company.crew;
    const deal = await makeDeal(app, company.crew, { amount: money("5000.00") });
    await earn(company, deal.id, "400.00");
    await earn(company, deal.id, "500.00");
    const third = await earn(company, deal.id, "300.00");
    expect(await kinds(rep)).toEqual([
      "earned 20.00",
      "earned 25.00",
      "true_up 12.00",
      "true_up 15.00",
      "earned 24.00",
    ]);
    expect(await earned(rep)).toEqual([money("96.00")]);
    const [, , trueUp] = (await lines(rep)).toReversed();
    expect(trueUp.trace).toMatchObject({
      trueUp: { cause: expect.stringMatching(/^PAY-/), before: "20.00", after: "32.00" },
      credit: { amount: "400.00" },
      tiers: [{ rate: "0.08", commission: "32.00" }],
      rounded: "12.00",
    });
    expect(trueUp.payment.number).not.toBe(trueUp.trace.trueUp.cause);
    await reverse(company, third.id);
    expect((await kinds(rep)).slice(5).toSorted()).toEqual(["reversal -24.00", "true_up -12.00", "true_up -15.00"]);
    expect(await earned(rep)).toEqual([money("45.00")]);
    await followsFromPayments(company);
  });

  test("posts what twenty payments verified at once earn together", async () => {
    const company = await makeCompany({ tiers: tiers(["0", "0.0333"], ["77700", "0.0777"]), tier_mode: "retroactive" });
    const { rep, verifier } = company.crew;
    const deal = await makeDeal(app, company.crew, { amount: money("5000.00") });
    const payments = [];
    for (let count = 0; count < 20; count += 1) {
      payments.push(await makePayment(app, { rep, dealId: deal.id }, { amount: money("77.77") }));
    }
    const replies = await Promise.all(
      payments.map(({ id, version }) =>
        app.call("POST", `/payments/${id}/approve`, { token: verifier.token, body: { seenVersion: version } }),
      ),
    );
    expect(statusesOf(replies)).toEqual(payments.map(() => 201));
    // 1,555.40 at 7.77 % are 120.85458.
    expect(await earned(rep)).toEqual([money("120.85")]);
    await followsFromPayments(company);
  });
});

describe("what stands beside the rates", () => {
  test("a threshold pays nothing below it, says so, and everything from the first unit once it is reached", async () => {
    const company = await makeCompany({ threshold: "50000", tiers: tiers(["0", "0.1"]) });
    const deal = await makeDeal(app, company.crew);
    await earn(company, deal.id, "300.00");
    expect(await kinds(company.crew.rep)).toEqual(["below_threshold 0.00"]);
    await earn(company, deal.id, "200.00");
    expect(await kinds(company.crew.rep)).toEqual(["below_threshold 0.00", "true_up 30.00", "earned 20.00"]);
    await followsFromPayments(company);
  });

  test("attainment of a quota decides the rate, bonuses come on top, and the cap is a line of its own", async () => {
    const company = await makeCompany({
      currency: "USD",
      tiers: tiers(["0", "0.05"], ["1", "0.1"]),
      tier_basis: "attainment",
      cap_minor: 9_000,
      bonuses: [
        { code: "loyal", label: "Loyalty", rate: "0.1", from: null },
        { code: "over", label: "Above quota", amount: "1500", from: "1" },
      ],
    });
    const { rep } = company.crew;
    await asOwner(app, "insert into quota values ($1, $2, '2026-11', 50000, 'USD', null, now(), 1)", [
      company.id,
      rep.id,
    ]);
    const deal = await makeDeal(app, company.crew, { amount: money("5000.00") });
    await earn(company, deal.id, "400.00");
    const second = await earn(company, deal.id, "400.00");
    // 400.00 at 5 %; then 100.00 at 5 % and 300.00 at 10 %, 15.00 above the quota.
    expect(await kinds(rep)).toEqual(["earned 20.00", "bonus 2.00", "earned 35.00", "bonus 3.50", "bonus 15.00"]);
    const [first] = (await lines(rep)).toReversed();
    expect(first.trace.quota).toEqual({ amount: "500.00", before: "0.0000", after: "0.8000" });
    await earn(company, deal.id, "400.00");
    // 40.00 and 4.00 more would make 119.50.
    expect((await kinds(rep)).slice(5)).toEqual(["earned 40.00", "bonus 4.00", "cap -29.50"]);
    expect(await earned(rep)).toEqual([money("90.00")]);
    await reverse(company, second.id);
    // 800.00 again: 55.00, 5.50 and 15.00.
    expect(await earned(rep)).toEqual([money("75.50")]);
    await followsFromPayments(company);
  });

  test("without a quota there is no attainment: the first rate", async () => {
    const company = await makeCompany({ tiers: tiers(["0", "0.05"], ["1", "0.1"]), tier_basis: "attainment" });
    await earn(company, (await makeDeal(app, company.crew)).id, "400.00");
    expect(await kinds(company.crew.rep)).toEqual(["earned 20.00"]);
  });

  test("a SPIFF pays each deal once until its budget is used up, also under payments at once", async () => {
    const company = await makeCompany({
      kind: "spiff",
      tiers: [],
      currency: "USD",
      per_unit_minor: 5_000,
      budget_minor: 12_000,
    });
    const { rep, verifier } = company.crew;
    const deals = [];
    for (let count = 0; count < 4; count += 1) deals.push(await makeDeal(app, company.crew));
    const payments = [];
    for (const { id } of deals) payments.push(await makePayment(app, { rep, dealId: id }, { amount: money("100.00") }));
    await Promise.all(
      payments.map(({ id, version }) =>
        app.call("POST", `/payments/${id}/approve`, { token: verifier.token, body: { seenVersion: version } }),
      ),
    );
    expect((await kinds(rep)).toSorted()).toEqual(["budget_spent 0.00", "spiff 20.00", "spiff 50.00", "spiff 50.00"]);
    await earn(company, deals[0]?.id ?? "", "100.00");
    expect(await earned(rep)).toEqual([money("120.00")]);
    await followsFromPayments(company);
  });
});

describe("who earns on what others are credited", () => {
  test("a leader earns on the whole of the team, on top, whoever is verified at once, and gives back the same", async () => {
    const company = await makeCompany({ tiers: tiers(["0", "0.06"]) });
    const { rep, manager, verifier, teamId } = company.crew;
    await asOwner(app, "update team set leader_id = $2 where id = $1", [teamId, manager.id]);
    await asOwner(
      app,
      `with p as (insert into plan values ($1, gen_random_uuid(), 'Leaders', false, now()) returning id),
         v as (insert into plan_version (organization_id, id, plan_id, version, status, created_at) select $1, gen_random_uuid(), p.id, 1, 'draft', now() from p returning id, plan_id),
         c as (insert into plan_component (organization_id, id, plan_version_id, name, basis, credit_kind, tier_mode, tiers, rounding)
           select $1, gen_random_uuid(), id, 'Override', 'payment', 'team', 'marginal', '[{"from":"0","rate":"0.01"}]', 'half_up' from v),
         e as (insert into plan_effective select $1, plan_id, id, '(,)' from v)
       insert into plan_assignment select $1, id, $2, '(,)' from p`,
      [company.id, manager.id],
    );
    const colleague = await makeMember(app, company, ["sales_rep"], teamId);
    await asOwner(app, "update team_membership set during = '[2026-11-01,)' where organization_id = $1", [company.id]);
    const deals = [await makeDeal(app, company.crew), await makeDeal(app, { rep: colleague, manager })];
    const payments = [];
    for (let count = 0; count < 8; count += 1) {
      const [owner, deal] = count % 2 === 0 ? [rep, deals[0]] : [colleague, deals[1]];
      payments.push(await makePayment(app, { rep: owner, dealId: deal?.id ?? "" }, { amount: money("33.33") }));
    }
    const replies = await Promise.all(
      payments.map(({ id, version }) =>
        app.call("POST", `/payments/${id}/approve`, { token: verifier.token, body: { seenVersion: version } }),
      ),
    );
    expect(statusesOf(replies)).toEqual(payments.map(() => 201));
    // 266.64 at 1 %.
    expect(await earned(manager)).toEqual([money("2.67")]);
    expect((await lines(manager))[0].trace.credit).toEqual({ kind: "team", basisPoints: 10_000, amount: "33.33" });
    for (const { id } of payments) await reverse(company, id);
    expect([await earned(manager), await earned(rep)]).toEqual([[money("0.00")], [money("0.00")]]);
    await followsFromPayments(company);
  });

  test("a credit that is divided is paid by each one's own total, with overlays beside it", async () => {
    const company = await makeCompany({ tiers: tiers(["0", "0.05"], ["20000", "0.1"]), tier_mode: "retroactive" });
    const { rep } = company.crew;
    const second = await makeMember(app, company, ["sales_rep"]);
    const deal = await makeDeal(app, { rep });
    await creditDeal(app, company, deal, [
      [rep, 6_000],
      [second, 4_000],
    ]);
    await app.call("POST", `/deals/${deal.id}/submit`, { token: rep.token });
    await app.call("POST", `/deals/${deal.id}/approve`, { token: company.admin.token });
    await earn(company, deal.id, "200.00");
    await earn(company, deal.id, "200.00");
    // 240.00 at 10 %; 160.00 at 5 %.
    expect([await earned(rep), await earned(second)]).toEqual([[money("24.00")], [money("8.00")]]);
    await followsFromPayments(company);
  });
});

describe("a plan in one currency", () => {
  test("counts others at the rate of the day the money arrived, rounds once, and takes back at that rate", async () => {
    const company = await makeCompany({ currency: "USD", tiers: tiers(["0", "0.05"], ["20000", "0.1"]) });
    const { rep, verifier } = company.crew;
    const euro = await makeDeal(app, company.crew, { amount: money("900.00", "EUR") });
    const payment = await makePayment(app, { rep, dealId: euro.id }, { amount: money("100.00", "EUR") });
    const approve = () =>
      app.call("POST", `/payments/${payment.id}/approve`, {
        token: verifier.token,
        body: { seenVersion: payment.version },
      });
    const refused = await approve();
    expect([refused.status, refused.body.code]).toEqual([409, "exchange_rate_missing"]);
    const rate = (day: string, value: string) =>
      asOwner(app, "insert into exchange_rate values ($1, 'EUR', 'USD', $2, $3, 'ECB', null, now())", [
        company.id,
        day,
        value,
      ]);
    const [{ on }] = await asOwner(app, "select value_on::text as on from payment where id = $1", [payment.id]);
    await rate(on, "1.0837");
    expect((await approve()).status).toBe(201);
    await earn(company, (await makeDeal(app, company.crew)).id, "100.00");
    // 108.37 + 100.00: 200.00 at 5 % and 8.37 at 10 %.
    expect(await earned(rep)).toEqual([money("10.84")]);
    const line = (await lines(rep)).find(({ trace }) => trace.exchange !== undefined);
    expect(line).toMatchObject({
      payment: { amount: money("100.00", "EUR") },
      amount: money("5.42"),
      trace: { exchange: { from: "EUR", to: "USD", rate: "1.0837", on, paid: "100.00", credited: "108.37" } },
    });
    await reverse(company, payment.id);
    expect(await earned(rep)).toEqual([money("5.00")]);
    await followsFromPayments(company);
  });
});

describe("what goes back of a closed month", () => {
  test("is what that payment came to then, with its true-ups and bonuses, in the next open one", async () => {
    const company = await makeCompany({
      tiers: tiers(["0", "0.05"], ["40000", "0.1"]),
      tier_mode: "retroactive",
      bonuses: [{ code: "b", label: "Extra", rate: "0.5", from: null }],
    });
    const deal = await makeDeal(app, company.crew, { amount: money("5000.00") });
    const first = await earn(company, deal.id, "300.00", { valueOn: "2026-10-05" });
    await earn(company, deal.id, "200.00", { valueOn: "2026-10-06" });
    expect(await earned(company.crew.rep, "2026-10")).toEqual([money("75.00")]);
    await asOwner(app, "update commission_period set state = 'closing' where organization_id = $1", [company.id]);
    await reverse(company, first.id);
    // 15.00 base, 15.00 true-up and 7.50 bonus were posted on it.
    expect(await earned(company.crew.rep)).toEqual([money("-37.50")]);
    expect(await earned(company.crew.rep, "2026-10")).toEqual([money("75.00")]);
    await followsFromPayments(company);
  });
});
