import { inRead, systemCaller } from "#platform/tenant";
import { afterAll, describe, expect, test } from "vitest";
import { openBooks, usd } from "../../../../test/books.ts";
import { makeCustomer, makeMember, pdfProof, statusesOf, type Person } from "../../../../test/make.ts";
import { asOwner, asServerRole } from "../../../../test/sql.ts";
import { replayAllPeriods } from "../commissions/ledger-replay.query.ts";

const { app, acme, crew, finance, dealOf, post, read, verifiedPayment } = await openBooks();
afterAll(() => app.close());

const earnedOn = async (dealId: string) =>
  (
    await asOwner(app, "select coalesce(sum(amount_minor), 0)::int as minor from ledger_txn where deal_id = $1", [
      dealId,
    ])
  )[0].minor;
const verify = (payment: { id: string; version: number }, by: Person = crew.verifier) =>
  post(`/payments/${payment.id}/approve`, { seenVersion: payment.version }, by);
/** I6: what is applied, used elsewhere and free is what came, less what went back; I7: an invoice has what is on it. */
const brokenBooks = () =>
  asOwner(
    app,
    `select p.number from payment p where p.organization_id = $1 and p.status = 'verified'
       and p.applied_minor <> (select coalesce(sum(amount_minor), 0) from payment_allocation a where a.payment_id = p.id)
     union all select i.number from invoice i where i.organization_id = $1
       and i.paid_minor <> (select coalesce(sum(amount_minor), 0) from payment_allocation a where a.invoice_id = i.id)`,
    [acme.id],
  );

async function refund(paymentId: string, amount: string, kind = "refund") {
  const made = await post(`/payments/${paymentId}/refunds`, {
    kind,
    amount: usd(amount),
    valueOn: "2026-11-18",
    reason: "Paid too much",
  });
  if (made.status !== 201) return made;
  const file = { name: "refund.pdf", content: pdfProof() };
  const { body } = await app.upload(`/refunds/${made.body.id}/evidence`, finance.token, file);
  return post(`/refunds/${made.body.id}/decisions`, { verdict: "verified", seenVersion: body.version }, crew.verifier);
}

describe("what a payment is beyond its deal", () => {
  test("is the customer's credit: it earns nothing, is not invoiced, and goes back first", async () => {
    const deal = await dealOf("1000.00");
    const paid = await verifiedPayment(deal.id, "1150.00");
    expect(await read(`/payments/${paid.id}`)).toMatchObject({ free: usd("150.00"), credit: usd("150.00") });
    expect((await read(`/payments/${paid.id}/invoice`)).total).toEqual(usd("1000.00"));
    expect((await read(`/deals/${deal.id}`)).position).toMatchObject({ state: "overpaid", credit: usd("150.00") });
    expect(await read(`/customers/${deal["customer"].id}/credit`)).toMatchObject({
      items: [{ payment: { id: paid.id }, credit: usd("150.00") }],
      totals: [{ free: usd("150.00"), credit: usd("150.00") }],
    });
    const earned = await earnedOn(deal.id);
    expect(earned).toBe(6_000);
    expect((await refund(paid.id, "150.00")).status).toBe(201);
    expect(await earnedOn(deal.id)).toBe(earned);
    expect((await read(`/payments/${paid.id}`)).free).toEqual(usd("0.00"));
    expect((await refund(paid.id, "400.00")).status).toBe(201);
    expect(await earnedOn(deal.id)).toBe(3_600);
    // What the refund took off the receipt is due again.
    expect(await read(`/payments/${paid.id}/invoice`)).toMatchObject({ paid: usd("600.00"), due: usd("400.00") });
    expect(await brokenBooks()).toEqual([]);
  });

  test("pays for another deal as a payment of its own that somebody verifies, once", async () => {
    const customerId = (await makeCustomer(app, crew.rep)).id;
    const first = await dealOf("500.00", { customerId });
    const paid = await verifiedPayment(first.id, "800.00");
    const second = await dealOf("250.00", { customerId });
    const use = (dealId: string, amount?: string) =>
      post(
        `/payments/${paid.id}/credit-uses`,
        { dealId, ...(amount !== undefined && { amount: usd(amount) }) },
        crew.rep,
      );
    const both = await Promise.all([use(second.id, "200.00"), use(second.id, "200.00")]);
    expect(statusesOf(both)).toEqual([201, 201]);
    const [one, two] = both.map(({ body }) => body);
    expect(one).toMatchObject({ status: "submitted", method: "customer_credit", creditOf: { id: paid.id } });
    expect((await verify(one, crew.rep)).status).toBe(403);
    expect(statusesOf(await Promise.all([verify(one), verify(two)]))).toEqual([201, 409]);
    const after = [await read(`/payments/${one.id}`), await read(`/payments/${two.id}`)];
    const used = after.find(({ status }) => status === "verified");
    expect(await earnedOn(second.id)).toBe(1_200);
    expect((await read(`/deals/${first.id}`)).position).toMatchObject({ state: "overpaid", credit: usd("100.00") });
    expect((await read(`/payments/${used.id}/invoice`)).total).toEqual(usd("200.00"));
    expect((await refund(used.id, "10.00")).body.code).toBe("paid_by_credit");
    expect((await refund(paid.id, "700.00")).body.code).toBe("refund_exceeds_captured");
    const reverse = (payment: { id: string; version: number }, by: Person) =>
      post(
        `/payments/${payment.id}/decisions`,
        { verdict: "reversed", seenVersion: payment.version, note: "Wrong deal" },
        by,
      );
    const source = await read(`/payments/${paid.id}`);
    const colleague = await makeMember(app, acme, ["verifier"]);
    expect((await reverse(source, colleague)).body.code).toBe("credit_in_use");
    expect((await reverse(used, colleague)).status).toBe(201);
    expect((await read(`/payments/${paid.id}`)).credit).toEqual(usd("300.00"));
    expect(await earnedOn(second.id)).toBe(0);
    expect(await brokenBooks()).toEqual([]);
  });

  test("422 for another customer's deal, 409 without credit, 404 for what one does not see", async () => {
    const paid = await verifiedPayment((await dealOf("100.00")).id, "150.00");
    const foreign = await dealOf("100.00");
    const use = (id: string, body: object, by = crew.rep) => post(`/payments/${id}/credit-uses`, body, by);
    expect((await use(paid.id, { dealId: foreign.id })).body.errors[0].code).toBe("other_customer");
    const plain = await verifiedPayment(foreign.id, "100.00");
    expect((await use(plain.id, { dealId: foreign.id })).body.code).toBe("credit_not_left");
    const stranger = await makeMember(app, acme, ["sales_rep"]);
    expect((await use(paid.id, { dealId: foreign.id }, stranger)).status).toBe(404);
    const credit = await app.call("GET", `/customers/${foreign["customer"].id}/credit`, { token: stranger.token });
    expect(credit.status).toBe(404);
  });
});

