import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  makeMember,
  makeOpportunity,
  makeOrganization,
  makeTeam,
  pipelineOf,
  stageNamed,
  type MadeOrganization,
  type Person,
} from "../../../../test/make.ts";

let app: TestApp;
let acme: MadeOrganization;
let maya: Person;

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app);
  const west = await makeTeam(app, acme);
  maya = await makeMember(app, acme, ["sales_rep"], west.id);
});
afterAll(() => app.close());

const move = (id: string, person: Person, body: Record<string, unknown>, headers = {}) =>
  app.call("POST", `/opportunities/${id}/moves`, { token: person.token, body, headers });

describe("GET /pipelines/{id}/board", () => {
  test("200 counts, sums and weights each column, and agrees with the rows", async () => {
    const other = await makeOrganization(app);
    const own = await pipelineOf(app, other.admin);
    const first = await makeOpportunity(app, other.admin, {
      customerId: null,
      amount: { amount: "200.00", currency: "USD" },
    });
    await makeOpportunity(app, other.admin, { customerId: null, amount: { amount: "100.00", currency: "USD" } });
    await makeOpportunity(app, other.admin, { customerId: null, amount: null });
    await move(first.id, other.admin, { stageId: stageNamed(own, "Negotiation").id });
    const read = (query = "") => app.call("GET", `/pipelines/${own.id}/board${query}`, { token: other.admin.token });
    const heads = (reply: { body: any }) =>
      Object.fromEntries(
        reply.body.columns.map((column: any) => [
          column.stage.name,
          [column.count, column.sums[0]?.amount.amount, column.sums[0]?.weighted.amount],
        ]),
      );
    expect(heads(await read())).toMatchObject({
      Qualified: [2, "100.00", "15.00"],
      Negotiation: [1, "200.00", "120.00"],
      Won: [0, undefined, undefined],
    });
    // Filtered by a day, the same figures are counted from the rows instead of the roll-up.
    await app.call("PATCH", `/opportunities/${first.id}`, {
      token: other.admin.token,
      body: { expectedCloseOn: "2026-12-01", seenVersion: 2 },
    });
    expect(heads(await read("?closeBy=2026-12-31"))).toMatchObject({
      Qualified: [0, undefined, undefined],
      Negotiation: [1, "200.00", "120.00"],
    });
  });
});

