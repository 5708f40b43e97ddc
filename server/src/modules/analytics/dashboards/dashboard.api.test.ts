import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  makeCrew,
  makeDeal,
  makeMember,
  makeOrganization,
  makePayment,
  type Crew,
  type MadeOrganization,
  type Person,
} from "../../../../test/make.ts";
import { rebuildProjection } from "#platform/sequencer";
import { dailyMetrics } from "../metrics/daily-metrics.projection.ts";

let app: TestApp;
let acme: MadeOrganization;
let crew: Crew & { teamId: string };

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app);
  crew = await makeCrew(app, acme);
});
afterAll(() => app.close());

const dashboard = async (person: Person, query = "") =>
  (await app.call("GET", `/analytics/dashboard${query}`, { token: person.token })).body;
const setGoal = (body: Record<string, unknown>, person: Person = crew.manager) =>
  app.call("PUT", "/goals", { token: person.token, body });
const verify = async (person: Person, amount: string, valueOn = "2026-11-17"): Promise<void> => {
  const deal = await makeDeal(
    app,
    { rep: person, manager: crew.manager },
    { amount: { amount: "5000.00", currency: "USD" } },
  );
  const payment = await makePayment(
    app,
    { rep: person, dealId: deal.id },
    { amount: { amount, currency: "USD" }, valueOn },
  );
  await app.call("POST", `/payments/${payment.id}/approve`, {
    token: crew.verifier.token,
    body: { seenVersion: payment.version },
  });
  await app.settle();
};

describe("PUT /goals", () => {
  const month = "2026-10";
  const target = { amount: "1000.00", currency: "USD" };

  test("200 sets a goal once, and changes it for who saw its version", async () => {
    const made = await setGoal({ scope: "member", memberId: crew.rep.id, month, target });
    expect(made.body).toMatchObject({ subject: { id: crew.rep.id }, target, attainment: "0.0000", version: 1 });
    expect((await setGoal({ scope: "member", memberId: crew.rep.id, month, target })).status).toBe(428);
    const changed = await setGoal({
      scope: "member",
      memberId: crew.rep.id,
      month,
      target: { amount: "2000.00", currency: "USD" },
      seenVersion: 1,
    });
    expect(changed.body).toMatchObject({ id: made.body.id, version: 2, target: { amount: "2000.00" } });
  });

  test("422 for a member there is not, 403 for a rep", async () => {
    const other = await makeOrganization(app);
    expect((await setGoal({ scope: "member", memberId: other.admin.id, month, target })).status).toBe(422);
    expect((await setGoal({ scope: "team", teamId: crew.teamId, month, target }, crew.rep)).status).toBe(403);
  });
});

describe("GET /analytics/dashboard", () => {
  test("200 shows a rep attainment, commission and streak of verified money", async () => {
    await setGoal({
      scope: "member",
      memberId: crew.rep.id,
      month: "2026-11",
      target: { amount: "1000.00", currency: "USD" },
    });
    await setGoal({
      scope: "team",
      teamId: crew.teamId,
      month: "2026-11",
      target: { amount: "4000.00", currency: "USD" },
    });
    await verify(crew.rep, "600.00", "2026-11-18");
    await verify(crew.rep, "110.00", "2026-11-19");
    expect(await dashboard(crew.rep)).toMatchObject({
      month: "2026-11",
      workdays: { elapsed: 14, total: 21 },
      scope: "member",
      team: { id: crew.teamId },
      attainment: { target: { amount: "1000.00" }, verified: { amount: "710.00" }, ratio: "0.7100", pace: "0.6666" },
      earned: { amount: "42.60", currency: "USD" },
      streak: { current: 2, best: 2 },
      days: [
        { day: "2026-11-18", verified: { amount: "600.00" } },
        { day: "2026-11-19", verified: { amount: "110.00" } },
      ],
    });
  });

  test("200 shows who leads a team its figures, and what waits for them", async () => {
    const lead = await makeMember(app, acme, ["manager"], crew.teamId);
    const teams = await app.call("GET", "/teams", { token: acme.admin.token });
    const team = teams.body.items.find((item: { id: string }) => item.id === crew.teamId);
    await app.call("PATCH", `/teams/${crew.teamId}`, {
      token: acme.admin.token,
      body: { leaderId: lead.id, seenVersion: team.version },
    });
    await app.settle();
    const waiting = await makeDeal(app, { rep: crew.rep });
    await app.call("POST", `/deals/${waiting.id}/submit`, { token: crew.rep.token });
    await expect.poll(async () => (await dashboard(lead)).approvals.deals).toBe(1);
    expect(await dashboard(lead)).toMatchObject({
      scope: "team",
      attainment: { verified: { amount: "710.00" }, ratio: "0.1775" },
    });
  });

  test("200 ranks the team by share of the own goal; colleagues' money stays hidden", async () => {
    const figures = await dashboard(crew.rep);
    expect(figures.leaderboard.team.id).toBe(crew.teamId);
    expect(figures.leaderboard.rows[0]).toMatchObject({ rank: 1, ratio: "0.7100", isYou: true, streak: 2 });
    expect(figures.leaderboard.rows.at(-1)).toMatchObject({ rank: null, ratio: null });
    expect(JSON.stringify(figures.leaderboard)).not.toContain("710.00");
  });

  test("404 for a member whose figures are out of reach", async () => {
    const stranger = await makeMember(app, acme, ["sales_rep"]);
    const reply = await app.call("GET", `/analytics/dashboard?memberId=${crew.rep.id}`, { token: stranger.token });
    expect(reply.status).toBe(404);
    expect(
      (await app.call("GET", `/analytics/dashboard?memberId=${crew.rep.id}`, { token: crew.manager.token })).status,
    ).toBe(200);
  });

  test("rebuilding the roll-up from the log gives the same figures", async () => {
    const before = await dashboard(crew.rep);
    await rebuildProjection(app.runtime.workplace, dailyMetrics, acme.id, app.now());
    expect(await dashboard(crew.rep)).toEqual(before);
  });
});