describe("money and invoices", () => {
  test("a reversal takes the money off every invoice it paid; a chargeback that is won pays it again", async () => {
    const deal = await dealOf("1000.00");
    const paid = await verifiedPayment(deal.id, "1000.00");
    const receipt = await read(`/payments/${paid.id}/invoice`);
    expect((await refund(paid.id, "1000.00", "chargeback")).status).toBe(201);
    expect(await read(`/invoices/${receipt.id}`)).toMatchObject({ paid: usd("0.00"), due: usd("1000.00") });
    expect((await read(`/deals/${deal.id}`)).position.state).toBe("refunded");
    expect((await refund(paid.id, "1000.00", "chargeback_won")).status).toBe(201);
    expect(await read(`/invoices/${receipt.id}`)).toMatchObject({ state: "paid" });
    const other = await makeMember(app, acme, ["verifier"]);
    const body = { verdict: "reversed", seenVersion: (await read(`/payments/${paid.id}`)).version, note: "Not ours" };
    expect((await post(`/payments/${paid.id}/decisions`, body, other)).status).toBe(201);
    expect(await read(`/invoices/${receipt.id}`)).toMatchObject({ paid: usd("0.00"), due: usd("1000.00") });
    expect(await earnedOn(deal.id)).toBe(0);
    expect(await brokenBooks()).toEqual([]);
  });

  test("money a credit note set free is applied to the invoice that takes its place, at most once", async () => {
    const deal = await dealOf("400.00");
    const paid = await verifiedPayment(deal.id, "400.00");
    const receipt = await read(`/payments/${paid.id}/invoice`);
    await post(`/invoices/${receipt.id}/credit-notes`, { reason: "wrong_customer" });
    expect(await read(`/payments/${paid.id}`)).toMatchObject({ free: usd("400.00"), credit: usd("0.00") });
    const draft = (await post("/invoices", { dealId: deal.id })).body;
    await post(`/invoices/${draft.id}/issue`, { seenVersion: draft.version });
    const apply = (body: object = {}) => post(`/invoices/${draft.id}/allocations`, { paymentId: paid.id, ...body });
    expect((await apply({ amount: usd("400.01") })).body.code).toBe("not_enough_free");
    expect(statusesOf(await Promise.all([apply(), apply()]))).toEqual([201, 409]);
    expect((await read(`/invoices/${draft.id}`)).state).toBe("paid");
    const elsewhere = await verifiedPayment((await dealOf("50.00")).id, "70.00");
    expect((await apply({ paymentId: elsewhere.id })).body.errors[0].code).toBe("other_deal");
    expect(await brokenBooks()).toEqual([]);
  });

  test("whoever writes to the database cannot apply more than is left, nor say so without allocations", async () => {
    const paid = await verifiedPayment((await dealOf("100.00")).id, "100.00");
    const run = (text: string) => asServerRole(app, acme.id, (client) => client.query(text, [paid.id]));
    expect(await run("update payment set applied_minor = amount_minor + 1 where id = $1")).toBe("uses_within_payment");
    expect(await run("update payment set applied_minor = applied_minor - 1 where id = $1")).toBe("applied_adds_up");
    expect(await run("update payment set refunded_minor = 1 where id = $1")).toBe("uses_within_payment");
  });

  test("the ledger replays with overpaid, refunded and reused money", async () => {
    const { workplace } = app.runtime;
    const caller = await systemCaller(workplace, acme.id, app.now());
    expect((await inRead(workplace, caller, "snapshot", replayAllPeriods)).difference).toBeNull();
  });
});