describe("views of what needs attention", () => {
  const start = "2026-11-19T09:12:00.000Z";
  const inDays = (days: number): string => new Date(Date.parse(start) + days * 86_400_000).toISOString();
  const day = (days: number): string => inDays(days).slice(0, 10);
  type View = { view: string; count: number; sums: unknown[] };

  /** An organization of its own, so that counts are exact. */
  async function open() {
    app.setNow(start);
    const made = await makeOrganization(app);
    const own = await pipelineOf(app, made.admin);
    const session = { token: made.admin.token };
    /** Moves the clock; a session does not outlive that, so the admin signs in again. */
    const goTo = async (instant: string): Promise<void> => {
      app.setNow(instant);
      const { email, password } = made.admin;
      session.token = (await app.call("POST", "/auth/login", { body: { email, password } })).body.accessToken;
    };
    const read = (path: string, person?: Person) =>
      app.call("GET", path, { token: person === undefined ? session.token : person.token });
    const titlesIn = async (view: string, more = ""): Promise<string[]> =>
      (await read(`/opportunities?view=${view}&sort=title${more}`)).body.items.map(
        (item: { title: string }) => item.title,
      );
    const onBoard = async (query: string, person?: Person): Promise<string[]> =>
      (await read(`/pipelines/${own.id}/board?${query}`, person)).body.columns
        .flatMap((column: { cards: { title: string }[] }) => column.cards.map(({ title }) => title))
        .toSorted();
    const attention = async (query = "", person?: Person): Promise<Record<string, number>> =>
      Object.fromEntries(
        (await read(`/pipelines/${own.id}/attention${query}`, person)).body.views.map(({ view, count }: View) => [
          view,
          count,
        ]),
      );
    return { made, own, goTo, read, titlesIn, onBoard, attention };
  }

  test("200 at-risk begins the day after the close date, and once a whole day more than the norm has passed", async () => {
    const { made, goTo, titlesIn, attention, onBoard } = await open();
    const plain = { customerId: null, nextStep: "Call" };
    await makeOpportunity(app, made.admin, { ...plain, title: "closes in two days", expectedCloseOn: day(2) });
    await makeOpportunity(app, made.admin, { ...plain, title: "no date" });
    expect(await titlesIn("at-risk")).toEqual([]);
    await goTo(inDays(2));
    expect(await titlesIn("at-risk")).toEqual([]);
    await goTo(inDays(3));
    expect(await titlesIn("at-risk")).toEqual(["closes in two days"]);
    // The norm of Qualified is 14 days: the card says 15 from the second the fifteenth day is over.
    await goTo(new Date(Date.parse(inDays(15)) - 1000).toISOString());
    expect(await titlesIn("at-risk")).toEqual(["closes in two days"]);
    await goTo(inDays(15));
    expect(await titlesIn("at-risk")).toEqual(["closes in two days", "no date"]);
    expect(await onBoard("view=at-risk")).toEqual(["closes in two days", "no date"]);
    expect(await attention()).toMatchObject({ "at-risk": 2, "no-next-step": 0 });
  });

  test("200 closing-soon reaches 14 days ahead and keeps what is overdue", async () => {
    const { made, goTo, titlesIn, attention } = await open();
    for (const days of [0, 14, 15]) {
      await makeOpportunity(app, made.admin, { customerId: null, title: `in ${days}`, expectedCloseOn: day(days) });
    }
    expect(await titlesIn("closing-soon")).toEqual(["in 0", "in 14"]);
    expect(await attention()).toMatchObject({ "closing-soon": 2 });
    await goTo(inDays(1));
    expect(await titlesIn("closing-soon")).toEqual(["in 0", "in 14", "in 15"]);
  });

  test("200 no-next-step holds what nobody planned, and only while it is open", async () => {
    const { made, own, titlesIn, attention, read } = await open();
    const lost = await makeOpportunity(app, made.admin, { customerId: null, title: "lost" });
    await makeOpportunity(app, made.admin, { customerId: null, title: "blank", nextStep: "  " });
    await makeOpportunity(app, made.admin, { customerId: null, title: "planned", nextStep: "Demo" });
    expect(await titlesIn("no-next-step")).toEqual(["blank", "lost"]);
    await move(lost.id, made.admin, { stageId: stageNamed(own, "Lost").id, lostReason: "price" });
    expect(await titlesIn("no-next-step")).toEqual(["blank"]);
    expect(await attention()).toMatchObject({ "no-next-step": 1 });
    const { body } = await read(`/pipelines/${own.id}/attention`);
    expect(body.views.find(({ view }: View) => view === "no-next-step").sums).toEqual([
      { amount: "1000.00", currency: "USD" },
    ]);
  });

  test("200 a team stands for the teams below it, in list, board, sums and attention; scope comes first", async () => {
    const { made, own, titlesIn, onBoard, attention, read } = await open();
    const west = await makeTeam(app, made);
    const coast = await makeTeam(app, made, { parentId: west.id });
    const east = await makeTeam(app, made);
    const [inWest, inCoast, inEast] = await Promise.all([
      makeMember(app, made, ["sales_rep"], west.id),
      makeMember(app, made, ["sales_rep"], coast.id),
      makeMember(app, made, ["sales_rep"], east.id),
    ]);
    await makeOpportunity(app, inWest, { customerId: null, title: "west" });
    await makeOpportunity(app, inCoast, { customerId: null, title: "coast" });
    await makeOpportunity(app, inEast, { customerId: null, title: "east" });
    const teams = { west: ["coast", "west"], coast: ["coast"], east: ["east"] };
    for (const [name, team] of Object.entries({ west, coast, east })) {
      const expected = teams[name as keyof typeof teams];
      expect(await titlesIn("no-next-step", `&teamId=${team.id}`)).toEqual(expected);
      expect(await onBoard(`teamId=${team.id}`)).toEqual(expected);
      expect(await attention(`?teamId=${team.id}`)).toMatchObject({ "no-next-step": expected.length });
      const board = await read(`/pipelines/${own.id}/board?teamId=${team.id}`);
      expect(board.body.columns[0].count).toBe(expected.length);
    }
    // A rep who asks for the whole team still sees the own records alone.
    expect(await onBoard(`teamId=${west.id}`, inWest)).toEqual(["west"]);
    expect(await attention(`?teamId=${west.id}`, inWest)).toMatchObject({ "no-next-step": 1 });
    expect(await attention(`?teamId=${east.id}`, inWest)).toMatchObject({ "no-next-step": 0 });
  });

  test("404 for a pipeline of another organization, and nothing for a team of another", async () => {
    const { attention, onBoard } = await open();
    const other = await makeOrganization(app);
    const foreign = await pipelineOf(app, other.admin);
    const theirs = await makeTeam(app, other);
    expect((await app.call("GET", `/pipelines/${foreign.id}/board`, { token: maya.token })).status).toBe(404);
    expect(await onBoard(`teamId=${theirs.id}`)).toEqual([]);
    expect(await attention(`?teamId=${theirs.id}`)).toMatchObject({ "no-next-step": 0 });
    const outside = await app.call("GET", `/pipelines/${foreign.id}/attention`, { token: maya.token });
    expect(outside.status).toBe(404);
  });
});
