import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { replayAllPeriods } from "../commissions/ledger-replay.query.ts";
import { inRead, systemCaller } from "#platform/tenant";
import { openApp, type TestApp } from "../../../../test/app.ts";
import { makeDispute } from "../../../../test/generated/calls-of-disputes.ts";
import { closeUntil, earnIn } from "../../../../test/generated/closing.ts";
import { makeCompany, type Company } from "../../../../test/generated/company.ts";
import { makeDeal, makeMember, makePayment, statusesOf, type Person } from "../../../../test/make.ts";
import { asServerRole } from "../../../../test/sql.ts";

let app: TestApp;

beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const october = "2026-10";
const usd = (amount: string) => ({ amount, currency: "USD" });
const ask = ({ token }: Person, body: Record<string, unknown>) =>
  app.call("POST", "/disputes", { token, body: { category: "rate", body: "The plan says 7 %", ...body } });
const answer = ({ token }: Person, id: string, body: Record<string, unknown>) =>
  app.call("POST", `/disputes/${id}/answers`, { token, body: { body: "You are right", seenVersion: 1, ...body } });
const statementOf = async ({ token }: Person, month: string) =>
  (await app.call("GET", `/statements/${month}`, { token })).body;

/** A payment of October that earned 60.00, and its person's dispute about it. */
async function disputed(): Promise<{ company: Company; paymentId: string; id: string }> {
  const company = await makeCompany(app);
  const paymentId = await earnIn(app, company, october);
  const { id } = await makeDispute(app, company.rep, paymentId);
  return { company, paymentId, id };
}

describe("POST /disputes", () => {
  test("201 names the line, what stands there and what should, and tells it to who sees the commission", async () => {
    const { company, paymentId, id } = await disputed();
    const read = (by: Person) => app.call("GET", `/disputes/${id}`, { token: by.token });
    const { body } = await read(company.manager);
    expect(body).toMatchObject({
      state: "open",
      month: october,
      participant: { id: company.rep.id },
      payment: { id: paymentId, number: expect.stringMatching(/^PAY-\d+$/) },
      posted: usd("60.00"),
      expected: usd("70.00"),
      messages: [{ author: { id: company.rep.id }, body: "The plan says 7 %" }],
    });
    expect((await read(company.verifier)).status).toBe(403);
    const other = await makeMember(app, company.organization, ["sales_rep"]);
    expect((await read(other)).status).toBe(404);
    expect((await ask(other, { paymentId, expected: usd("70.00") })).status).toBe(404);
  });

  test("409 for a second one about the same payment and for a payment that is not verified, 422 for what differs in nothing", async () => {
    const { company, paymentId } = await disputed();
    expect((await ask(company.rep, { paymentId, expected: usd("80.00") })).body.code).toBe("dispute_open");
    const deal = await makeDeal(app, company);
    const waiting = await makePayment(app, { rep: company.rep, dealId: deal.id });
    expect((await ask(company.rep, { paymentId: waiting.id, expected: usd("6.00") })).body.code).toBe(
      "payment_not_verified",
    );
    const verified = await earnIn(app, company, october);
    const wrong = await ask(company.rep, { paymentId: verified, expected: usd("60.00") });
    expect(wrong.body.errors).toMatchObject([{ path: "expected.amount", code: "nothing_differs" }]);
    const foreign = await ask(company.rep, { paymentId: verified, expected: { amount: "70.00", currency: "EUR" } });
    expect(foreign.body.errors).toMatchObject([{ path: "expected.currency" }]);
  });
});

