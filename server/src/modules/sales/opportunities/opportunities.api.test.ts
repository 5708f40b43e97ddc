import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  makeCustomer,
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
let tomas: Person;
let daniel: Person;
let pipeline: Awaited<ReturnType<typeof pipelineOf>>;

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app);
  const west = await makeTeam(app, acme);
  [maya, tomas, daniel] = await Promise.all([
    makeMember(app, acme, ["sales_rep"], west.id),
    makeMember(app, acme, ["sales_rep"], west.id),
    makeMember(app, acme, ["manager"], west.id),
  ]);
  pipeline = await pipelineOf(app, maya);
});
afterAll(() => app.close());

const move = (id: string, person: Person, body: Record<string, unknown>, headers = {}) =>
  app.call("POST", `/opportunities/${id}/moves`, { token: person.token, body, headers });
const stageId = (name: string): string => stageNamed(pipeline, name).id;
const nameOf = ({ session }: Person): string => `${session.user.firstName} ${session.user.lastName}`;

describe("POST /opportunities", () => {
  test("201 opens it in the first stage, numbered, for the caller", async () => {
    const customer = await makeCustomer(app, maya, { name: "Kestrel Aerospace" });
    const reply = await app.call("POST", "/opportunities", {
      token: maya.token,
      body: {
        title: "Ground fleet",
        customerId: customer.id,
        amount: { amount: "96000.00", currency: "USD" },
        expectedCloseOn: "2026-11-30",
      },
    });
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({
      number: expect.stringMatching(/^OPP-\d+$/),
      customer: { name: "Kestrel Aerospace" },
      owner: { id: maya.id },
      stage: { name: "Qualified", kind: "open" },
      amount: { amount: "96000.00", currency: "USD" },
      version: 1,
    });
  });

  test.each([
    ["three decimals in USD", { amount: { amount: "10.001", currency: "USD" } }, "amount.amount", "amount_decimals"],
    ["a negative amount", { amount: { amount: "-1.00", currency: "USD" } }, "amount.amount", "amount_negative"],
    [
      "a number of sixteen digits",
      { amount: { amount: "10000000000000.00", currency: "USD" } },
      "amount.amount",
      "amount_out_of_range",
    ],
    ["an unknown currency", { amount: { amount: "1.00", currency: "XYZ" } }, "amount.currency", "currency_unknown"],
    ["exponent notation", { amount: { amount: "1e15", currency: "USD" } }, "amount.amount", "amount_not_a_number"],
    ["a close date in the past", { expectedCloseOn: "2026-11-18" }, "expectedCloseOn", "in_past"],
    ["a day that does not exist", { expectedCloseOn: "2026-02-31" }, "expectedCloseOn", "invalid_format"],
    ["an unknown property", { organizationId: "x" }, "organizationId", "unknown_property"],
    ["a NUL character", { nextStep: "a\u0000b" }, "nextStep", "invalid_character"],
  ])("422 for %s", async (_why, fields, path, code) => {
    const reply = await app.call("POST", "/opportunities", { token: maya.token, body: { title: "T", ...fields } });
    expect(reply.status).toBe(422);
    expect(reply.body.errors).toContainEqual(expect.objectContaining({ path, code }));
  });

  test("404 for a customer out of reach or of another organization", async () => {
    const other = await makeOrganization(app);
    const foreign = await makeCustomer(app, other.admin);
    const hidden = await makeCustomer(app, tomas);
    for (const customerId of [foreign.id, hidden.id]) {
      const reply = await app.call("POST", "/opportunities", { token: maya.token, body: { title: "T", customerId } });
      expect(reply.status).toBe(404);
    }
  });

  test("403 for an owner the caller may not assign", async () => {
    const reply = await app.call("POST", "/opportunities", {
      token: maya.token,
      body: { title: "T", ownerId: tomas.id },
    });
    expect(reply.status).toBe(403);
  });

  test("one row for the same key and body, 422 for another body", async () => {
    const headers = { "idempotency-key": "once" };
    const body = { title: "Only one" };
    const [first, again] = [
      await app.call("POST", "/opportunities", { token: maya.token, body, headers }),
      await app.call("POST", "/opportunities", { token: maya.token, body, headers }),
    ];
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    const other = await app.call("POST", "/opportunities", { token: maya.token, body: { title: "Another" }, headers });
    expect(other.body.code).toBe("idempotency_key_reused");
  });

  test("exactly one row for the same key sent twice at once", async () => {
    const headers = { "idempotency-key": "at-once" };
    const body = { title: "Race of one" };
    const replies = await Promise.all(
      [1, 2, 3].map(() => app.call("POST", "/opportunities", { token: maya.token, body, headers })),
    );
    expect(replies.filter(({ status }) => status === 201).length).toBeGreaterThan(0);
    expect(replies.every(({ status }) => status === 201 || status === 409)).toBe(true);
    const found = await app.call("GET", "/opportunities?q=Race of one&count=exact", { token: maya.token });
    expect(found.body.count).toBe(1);
  });
});

