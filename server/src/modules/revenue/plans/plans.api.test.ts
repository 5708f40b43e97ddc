import { afterAll, describe, expect, test } from "vitest";
import { makeCrew, makeDeal, makeMember, makeOrganization, makePayment } from "../../../../test/make.ts";
import { openPlanning, rate, terms } from "../../../../test/planning.ts";
import { asOwner, asServerRole } from "../../../../test/sql.ts";

const { app, today, company, writer, approver, post, draft, inReview, approved } = await openPlanning();
afterAll(() => app.close());

describe("a version of a plan", () => {
  test("200 goes from its draft over the review of another to being paid, and stays as it is from then on", async () => {
    const plan = await approved();
    expect(plan.versions[0]).toMatchObject({
      number: 1,
      status: "approved",
      startsOn: today,
      approvedBy: { id: approver.id },
    });
    const change = (sql: string) => asServerRole(app, company.id, (client) => client.query(sql));
    for (const sql of [
      "update plan_version set terms = '{}' where status = 'approved'",
      "update plan_version set status = 'draft' where status = 'approved'",
    ]) {
      expect(await change(sql)).toBe("23001");
    }
    expect((await draft(plan.id, { terms: terms(rate()), startsOn: today, seenVersion: 9 })).body.code).toBe(
      "plan_approved",
    );

    const rep = await makeMember(app, company, ["sales_rep"]);
    expect((await post(`/plans/${plan.id}/people`, writer, { memberId: rep.id, from: today })).status).toBe(200);
    const deal = await makeDeal(app, { rep, manager: company.admin });
    for (const amount of ["300.00", "200.00"]) {
      const payment = await makePayment(
        app,
        { rep, dealId: deal.id },
        { amount: { amount, currency: "USD" }, valueOn: today },
      );
      expect(
        (await post(`/payments/${payment.id}/approve`, company.crew.verifier, { seenVersion: payment.version })).status,
      ).toBe(201);
    }
    const { body } = await app.call("GET", `/statements/${today.slice(0, 7)}`, { token: rep.token });
    expect(body.lines.map(({ kind, amount }: any) => `${kind} ${amount.amount}`).toReversed()).toEqual([
      "earned 15.00",
      "true_up 15.00",
      "earned 20.00",
    ]);
    const late = await post(`/plans/${plan.id}/people`, writer, { memberId: rep.id, from: today });
    expect([late.status, late.body.errors[0].code]).toEqual([422, "plan_in_use"]);
  });

  test("the next one begins as a copy, takes over from its first day, and the one before retires", async () => {
    const plan = await approved();
    const { status, body } = await post(`/plans/${plan.id}/versions`, writer);
    expect([status, body.versions[0].number, body.versions[0].terms]).toEqual([201, 2, plan.versions[0].terms]);
    expect((await post(`/plans/${plan.id}/versions`, writer)).body.code).toBe("plan_draft");
    const body2 = {
      terms: terms(rate({ tiers: [{ from: "0", rate: "0.2" }] })),
      startsOn: "2027-02-01",
      seenVersion: body.versions[0].version,
    };
    await draft(plan.id, body2);
    const review = await post(`/plans/${plan.id}/submit`, writer);
    const reply = await post(`/plans/${plan.id}/approve`, approver, { seenVersion: review.body.versions[0].version });
    expect(reply.body.versions.map(({ status: state }: any) => state)).toEqual(["approved", "retired"]);
    const held = await asOwner(
      app,
      "select during::text as during from plan_effective where plan_id = $1 order by during",
      [plan.id],
    );
    expect(held.map(({ during }) => during)).toEqual([`[${today},2027-02-01)`, "[2027-02-01,)"]);
  });

  test("403 self_approval for who wrote it, 409 outside its review, 412 where it was changed since, 200 back to the draft", async () => {
    const { id, version } = await inReview();
    expect((await post(`/plans/${id}/approve`, writer, { seenVersion: version })).body.code).toBe("self_approval");
    expect((await post(`/plans/${id}/approve`, approver, { seenVersion: version - 1 })).status).toBe(412);
    expect((await draft(id, { terms: terms(rate()), startsOn: today, seenVersion: version })).body.code).toBe(
      "plan_in_review",
    );
    const back = await post(`/plans/${id}/return`, approver, { reason: "Too steep" });
    expect(back.body.versions[0]).toMatchObject({ status: "draft", returnReason: "Too steep" });
    expect((await post(`/plans/${id}/approve`, approver, { seenVersion: version + 1 })).body.code).toBe("plan_draft");
    expect((await draft(id, { terms: terms(rate()), startsOn: today })).status).toBe(428);
    expect((await draft(id, { terms: terms(rate()), startsOn: "2026-01-01", seenVersion: version + 1 })).status).toBe(
      200,
    );
    expect((await post(`/plans/${id}/submit`, writer)).body.code).toBe("start_passed");
  });

  test("403 self_approval for whoever it pays, and by the database, too (A17)", async () => {
    const { id, version } = await inReview();
    await post(`/plans/${id}/people`, writer, { memberId: approver.id, from: today });
    expect((await post(`/plans/${id}/approve`, approver, { seenVersion: version })).body.code).toBe("self_approval");
    const forced = await asServerRole(app, company.id, (client) =>
      client.query(
        `update plan_version set status = 'approved', approved_by = '${approver.id}' where plan_id = '${id}'`,
      ),
    );
    expect(forced).toBe("self_approval");
    expect((await post(`/plans/${id}/people`, writer, { memberId: writer.id, from: today })).body.code).toBe(
      "self_approval",
    );
    await asOwner(app, "delete from plan_assignment where member_id = $1", [approver.id]);
  });
});

