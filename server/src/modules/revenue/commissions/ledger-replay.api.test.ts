import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inRead, systemCaller } from "#platform/tenant";
import { openApp, type TestApp } from "../../../../test/app.ts";
import { runCli } from "../../../../test/cli.ts";
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
} from "../../../../test/make.ts";
import { asOwner } from "../../../../test/sql.ts";
import { replayAllPeriods } from "./ledger-replay.query.ts";

let app: TestApp;

beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

type Company = MadeOrganization & { readonly crew: Crew };

async function makeCompany(): Promise<Company> {
  const organization = await makeOrganization(app);
  return { ...organization, crew: await makeCrew(app, organization) };
}

const replay = async ({ id }: Company) => {
  const { workplace } = app.runtime;
  return inRead(workplace, await systemCaller(workplace, id, app.now()), "snapshot", replayAllPeriods);
};

async function earn({ crew }: Company, dealId: string, amount: string, fields = {}): Promise<string> {
  const money = { amount: { amount, currency: "USD" }, ...fields };
  const payment = await makePayment(app, { rep: crew.rep, dealId }, money);
  const body = { seenVersion: payment.version };
  const verified = await app.call("POST", `/payments/${payment.id}/approve`, { token: crew.verifier.token, body });
  expect(verified.status).toBe(201);
  return verified.body.number;
}

/** As somebody who owns the database and switches its guards off. */
const tamper = (statement: string) => asOwner(app, `set session_replication_role = replica; ${statement}`);
const setTiers = (company: Company, tiers: readonly { from: string; rate: string }[]) =>
  asOwner(app, "update plan_component set tiers = $2 where organization_id = $1", [company.id, JSON.stringify(tiers)]);

describe("replaying all periods", () => {
  test("finds the ledger of a busy organization as calculated: splits, overlays, tiers, months, currencies, nothing", async () => {
    const company = await makeCompany();
    await setTiers(company, [
      { from: "0", rate: "0.0333" },
      { from: "20000", rate: "0.0777" },
    ]);
    const { rep } = company.crew;
    const second = await makeMember(app, company, ["sales_rep"]);
    const shared = await makeDeal(app, { rep });
    await creditDeal(app, company, shared, [
      [rep, 6_667],
      [second, 3_333],
      [company.crew.manager, 2_500, "overlay"],
    ]);
    await app.call("POST", `/deals/${shared.id}/submit`, { token: rep.token });
    await app.call("POST", `/deals/${shared.id}/approve`, { token: company.admin.token });
    const euro = { amount: { amount: "500.00", currency: "EUR" } };
    const abroad = await makeDeal(app, company.crew, euro);
    for (const amount of ["0.05", "77.77", "0.04", "133.33", "0.01"]) await earn(company, shared.id, amount);
    await earn(company, shared.id, "50.00", { valueOn: "2026-10-31" });
    await earn(company, abroad.id, "0", euro);
    const { postings, difference } = await replay(company);
    expect(difference).toBeNull();
    expect(postings).toBeGreaterThanOrEqual(6);
  });

  test("follows the order of posting where many are verified at once, some of them earning nothing yet", async () => {
    const company = await makeCompany();
    await setTiers(company, [
      { from: "0", rate: "0" },
      { from: "30000", rate: "0.0725" },
    ]);
    const deal = await makeDeal(app, company.crew, { amount: { amount: "5000.00", currency: "USD" } });
    const { rep, verifier } = company.crew;
    const payments = [];
    for (const cents of [33, 7, 1, 88, 45, 19, 62, 3, 91, 27]) {
      const amount = { amount: `77.${String(cents).padStart(2, "0")}`, currency: "USD" };
      payments.push(await makePayment(app, { rep, dealId: deal.id }, { amount }));
    }
    const replies = await Promise.all(
      payments.map(({ id, version }) =>
        app.call("POST", `/payments/${id}/approve`, { token: verifier.token, body: { seenVersion: version } }),
      ),
    );
    expect(statusesOf(replies)).toEqual(payments.map(() => 201));
    const { postings, difference } = await replay(company);
    expect([postings < payments.length, difference]).toEqual([true, null]);
  });

  test("books what came late where it was booked", async () => {
    const company = await makeCompany();
    const deal = await makeDeal(app, company.crew);
    await earn(company, deal.id, "100.00", { valueOn: "2026-09-02" });
    await asOwner(app, "update commission_period set state = 'closing' where organization_id = $1", [company.id]);
    await earn(company, deal.id, "100.00", { valueOn: "2026-09-30" });
    await earn(company, deal.id, "0.01", { valueOn: "2026-09-30" });
    expect(await replay(company)).toEqual({ postings: 2, difference: null });
  });
});

