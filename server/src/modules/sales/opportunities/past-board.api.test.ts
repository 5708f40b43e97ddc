import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  makeCrew,
  makeInteraction,
  makeOpportunity,
  makeOrganization,
  pipelineOf,
  stageNamed,
  type Crew,
  type MadeOrganization,
  type Person,
} from "../../../../test/make.ts";
import { asOwner } from "../../../../test/sql.ts";

let app: TestApp;
let acme: MadeOrganization;
let crew: Crew;
let pipeline: Awaited<ReturnType<typeof pipelineOf>>;

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app);
  crew = await makeCrew(app, acme);
  pipeline = await pipelineOf(app, crew.rep);
});
afterAll(() => app.close());

const stageId = (name: string): string => stageNamed(pipeline, name).id;
const boardAt = async (person: Person, query = ""): Promise<any> =>
  (await app.call("GET", `/pipelines/${pipeline.id}/board?${query}`, { token: person.token })).body;

/** What stands at the heads of the columns, and which cards are below. */
const shownOf = ({ columns }: any): unknown =>
  columns.map(({ stage, count, sums, cards }: any) => ({
    stage: [stage.id, stage.name, stage.probability],
    count,
    sums,
    cards: cards.map(({ id, amount, stageSince }: any) => JSON.stringify([id, amount, stageSince])).toSorted(),
  }));

const patch = async ({ id }: { id: string }, body: object): Promise<void> => {
  const { version } = (await app.call("GET", `/opportunities/${id}`, { token: acme.admin.token })).body;
  const seen = { ...body, seenVersion: version };
  const reply = await app.call("PATCH", `/opportunities/${id}`, { token: acme.admin.token, body: seen });
  expect(reply.status, reply.text).toBe(200);
};
const move = async ({ id }: { id: string }, stage: string, facts: object = {}): Promise<void> => {
  const body = { stageId: stageId(stage), ...facts };
  const reply = await app.call("POST", `/opportunities/${id}/moves`, { token: acme.admin.token, body });
  expect(reply.status, reply.text).toBe(200);
};
const usd = (amount: string) => ({ amount: { amount, currency: "USD" } });

describe("GET /pipelines/{id}/board?asOf", () => {
  test("200 every past instant shows what was shown then, through moves, values, hand-overs, the trash and changed stages", async () => {
    const [first, second] = [await makeOpportunity(app, crew.rep), await makeOpportunity(app, crew.manager)];
    const trash = `/opportunities/${second.id}`;
    const acts: (() => Promise<unknown>)[] = [
      () => move(first, "Discovery"),
      () => patch(first, usd("2500.00")),
      () => patch(second, usd("70.25")),
      () => makeOpportunity(app, crew.rep, usd("31.99")),
      () => patch(first, { ownerId: crew.manager.id }),
      () => move(first, "Won"),
      async () => {
        const { version } = (await app.call("GET", trash, { token: acme.admin.token })).body;
        await app.call("DELETE", trash, { token: acme.admin.token, headers: { "if-match": `"${version}"` } });
      },
      () => app.call("POST", `${trash}/restorations`, { token: acme.admin.token }),
      async () => {
        const { body } = await app.call("GET", "/pipelines", { token: acme.admin.token });
        const [{ stages, version }] = body.items;
        const drafts = stages.map(({ position: _position, ...stage }: any) => stage);
        const gone = stageId("Qualified");
        const changed = drafts
          .filter(({ id }: any) => id !== gone)
          .map((stage: any) => (stage.name === "Proposal" ? { ...stage, name: "Offer", probability: 50 } : stage));
        const removed = [{ stageId: gone, targetStageId: stageId("Proposal") }];
        const reply = await app.call("PATCH", `/pipelines/${pipeline.id}`, {
          token: acme.admin.token,
          body: { stages: changed, removed, seenVersion: version },
        });
        expect(reply.status, reply.text).toBe(200);
      },
      () => move(second, "Lost", { lostReason: "price" }),
      () => move(second, "Closing"),
    ];
    const shown = new Map<string, unknown>();
    for (const [index, act] of acts.entries()) {
      const instant = `2026-11-19T09:12:${String(index + 10)}.000Z`;
      app.setNow(instant);
      await act();
      shown.set(instant, shownOf(await boardAt(acme.admin)));
    }
    for (const [instant, then] of shown) {
      expect(shownOf(await boardAt(acme.admin, `asOf=${instant}`)), instant).toEqual(then);
    }
    expect(shownOf(await boardAt(acme.admin, "asOf=2026-11-19"))).toEqual([...shown.values()].at(-1));
  });

  test("200 whose it was then is asked for by owner; in sight is what the viewer sees today", async () => {
    const sale = await makeOpportunity(app, crew.rep, usd("5.00"));
    const before = app.now().toISOString();
    app.setNow("2026-11-19T09:12:40.000Z");
    await patch(sale, { ownerId: crew.manager.id });
    const idsOf = ({ columns }: any): string[] => columns.flatMap(({ cards }: any) => cards.map(({ id }: any) => id));
    expect(idsOf(await boardAt(acme.admin, `asOf=${before}&ownerId=${crew.rep.id}`))).toContain(sale.id);
    expect(idsOf(await boardAt(acme.admin, `asOf=${app.now().toISOString()}&ownerId=${crew.rep.id}`))).not.toContain(
      sale.id,
    );
    expect(idsOf(await boardAt(crew.rep, `asOf=${before}`))).not.toContain(sale.id);
  });

  test.each([
    ["the future", "asOf=2026-12-01T00:00:00Z", "asOf", "in_future"],
    ["a time before there was the pipeline", "asOf=2020-01-01T00:00:00Z", "asOf", "before_pipeline"],
    ["a view", "asOf=2026-11-19T09:12:00Z&view=at-risk", "view", "not_of_the_past"],
    ["a freshness", "asOf=2026-11-19T09:12:00Z&freshness=rotten", "freshness", "not_of_the_past"],
    ["a day that is still to come", "asOf=2026-11-20", "asOf", "in_future"],
    ["no instant", "asOf=yesterday", "asOf", "invalid_union"],
  ])("422 for %s", async (_why, query, path, code) => {
    const body = await boardAt(acme.admin, query);
    expect(body).toMatchObject({ status: 422, errors: [{ path, code }] });
  });
});

