import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  auditOf,
  creditDeal,
  makeCrew,
  makeDeal,
  makeMember,
  makeOpportunity,
  makeOrganization,
  makePayment,
  pipelineOf,
  stageNamed,
  statusesOf,
  type Crew,
  type MadeOrganization,
  type Person,
} from "../../../../test/make.ts";

let app: TestApp;
let acme: MadeOrganization;
let crew: Crew & { teamId: string };
let stages: Awaited<ReturnType<typeof pipelineOf>>;

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app);
  crew = await makeCrew(app, acme);
  stages = await pipelineOf(app, acme.admin);
});
afterAll(() => app.close());

const act = (id: string, verb: "submit" | "approve" | "return", by: Person, body: Record<string, unknown> = {}) =>
  app.call("POST", `/deals/${id}/${verb}`, {
    token: by.token,
    body: verb === "return" ? { reason: "Check the amount", ...body } : body,
  });
const read = (id: string, by: Person = acme.admin) => app.call("GET", `/deals/${id}`, { token: by.token });
const draft = () => makeDeal(app, { rep: crew.rep });
async function submitted(by: Person = crew.rep): Promise<{ id: string; version: number }> {
  const { id } = await draft();
  return (await act(id, "submit", by)).body;
}
const codeOf = ({ status, body }: { status: number; body: any }): [number, string] => [status, body.code];
const typesOf = async (id: string): Promise<string[]> =>
  (await auditOf(app, acme.admin, `recordId=${id}&entity=deal`)).map(({ type }) => type).toReversed();

describe("winning an opportunity", () => {
  test("opens one deal in draft, numbered, credited to the owner as a whole, and only one however often it is clicked", async () => {
    const opportunity = await makeOpportunity(app, crew.rep, { amount: { amount: "1234.50", currency: "USD" } });
    const win = () =>
      app.call("POST", `/opportunities/${opportunity.id}/moves`, {
        token: crew.rep.token,
        body: { stageId: stageNamed(stages, "Won").id },
      });
    expect(statusesOf(await Promise.all([win(), win(), win()]))).toEqual([200, 409, 409]);
    const { body } = await app.call("GET", `/deals?opportunityId=${opportunity.id}`, { token: crew.rep.token });
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({
      number: expect.stringMatching(/^DL-\d+$/),
      opportunity: { id: opportunity.id, number: opportunity.number },
      owner: { id: crew.rep.id },
      amount: { amount: "1234.50", currency: "USD" },
      status: "draft",
      credits: [{ participant: { id: crew.rep.id }, kind: "revenue", basisPoints: 10_000 }],
      position: { state: "unpaid", open: { amount: "1234.50", currency: "USD" } },
      wonOn: "2026-11-19",
      version: 1,
    });
    expect(await typesOf(body.items[0].id)).toEqual(["deal.opened"]);
  });

  test("numbers deals without a gap and each once, though many are won and refused at once", async () => {
    const own = await makeOrganization(app);
    const rep = await makeMember(app, own, ["sales_rep"]);
    const won = stageNamed(await pipelineOf(app, rep), "Won").id;
    const sellable = await Promise.all(Array.from({ length: 12 }, () => makeOpportunity(app, rep)));
    const unsellable = await Promise.all(Array.from({ length: 6 }, () => makeOpportunity(app, own.admin)));
    for (const { id } of unsellable) {
      await app.call("PATCH", `/opportunities/${id}`, {
        token: own.admin.token,
        body: { ownerId: null, seenVersion: 1 },
      });
    }
    const replies = await Promise.all(
      [...sellable, ...unsellable].map(({ id }, index) =>
        app.call("POST", `/opportunities/${id}/moves`, {
          token: index < sellable.length ? rep.token : own.admin.token,
          body: { stageId: won },
        }),
      ),
    );
    expect(statusesOf(replies)).toEqual([...sellable.map(() => 200), ...unsellable.map(() => 422)]);
    const { body } = await app.call("GET", "/deals?limit=200", { token: rep.token });
    const numbers = body.items.map(({ number }: { number: string }) => Number(number.replace("DL-", "")));
    expect(new Set(numbers)).toEqual(new Set(Array.from({ length: 12 }, (_, index) => index + 1)));
    expect(numbers).toHaveLength(12);
  });
});

