import type pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { makeMember, makePayment, statusesOf } from "../../../../test/make.ts";
import { openRefunding, usd } from "../../../../test/refunding.ts";
import { asOwner, asServerRole } from "../../../../test/sql.ts";

const { app, acme, makeCompany, post, decide, verified, record, prove, judge, refunded, linesOf, statementOf, replay } =
  await openRefunding();
afterAll(() => app.close());

describe("reversing a verified payment", () => {
  test("another verifier takes it back: deal, commission, statement and goal count it no more, and Why says it", async () => {
    const company = await makeCompany();
    const goal = { scope: "member", memberId: company.rep.id, month: "2026-11", target: usd("50000.00").amount };
    await app.call("PUT", "/goals", { token: company.admin.token, body: { ...goal, seenVersion: 0 } });
    const kept = await verified("100.00", {}, company);
    const payment = await verified("1000.00", {}, company);
    const reply = await decide(payment.id, company.second, {
      verdict: "reversed",
      seenVersion: payment.version,
      note: "The money was a colleague's",
    });
    expect(reply.body).toMatchObject({ status: "reversed" });
    expect(await linesOf(payment.id, company)).toEqual(["60.00", "-60.00"]);
    expect(await linesOf(kept.id, company)).toEqual(["6.00"]);
    expect((await statementOf("2026-11", company)).totals).toEqual([
      { verified: usd("100.00").amount, credited: usd("100.00").amount, earned: usd("6.00").amount },
    ]);
    const [line] = (await statementOf("2026-11", company)).lines;
    expect(line.trace.cause).toEqual({ kind: "reversed", reason: "The money was a colleague's", closedMonth: null });
    const deal = await app.call("GET", `/deals/${company.dealId}`, { token: company.rep.token });
    expect(deal.body.position.verified.amount).toBe("100.00");
    await app.settle();
    const dashboard = await app.call("GET", "/analytics/dashboard", { token: company.rep.token });
    expect(dashboard.body.verified.amount).toBe("100.00");
    const goals = await app.call("GET", "/goals?month=2026-11", { token: company.rep.token });
    expect(goals.body.items.map((item: any) => item.verified.amount)).toEqual(["100.00"]);
    expect(await replay(company)).toBeNull();
  });

  test("403 for who verified it and who has a stake in it; the database refuses too; 409 twice; 412 unseen", async () => {
    const payment = await verified("10.00");
    const body = { verdict: "reversed", seenVersion: payment.version, note: "Wrong" };
    const own = await decide(payment.id, acme.verifier, body);
    expect([own.status, own.body.code]).toEqual([403, "self_approval"]);
    const insert = (client: pg.Client) =>
      client.query(
        `insert into payment_decision (organization_id, id, payment_id, owner_id, payment_version, submitted_by, decided_by, verdict, note, decided_at)
         select organization_id, gen_random_uuid(), payment_id, owner_id, payment_version, submitted_by, decided_by, 'reversed', 'x', decided_at
         from payment_decision where payment_id = $1`,
        [payment.id],
      );
    expect(await asServerRole(app, acme.id, insert)).toBe("self_approval");
    const byStatus = (client: pg.Client) =>
      client.query("update payment set status = 'reversed', applied_minor = 0 where id = $1", [payment.id]);
    expect(await asServerRole(app, acme.id, byStatus)).toBe("reversed_needs_decision");
    expect((await decide(payment.id, acme.second, { ...body, seenVersion: payment.version - 1 })).status).toBe(412);
    const clicks = await Promise.all([1, 2, 3].map(() => decide(payment.id, acme.second, body)));
    expect(statusesOf(clicks)).toEqual([201, 409, 409]);
    expect(await linesOf(payment.id)).toEqual(["0.60", "-0.60"]);
  });

  test("409 while a refund of it waits", async () => {
    const payment = await verified("10.00");
    await record(payment.id, "5.00");
    const body = { verdict: "reversed", seenVersion: payment.version, note: "Wrong" };
    expect((await decide(payment.id, acme.second, body)).body.code).toBe("refund_waiting");
  });
});

