import { afterAll, describe, expect, test } from "vitest";
import { dollars, openEarning } from "../../../../test/earning.ts";
import { makeDeal, makeMember, statusesOf } from "../../../../test/make.ts";
import { asOwner, asServerRole } from "../../../../test/sql.ts";

const { app, makeCompany, paymentOf, verify, earn, list, statement, splitDeal } = await openEarning();
afterAll(() => app.close());

describe("posting", () => {
  test("happens once under twenty decisions at once, whichever way they ask, or not at all where it was rejected", async () => {
    const company = await makeCompany();
    const verifiers = await Promise.all(Array.from({ length: 4 }, () => makeMember(app, company, ["verifier"])));
    const deal = await makeDeal(app, company.crew);
    for (let round = 0; round < 3; round += 1) {
      const payment = await paymentOf(company, deal.id, "100.00");
      const replies = await Promise.all(
        verifiers.flatMap((by) => {
          const body = { seenVersion: payment.version };
          const decide = (more: Record<string, unknown>) =>
            app.call("POST", `/payments/${payment.id}/decisions`, { token: by.token, body: { ...body, ...more } });
          const verified = () => decide({ verdict: "verified" });
          return [verify(company, payment, by), verified(), verify(company, payment, by), verified()].concat(
            decide({ verdict: "rejected", reasonCode: "unreadable" }),
          );
        }),
      );
      expect(statusesOf(replies)).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
      const won = replies.find(({ status }) => status === 201)?.body.status;
      expect(await list(company.crew.rep, `&paymentId=${payment.id}`)).toHaveLength(won === "verified" ? 1 : 0);
    }
  });

  test("pays payments that are verified at once what they pay together, across a tier", async () => {
    const company = await makeCompany([
      { from: "0", rate: "0.035" },
      { from: "100000", rate: "0.0725" },
    ]);
    const deal = await makeDeal(app, company.crew, { amount: dollars("5000.00") });
    const payments = [];
    for (let count = 0; count < 20; count += 1) payments.push(await paymentOf(company, deal.id, "77.77"));
    const replies = await Promise.all(payments.map((payment) => verify(company, payment)));
    expect(statusesOf(replies)).toEqual(payments.map(() => 201));
    // 20 x 77.77 = 1,555.40: 1,000.00 at 3.5 % are 35.00, 555.40 at 7.25 % are 40.2665.
    expect((await statement(company.crew.rep)).body.totals).toEqual([
      { verified: dollars("1555.40"), credited: dollars("1555.40"), earned: dollars("75.27") },
    ]);
  });

  test("divides a payment between those it is credited to, to the cent, and pays each by the own total", async () => {
    const company = await makeCompany();
    const { rep } = company.crew;
    const [second, third] = [
      await makeMember(app, company, ["sales_rep"]),
      await makeMember(app, company, ["sales_rep"]),
    ];
    const deal = await splitDeal(company, [
      [rep, 3_334],
      [second, 3_333],
      [third, 3_333],
    ]);
    const { id } = await earn(company, deal.id, "100.00");
    // A share of a deal that is not one's own is shown with the names, though the deal itself is out of sight.
    expect((await app.call("GET", `/deals/${deal.id}`, { token: second.token })).status).toBe(404);
    const { number, title } = (await app.call("GET", `/deals/${deal.id}`, { token: rep.token })).body;
    const theirs = (await statement(second)).body;
    expect(theirs.totals).toEqual([
      { verified: dollars("100.00"), credited: dollars("33.33"), earned: dollars("2.00") },
    ]);
    expect(theirs.lines[0]).toMatchObject({
      deal: { id: deal.id, number, title },
      payment: { id, number: expect.stringMatching(/^PAY-\d+$/), amount: dollars("100.00") },
    });
    const shares = await Promise.all([rep, second, third].map(async (by) => (await list(by))[0]));
    expect(shares.map(({ trace }) => trace.credit)).toMatchObject([
      { basisPoints: 3_334, amount: "33.34" },
      { basisPoints: 3_333, amount: "33.33" },
      { basisPoints: 3_333, amount: "33.33" },
    ]);
    expect(shares.map(({ amount }) => amount.amount)).toEqual(["2.00", "2.00", "2.00"]);
    expect(await list(company.admin, `&paymentId=${id}`)).toHaveLength(3);
  });

  test("pays an overlay on top of the whole, by the component that is for it", async () => {
    const company = await makeCompany();
    const specialist = await makeMember(app, company, ["sales_rep"]);
    await asOwner(
      app,
      `insert into plan_component (organization_id, id, plan_version_id, name, basis, credit_kind, tier_mode, tiers, rounding)
       select organization_id, gen_random_uuid(), plan_version_id, 'Specialist', basis, 'overlay', tier_mode, '[{"from":"0","rate":"0.01"}]', rounding
       from plan_component where organization_id = $1`,
      [company.id],
    );
    const deal = await splitDeal(company, [
      [company.crew.rep, 10_000],
      [specialist, 5_000, "overlay"],
    ]);
    await earn(company, deal.id, "1000.00");
    expect((await list(company.crew.rep)).map(({ amount }) => amount.amount)).toEqual(["60.00"]);
    const [line] = await list(specialist);
    expect(line).toMatchObject({
      amount: dollars("5.00"),
      trace: { component: "Specialist", credit: { kind: "overlay", basisPoints: 5_000, amount: "500.00" } },
    });
    // Only what is divided counts as verified money of a person.
    expect((await statement(specialist)).body.totals[0]).toMatchObject({ earned: dollars("5.00") });
  });
});