describe("POST /deals/{id}/submit", () => {
  test("200 by the owner or by who manages them, and the log says who", async () => {
    for (const by of [crew.rep, crew.manager]) {
      const { id } = await draft();
      const reply = await act(id, "submit", by);
      expect(reply.status).toBe(200);
      expect(reply.body).toMatchObject({
        status: "submitted",
        submittedBy: { id: by.id },
        submittedAt: app.now().toISOString(),
        version: 2,
      });
      const [entry] = await auditOf(app, acme.admin, `recordId=${id}&type=deal.submitted`);
      expect(entry.actor.id).toBe(by.id);
    }
  });

  test("409 for one that is under way, told before its version; 412 for a draft somebody else changed", async () => {
    const { id } = await submitted();
    expect(codeOf(await act(id, "submit", crew.rep, { seenVersion: 1 }))).toEqual([409, "invalid_transition"]);
    const fresh = await draft();
    const stale = await act(fresh.id, "submit", crew.rep, { seenVersion: 5 });
    expect([...codeOf(stale), stale.body.current.version]).toEqual([412, "stale_version", 1]);
    expect((await read(fresh.id)).body.status).toBe("draft");
  });

  test("200 once when it is clicked twice at once, with one entry in the log", async () => {
    const { id } = await draft();
    expect(statusesOf(await Promise.all([act(id, "submit", crew.rep), act(id, "submit", crew.manager)]))).toEqual([
      200, 409,
    ]);
    expect(await typesOf(id)).toEqual(["deal.opened", "deal.submitted"]);
  });

  test("404 for a colleague and for another organization, 403 for who only reads", async () => {
    const { id } = await draft();
    const colleague = await makeMember(app, acme, ["sales_rep"], crew.teamId);
    const outsider = await makeOrganization(app);
    expect((await act(id, "submit", colleague)).status).toBe(404);
    expect((await act(id, "submit", outsider.admin)).status).toBe(404);
    expect((await act(id, "submit", await makeMember(app, acme, ["analyst"]))).status).toBe(403);
  });
});