describe("freshness", () => {
  /** As if its last move, or the call, had been so many days ago. */
  const age = async (table: "opportunity" | "interaction", id: string, days: number): Promise<void> => {
    const column = table === "opportunity" ? "stage_since" : "occurred_at";
    const text = `update ${table} set ${column} = $2::timestamptz - make_interval(days => $3) where id = $1`;
    await asOwner(app, text, [id, app.now(), days]);
  };
  const read = async (id: string): Promise<any> =>
    (await app.call("GET", `/opportunities/${id}`, { token: crew.rep.token })).body;

  test("200 the later of move and contact counts; opening, editing, bulk changes and notes do not; a planned step pauses it", async () => {
    const sale = await makeOpportunity(app, crew.rep, { stageId: stageId("Closing") });
    const state = async (): Promise<string> => (await read(sale.id)).freshness.state;
    expect(await state()).toBe("fresh");
    await age("opportunity", sale.id, 5);
    expect((await read(sale.id)).freshness).toEqual({
      state: "warning",
      quietDays: 5,
      limitDays: 7,
      pausedUntil: null,
    });
    await age("opportunity", sale.id, 8);
    expect(await state()).toBe("rotten");
    await patch(sale, { priority: "high" });
    await makeInteraction(app, crew.rep, { kind: "note", body: "Thinking", opportunityId: sale.id });
    expect(await state()).toBe("rotten");
    const call = await makeInteraction(app, crew.rep, { opportunityId: sale.id });
    expect((await read(sale.id)).freshness).toMatchObject({ state: "fresh", quietDays: 0 });
    await age("interaction", call.id, 6);
    expect(await state()).toBe("warning");
    const gone = await app.call("DELETE", `/interactions/${call.id}`, {
      token: crew.rep.token,
      headers: { "if-match": '"1"' },
    });
    expect(gone.status).toBe(204);
    expect(await state()).toBe("rotten");
    await patch(sale, { nextStep: "Call", nextStepOn: "2026-11-24" });
    expect((await read(sale.id)).freshness).toMatchObject({ state: "fresh", pausedUntil: "2026-11-24", quietDays: 8 });
    await patch(sale, { nextStepOn: "2026-11-18" });
    expect(await state()).toBe("rotten");
    await makeInteraction(app, crew.rep, {
      kind: "note",
      body: "Ask again",
      followUpOn: "2026-11-30",
      opportunityId: sale.id,
    });
    expect(await state()).toBe("fresh");
  });

  test("200 lists, board and the view at-risk tell the same, counted and in order of silence", async () => {
    const sales = await Promise.all(
      [2, 8, 5, 30].map(async (days) => {
        const { id } = await makeOpportunity(app, crew.rep, { stageId: stageId("Closing") });
        await age("opportunity", id, days);
        return id;
      }),
    );
    const [fresh, rotten, warned, oldest] = sales;
    const list = async (query: string): Promise<string[]> => {
      const { body } = await app.call("GET", `/opportunities?kind=open&${query}`, { token: crew.rep.token });
      return body.items.map(({ id }: any) => id).filter((id: string) => sales.includes(id));
    };
    expect(await list("freshness=fresh")).toEqual([fresh]);
    expect(await list("freshness=warning")).toEqual([warned]);
    expect(await list("sort=quietSince")).toEqual([oldest, rotten, warned, fresh]);
    expect(new Set(await list("view=at-risk"))).toEqual(new Set([oldest, rotten]));
    const { columns } = await boardAt(crew.rep, "freshness=rotten");
    const closing = columns.find(({ stage }: any) => stage.name === "Closing");
    expect(closing.cards.map(({ id }: any) => id)).toEqual(expect.arrayContaining([oldest, rotten]));
    expect(closing.count).toBe(closing.cards.length);
  });
});