describe("the explanation", () => {
  const minor = (amount: string): bigint => BigInt(amount.replace(".", ""));
  /** Half up, away from zero: by hand, not by the engine. */
  const rounded = (fraction: string): bigint => {
    const [numerator = 0n, denominator = 1n] = fraction.split("/").map(BigInt);
    return (2n * numerator + denominator) / (2n * denominator);
  };

  test("reproduces every posted amount from what is stored with it", async () => {
    const company = await makeCompany([
      { from: "0", rate: "0.035" },
      { from: "50000", rate: "0.0725" },
      { from: "120000", rate: "0.1" },
    ]);
    const deal = await makeDeal(app, company.crew, { amount: dollars("3000.00") });
    for (const amount of ["333.33", "0.01", "666.67", "0.99", "1234.56"]) await earn(company, deal.id, amount);
    // The plan changes afterwards; what was posted keeps its own rates.
    await asOwner(app, `update plan_component set tiers = '[{"from":"0","rate":"0.5"}]' where organization_id = $1`, [
      company.id,
    ]);
    const lines = (await list(company.crew.rep)).filter(({ trace }) => trace !== null);
    expect(lines.length).toBeGreaterThanOrEqual(4);
    for (const { amount, trace } of lines) {
      const { before, after, tiers, credit, exact } = trace;
      expect(minor(amount.amount)).toBe(minor(trace.rounded));
      expect(minor(after.commission) - minor(before.commission)).toBe(minor(amount.amount));
      expect(rounded(exact)).toBe(minor(after.commission));
      expect(minor(after.credited) - minor(before.credited)).toBe(minor(credit.amount));
      const parts = tiers.map((tier: { amount: string }) => minor(tier.amount));
      expect(parts.reduce((sum: bigint, part: bigint) => sum + part, 0n)).toBe(minor(credit.amount));
    }
    const crossing = lines.find(({ trace }) => trace.credit.amount === "666.67");
    expect(crossing.trace.tiers).toMatchObject([
      { from: "0.00", to: "500.00", rate: "0.035", amount: "166.66" },
      { from: "500.00", to: "1200.00", rate: "0.0725", amount: "500.01" },
    ]);
  });

  test("is there for what earns nothing, too", async () => {
    const small = await makeCompany();
    const deal = await makeDeal(app, small.crew);
    await earn(small, deal.id, "0.08");
    // 0.08 at 6 % are less than half a cent; 0.16 are a cent.
    expect(await list(small.crew.rep)).toMatchObject([
      { status: "nothing", reason: "rounds_to_zero", trace: null, amount: dollars("0.00") },
    ]);
    await earn(small, deal.id, "0.08");
    expect((await list(small.crew.rep)).filter(({ status }) => status === "accrued")).toMatchObject([
      { amount: dollars("0.01") },
    ]);

    const free = await makeCompany([{ from: "0", rate: "0" }]);
    await earn(free, (await makeDeal(app, free.crew)).id, "100.00");
    expect(await list(free.crew.rep)).toMatchObject([{ status: "nothing", reason: "zero_rate" }]);

    const none = await makeCompany();
    await asOwner(app, "delete from plan_effective where organization_id = $1", [none.id]);
    await earn(none, (await makeDeal(app, none.crew)).id, "100.00");
    expect(await list(none.crew.rep)).toMatchObject([{ status: "nothing", reason: "no_plan" }]);
    expect((await statement(none.crew.rep)).body).toMatchObject({ plan: null, totals: [{ earned: dollars("0.00") }] });
  });
});

describe("the ledger", () => {
  const insertLine =
    "insert into ledger_line select organization_id, txn_id, line + 2, owner_id, account, amount_minor, currency from ledger_line";
  const again = `insert into ledger_txn (organization_id, id, owner_id, period_id, kind, deal_id, payment_id, customer_id, component_id, source_event,
      amount_minor, currency, credited_minor, trace, posted_at)
    select organization_id, gen_random_uuid(), owner_id, period_id, kind, deal_id, payment_id, customer_id, component_id, source_event,
      amount_minor, currency, credited_minor, trace, posted_at from ledger_txn`;

  test("takes no second posting of one decision and no further line, by the server's own role", async () => {
    const company = await makeCompany();
    await earn(company, (await makeDeal(app, company.crew)).id, "100.00");
    const outcome = (text: string) => asServerRole(app, company.id, (client) => client.query(text));
    expect(await outcome(again)).toBe("ledger_txn_once");
    expect(await outcome(insertLine)).toBe("23001");
    for (const table of ["commission_absence", "verified_credit"]) {
      expect([await outcome(`update ${table} set owner_id = owner_id`), await outcome(`delete from ${table}`)]).toEqual(
        ["42501", "42501"],
      );
    }
  });

  test("balances after all of this: lines, postings, running totals and statements say the same", async () => {
    const books = await asOwner(
      app,
      `select t.organization_id, t.owner_id, t.currency, p.month, sum(t.amount_minor)::text as posted,
         (select sum(a.commission_minor)::text from commission_accumulator a
            where a.participant_id = t.owner_id and a.period_id = p.id and a.currency = t.currency) as running,
         sum((select sum(l.amount_minor) from ledger_line l where l.txn_id = t.id and l.account = 'payable'))::text as payable,
         sum((select sum(l.amount_minor) from ledger_line l where l.txn_id = t.id))::text as balance
       from ledger_txn t join commission_period p on p.id = t.period_id group by 1, 2, 3, 4, p.id`,
    );
    expect(books.length).toBeGreaterThan(5);
    for (const { posted, running, payable, balance } of books) {
      expect([running, payable, balance]).toEqual([posted, posted, "0"]);
    }
  });
});
