import { expect } from "vitest";
import { inRead, systemCaller } from "#platform/tenant";
import { replayAllPeriods } from "../src/modules/revenue/commissions/ledger-replay.query.ts";
import { openApp } from "./app.ts";
import {
  makeCrew,
  makeDeal,
  makeMember,
  makeOrganization,
  makePayment,
  pdfProof,
  type Crew,
  type MadeOrganization,
  type Person,
} from "./make.ts";

export type Company = MadeOrganization &
  Crew & { readonly second: Person; readonly finance: Person; readonly dealId: string };

export const usd = (amount: string) => ({ amount: { amount, currency: "USD" } });

/** A company with a deal that is paid for, and the steps that verify payments and take them back. */
export async function openRefunding() {
  const app = await openApp();
  const acme = await makeCompany();

  async function makeCompany(dealAmount = "90000.00"): Promise<Company> {
    const organization = await makeOrganization(app);
    const crew = await makeCrew(app, organization);
    const second = await makeMember(app, organization, ["verifier"]);
    const finance = await makeMember(app, organization, ["finance"]);
    const deal = await makeDeal(app, crew, usd(dealAmount));
    return { ...organization, ...crew, second, finance, dealId: deal.id };
  }

  const post = (path: string, person: Person, body: Record<string, unknown> = {}) =>
    app.call("POST", path, { token: person.token, body });
  const decide = (id: string, person: Person, body: Record<string, unknown>) =>
    post(`/payments/${id}/decisions`, person, body);

  async function verified(amount: string, fields = {}, company = acme) {
    const payment = await makePayment(app, { rep: company.rep, dealId: company.dealId }, { ...usd(amount), ...fields });
    const reply = await decide(payment.id, company.verifier, { verdict: "verified", seenVersion: payment.version });
    expect(reply.status).toBe(201);
    return reply.body as { id: string; version: number; number: string };
  }

  const record = (paymentId: string, amount: string, fields = {}, company = acme) =>
    post(`/payments/${paymentId}/refunds`, company.finance, {
      kind: "refund",
      ...usd(amount),
      valueOn: "2026-11-18",
      reason: "Two licences were returned",
      ...fields,
    });
  const prove = (refundId: string, company = acme) =>
    app.upload(`/refunds/${refundId}/evidence`, company.finance.token, { name: "refund.pdf", content: pdfProof() });
  const judge = (refund: { id: string; version: number }, person: Person, verdict = "verified") =>
    post(`/refunds/${refund.id}/decisions`, person, {
      verdict,
      seenVersion: refund.version,
      ...(verdict === "rejected" && { note: "The bank knows nothing of it" }),
    });

  async function refunded(paymentId: string, amount: string, fields = {}, company = acme) {
    const made = await record(paymentId, amount, fields, company);
    expect(made.status, made.text).toBe(201);
    const sent = await prove(made.body.id, company);
    return judge(sent.body, company.second);
  }

  const linesOf = async (paymentId: string, company = acme) => {
    const { body } = await app.call("GET", `/commissions?paymentId=${paymentId}`, { token: company.rep.token });
    return body.items.map((item: any) => item.amount.amount).toReversed();
  };
  const statementOf = async (month: string, company = acme) =>
    (await app.call("GET", `/statements/${month}`, { token: company.rep.token })).body;
  const replay = async ({ id }: { id: string }) => {
    const { workplace } = app.runtime;
    const caller = await systemCaller(workplace, id, app.now());
    return (await inRead(workplace, caller, "snapshot", replayAllPeriods)).difference;
  };

  return {
    app,
    acme,
    makeCompany,
    post,
    decide,
    verified,
    record,
    prove,
    judge,
    refunded,
    linesOf,
    statementOf,
    replay,
  };
}