describe("GET /opportunities", () => {
  test("200 shows a rep the own, a manager the team's, and nobody another organization's", async () => {
    const [hers, his] = [await makeOpportunity(app, maya), await makeOpportunity(app, tomas)];
    const ids = async (person: Person) =>
      (await app.call("GET", "/opportunities?limit=200", { token: person.token })).body.items.map(
        (item: { id: string }) => item.id,
      );
    expect(await ids(maya)).toContain(hers.id);
    expect(await ids(maya)).not.toContain(his.id);
    expect(await ids(daniel)).toEqual(expect.arrayContaining([hers.id, his.id]));
    const outsider = await makeOrganization(app);
    expect(await ids(outsider.admin)).toEqual([]);
    expect((await app.call("GET", `/opportunities/${his.id}`, { token: maya.token })).status).toBe(404);
    expect((await app.call("GET", `/opportunities/${his.id}`, { token: outsider.admin.token })).status).toBe(404);
  });

  test.each([
    "title",
    "-title",
    "amount",
    "-amount",
    "expectedCloseOn",
    "-expectedCloseOn",
    "rank",
    "number",
    "-createdAt",
  ])("200 pages through every row once, sorted by %s", async (sort) => {
    const other = await makeOrganization(app);
    for (const [index, fields] of [
      { amount: null },
      { expectedCloseOn: "2026-12-01" },
      { expectedCloseOn: "2026-11-20", amount: { amount: "5.00", currency: "USD" } },
      { title: "Änderung", amount: null },
      { title: "apple", expectedCloseOn: "2026-12-01" },
    ].entries()) {
      await makeOpportunity(app, other.admin, { title: `Row ${index}`, customerId: null, ...fields });
    }
    const whole = await app.call("GET", `/opportunities?sort=${sort}`, { token: other.admin.token });
    const paged: unknown[] = [];
    let cursor = "";
    do {
      const page = await app.call("GET", `/opportunities?sort=${sort}&limit=2${cursor}`, { token: other.admin.token });
      paged.push(...page.body.items);
      cursor = page.body.nextCursor === null ? "" : `&cursor=${page.body.nextCursor}`;
    } while (cursor !== "");
    expect(paged).toEqual(whole.body.items);
    expect(paged).toHaveLength(5);
  });

  test("200 sorts names as people do, and rows without a value last", async () => {
    const other = await makeOrganization(app);
    for (const title of ["Zebra", "apple", "Änderung", "Banane"])
      await makeOpportunity(app, other.admin, { title, customerId: null, amount: null });
    await makeOpportunity(app, other.admin, { title: "Worth", customerId: null });
    const titles = async (sort: string) =>
      (await app.call("GET", `/opportunities?sort=${sort}`, { token: other.admin.token })).body.items.map(
        (item: { title: string }) => item.title,
      );
    expect(await titles("title")).toEqual(["Änderung", "apple", "Banane", "Worth", "Zebra"]);
    expect((await titles("amount"))[0]).toBe("Worth");
    expect((await titles("-amount"))[0]).toBe("Worth");
  });

  test("400 for a cursor of another order, 422 for an unknown filter", async () => {
    const page = await app.call("GET", "/opportunities?sort=title&limit=1", { token: daniel.token });
    expect(page.body.nextCursor).not.toBeNull();
    const other = await app.call("GET", `/opportunities?sort=amount&cursor=${page.body.nextCursor}`, {
      token: daniel.token,
    });
    expect(other.status).toBe(400);
    expect((await app.call("GET", "/opportunities?nope=1", { token: daniel.token })).status).toBe(422);
  });
});

describe("PATCH /opportunities/{id}", () => {
  test("200 with the version seen, 428 without, 412 with an old one and the record as it is", async () => {
    const { id } = await makeOpportunity(app, maya);
    const patch = (body: unknown, headers: Record<string, string> = {}) =>
      app.call("PATCH", `/opportunities/${id}`, { token: maya.token, body, headers });
    expect((await patch({ title: "New" })).status).toBe(428);
    expect((await patch({ title: "New" }, { "if-match": '"1"' })).body).toMatchObject({ title: "New", version: 2 });
    const stale = await patch({ title: "Newer" }, { "if-match": '"1"' });
    expect(stale.status).toBe(412);
    expect(stale.body).toMatchObject({ code: "stale_version", current: { title: "New", version: 2 } });
    expect((await patch({ title: "By body", seenVersion: 2 })).status).toBe(200);
  });

  test("200 hands over: the old owner loses sight, the new one gains it", async () => {
    const { id } = await makeOpportunity(app, maya);
    const reply = await app.call("PATCH", `/opportunities/${id}`, {
      token: daniel.token,
      body: { ownerId: tomas.id, seenVersion: 1 },
    });
    expect(reply.status).toBe(200);
    expect((await app.call("GET", `/opportunities/${id}`, { token: maya.token })).status).toBe(404);
    const seen = await app.call("GET", `/opportunities/${id}`, { token: tomas.token });
    expect(seen.status).toBe(200);
    // The customer is Maya's, and he sees it because the opportunity is his.
    expect((await app.call("GET", `/customers/${seen.body.customer.id}`, { token: tomas.token })).status).toBe(200);
  });
});

