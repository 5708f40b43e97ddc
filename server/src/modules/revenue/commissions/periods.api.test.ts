import { afterAll, describe, expect, test } from "vitest";
import { dollars, openEarning, type Company } from "../../../../test/earning.ts";
import { makeDeal, makeMember, makeOrganization, makeCrew, type Person } from "../../../../test/make.ts";
import { asOwner, asServerRole } from "../../../../test/sql.ts";

const { app, makeCompany, earn, list, statement } = await openEarning();
afterAll(() => app.close());

describe("periods", () => {
  const close = (company: Company, month: string, state: string) =>
    asOwner(
      app,
      `insert into commission_period (organization_id, id, month, state, created_at) values ($1, gen_random_uuid(), $2, $3, now())
       on conflict (organization_id, month) do update set state = excluded.state`,
      [company.id, month, state],
    );

  test("a payment belongs to the month its money arrived, and each month begins at the first tier", async () => {
    const company = await makeCompany([
      { from: "0", rate: "0.01" },
      { from: "10000", rate: "0.1" },
    ]);
    const deal = await makeDeal(app, company.crew);
    await earn(company, deal.id, "150.00", { valueOn: "2026-10-31" });
    await earn(company, deal.id, "150.00", { valueOn: "2026-11-01" });
    const earned = async (month: string) => (await statement(company.crew.rep, month)).body.totals[0].earned.amount;
    // 100.00 at 1 % and 50.00 at 10 %, in both.
    expect([await earned("2026-10"), await earned("2026-11")]).toEqual(["6.00", "6.00"]);
    expect((await list(company.crew.rep, "&month=2026-10")).map(({ month }) => month)).toEqual(["2026-10"]);
  });

  test.each(["closing", "locked", "paid"])(
    "what comes late for a month that is %s is booked in the next open one, also where it earns nothing",
    async (state) => {
      const company = await makeCompany();
      const deal = await makeDeal(app, company.crew);
      await close(company, "2026-09", state);
      await close(company, "2026-10", state);
      await earn(company, deal.id, "100.00", { valueOn: "2026-09-30" });
      await earn(company, deal.id, "0.01", { valueOn: "2026-09-30" });
      expect((await statement(company.crew.rep, "2026-09")).body.lines).toEqual([]);
      const { lines } = (await statement(company.crew.rep, "2026-11")).body;
      expect(new Map(lines.map(({ status, month }: any) => [status, month]))).toEqual(
        new Map([
          ["accrued", "2026-11"],
          ["nothing", "2026-11"],
        ]),
      );
    },
  );

  test("nobody posts into a closed month, not even by SQL", async () => {
    const company = await makeCompany();
    await earn(company, (await makeDeal(app, company.crew)).id, "100.00", { valueOn: "2026-10-05" });
    await close(company, "2026-10", "closing");
    const outcome = await asServerRole(app, company.id, (client) =>
      client.query(
        `with t as (
           insert into ledger_txn (organization_id, id, owner_id, period_id, kind, deal_id, payment_id, customer_id, component_id, source_event,
             amount_minor, currency, credited_minor, trace, posted_at)
           select organization_id, gen_random_uuid(), owner_id, period_id, kind, deal_id, payment_id, customer_id, component_id, gen_random_uuid(),
             5, currency, 5, trace, posted_at from ledger_txn returning *
         ) insert into ledger_line select organization_id, id, n, owner_id, a, m, currency from t, (values (1, 'expense', -5), (2, 'payable', 5)) v(n, a, m)`,
      ),
    );
    expect(outcome).toBe("period_open");
  });
});

describe("GET /statements/{month} and GET /commissions", () => {
  test("200 a rep sees the own, a manager the team's, finance and admins all; verifiers and analysts none", async () => {
    const company = await makeCompany();
    const { rep, manager, verifier } = company.crew;
    const stranger = await makeCrew(app, company);
    const finance = await makeMember(app, company, ["finance"]);
    const analyst = await makeMember(app, company, ["analyst"]);
    const { id } = await earn(company, (await makeDeal(app, company.crew)).id, "100.00");
    const of = (by: Person) => statement(by, "2026-11", `?participantId=${rep.id}`);
    for (const by of [rep, manager, finance, company.admin]) {
      expect((await of(by)).body.totals).toMatchObject([{ earned: dollars("6.00") }]);
      expect(await list(by, `&paymentId=${id}`)).toHaveLength(1);
    }
    for (const by of [stranger.rep, stranger.manager, (await makeOrganization(app)).admin]) {
      expect((await of(by)).status).toBe(404);
      expect(await list(by)).toEqual([]);
    }
    for (const by of [verifier, analyst]) {
      expect((await of(by)).status).toBe(403);
      expect((await app.call("GET", "/commissions", { token: by.token })).status).toBe(403);
    }
  });

  test("200 a month of two currencies has two totals that are never added up", async () => {
    const company = await makeCompany();
    const euro = await makeDeal(app, company.crew, { amount: { amount: "500.00", currency: "EUR" } });
    await earn(company, euro.id, "0", { amount: { amount: "200.00", currency: "EUR" } });
    await earn(company, (await makeDeal(app, company.crew)).id, "100.00");
    const { totals } = (await statement(company.crew.rep)).body;
    expect(new Map(totals.map((total: any) => [total.earned.currency, total.earned.amount]))).toEqual(
      new Map([
        ["EUR", "12.00"],
        ["USD", "6.00"],
      ]),
    );
  });

  test("200 for a month with nothing in it, 404 for what is no month", async () => {
    const company = await makeCompany();
    expect((await statement(company.crew.rep, "2020-01")).body).toMatchObject({
      month: "2020-01",
      state: "open",
      plan: { name: "Standard", version: 1, rate: "0.06" },
      totals: [],
      lines: [],
    });
    expect((await statement(company.crew.rep, "2026-13")).status).toBe(404);
  });

  test("200 pages through every line once, though all were posted in the same moment", async () => {
    const company = await makeCompany();
    const deal = await makeDeal(app, company.crew);
    for (let count = 0; count < 5; count += 1) await earn(company, deal.id, "10.00");
    const whole = await list(company.crew.rep);
    const paged: any[] = [];
    let cursor = "";
    do {
      const { body } = await app.call("GET", `/commissions?limit=2${cursor}`, { token: company.crew.rep.token });
      paged.push(...body.items);
      cursor = body.nextCursor === null ? "" : `&cursor=${body.nextCursor}`;
    } while (cursor !== "");
    expect(paged).toEqual(whole);
    expect(whole).toHaveLength(5);
  });
});