describe("POST /deals/{id}/approve", () => {
  test("200 by the manager, by finance, by an admin without a stake", async () => {
    const finance = await makeMember(app, acme, ["finance"]);
    for (const by of [crew.manager, finance, acme.admin]) {
      const { id } = await submitted();
      const reply = await act(id, "approve", by);
      expect(reply.status).toBe(200);
      expect(reply.body).toMatchObject({
        status: "approved",
        approvedBy: { id: by.id },
        approvedAt: app.now().toISOString(),
        version: 3,
      });
      expect(await typesOf(id)).toEqual(["deal.opened", "deal.submitted", "deal.approved"]);
    }
  });

  test("404 for a manager of another team, 403 for the rep and a verifier", async () => {
    const { id } = await submitted();
    const elsewhere = await makeCrew(app, acme);
    expect((await act(id, "approve", elsewhere.manager)).status).toBe(404);
    expect((await act(id, "approve", crew.rep)).status).toBe(403);
    expect((await act(id, "approve", crew.verifier)).status).toBe(403);
  });

  test("403 self_approval for who submitted it, also when that is an admin and manager", async () => {
    const both = await makeMember(app, acme, ["org_admin", "manager", "finance"], crew.teamId);
    for (const by of [crew.manager, both]) {
      const { id } = await submitted(by);
      expect(codeOf(await act(id, "approve", by))).toEqual([403, "self_approval"]);
      expect(codeOf(await act(id, "return", by))).toEqual([403, "self_approval"]);
      expect((await read(id)).body.status).toBe("submitted");
    }
  });

  test("403 self_approval for the owner, who submitted it through somebody else", async () => {
    const seller = await makeMember(app, acme, ["org_admin", "manager", "sales_rep"], crew.teamId);
    const { id } = await makeDeal(app, { rep: seller });
    await act(id, "submit", crew.manager);
    expect(codeOf(await act(id, "approve", seller))).toEqual([403, "self_approval"]);
  });

  test.each(["revenue", "overlay"])("403 self_approval for somebody with a %s credit of it", async (kind) => {
    const deal = await draft();
    const { id } = deal;
    const shares: Parameters<typeof creditDeal>[3] =
      kind === "revenue"
        ? [
            [crew.rep, 9_999],
            [crew.manager, 1],
          ]
        : [
            [crew.rep, 10_000],
            [crew.manager, 1, "overlay"],
          ];
    expect(await creditDeal(app, acme, deal, shares)).toBe("committed");
    await act(id, "submit", crew.rep);
    expect(codeOf(await act(id, "approve", crew.manager))).toEqual([403, "self_approval"]);
    const reply = await act(id, "approve", acme.admin);
    expect(reply.body.credits).toHaveLength(2);
  });

  test("409 before it was submitted and after it was approved, 412 for a version that was not seen", async () => {
    const { id } = await draft();
    expect(codeOf(await act(id, "approve", crew.manager))).toEqual([409, "invalid_transition"]);
    await act(id, "submit", crew.rep);
    expect(codeOf(await act(id, "approve", crew.manager, { seenVersion: 1 }))).toEqual([412, "stale_version"]);
    expect((await act(id, "approve", crew.manager, { seenVersion: 2 })).status).toBe(200);
    expect(codeOf(await act(id, "approve", crew.manager, { seenVersion: 2 }))).toEqual([409, "invalid_transition"]);
    expect(codeOf(await act(id, "submit", crew.rep))).toEqual([409, "invalid_transition"]);
  });

  test("200 for one of many who approve and return it at once, and the log has one of it", async () => {
    const others = await Promise.all([1, 2].map(() => makeMember(app, acme, ["manager"], crew.teamId)));
    for (let round = 0; round < 4; round += 1) {
      const { id, version } = await submitted();
      const replies = await Promise.all(
        [crew.manager, ...others].flatMap((by) => [
          act(id, "approve", by, { seenVersion: version }),
          act(id, "return", by, { seenVersion: version }),
        ]),
      );
      expect(statusesOf(replies)).toEqual([200, 409, 409, 409, 409, 409]);
      const winner = replies.find(({ status }) => status === 200)?.body.status === "approved" ? "approved" : "returned";
      expect(await typesOf(id)).toEqual(["deal.opened", "deal.submitted", `deal.${winner}`]);
    }
  });

  test("200 repeats the answer of the same key and changes nothing more", async () => {
    const { id } = await submitted();
    const headers = { "idempotency-key": `approve-${id}` };
    const approve = () => app.call("POST", `/deals/${id}/approve`, { token: crew.manager.token, body: {}, headers });
    const [first, again] = [await approve(), await approve()];
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body).toEqual(first.body);
    expect(await typesOf(id)).toEqual(["deal.opened", "deal.submitted", "deal.approved"]);
  });
});

describe("POST /deals/{id}/return", () => {
  test("200 sends it back to draft with the reason, which goes when it is submitted again", async () => {
    const { id } = await submitted();
    const returned = await act(id, "return", crew.manager, { reason: "  The discount is not agreed  " });
    expect(returned.body).toMatchObject({
      status: "draft",
      returnReason: "The discount is not agreed",
      submittedBy: null,
      submittedAt: null,
      version: 3,
    });
    const [entry] = await auditOf(app, acme.admin, `recordId=${id}&type=deal.returned`);
    expect(entry).toMatchObject({ actor: { id: crew.manager.id }, facts: { reason: "The discount is not agreed" } });
    expect((await act(id, "submit", crew.rep)).body).toMatchObject({ status: "submitted", returnReason: null });
    expect((await act(id, "approve", crew.manager)).status).toBe(200);
    expect(codeOf(await act(id, "return", crew.manager))).toEqual([409, "invalid_transition"]);
  });

  test("422 without a reason or with an essay, 409 for a draft", async () => {
    const { id } = await submitted();
    for (const reason of [undefined, "   ", "x".repeat(501)]) {
      const reply = await act(id, "return", crew.manager, { reason });
      expect([reply.status, reply.body.errors[0].path]).toEqual([422, "reason"]);
    }
    expect(codeOf(await act((await draft()).id, "return", crew.manager))).toEqual([409, "invalid_transition"]);
  });
});

