import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  makeCrew,
  makeDeal,
  makeOpportunity,
  makeOrganization,
  makePayment,
  pipelineOf,
  stageNamed,
  type Crew,
} from "../../../../test/make.ts";

let app: TestApp;
let crew: Crew;
let won: string;

beforeAll(async () => {
  app = await openApp();
  crew = await makeCrew(app, await makeOrganization(app));
  won = stageNamed(await pipelineOf(app, crew.rep), "Won").id;
});
afterAll(() => app.close());

describe("amounts, wherever one is taken", () => {
  const bad = [
    ["less than nothing", { amount: "-1.00", currency: "USD" }, "amount"],
    ["1e15 minor units", { amount: "10000000000000.00", currency: "USD" }, "amount"],
    ["three decimals in USD", { amount: "1.005", currency: "USD" }, "amount"],
    ["decimals in yen", { amount: "1.00", currency: "JPY" }, "amount"],
    ["a number instead of text", { amount: 1, currency: "USD" }, "amount"],
    ["a currency there is not", { amount: "1.00", currency: "XYZ" }, "currency"],
    ["something more", { amount: "1.00", currency: "USD", scale: 2 }, "scale"],
  ] as const;

  test.each(bad)("422 names it for %s", async (_why, amount, field) => {
    const opportunity = await makeOpportunity(app, crew.rep);
    const deal = await makeDeal(app, crew);
    const payment = await makePayment(app, { rep: crew.rep, dealId: deal.id }, {}, "draft");
    const goal = { scope: "member", memberId: crew.rep.id, month: "2026-11" };
    const replies = await Promise.all([
      app.call("PATCH", `/opportunities/${opportunity.id}`, {
        token: crew.rep.token,
        body: { amount, seenVersion: 1 },
      }),
      app.call("POST", `/opportunities/${opportunity.id}/moves`, {
        token: crew.rep.token,
        body: { stageId: won, amount },
      }),
      app.call("POST", "/payments", {
        token: crew.rep.token,
        body: { dealId: deal.id, amount, method: "cash", valueOn: "2026-11-17" },
      }),
      app.call("PATCH", `/payments/${payment.id}`, { token: crew.rep.token, body: { amount, seenVersion: 1 } }),
      app.call("PUT", "/goals", { token: crew.manager.token, body: { ...goal, target: amount } }),
    ]);
    expect(replies.map(({ status, body }) => [status, body.errors[0].path])).toEqual(
      ["amount", "amount", "amount", "amount", "target"].map((path) => [422, `${path}.${field}`]),
    );
  });

  test("422 for winning with nothing, and for another currency than the opportunity's", async () => {
    const { id } = await makeOpportunity(app, crew.rep);
    const win = (amount: unknown) =>
      app.call("POST", `/opportunities/${id}/moves`, {
        token: crew.rep.token,
        body: { stageId: won, amount },
      });
    expect((await win({ amount: "0.00", currency: "USD" })).body.errors[0].path).toBe("amount");
    expect((await win({ amount: "5.00", currency: "EUR" })).body.errors[0]).toMatchObject({
      path: "amount.currency",
      code: "currency_mismatch",
    });
  });

  test("200 for the largest amount there is, to the cent", async () => {
    const largest = { amount: "9999999999999.99", currency: "USD" };
    const deal = await makeDeal(app, crew, { amount: largest });
    const payment = await makePayment(app, { rep: crew.rep, dealId: deal.id }, { amount: largest });
    const verified = await app.call("POST", `/payments/${payment.id}/approve`, {
      token: crew.verifier.token,
      body: { seenVersion: payment.version },
    });
    expect(verified.status).toBe(201);
    expect((await app.call("GET", `/deals/${deal.id}`, { token: crew.rep.token })).body.position).toMatchObject({
      state: "paid",
      verified: largest,
    });
    const { body } = await app.call("GET", `/commissions?paymentId=${payment.id}`, { token: crew.rep.token });
    // 6 % of 999,999,999,999,999 cents are 59,999,999,999,999.94.
    expect(body.items[0].amount).toEqual({ amount: "600000000000.00", currency: "USD" });
  });
});