describe("who is measured by what", () => {
  test("a quota is set until money of the month is counted, by somebody else, and is never divided by when it is nothing (A15)", async () => {
    const plan = await approved(
      terms(
        rate({
          basis: "attainment",
          tiers: [
            { from: "0", rate: "0.05" },
            { from: "1", rate: "0.1" },
          ],
        }),
      ),
    );
    const rep = await makeMember(app, company, ["sales_rep"]);
    await post(`/plans/${plan.id}/people`, writer, { memberId: rep.id, from: today });
    const month = today.slice(0, 7);
    const quota = (amount: string, by = writer, more = {}) =>
      app.call("PUT", "/quotas", {
        token: by.token,
        body: { memberId: rep.id, month, amount: { amount, currency: "USD" }, ...more },
      });
    expect((await quota("100.00")).body).toMatchObject({ version: 1 });
    expect((await quota("200.00")).status).toBe(428);
    expect((await quota("0.00", writer, { seenVersion: 1 })).body).toMatchObject({ version: 2 });
    const own = { memberId: writer.id, month, amount: { amount: "1.00", currency: "USD" } };
    expect((await app.call("PUT", "/quotas", { token: writer.token, body: own })).body.code).toBe("self_approval");
    const deal = await makeDeal(app, { rep, manager: company.admin });
    const payment = await makePayment(
      app,
      { rep, dealId: deal.id },
      { amount: { amount: "400.00", currency: "USD" }, valueOn: today },
    );
    await post(`/payments/${payment.id}/approve`, company.crew.verifier, { seenVersion: payment.version });
    const { body } = await app.call("GET", `/statements/${month}`, { token: rep.token });
    expect(body.lines[0]).toMatchObject({ amount: { amount: "20.00" } });
    expect(body.lines[0].trace.quota).toBeUndefined();
    expect((await quota("300.00", writer, { seenVersion: 2 })).body.code).toBe("quota_in_use");
  });

  test("a rate of exchange is entered once", async () => {
    const enter = (changes = {}) =>
      post("/exchange-rates", writer, { from: "EUR", to: "USD", on: today, rate: "1.0837", source: "ECB", ...changes });
    expect((await enter()).status).toBe(201);
    expect((await enter({ rate: "2" })).body.code).toBe("rate_exists");
    for (const [change, path] of [
      [{ to: "EUR" }, "to"],
      [{ rate: "0" }, "rate"],
      [{ on: "2030-01-01" }, "on"],
      [{ rate: "1e3" }, "rate"],
    ] as const) {
      const { status, body } = await enter(change);
      expect([status, body.errors[0].path]).toEqual([422, path]);
    }
    expect((await app.call("GET", "/exchange-rates", { token: writer.token })).body.items).toMatchObject([
      { rate: "1.0837", setBy: { id: writer.id } },
    ]);
  });
});

