import { afterAll, describe, expect, test } from "vitest";
import { openBooks, start, usd } from "../../../../test/books.ts";
import { makeCustomer, makeMember, makePayment } from "../../../../test/make.ts";

const { app, acme, crew, dealOf, post, read, verifiedPayment, signedInAt } = await openBooks();
afterAll(() => app.close());

const waiting = async (id: string, by = crew.verifier) => {
  const { items } = await read("/verification-queue?limit=200", by);
  return items.find(({ payment }: { payment: { id: string } }) => payment.id === id);
};
const sent = (dealId: string, fields = {}) => makePayment(app, { rep: crew.rep, dealId }, fields);

describe("what has to be looked at twice", () => {
  test("the same amount within three days of the same customer, on whatever deal", async () => {
    const customerId = (await makeCustomer(app, crew.rep)).id;
    const [one, two] = [await dealOf("900.00", { customerId }), await dealOf("900.00", { customerId })];
    const first = await verifiedPayment(one.id, "321.00");
    const second = await sent(two.id, { amount: usd("321.00"), valueOn: "2026-11-15" });
    const item = await waiting(second.id);
    expect(item.flags).toContain("same_amount_and_day");
    expect(item.twins).toMatchObject([{ id: first.id, same: ["amount_and_day"] }]);
    const late = await sent(two.id, { amount: usd("321.00"), valueOn: "2026-11-11" });
    expect((await waiting(late.id)).twins.map(({ id }: { id: string }) => id)).not.toContain(first.id);
  });

  test("the last day of a month, and money that counts for another month than it was sent in", async () => {
    const deal = await dealOf("900.00");
    const october = await sent(deal.id, { amount: usd("11.00"), valueOn: "2026-10-31" });
    expect((await waiting(october.id)).flags).toEqual(expect.arrayContaining(["last_day", "other_month"]));
    const november = await sent(deal.id, { amount: usd("12.00"), valueOn: "2026-11-16" });
    expect((await waiting(november.id)).flags).not.toEqual(expect.arrayContaining(["last_day"]));
    const many = { verdict: "verified", seenVersion: october.version, isOneOfMany: true };
    expect((await post(`/payments/${october.id}/decisions`, many, crew.verifier)).body.code).toBe("flagged");
  });

  test("a deal that was changed in the week before", async () => {
    const deal = await dealOf("900.00");
    const body = { kind: "amount", amount: usd("950.00"), reason: "More seats" };
    const { revisions } = (await post(`/deals/${deal.id}/revisions`, body, crew.rep)).body;
    await post(`/deals/${deal.id}/revisions/${revisions[0].id}/decisions`, { verdict: "approved" }, crew.manager);
    expect((await waiting((await sent(deal.id, { amount: usd("13.00") })).id)).flags).toContain("deal_changed");
  });

  test("a verifier who decides nearly everything of one sender is told, a colleague is not", async () => {
    const deal = await dealOf("9000.00");
    for (let count = 0; count < 10; count += 1) await verifiedPayment(deal.id, `${20 + count}.00`);
    const payment = await sent(deal.id, { amount: usd("77.00") });
    const colleague = await makeMember(app, acme, ["verifier"]);
    expect((await waiting(payment.id)).flags).toContain("same_pair");
    expect((await waiting(payment.id, colleague)).flags).not.toContain("same_pair");
    const later = await signedInAt("2027-03-01T09:00:00.000Z", crew.verifier);
    expect((await waiting(payment.id, later)).flags).not.toContain("same_pair");
    app.setNow(start);
  });
});
