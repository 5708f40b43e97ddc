import { expect } from "vitest";
import { openApp } from "./app.ts";
import {
  creditDeal,
  makeCrew,
  makeDeal,
  makeOrganization,
  makePayment,
  type Crew,
  type MadeOrganization,
  type Person,
} from "./make.ts";
import { asOwner } from "./sql.ts";

export type Company = MadeOrganization & { readonly crew: Crew & { readonly teamId: string } };
type Tier = { readonly from: string; readonly rate: string };

/** A server, and the steps that lead from a payment to what it earns. */
export async function openEarning() {
  const app = await openApp();

  /** An organization of the test's own, whose plan pays by these tiers instead of the 6 % it starts with. */
  async function makeCompany(tiers?: readonly Tier[]): Promise<Company> {
    const organization = await makeOrganization(app);
    if (tiers !== undefined) {
      await asOwner(app, "update plan_component set tiers = $2 where organization_id = $1", [
        organization.id,
        JSON.stringify(tiers),
      ]);
    }
    return { ...organization, crew: await makeCrew(app, organization) };
  }

  const paymentOf = (company: Company, dealId: string, amount: string, fields: Record<string, unknown> = {}) =>
    makePayment(app, { rep: company.crew.rep, dealId }, { amount: dollars(amount), ...fields });
  const verify = ({ crew }: Company, payment: { id: string; version: number }, by: Person = crew.verifier) =>
    app.call("POST", `/payments/${payment.id}/approve`, { token: by.token, body: { seenVersion: payment.version } });
  async function earn(company: Company, dealId: string, amount: string, fields = {}): Promise<{ id: string }> {
    const payment = await paymentOf(company, dealId, amount, fields);
    expect((await verify(company, payment)).status).toBe(201);
    return payment;
  }
  const list = async (by: Person, query = ""): Promise<any[]> =>
    (await app.call("GET", `/commissions?limit=200${query}`, { token: by.token })).body.items;
  const statement = (by: Person, month = "2026-11", query = "") =>
    app.call("GET", `/statements/${month}${query}`, { token: by.token });

  async function splitDeal(company: Company, shares: Parameters<typeof creditDeal>[3]): Promise<{ id: string }> {
    const { rep } = company.crew;
    const deal = await makeDeal(app, { rep });
    expect(await creditDeal(app, company, deal, shares)).toBe("committed");
    await app.call("POST", `/deals/${deal.id}/submit`, { token: rep.token });
    await app.call("POST", `/deals/${deal.id}/approve`, { token: company.admin.token });
    return deal;
  }

  return { app, makeCompany, paymentOf, verify, earn, list, statement, splitDeal };
}

export const dollars = (amount: string) => ({ amount, currency: "USD" });
