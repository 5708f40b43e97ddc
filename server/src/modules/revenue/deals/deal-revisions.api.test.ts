import { afterAll, describe, expect, test } from "vitest";
import { openBooks, usd } from "../../../../test/books.ts";
import { makeCustomer, makeMember, statusesOf, type Person } from "../../../../test/make.ts";
import { asOwner, asServerRole } from "../../../../test/sql.ts";

const { app, acme, crew, dealOf, post, read, verifiedPayment } = await openBooks();
const boss = await makeMember(app, acme, ["org_admin"]);
afterAll(() => app.close());

const propose = (dealId: string, body: object, by: Person = crew.rep) =>
  post(`/deals/${dealId}/revisions`, { reason: "They take more seats", ...body }, by);
const amountOf = (amount: string) => ({ kind: "amount", amount: usd(amount) });
const cancellation = { kind: "cancellation", reason: "They went out of business" };
const decide = (deal: any, by: Person = crew.manager, verdict = "approved") =>
  post(`/deals/${deal.id}/revisions/${deal.revisions[0].id}/decisions`, { verdict }, by);

describe("POST /deals", () => {
  const body = { title: "Support 2027", amount: usd("900.00") };
  const firstPayment = { amount: usd("300.00"), method: "cash", valueOn: "2026-11-17" };

  test("201 opens a deal with its first payment as drafts, credited to who opens it", async () => {
    const customerId = (await makeCustomer(app, crew.rep)).id;
    const reply = await post("/deals", { ...body, customerId, firstPayment }, crew.rep);
    expect(reply.status, reply.text).toBe(201);
    expect(reply.body).toMatchObject({
      deal: {
        status: "draft",
        opportunity: null,
        wonOn: "2026-11-19",
        credits: [{ basisPoints: 10_000 }],
        revision: 1,
      },
      firstPayment: { status: "draft", amount: usd("300.00"), deal: { id: reply.body.deal.id } },
    });
  });

  test("422 names what is wrong with the first payment, and no deal is left; 404 for a customer out of sight", async () => {
    const customerId = (await makeCustomer(app, crew.rep)).id;
    const wrong = [
      [{ ...firstPayment, amount: { amount: "300.00", currency: "EUR" } }, "firstPayment.amount.currency"],
      [{ ...firstPayment, valueOn: "2026-11-20" }, "firstPayment.valueOn"],
      [{ ...firstPayment, amount: usd("0.00") }, "firstPayment.amount.amount"],
    ] as const;
    for (const [payment, path] of wrong) {
      const reply = await post("/deals", { ...body, customerId, firstPayment: payment }, crew.rep);
      expect([reply.status, reply.body.errors[0].path]).toEqual([422, path]);
    }
    const future = await post("/deals", { ...body, customerId, wonOn: "2026-11-20" }, crew.rep);
    expect(future.body.errors[0].path).toBe("wonOn");
    expect((await read(`/deals?customerId=${customerId}`, crew.rep)).items).toEqual([]);
    const stranger = await makeMember(app, acme, ["sales_rep"]);
    expect((await post("/deals", { ...body, customerId }, stranger)).status).toBe(404);
  });

  test("DELETE takes a draft without payments away; not one with payments or of an opportunity", async () => {
    const customerId = (await makeCustomer(app, crew.rep)).id;
    const remove = (deal: any) =>
      app.call("DELETE", `/deals/${deal.id}`, { token: crew.rep.token, headers: { "if-match": `"${deal.version}"` } });
    const { deal } = (await post("/deals", { ...body, customerId }, crew.rep)).body;
    expect((await remove(deal)).status).toBe(204);
    const paid = (await post("/deals", { ...body, customerId, firstPayment }, crew.rep)).body.deal;
    expect((await remove(paid)).body.code).toBe("deal_in_progress");
    expect((await remove(await dealOf("10.00"))).body.code).toBe("deal_in_progress");
  });
});

