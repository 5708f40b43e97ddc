import { afterAll, expect, describe, test } from "vitest";
import { openApp } from "../../../../test/app.ts";
import { makeCrew, makeDeal, makeMember, makeOrganization, makePayment, type Person } from "../../../../test/make.ts";

const app = await openApp();
afterAll(() => app.close());
const acme = await makeOrganization(app);
const crew = await makeCrew(app, acme);
const colleague = await makeMember(app, acme, ["sales_rep"], crew.teamId);
const finance = await makeMember(app, acme, ["finance"]);
const second = await makeMember(app, acme, ["verifier"]);

const usd = (amount: string) => ({ amount, currency: "USD" });
const get = (path: string, { token }: Person) => app.call("GET", path, { token });
const read = async (path: string, person: Person) => (await get(path, person)).body;
const post = (path: string, { token }: Person, body: object) => app.call("POST", path, { token, body });

async function verified(rep: Person, amount: string, valueOn: string): Promise<{ id: string; customerId: string }> {
  const deal = await makeDeal(app, { rep, manager: crew.manager }, { amount: usd("90000.00") });
  const payment = await makePayment(app, { rep, dealId: deal.id }, { amount: usd(amount), valueOn });
  const decided = await post(`/payments/${payment.id}/approve`, crew.verifier, { seenVersion: payment.version });
  expect(decided.status, decided.text).toBe(201);
  return { id: payment.id, customerId: deal["customer"].id };
}

const first = await verified(crew.rep, "1000.00", "2026-11-17");
await verified(crew.rep, "250.10", "2026-11-18");
await verified(colleague, "99.99", "2026-11-19");
const refund = await post(`/payments/${first.id}/refunds`, finance, {
  kind: "refund",
  amount: usd("400.00"),
  valueOn: "2026-11-18",
  reason: "Two licences were returned",
});
const proven = await app.upload(`/refunds/${refund.body.id}/evidence`, finance.token, {
  name: "refund.pdf",
  content: Buffer.from("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"),
});
await post(`/refunds/${refund.body.id}/decisions`, second, { verdict: "verified", seenVersion: proven.body.version });
await app.settle();

const cents = ({ amount }: { amount: string }): number => Number(amount.replace(".", ""));

/** All rows behind a figure, page by page. */
async function rowsBehind(person: Person, query: string): Promise<any[]> {
  const rows: any[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const page = await read(`/analytics/sales/rows?limit=2${query}${cursor === "" ? "" : `&cursor=${cursor}`}`, person);
    rows.push(...page.items);
    cursor = page.nextCursor;
  }
  return rows;
}