describe("POST /disputes/{disputeId}/answers", () => {
  test("201 posts what is accepted as a line of its own, beside the line that was disputed", async () => {
    const { company, id } = await disputed();
    const finance = await makeMember(app, company.organization, ["finance"]);
    const accepted = await answer(finance, id, { verdict: "accepted" });
    expect([accepted.status, accepted.body.state, accepted.body.granted, accepted.body.grantedIn]).toEqual([
      201,
      "accepted",
      usd("10.00"),
      october,
    ]);
    const { lines, totals } = await statementOf(company.rep, october);
    expect(lines).toMatchObject([
      { amount: usd("10.00"), trace: null, correction: { disputeId: id, note: "You are right" }, adjusts: null },
      { amount: usd("60.00"), correction: null },
    ]);
    expect(totals).toMatchObject([{ earned: usd("70.00"), verified: usd("1000.00"), credited: usd("1000.00") }]);
    const replay = await inRead(
      app.runtime.workplace,
      await systemCaller(app.runtime.workplace, company.organization.id, app.now()),
      "snapshot",
      (ctx) => replayAllPeriods(ctx),
    );
    expect(replay.difference).toBeNull();
  });

  test("201 in a month that is being closed: its statement says so and is approved anew", async () => {
    const { company, id } = await disputed();
    await closeUntil(app, company, october, "approved");
    const lock = () => app.call("POST", `/periods/${october}/lock`, { token: company.admin.token });
    expect((await lock()).body.code).toBe("disputes_open");
    await answer(company.admin, id, { verdict: "partly", expected: usd("64.00") });
    expect((await lock()).body.code).toBe("statements_not_approved");
    const [statement] = await closeUntil(app, company, october, "locked");
    expect(statement).toMatchObject({
      state: "locked",
      earned: usd("64.00"),
      adjusted: usd("4.00"),
      payable: usd("64.00"),
    });
  });

  test("201 after the month is locked: posted in the next open one with the month it corrects; below zero is carried on", async () => {
    const [august, september] = ["2026-08", "2026-09"];
    const company = await makeCompany(app);
    const paymentId = await earnIn(app, company, august);
    await closeUntil(app, company, august, "locked");
    const { id } = await makeDispute(app, company.rep, paymentId, "20.00");
    const accepted = await answer(company.admin, id, { verdict: "accepted" });
    expect(accepted.body).toMatchObject({ granted: usd("-40.00"), grantedIn: september });
    expect((await statementOf(company.rep, september)).lines).toMatchObject([
      { amount: usd("-40.00"), adjusts: august },
    ]);
    expect(await statementOf(company.rep, august)).toMatchObject({
      state: "locked",
      totals: [{ earned: usd("60.00") }],
    });
    const [negative] = await closeUntil(app, company, september, "locked");
    expect(negative).toMatchObject({ earned: usd("-40.00"), payable: usd("0.00") });
    await earnIn(app, company, october);
    const [next] = await closeUntil(app, company, october, "closing");
    expect(next).toMatchObject({ broughtForward: usd("-40.00"), earned: usd("60.00"), payable: usd("20.00") });
  });

  test("201 once when two answer at the same moment, and one posting; declined posts nothing", async () => {
    const { company, id } = await disputed();
    const replies = await Promise.all([
      answer(company.admin, id, { verdict: "accepted" }),
      answer(company.master, id, { verdict: "accepted" }),
      answer(company.admin, id, { verdict: "declined", body: "No" }),
    ]);
    expect(statusesOf(replies)).toEqual([201, 409, 409]);
    const declined = await disputed();
    await answer(declined.company.admin, declined.id, { verdict: "declined", body: "Version 1 says 6 %" });
    expect((await statementOf(declined.company.rep, october)).lines).toHaveLength(1);
  });

  test("403 for the own one, 412 after a message that was not seen, 422 for a part that is none", async () => {
    const { company } = await disputed();
    const paymentId = await earnIn(app, { ...company, rep: company.master, manager: company.admin }, october);
    const { id } = await makeDispute(app, company.master, paymentId);
    expect((await answer(company.master, id, { verdict: "accepted" })).body.code).toBe("own_dispute");
    const part = await answer(company.admin, id, { verdict: "partly", expected: usd("70.00") });
    expect(part.body.errors).toMatchObject([{ path: "expected.amount", code: "not_between" }]);
    const said = await app.call("POST", `/disputes/${id}/messages`, {
      token: company.master.token,
      body: { body: "See the plan" },
    });
    expect([said.status, said.body.version, said.body.messages.length]).toEqual([201, 2, 2]);
    expect((await answer(company.admin, id, { verdict: "accepted" })).status).toBe(412);
    const withdraw = (by: Person) => app.call("POST", `/disputes/${id}/withdrawals`, { token: by.token });
    expect((await withdraw(company.admin)).body.code).toBe("not_yours");
    expect((await withdraw(company.master)).body.state).toBe("withdrawn");
    expect((await answer(company.admin, id, { verdict: "accepted", seenVersion: 3 })).status).toBe(409);
  });

  test("the database refuses an answer by whose commission it is, and a change of what was said", async () => {
    const { company, id } = await disputed();
    const closing = "state = 'declined', closed_at = opened_at, closed_by = owner_id where id = $1";
    const refused = (text: string) => asServerRole(app, company.organization.id, (client) => client.query(text, [id]));
    expect(await refused(`update dispute set ${closing}`)).toBe("self_answer");
    expect(await refused("update dispute_message set body = '' where dispute_id = $1")).toBe("42501");
  });
});