describe("POST /opportunities/{id}/moves", () => {
  test("200 moves and writes the stage history", async () => {
    const { id } = await makeOpportunity(app, maya);
    const reply = await move(id, maya, { stageId: stageId("Proposal"), fromStageId: stageId("Qualified") });
    expect(reply.body).toMatchObject({ stage: { name: "Proposal" }, version: 2 });
    const detail = await app.call("GET", `/opportunities/${id}`, { token: maya.token });
    expect(detail.body.path.map((step: { stageId: string }) => step.stageId)).toEqual([
      stageId("Qualified"),
      stageId("Proposal"),
    ]);
  });

  test("409 exactly once when two people move one card together", async () => {
    const { id } = await makeOpportunity(app, maya);
    const fromStageId = stageId("Qualified");
    const replies = await Promise.all([
      move(id, maya, { stageId: stageId("Discovery"), fromStageId }),
      move(id, daniel, { stageId: stageId("Closing"), fromStageId }),
    ]);
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const loser = replies.find(({ status }) => status === 409);
    const winner = replies.find(({ status }) => status === 200);
    expect(loser?.body).toMatchObject({ code: "already_moved", current: { stage: winner?.body.stage } });
  });

  test("409 names who moved it and where to", async () => {
    const { id } = await makeOpportunity(app, maya);
    const fromStageId = stageId("Qualified");
    await move(id, daniel, { stageId: stageId("Closing"), fromStageId });
    const late = await move(id, maya, { stageId: stageId("Discovery"), fromStageId });
    expect(late.status).toBe(409);
    expect(late.body.detail).toBe(`${nameOf(daniel)} moved this to Closing meanwhile`);
  });

  test("422 for Won without amount and customer, Lost without a reason, naming each", async () => {
    const { id } = await makeOpportunity(app, maya, { customerId: null, amount: null });
    const won = await move(id, maya, { stageId: stageId("Won") });
    expect(won.status).toBe(422);
    expect(won.body.errors.map((error: { path: string }) => error.path)).toEqual(["amount", "customerId"]);
    const lost = await move(id, maya, { stageId: stageId("Lost") });
    expect(lost.body.errors.map((error: { path: string }) => error.path)).toEqual(["lostReason"]);
    const future = await move(id, maya, { stageId: stageId("Lost"), lostReason: "price", closedOn: "2026-11-20" });
    expect(future.body.errors[0]).toMatchObject({ path: "closedOn", code: "in_future" });
  });

  test("404 for a stage of another organization", async () => {
    const { id } = await makeOpportunity(app, maya);
    const other = await makeOrganization(app);
    const foreign = await pipelineOf(app, other.admin);
    expect((await move(id, maya, { stageId: stageNamed(foreign, "Proposal").id })).status).toBe(404);
  });

  test("200 puts a card between two others", async () => {
    const other = await makeOrganization(app);
    const own = await pipelineOf(app, other.admin);
    const cards = [];
    for (const [second, title] of ["a", "b", "c"].entries()) {
      app.setNow(`2026-11-19T09:12:0${second}.000Z`);
      cards.push(await makeOpportunity(app, other.admin, { title, customerId: null }));
    }
    const [a, b, c] = cards.map(({ id }) => id);
    const board = async () =>
      (await app.call("GET", `/pipelines/${own.id}/board`, { token: other.admin.token })).body.columns[0].cards.map(
        (card: { id: string }) => card.id,
      );
    expect(await board()).toEqual([c, b, a]);
    const place = (id: string | undefined, afterId: string | null | undefined) =>
      move(String(id), other.admin, { stageId: stageNamed(own, "Qualified").id, afterId });
    expect((await place(a, c)).status).toBe(200);
    expect(await board()).toEqual([c, a, b]);
    expect((await place(b, null)).status).toBe(200);
    expect(await board()).toEqual([b, c, a]);
  });
});

describe("DELETE /opportunities/{id}", () => {
  test("204 moves it to the trash, and a restoration brings it back", async () => {
    const { id } = await makeOpportunity(app, maya, { externalId: "X-1" });
    expect(
      (await app.call("DELETE", `/opportunities/${id}`, { token: maya.token, headers: { "if-match": '"1"' } })).status,
    ).toBe(204);
    expect((await app.call("GET", `/opportunities/${id}`, { token: maya.token })).status).toBe(404);
    // What is in the trash holds no external id against a new one.
    const next = await makeOpportunity(app, maya, { externalId: "X-1" });
    expect((await app.call("POST", `/opportunities/${id}/restorations`, { token: maya.token })).body.code).toBe(
      "external_id_taken",
    );
    await app.call("DELETE", `/opportunities/${next.id}`, { token: maya.token, headers: { "if-match": '"1"' } });
    expect((await app.call("POST", `/opportunities/${id}/restorations`, { token: maya.token })).status).toBe(201);
  });
});
