import { randomUUID } from "node:crypto";
import type { TestApp } from "../app.ts";
import { makeMember, makeOpportunity, type Person } from "../make.ts";
import type { Call, MakeCall } from "./calls.ts";
import { earnIn } from "./closing.ts";
import type { Company } from "./company.ts";

/** A day on which nothing is counted yet: a plan of its own counts nothing before. */
const today = (app: TestApp): string => app.now().toISOString().slice(0, 10);

const terms = {
  currency: "USD",
  components: [
    {
      kind: "rate",
      name: "Base",
      credit: "revenue",
      tiers: [
        { from: "0", rate: "0.05" },
        { from: "10000.00", rate: "0.1" },
      ],
      mode: "retroactive",
      basis: "amount",
      boundary: "lower_inclusive",
      threshold: null,
      zeroQuota: "base_rate_only",
      cap: null,
      bonuses: [],
      rounding: "half_up",
    },
  ],
};

const adjustment = {
  kind: "penalty",
  code: "Late proof",
  reason: "Ten days late",
  amount: { amount: "1.00", currency: "USD" },
};

export async function makeAdjustment(app: TestApp, company: Company): Promise<string> {
  const { admin, rep } = company;
  const body = { ...adjustment, participantId: rep.id, paymentId: await earnIn(app, company, "2026-11") };
  const reply = await app.call("POST", "/adjustments", { token: admin.token, body });
  if (reply.status !== 201) throw new Error(`adjustment: ${reply.text}`);
  return reply.body.id;
}

/** A plan of the company's, as far as this. */
export async function makePlan(
  app: TestApp,
  { admin }: { readonly admin: Person },
  until: "draft" | "in_review" = "draft",
): Promise<{ readonly id: string; readonly version: number }> {
  const { token } = admin;
  const made = await app.call("POST", "/plans", { token, body: { name: `Plan ${randomUUID().slice(0, 8)}` } });
  const { id } = made.body;
  const body = { terms, startsOn: today(app), seenVersion: made.body.versions[0].version };
  const saved = await app.call("PUT", `/plans/${id}/draft`, { token, body });
  const last = until === "draft" ? saved : await app.call("POST", `/plans/${id}/submit`, { token });
  if (last.status !== 200) throw new Error(`plan: ${last.text}`);
  return { id, version: last.body.versions[0].version };
}

async function onPlan(
  app: TestApp,
  company: Company,
  until?: "in_review",
): Promise<Call & { readonly version: number }> {
  const { id, version } = await makePlan(app, company, until);
  return { as: company.master, params: { planId: id }, version };
}

async function onPlanUnversioned(app: TestApp, company: Company, until?: "in_review"): Promise<Call> {
  const { version: _, ...call } = await onPlan(app, company, until);
  return call;
}

/** The plan everybody starts with. */
async function defaultPlan(app: TestApp, { admin }: Company): Promise<string> {
  const { body } = await app.call("GET", "/plans", { token: admin.token });
  return body.items[0].id;
}

export const planCalls: Readonly<Record<string, MakeCall>> = {
  "GET /plans": (_, { admin }) => ({ as: admin }),
  "POST /plans": (_, { admin }) => ({ as: admin, body: { name: `Plan ${randomUUID().slice(0, 8)}` } }),
  "GET /plans/{planId}": async (app, company) => ({
    as: company.admin,
    params: { planId: await defaultPlan(app, company) },
  }),
  "POST /plans/{planId}/versions": async (app, { organization, master }) => {
    const { id, version } = await makePlan(app, organization, "in_review");
    const approver = await makeMember(app, organization, ["finance"]);
    const body = { seenVersion: version };
    await app.call("POST", `/plans/${id}/approve`, { token: approver.token, body });
    return { as: master, params: { planId: id } };
  },
  "PUT /plans/{planId}/draft": async (app, company) => ({
    ...(await onPlan(app, company)),
    body: { terms, startsOn: today(app) },
  }),
  "POST /plans/{planId}/submit": (app, company) => onPlanUnversioned(app, company),
  "POST /plans/{planId}/return": async (app, company) => ({
    ...(await onPlanUnversioned(app, company, "in_review")),
    body: { reason: "The second tier is too high" },
  }),
  "POST /plans/{planId}/approve": async (app, company) => {
    const { version, ...call } = await onPlan(app, company, "in_review");
    return { ...call, as: await company.member("finance"), body: { seenVersion: version } };
  },
  "POST /plans/{planId}/simulate": (app, company) => onPlanUnversioned(app, company),
  "POST /plans/{planId}/people": async (app, company) => ({
    ...(await onPlanUnversioned(app, company)),
    body: { memberId: company.rep.id, from: "2027-01-01" },
  }),
  "PUT /quotas": async (app, { admin, organization }) => {
    const { id } = await makeMember(app, organization, ["sales_rep"]);
    const body = { memberId: id, month: "2026-12", amount: { amount: "5000.00", currency: "USD" } };
    const { body: quota } = await app.call("PUT", "/quotas", { token: admin.token, body });
    return { as: admin, body: { ...body, seenVersion: quota.version } };
  },
  "GET /plan-document": (_, { rep }) => ({ as: rep }),
  "POST /plans/{planId}/acceptances": async (app, company) => {
    const { organization } = company;
    const { id, version } = await makePlan(app, organization, "in_review");
    const approver = await company.member("finance");
    const rep = await makeMember(app, organization, ["sales_rep"]);
    const approved = await app.call("POST", `/plans/${id}/approve`, {
      token: approver.token,
      body: { seenVersion: version },
    });
    const assigned = { memberId: rep.id, from: today(app) };
    await app.call("POST", `/plans/${id}/people`, { token: company.admin.token, body: assigned });
    const { documentSha256: sha256 } = approved.body.versions[0];
    return { as: rep, params: { planId: id }, body: { version: 1, sha256 } };
  },
  "GET /earnings/me": (_, { rep }) => ({ as: rep }),
  "POST /earnings/what-if": async (app, { rep }) => ({
    as: rep,
    body: { opportunityIds: [(await makeOpportunity(app, rep)).id] },
  }),
  "GET /adjustments": (_, { rep }) => ({ as: rep }),
  "POST /adjustments": async (app, company) => ({
    as: company.admin,
    body: { ...adjustment, participantId: company.rep.id, paymentId: await earnIn(app, company, "2026-11") },
  }),
  "POST /adjustments/{adjustmentId}/decisions": async (app, company) => ({
    as: await company.member("finance"),
    params: { adjustmentId: await makeAdjustment(app, company) },
    body: { verdict: "approved", seenVersion: 1 },
  }),
  "GET /exchange-rates": (_, { admin }) => ({ as: admin }),
  "POST /exchange-rates": (_, { admin }) => {
    const day = new Date(Date.UTC(2024, 0, 1 + Math.floor(Math.random() * 900))).toISOString().slice(0, 10);
    return { as: admin, body: { from: "EUR", to: "USD", on: day, rate: "1.0837", source: "ECB" } };
  },
};