describe("the text of a plan", () => {
  test("is read by whom the plan pays, and accepted by its fingerprint, once", async () => {
    const plan = await approved();
    const rep = await makeMember(app, company, ["sales_rep"]);
    const read = async () => (await app.call("GET", "/plan-document", { token: rep.token })).body.document;
    expect(await read()).toMatchObject({ plan: "Standard", sha256: null });
    await post(`/plans/${plan.id}/people`, writer, { memberId: rep.id, from: today });
    const document = await read();
    expect(document).toMatchObject({
      planId: plan.id,
      version: 1,
      sha256: plan.versions[0].documentSha256,
      acceptedAt: null,
    });
    expect(document.sentences.join(" ")).toContain("Up to 500 USD you earn 5%, from 500 USD 10%.");
    const accept = (sha256: string) => post(`/plans/${plan.id}/acceptances`, rep, { version: 1, sha256 });
    expect((await accept("0".repeat(64))).body.code).toBe("other_text");
    const [first, second] = [await accept(document.sha256), await accept(document.sha256)];
    expect([first.status, second.body]).toEqual([201, first.body]);
    expect((await read()).acceptedAt).toBe(first.body.acceptedAt);
  });
});

describe("a dry run", () => {
  test("shows what the last three months would have cost, person by person, and that the rules of now reproduce them", async () => {
    const own = await makeOrganization(app);
    const crew = await makeCrew(app, own);
    const finance = await makeMember(app, own, ["finance"]);
    const deal = await makeDeal(app, crew, { amount: { amount: "5000.00", currency: "USD" } });
    for (const [amount, valueOn] of [
      ["400.00", "2026-09-03"],
      ["300.00", "2026-09-20"],
      ["100.00", "2026-10-05"],
    ] as const) {
      const payment = await makePayment(
        app,
        { rep: crew.rep, dealId: deal.id },
        { amount: { amount, currency: "USD" }, valueOn },
      );
      await post(`/payments/${payment.id}/approve`, crew.verifier, { seenVersion: payment.version });
    }
    const { body: plans } = await app.call("GET", "/plans", { token: finance.token });
    const { id } = plans.items[0];
    const begun = await post(`/plans/${id}/versions`, finance);
    const content = terms(rate({ bonuses: [{ code: "b", label: "B", amount: "10.00", from: null }] }));
    await draft(id, { terms: content, startsOn: today, seenVersion: begun.body.versions[0].version }, finance);
    const { status, body } = await post(`/plans/${id}/simulate`, finance);
    expect(status).toBe(200);
    // 6 % of 800.00 now; 700.00 at 10 % and 100.00 at 5 %, and 10.00 in each of two months, then.
    const usd = (amount: string) => ({ amount, currency: "USD" });
    expect(body).toMatchObject({
      months: ["2026-08", "2026-09", "2026-10"],
      totals: [{ current: usd("48.00"), next: usd("95.00"), change: usd("47.00") }],
      people: [{ member: { id: crew.rep.id }, attainment: null, change: usd("47.00") }],
      reproduces: true,
      withoutRate: 0,
    });
  });
});
