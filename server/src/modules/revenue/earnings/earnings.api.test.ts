import { afterAll, beforeAll, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import { makeCrew, makeDeal, makeOpportunity, makeOrganization, makePayment } from "../../../../test/make.ts";
import { asOwner } from "../../../../test/sql.ts";

let app: TestApp;

beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const usd = (amount: string) => ({ amount, currency: "USD" });

test("200 earned, waiting and expected add up as they come, with the way to the next rate; the preview is what is posted", async () => {
  const organization = await makeOrganization(app);
  const { rep, manager, verifier } = await makeCrew(app, organization);
  await asOwner(
    app,
    `update plan_component set tier_mode = 'retroactive', tiers = '[{"from":"0","rate":"0.1"},{"from":"100000","rate":"0.12"}]' where organization_id = $1`,
    [organization.id],
  );
  const read = async () => (await app.call("GET", "/earnings/me", { token: rep.token })).body;
  expect(await read()).toMatchObject({
    sums: [{ earned: usd("0.00"), waiting: usd("0.00"), expected: usd("0.00") }],
    rules: [{ credited: usd("0.00"), quota: null, attainment: null, next: { missing: usd("1000.00"), rate: "0.12" } }],
  });

  const deal = await makeDeal(app, { rep, manager }, { amount: usd("1200.00") });
  const verify = async (amount: string, isVerified = true) => {
    const payment = await makePayment(app, { rep, dealId: deal.id }, { amount: usd(amount) });
    const body = { seenVersion: payment.version };
    if (isVerified) await app.call("POST", `/payments/${payment.id}/approve`, { token: verifier.token, body });
  };
  await verify("160.00");
  await verify("340.00", false);
  // 160.00 at 10 %; 340.00 more at 10 %; the other 700.00 take all of it to 12 %, 144.00.
  expect(await read()).toMatchObject({
    sums: [
      { earned: usd("16.00"), approved: usd("0.00"), held: usd("0.00"), waiting: usd("34.00"), expected: usd("94.00") },
    ],
    rules: [{ credited: usd("160.00"), next: { missing: usd("840.00"), rate: "0.12" } }],
  });

  const open = [
    await makeOpportunity(app, rep, { amount: usd("800.00") }),
    await makeOpportunity(app, rep, { amount: usd("40.00") }),
  ];
  const ask = (opportunityIds: string[], by = rep) =>
    app.call("POST", "/earnings/what-if", { token: by.token, body: { opportunityIds } });
  const { status, body } = await ask(open.map(({ id }) => id));
  // 40.00 more reaches 1,000.00, and everything pays 12 %: 120.00 in all.
  expect([status, body]).toEqual([
    200,
    {
      items: [
        { opportunityId: open[0]?.id, commission: usd("80.00"), alone: usd("80.00") },
        { opportunityId: open[1]?.id, commission: usd("24.00"), alone: usd("4.00") },
      ],
      totals: [usd("104.00")],
      next: [{ component: "Base commission", reached: "0.12", step: null }],
    },
  ]);
  const { id } = await makeOpportunity(app, rep, { amount: null });
  expect((await ask([id])).body).toEqual({
    items: [{ opportunityId: id, commission: null, alone: null }],
    totals: [],
    next: [{ component: "Base commission", reached: null, step: { missing: usd("840.00"), rate: "0.12" } }],
  });
  expect((await ask([open[0]?.id ?? ""], manager)).status).toBe(404);
  expect((await ask([])).status).toBe(422);
  expect((await read()).sums[0].earned).toEqual(usd("16.00"));
});
