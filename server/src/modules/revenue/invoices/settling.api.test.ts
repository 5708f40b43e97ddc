import { afterAll, afterEach, describe, expect, test } from "vitest";
import { makePayment, statusesOf } from "../../../../test/make.ts";
import { asOwner, asServerRole } from "../../../../test/sql.ts";
import { line, openBooks, start, usd } from "../../../../test/books.ts";

const { app, acme, crew, finance, dealOf, post, read, draftOf, issuedOf, verifiedPayment } = await openBooks();
afterEach(() => app.setNow(start));
afterAll(() => app.close());

describe("POST /invoices/{id}/credit-notes", () => {
  const credit = (id: string, body: Record<string, unknown> = {}) =>
    post(`/invoices/${id}/credit-notes`, { reason: "wrong_amount", ...body });

  test("201 takes all of it back under its own number; the invoice is credited and says by what", async () => {
    const issued = await issuedOf();
    const reply = await credit(issued.id, { note: "Billed twice" });
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({
      kind: "credit_note",
      number: expect.stringMatching(/^CN-2026-\d{4}$/),
      total: usd("1000.00"),
      corrects: { id: issued.id, number: issued.number },
      reason: "wrong_amount",
      note: "Billed twice",
    });
    const after = await read(`/invoices/${issued.id}`);
    expect(after).toMatchObject({ state: "credited", credited: usd("1000.00"), due: usd("0.00") });
    expect(after.creditNotes).toMatchObject([{ number: reply.body.number, total: usd("1000.00") }]);
    expect((await credit(issued.id)).body.code).toBe("fully_credited");
  });

  test("parts of lines add up to the invoice to the cent, by rate too", async () => {
    const issued = await issuedOf("100.00", {
      lines: [
        line("3.33", { quantity: "3", taxPercent: "7.7" }),
        line("9.99", { taxPercent: "19", discountPercent: "3" }),
      ],
    });
    const asked = [
      [{ position: 1, quantity: "0.5" }],
      [
        { position: 1, quantity: "1.25" },
        { position: 2, quantity: "0.333" },
      ],
      undefined,
    ];
    const sums = { net: 0, tax: 0, total: 0 };
    const byRate = new Map<string, number>();
    for (const lines of asked) {
      const { status, body, text } = await credit(issued.id, lines === undefined ? {} : { lines });
      expect(status, text).toBe(201);
      for (const key of ["net", "tax", "total"] as const) sums[key] += cents(body[key]);
      for (const { percent, tax } of body.taxes) byRate.set(percent, (byRate.get(percent) ?? 0) + cents(tax));
    }
    expect(sums).toEqual({ net: cents(issued.net), tax: cents(issued.tax), total: cents(issued.total) });
    for (const { percent, tax } of issued.taxes) expect([percent, byRate.get(percent)]).toEqual([percent, cents(tax)]);
    expect((await read(`/invoices/${issued.id}`)).state).toBe("credited");
  });

  test("422 for more of a line than is left, 409 for a draft and for a credit note", async () => {
    const issued = await issuedOf();
    const reply = await credit(issued.id, { lines: [{ position: 1, quantity: "1.001" }] });
    expect([reply.status, reply.body.errors[0].code]).toEqual([422, "more_than_left"]);
    const note = await credit(issued.id);
    expect((await credit(note.body.id)).status).toBe(409);
    expect((await credit((await draftOf()).id)).status).toBe(409);
  });

  test("one of two credit notes over the whole at once wins", async () => {
    const issued = await issuedOf();
    expect(statusesOf(await Promise.all([credit(issued.id), credit(issued.id)]))).toEqual([201, 409]);
  });

  test("money that was paid for what is credited comes off the invoice again", async () => {
    const issued = await issuedOf("1000.00", { lines: [line("400.00"), line("600.00")] });
    await verifiedPayment(issued.deal.id, "1000.00");
    expect((await read(`/invoices/${issued.id}`)).state).toBe("paid");
    await credit(issued.id, { lines: [{ position: 1, quantity: "1" }] });
    expect(await read(`/invoices/${issued.id}`)).toMatchObject({
      state: "paid",
      paid: usd("600.00"),
      credited: usd("400.00"),
      due: usd("0.00"),
    });
  });
});

const cents = ({ amount }: { amount: string }) => Number(amount.replace(".", ""));

describe("verified payments", () => {
  test("without an invoice get a receipt, which GET /payments/{id}/invoice answers", async () => {
    const deal = await dealOf("500.00");
    const payment = await verifiedPayment(deal.id, "200.00");
    const receipt = await read(`/payments/${payment.id}/invoice`);
    expect(receipt).toMatchObject({ state: "paid", total: usd("200.00"), due: usd("0.00"), issuedBy: null });
    expect(receipt.payments).toMatchObject([{ id: payment.id, amount: usd("200.00") }]);
    const waiting = await makePayment(app, { rep: crew.rep, dealId: deal.id });
    expect((await app.call("GET", `/payments/${waiting.id}/invoice`, { token: finance.token })).status).toBe(404);
  });

  test("pay the oldest due invoice first, then the next, and what is left gets a receipt up to the deal", async () => {
    const deal = await dealOf("1000.00");
    const invoice = async (amount: string, dueOn: string) => {
      const draft = (await post("/invoices", { dealId: deal.id, lines: [line(amount)], dueOn })).body;
      return (await post(`/invoices/${draft.id}/issue`, { seenVersion: 1 })).body;
    };
    const later = await invoice("300.00", "2026-12-20");
    const sooner = await invoice("200.00", "2026-12-01");
    await verifiedPayment(deal.id, "250.00");
    expect((await read(`/invoices/${sooner.id}`)).state).toBe("paid");
    expect(await read(`/invoices/${later.id}`)).toMatchObject({ state: "partially_paid", due: usd("250.00") });
    const last = await verifiedPayment(deal.id, "900.00");
    expect((await read(`/invoices/${later.id}`)).state).toBe("paid");
    const items = (await read(`/invoices?dealId=${deal.id}`)).items;
    // 1,000.00 of the deal: 500.00 invoiced before, 500.00 by receipt; 150.00 are beyond the deal and not invoiced.
    expect(items.map(({ total }: { total: { amount: string } }) => total.amount)).toEqual([
      "500.00",
      "200.00",
      "300.00",
    ]);
    expect((await read(`/payments/${last.id}/invoice`)).total).toEqual(usd("500.00"));
  });

  test("verified together and handled twice are applied once", async () => {
    const deal = await dealOf("300.00");
    const payments = await Promise.all([1, 2, 3].map(() => makePayment(app, { rep: crew.rep, dealId: deal.id })));
    await Promise.all(
      payments.map(({ id, version }) => post(`/payments/${id}/approve`, { seenVersion: version }, crew.verifier)),
    );
    await app.settle();
    const [{ handled }] = await asOwner(
      app,
      "select sum(amount_minor)::int as handled from payment_allocation where payment_id = any ($1)",
      [payments.map(({ id }) => id)],
    );
    expect(handled).toBe(30_000);
    expect((await read(`/invoices?dealId=${deal.id}`)).items).toHaveLength(3);
  });

  test("more than an invoice is left to be paid is refused by the database", async () => {
    const issued = await issuedOf();
    const refused = await asServerRole(app, acme.id, (client) =>
      client.query("update invoice set paid_minor = total_minor + 1 where id = $1", [issued.id]),
    );
    expect(refused).toBe("invoice_not_overpaid");
  });
});