describe("GET /deals", () => {
  test("200 shows where the money stands, and filters by it", async () => {
    const own = await makeOrganization(app);
    const team = await makeCrew(app, own);
    const deals = await Promise.all(
      ["none", "part", "all", "more", "wait", "kept"].map((title) =>
        makeDeal(app, team, { title, amount: { amount: "100.00", currency: "USD" } }),
      ),
    );
    const [, part, all, more, wait, kept] = deals;
    const pay = async (deal: any, amount: string) => {
      const payment = await makePayment(
        app,
        { rep: team.rep, dealId: deal.id },
        { amount: { amount, currency: "USD" } },
      );
      return app.call("POST", `/payments/${payment.id}/approve`, {
        token: team.verifier.token,
        body: { seenVersion: payment.version },
      });
    };
    await pay(part, "99.99");
    await pay(all, "60.00");
    await pay(all, "40.00");
    await pay(more, "100.01");
    await makePayment(app, { rep: team.rep, dealId: wait?.id ?? "" }, { amount: { amount: "30.00", currency: "USD" } });
    const unsent = { amount: { amount: "25.00", currency: "USD" } };
    await makePayment(app, { rep: team.rep, dealId: kept?.id ?? "" }, unsent, "draft");
    const list = async (query = "") =>
      (await app.call("GET", `/deals?limit=200${query}`, { token: team.manager.token })).body.items;
    const positions = Object.fromEntries((await list()).map((deal: any) => [deal.title, deal.position]));
    const money = (amount: string) => ({ amount, currency: "USD" });
    expect(positions).toMatchObject({
      none: { state: "unpaid", open: money("100.00") },
      part: { state: "partial", verified: money("99.99"), open: money("0.01") },
      all: { state: "paid", verified: money("100.00"), open: money("0.00") },
      more: { state: "overpaid", verified: money("100.01"), open: money("0.00") },
      wait: { state: "unpaid", inReview: money("30.00"), draft: money("0.00"), open: money("100.00") },
      kept: { state: "unpaid", inReview: money("0.00"), draft: money("25.00"), open: money("100.00") },
    });
    const titles = async (query: string) => new Set((await list(query)).map(({ title }: any) => title));
    expect(await titles("&view=paid")).toEqual(new Set(["all", "more"]));
    expect(await titles("&view=review")).toEqual(new Set(["wait"]));
    expect(await titles("&view=attention")).toEqual(new Set(["kept"]));
    expect(await titles("&status=draft")).toEqual(new Set());
    expect((await titles(`&ownerId=${team.rep.id}`)).size).toBe(6);
  });

  test("200 shows a rep the own, a manager the team's, finance all; another organization's is not there", async () => {
    const other = await makeCrew(app, acme);
    const { id } = await makeDeal(app, { rep: other.rep });
    const finance = await makeMember(app, acme, ["finance"]);
    const sees = async (by: Person) =>
      (await app.call("GET", "/deals?limit=200", { token: by.token })).body.items.some((deal: any) => deal.id === id);
    expect([await sees(other.rep), await sees(other.manager), await sees(finance)]).toEqual([true, true, true]);
    expect([await sees(crew.rep), await sees(crew.manager)]).toEqual([false, false]);
    const outsider = await makeOrganization(app);
    expect([await sees(outsider.admin), (await read(id, outsider.admin)).status]).toEqual([false, 404]);
  });
});