describe("POST /deals/{id}/revisions", () => {
  test("201 changes the amount once somebody without a stake approves; the deal counts its revisions", async () => {
    const deal = await dealOf("1000.00");
    await verifiedPayment(deal.id, "1200.00");
    const proposed = (await propose(deal.id, amountOf("1500.00"))).body;
    expect(proposed).toMatchObject({
      amount: usd("1000.00"),
      revisions: [{ state: "proposed", amount: usd("1500.00") }],
    });
    expect((await propose(deal.id, amountOf("1600.00"))).body.code).toBe("revision_waiting");
    expect((await decide(proposed, crew.rep)).status).toBe(403);
    const both = await Promise.all([decide(proposed), decide(proposed, boss)]);
    expect(statusesOf(both)).toEqual([201, 409]);
    const revised = await read(`/deals/${deal.id}`);
    expect(revised).toMatchObject({ amount: usd("1500.00"), status: "approved", revision: 2 });
    expect(revised.position).toMatchObject({ state: "partial", open: usd("300.00") });
  });

  test("409 below what is verified, also when the money came after it was proposed", async () => {
    const deal = await dealOf("1000.00");
    const proposed = (await propose(deal.id, amountOf("500.00"))).body;
    await verifiedPayment(deal.id, "600.00");
    expect((await decide(proposed)).body.code).toBe("deal_below_verified");
    expect((await decide(proposed, crew.manager, "declined")).body.revisions[0].state).toBe("declined");
    expect((await propose(deal.id, amountOf("500.00"))).body.code).toBe("deal_below_verified");
    expect((await propose(deal.id, cancellation)).body.code).toBe("deal_has_money");
    expect((await propose(deal.id, amountOf("1000.00"))).body.errors[0].code).toBe("unchanged");
    const euros = { kind: "amount", amount: { amount: "2000.00", currency: "EUR" } };
    expect((await propose(deal.id, euros)).body.errors[0].path).toBe("amount.currency");
  });

  test("a deal without money is cancelled by two people, and takes no payment any more", async () => {
    const deal = await dealOf("1000.00");
    const proposed = (await propose(deal.id, cancellation, crew.manager)).body;
    expect((await decide(proposed, crew.manager)).status).toBe(403);
    expect((await decide(proposed, boss)).body).toMatchObject({ status: "cancelled", revision: 2 });
    const payment = { dealId: deal.id, amount: usd("5.00"), method: "cash", valueOn: "2026-11-17" };
    expect((await post("/payments", payment, crew.rep)).body.code).toBe("deal_cancelled");
    expect((await propose(deal.id, amountOf("5.00"))).status).toBe(409);
  });

  test("only who proposed takes it back; a draft is not revised", async () => {
    const deal = await dealOf("1000.00");
    const proposed = (await propose(deal.id, amountOf("1100.00"))).body;
    const withdraw = (by: Person) => post(`/deals/${deal.id}/revisions/${proposed.revisions[0].id}/withdraw`, {}, by);
    expect((await withdraw(crew.manager)).status).toBe(403);
    expect((await withdraw(crew.rep)).body.revisions[0].state).toBe("withdrawn");
    const customerId = (await makeCustomer(app, crew.rep)).id;
    const draft = (await post("/deals", { title: "Draft", amount: usd("1.00"), customerId }, crew.rep)).body.deal;
    expect((await propose(draft.id, amountOf("2.00"))).status).toBe(409);
  });

  test("whoever writes to the database changes no approved deal without an approved revision", async () => {
    const deal = await dealOf("1000.00");
    const run = (text: string) => asServerRole(app, acme.id, (client) => client.query(text, [deal.id]));
    expect(await run("update deal set amount_minor = 1, revision = 2 where id = $1")).toBe("23001");
    expect(await run("update deal set status = 'cancelled', revision = 2 where id = $1")).toBe("23001");
    const proposed = (await propose(deal.id, amountOf("1100.00"))).body.revisions[0].id;
    const forged = await asServerRole(app, acme.id, (client) =>
      client.query("update deal_revision set state = 'approved', decided_by = proposed_by where id = $1", [proposed]),
    );
    expect(forged).toBe("self_approval");
    expect((await asOwner(app, "select revision from deal where id = $1", [deal.id]))[0].revision).toBe(1);
  });
});