describe("GET /analytics/sales", () => {
  test.each(["month", "member", "team", "customer", "method"])(
    "by %s: every group and the total are the sum of the rows they open, to the cent",
    async (by) => {
      const figures = await read(`/analytics/sales?by=${by}`, crew.manager);
      expect(figures.total).toEqual({ amount: usd("950.09"), payments: 3 });
      expect(figures.groups.reduce((sum: number, { amount }: any) => sum + cents(amount), 0)).toBe(95_009);
      for (const { key, amount } of figures.groups) {
        const rows = await rowsBehind(crew.manager, `&by=${by}${key === null ? "" : `&key=${key}`}`);
        expect(rows.reduce((sum, row) => sum + cents(row.amount), 0)).toBe(cents(amount));
        expect(rows.every(({ payment, deal, customer }) => payment && deal && customer)).toBe(true);
      }
      expect(await rowsBehind(crew.manager, "")).toHaveLength(4);
    },
  );

  test("the largest group stands first", async () => {
    const { groups } = await read("/analytics/sales?by=member", crew.manager);
    expect(groups.map(({ key }: any) => key)).toEqual([crew.rep.id, colleague.id]);
  });

  test("agrees with Home, and with what the own reach shows", async () => {
    expect((await read("/analytics/sales?by=member", crew.rep)).groups).toMatchObject([
      { key: crew.rep.id, amount: usd("850.10"), payments: 2, share: "1.0000" },
    ]);
    expect((await read("/analytics/dashboard", crew.rep)).verified).toEqual(usd("850.10"));
    expect(await rowsBehind(crew.rep, "")).toHaveLength(3);
    expect((await read(`/analytics/sales?memberId=${colleague.id}`, crew.rep)).total.amount).toEqual(usd("0.00"));
    expect((await read(`/analytics/sales?memberId=${colleague.id}`, crew.manager)).total.amount).toEqual(usd("99.99"));
  });

  test("is narrowed to days, a customer, a team and a method", async () => {
    const total = async (query: string) => (await read(`/analytics/sales?${query}`, acme.admin)).total.amount.amount;
    // What is taken back counts on the day it had counted.
    expect(await total("from=2026-11-17&to=2026-11-17")).toBe("600.00");
    expect(await total(`customerId=${first.customerId}`)).toBe("600.00");
    // The money of the days before is not of this team: it was made on the 19th.
    expect(await total(`teamId=${crew.teamId}`)).toBe("99.99");
    expect(await total("method=cash")).toBe("0.00");
    expect(await total("currency=EUR")).toBe("0.00");
  });

  test("422 for a range that runs backwards or over more than five years, and a key that no group has", async () => {
    for (const [query, path] of [
      ["?from=2026-11-02&to=2026-11-01", "from"],
      ["?from=2020-01-01&to=2026-11-01", "from"],
      ["?from=2026-02-31", "from"],
      ["?by=colour", "by"],
      ["/rows?by=member&key=x", "key"],
    ] as const) {
      const { status, body } = await get(`/analytics/sales${query}`, acme.admin);
      expect([query, status, body.errors?.[0]?.path]).toEqual([query, 422, path]);
    }
    expect((await get("/analytics/sales/rows?cursor=abc", acme.admin)).status).toBe(400);
  });
});

describe("GET /analytics/commission", () => {
  test("sums what GET /commissions lists, by month and by member, within reach", async () => {
    const postings = (await read("/commissions?month=2026-11&limit=200", crew.manager)).items;
    const listed = postings.reduce((sum: number, { amount }: any) => sum + cents(amount), 0);
    const byMonth = await read("/analytics/commission", crew.manager);
    expect(byMonth.groups).toEqual([
      { key: "2026-11", label: "2026-11", amount: byMonth.total.amount, postings: postings.length },
    ]);
    expect(cents(byMonth.total.amount)).toBe(listed);
    const own = await read("/analytics/commission?by=member", crew.rep);
    expect(own.groups.map(({ key }: any) => key)).toEqual([crew.rep.id]);
    expect(own.total.amount).toEqual(usd("51.01"));
  });

  test("403 for who may not read commissions; 422 for months that run backwards", async () => {
    expect((await get("/analytics/commission", second)).status).toBe(403);
    expect((await get("/analytics/commission?from=2026-11&to=2026-10", crew.rep)).status).toBe(422);
  });
});

describe("GET /analytics/performance", () => {
  test("shows money against the goal, sales won and commission of whoever is in reach", async () => {
    await app.call("PUT", "/goals", {
      token: crew.manager.token,
      body: { scope: "member", memberId: crew.rep.id, month: "2026-11", target: usd("1000.00") },
    });
    const { members } = await read("/analytics/performance", crew.manager);
    expect(members).toMatchObject([
      { member: { id: crew.rep.id }, verified: usd("850.10"), target: usd("1000.00"), attainment: "0.8501", won: 2 },
      { member: { id: colleague.id }, verified: usd("99.99"), target: null, attainment: null, won: 1 },
    ]);
    expect(members[0].earned).toEqual(usd("51.01"));
    const own = await read("/analytics/performance", crew.rep);
    expect(own.members.map(({ member }: any) => member.id)).toEqual([crew.rep.id]);
    const seen = await read("/analytics/performance", second);
    expect(seen.members.map(({ earned }: any) => earned)).toEqual([null, null]);
  });
});
