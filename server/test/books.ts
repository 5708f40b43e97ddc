import { openApp, type TestApp } from "./app.ts";
import { makeCrew, makeDeal, makeMember, makeOrganization, makePayment, type Crew, type Person } from "./make.ts";

export const start = "2026-11-19T09:12:00.000Z";
export const usd = (amount: string) => ({ amount, currency: "USD" });
/** A line of one piece at this price. */
export const line = (unitPrice: string, fields = {}) => ({
  description: "Work",
  unitPrice: usd(unitPrice),
  ...fields,
});

/** A company that sells, with somebody in finance, and the few steps that tests of invoices begin with. */
export async function openBooks() {
  const app = await openApp();
  const acme = await makeOrganization(app, "Acme");
  const crew = await makeCrew(app, acme);
  const finance = await makeMember(app, acme, ["finance"]);
  return { app, acme, crew, finance, ...stepsOf(app, crew, finance) };
}

function stepsOf(app: TestApp, crew: Crew, finance: Person) {
  const dealOf = (amount: string, fields = {}) => makeDeal(app, crew, { amount: usd(amount), ...fields });
  const post = (path: string, body: unknown = {}, person = finance) =>
    app.call("POST", path, { token: person.token, body });
  const read = async (path: string, person = finance) => (await app.call("GET", path, { token: person.token })).body;

  async function draftOf(amount = "1000.00", body: Record<string, unknown> = {}) {
    const deal = await dealOf(amount);
    const reply = await post("/invoices", { dealId: deal.id, ...body });
    if (reply.status !== 201) throw new Error(reply.text);
    return reply.body;
  }

  async function issuedOf(amount = "1000.00", body: Record<string, unknown> = {}) {
    const draft = await draftOf(amount, body);
    const reply = await post(`/invoices/${draft.id}/issue`, { seenVersion: draft.version });
    if (reply.status !== 200) throw new Error(reply.text);
    return reply.body;
  }

  async function verifiedPayment(dealId: string, amount: string) {
    const payment = await makePayment(app, { rep: crew.rep, dealId }, { amount: usd(amount) });
    const reply = await post(`/payments/${payment.id}/approve`, { seenVersion: payment.version }, crew.verifier);
    if (reply.status !== 201) throw new Error(reply.text);
    await app.settle();
    return payment;
  }

  /** Moves the clock, and signs somebody in by then: a session does not last that long. */
  async function signedInAt(instant: string, { email, password, ...person }: Person): Promise<Person> {
    app.setNow(instant);
    const { body } = await app.call("POST", "/auth/login", { body: { email, password } });
    return { ...person, email, password, token: body.accessToken };
  }

  return { dealOf, post, read, draftOf, issuedOf, verifiedPayment, signedInAt };
}
