import { expect } from "vitest";
import { openApp } from "./app.ts";
import { makeCrew, makeMember, makeOrganization, type Person } from "./make.ts";

/** A component that pays 5 %, and 10 % of all once 500 are reached. */
export const rate = (changes: Record<string, unknown> = {}) => ({
  kind: "rate",
  name: "Base",
  credit: "revenue",
  tiers: [
    { from: "0", rate: "0.05" },
    { from: "500.00", rate: "0.1" },
  ],
  mode: "retroactive",
  basis: "amount",
  boundary: "lower_inclusive",
  threshold: null,
  zeroQuota: "base_rate_only",
  cap: null,
  bonuses: [],
  rounding: "half_up",
  ...changes,
});
/** What a plan says, in dollars. */
export const terms = (...components: unknown[]) => ({ currency: "USD", components });

/** A company with somebody who writes its plans and somebody who approves them, and the steps of both. */
export async function openPlanning() {
  const app = await openApp();
  const today = app.now().toISOString().slice(0, 10);
  const organization = await makeOrganization(app);
  const company = { ...organization, crew: await makeCrew(app, organization) };
  const writer = await makeMember(app, company, ["finance"]);
  const approver = await makeMember(app, company, ["finance"]);

  const post = (path: string, by: Person, body?: Record<string, unknown>) =>
    app.call("POST", path, { token: by.token, ...(body && { body }) });
  const draft = (id: string, body: Record<string, unknown>, by = writer) =>
    app.call("PUT", `/plans/${id}/draft`, { token: by.token, body });

  let count = 0;
  async function begin(by = writer): Promise<{ id: string; version: number }> {
    const { status, body } = await post("/plans", by, { name: `Plan ${(count += 1)}` });
    expect(status).toBe(201);
    return { id: body.id, version: body.versions[0].version };
  }

  async function inReview(content = terms(rate()), startsOn = today): Promise<{ id: string; version: number }> {
    const { id, version } = await begin();
    expect((await draft(id, { terms: content, startsOn, seenVersion: version })).status).toBe(200);
    const { body } = await post(`/plans/${id}/submit`, writer);
    return { id, version: body.versions[0].version };
  }

  async function approved(content?: ReturnType<typeof terms>, startsOn?: string): Promise<any> {
    const { id, version } = await inReview(content, startsOn);
    const reply = await post(`/plans/${id}/approve`, approver, { seenVersion: version });
    expect([reply.status, reply.text]).toEqual([200, expect.any(String)]);
    return reply.body;
  }

  return { app, today, company, writer, approver, post, draft, begin, inReview, approved };
}
