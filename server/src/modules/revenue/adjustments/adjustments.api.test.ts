import { afterAll, beforeAll, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  makeCrew,
  makeDeal,
  makeMember,
  makeOrganization,
  makePayment,
  statusesOf,
  type Person,
} from "../../../../test/make.ts";

let app: TestApp;

beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const usd = (amount: string) => ({ amount, currency: "USD" });

test("a penalty takes two people and a reason, stops at nothing, stands on the statement and can be disputed", async () => {
  const organization = await makeOrganization(app);
  const { rep, verifier } = await makeCrew(app, organization);
  const [finance, second] = [
    await makeMember(app, organization, ["finance"]),
    await makeMember(app, organization, ["finance"]),
  ];
  const deal = await makeDeal(app, { rep, manager: organization.admin });
  const payment = await makePayment(app, { rep, dealId: deal.id }, { amount: usd("100.00") });
  const post = (path: string, by: Person, body: Record<string, unknown>) =>
    app.call("POST", path, { token: by.token, body });
  const penalty = {
    participantId: rep.id,
    paymentId: payment.id,
    kind: "penalty",
    code: "Late proof",
    reason: "Ten days late",
    amount: usd("4.00"),
  };
  expect((await post("/adjustments", finance, penalty)).body.code).toBe("payment_not_verified");
  await post(`/payments/${payment.id}/approve`, verifier, { seenVersion: payment.version });

  expect((await post("/adjustments", rep, penalty)).status).toBe(403);
  expect((await post("/adjustments", finance, { ...penalty, reason: " " })).body.errors[0].path).toBe("reason");
  expect(
    (await post("/adjustments", finance, { ...penalty, amount: { amount: "4.00", currency: "EUR" } })).body.errors[0]
      .path,
  ).toBe("amount.currency");
  const { status, body } = await post("/adjustments", finance, penalty);
  expect([status, body.amount]).toEqual([201, usd("-4.00")]);
  const decide = (by: Person, verdict = "approved", id = body.id) =>
    post(`/adjustments/${id}/decisions`, by, { verdict, seenVersion: 1 });
  expect((await decide(finance)).body.code).toBe("self_approval");
  const statement = async () => (await app.call("GET", "/statements/2026-11", { token: rep.token })).body;
  expect((await statement()).totals[0].earned).toEqual(usd("6.00"));
  const replies = await Promise.all([decide(second), decide(second, "declined"), decide(second)]);
  expect(statusesOf(replies)).toEqual([200, 409, 409]);

  // Another of the same takes the 2.00 that are left, if it was approved, and the next finds nothing.
  const again = (await post("/adjustments", finance, { ...penalty, amount: usd("50.00") })).body;
  await decide(second, "approved", again.id);
  const { lines, totals } = await statement();
  const taken = lines.find(({ kind }: any) => kind === "adjustment");
  expect(totals[0].earned).toEqual(usd("0.00"));
  expect(taken).toMatchObject({ adjustment: { code: "Late proof", reason: "Ten days late" }, trace: null });
  const empty = (await post("/adjustments", finance, penalty)).body;
  expect((await decide(second, "approved", empty.id)).body.code).toBe("nothing_left");
  const dispute = { paymentId: payment.id, category: "other", expected: usd("6.00"), body: "It was on time" };
  expect((await post("/disputes", rep, dispute)).status).toBe(201);
  expect((await app.call("GET", "/adjustments?state=proposed", { token: rep.token })).body.items).toHaveLength(1);
});