describe("refunds", () => {
  test("count once their own proof is verified by somebody else", async () => {
    const payment = await verified("1000.00");
    const made = await record(payment.id, "250.00");
    expect(made.body).toMatchObject({ status: "draft", payment: { number: payment.number } });
    expect((await judge(made.body, acme.second)).body.code).toBe("proof_missing");
    const sent = await prove(made.body.id);
    expect(sent.body).toMatchObject({ status: "submitted", evidence: [{ name: "refund.pdf" }] });
    expect(await linesOf(payment.id)).toEqual(["60.00"]);
    expect((await judge(sent.body, acme.second)).body).toMatchObject({ status: "verified" });
    expect(await linesOf(payment.id)).toEqual(["60.00", "-15.00"]);
    const { body } = await app.call("GET", `/payments/${payment.id}`, { token: acme.rep.token });
    expect(body).toMatchObject({ status: "verified", refunded: usd("250.00").amount });
    expect(await replay(acme)).toBeNull();
  });

  test("rejected or withdrawn they change nothing, and free what they took", async () => {
    const payment = await verified("100.00");
    const sent = (await prove((await record(payment.id, "100.00")).body.id)).body;
    expect((await record(payment.id, "0.01")).body.code).toBe("refund_exceeds_captured");
    expect((await judge(sent, acme.second, "rejected")).body).toMatchObject({
      status: "rejected",
      note: "The bank knows nothing of it",
    });
    const again = await record(payment.id, "100.00");
    expect((await post(`/refunds/${again.body.id}/withdraw`, acme.finance)).body.status).toBe("withdrawn");
    expect((await record(payment.id, "100.00")).status).toBe(201);
    expect(await linesOf(payment.id)).toEqual(["6.00"]);
  });

  test.each([
    ["nothing", { amount: "0.00", currency: "USD" }, "amount_not_positive"],
    ["more than the payment", { amount: "100.01", currency: "USD" }, "refund_exceeds_captured"],
    ["another currency", { amount: "5.00", currency: "EUR" }, "currency_mismatch"],
  ])("422 for %s", async (_why, amount, code) => {
    const payment = await verified("100.00");
    const reply = await record(payment.id, "0", { amount });
    expect(reply.status).toBe(422);
    expect([reply.body.code, reply.body.errors?.[0]?.code]).toContain(code);
  });

  test("409 of a payment that is not verified; 403 for a rep, and for whoever recorded it or has a stake", async () => {
    const waiting = await makePayment(app, { rep: acme.rep, dealId: acme.dealId }, usd("10.00"));
    expect((await record(waiting.id, "5.00")).body.code).toBe("payment_not_verified");
    const payment = await verified("10.00");
    const byRep = await post(`/payments/${payment.id}/refunds`, acme.rep, {
      kind: "refund",
      ...usd("5.00"),
      valueOn: "2026-11-18",
      reason: "x",
    });
    expect(byRep.status).toBe(403);
    const both = await makeMember(app, acme, ["finance", "verifier"]);
    const made = await post(`/payments/${payment.id}/refunds`, both, {
      kind: "refund",
      ...usd("5.00"),
      valueOn: "2026-11-18",
      reason: "x",
    });
    const sent = await prove(made.body.id);
    const own = await judge(sent.body, both);
    expect([own.status, own.body.code]).toEqual([403, "self_approval"]);
    const bySql = (client: pg.Client) =>
      client.query("update refund set status = 'verified', decided_by = recorded_by where id = $1", [made.body.id]);
    expect(await asServerRole(app, acme.id, bySql)).toBe("self_approval");
  });

  test("the same bank reference is refused a second time", async () => {
    const payment = await verified("10.00");
    expect((await record(payment.id, "1.00", { reference: "RE_1" })).status).toBe(201);
    expect((await record(payment.id, "1.00", { reference: "RE_1" })).status).toBe(409);
  });

  test("two of 60 on 100 at once: one fits; verified by two at once it counts once", async () => {
    const payment = await verified("100.00");
    const replies = await Promise.all([record(payment.id, "60.00"), record(payment.id, "60.00")]);
    expect(statusesOf(replies)).toEqual([201, 422]);
    const made = replies.find(({ status }) => status === 201)?.body;
    const sent = (await prove(made.id)).body;
    const clicks = await Promise.all([acme.second, acme.verifier, acme.second].map((person) => judge(sent, person)));
    expect(statusesOf(clicks)).toEqual([201, 409, 409]);
    expect(await linesOf(payment.id)).toEqual(["6.00", "-3.60"]);
    const beyond = (client: pg.Client) =>
      client.query("update payment set refunded_minor = refunded_minor + 6000 where id = $1", [payment.id]);
    expect(await asServerRole(app, acme.id, beyond)).toBe("refunds_within_payment");
  });

  test("a chargeback takes back, and won it counts again, at most as often as it was taken", async () => {
    const payment = await verified("100.00");
    expect((await refunded(payment.id, "100.00", { kind: "chargeback", reference: "dp_1" })).status).toBe(201);
    expect((await record(payment.id, "100.01", { kind: "chargeback_won" })).body.code).toBe("refund_exceeds_captured");
    expect((await refunded(payment.id, "100.00", { kind: "chargeback_won" })).status).toBe(201);
    expect(await linesOf(payment.id)).toEqual(["6.00", "-6.00", "6.00"]);
    expect((await record(payment.id, "1.00", { kind: "chargeback_won" })).body.code).toBe("refund_exceeds_captured");
    expect(await replay(acme)).toBeNull();
  });

  test("of a closed month they are taken back in the next, at what was paid then, and leave nothing in the end", async () => {
    const company = await makeCompany();
    const payment = await verified("33.33", { valueOn: "2026-10-30" }, company);
    await asOwner(
      app,
      "set session_replication_role = replica; update commission_period set state = 'locked' where organization_id = '" +
        company.id +
        "' and month = '2026-10'",
    );
    for (const amount of ["11.11", "11.11", "11.11"]) {
      expect((await refunded(payment.id, amount, {}, company)).status).toBe(201);
    }
    const october = await statementOf("2026-10", company);
    expect(october.totals[0].earned.amount).toBe("2.00");
    const november = await statementOf("2026-11", company);
    expect(november.totals[0].earned.amount).toBe("-2.00");
    expect(november.lines[0].trace.cause).toMatchObject({ kind: "refund", closedMonth: "2026-10" });
    expect(await replay(company)).toBeNull();
  });
});