describe("a ledger that somebody changed", () => {
  const dollars = (amount: string) => ({ amount, currency: "USD" });
  const where = (company: Company) => `organization_id = '${company.id}'`;
  // Every amount here is of the second of three payments: 200.00 at 6 %.
  const second = (company: Company) => `${where(company)} and amount_minor = 1200`;
  const txns = (company: Company) => `(select id from ledger_txn where ${second(company)})`;

  const changes: readonly [string, (company: Company) => string, string, string, string][] = [
    [
      "a line",
      (company) => `update ledger_line set amount_minor = 1300 where ${second(company)}`,
      "payable",
      "12.00",
      "13.00",
    ],
    [
      "the other line",
      (company) =>
        `update ledger_line set amount_minor = -1300 where txn_id in ${txns(company)} and account = 'expense'`,
      "expense",
      "-12.00",
      "-13.00",
    ],
    [
      "a whole posting",
      (company) => `update ledger_line set amount_minor = sign(amount_minor) * 5 where txn_id in ${txns(company)};
        update ledger_txn set amount_minor = 5 where ${second(company)}`,
      "commission",
      "12.00",
      "0.05",
    ],
    [
      "what it counted",
      (company) => `update ledger_txn set credited_minor = 19999 where ${second(company)}`,
      "credit",
      "200.00",
      "199.99",
    ],
    [
      "its explanation",
      (company) => `update ledger_txn set trace = jsonb_set(trace, '{rounded}', '"12.01"') where ${second(company)}`,
      "explanation",
      "12.00",
      "12.01",
    ],
    [
      "a posting that is gone",
      (company) =>
        `delete from ledger_line where txn_id in ${txns(company)}; delete from ledger_txn where ${second(company)}`,
      "commission",
      "12.00",
      "0.00",
    ],
    [
      "a posting nobody earned",
      (company) => `update ledger_txn set source_event = gen_random_uuid() where ${second(company)}`,
      "commission",
      "0.00",
      "12.00",
    ],
    [
      "the payment itself",
      (company) =>
        `update payment set amount_minor = 30000, counted_minor = 30000 where ${where(company)} and amount_minor = 20000`,
      "commission",
      "18.00",
      "12.00",
    ],
  ];

  test.each(changes)(
    "%s: the payment, the person and both amounts are named",
    async (_what, change, what, expected, posted) => {
      const company = await makeCompany();
      const deal = await makeDeal(app, company.crew);
      await earn(company, deal.id, "100.00");
      const payment = await earn(company, deal.id, "200.00");
      await earn(company, deal.id, "300.00");
      expect((await replay(company)).difference).toBeNull();
      await tamper(change(company));
      const [rep] = await asOwner(app, "select name from member where id = $1", [company.crew.rep.id]);
      expect((await replay(company)).difference).toEqual({
        payment,
        participant: rep.name,
        month: "2026-11",
        what,
        expected: dollars(expected),
        posted: dollars(posted),
      });
    },
  );

  test("a running total that the next posting would start from is named, too", async () => {
    const company = await makeCompany();
    await earn(company, (await makeDeal(app, company.crew)).id, "100.00");
    await tamper(`update commission_accumulator set credited_minor = credited_minor + 1 where ${where(company)}`);
    expect((await replay(company)).difference).toMatchObject({
      payment: null,
      what: "running credit",
      expected: dollars("100.00"),
      posted: dollars("100.01"),
    });
  });
});

describe("ledger verify at a terminal", () => {
  test("ends well while ledgers follow from their payments, and with 1 and the first difference when one does not", async () => {
    const own = await openApp();
    try {
      const organization = await makeOrganization(own);
      const crew = await makeCrew(own, organization);
      const deal = await makeDeal(own, crew);
      const payment = await makePayment(own, { rep: crew.rep, dealId: deal.id });
      const body = { seenVersion: payment.version };
      await own.call("POST", `/payments/${payment.id}/approve`, { token: crew.verifier.token, body });
      const { ownerUrl, masterKey, jwtKey } = own.database;
      const env = { DATABASE_URL: ownerUrl, MASTER_KEY: masterKey, JWT_KEY: jwtKey };

      const sound = await runCli(["ledger", "verify"], env);
      expect([sound.code, sound.stderr]).toEqual([0, ""]);
      expect(sound.stdout).toContain(`(${organization.id}): 1 postings, as calculated`);

      await asOwner(
        own,
        "set session_replication_role = replica; update ledger_line set amount_minor = 601 where account = 'payable'",
      );
      const broken = await runCli(["ledger", "verify"], env);
      expect(broken.code).toBe(1);
      expect(broken.stdout).toMatch(/PAY-\d+, .+, 2026-11: payable expected 6\.00 USD, posted 6\.01 USD/);
      expect(broken.stderr).toContain("1 ledgers do not follow from their verified payments.");
    } finally {
      await own.close();
    }
  });
});
