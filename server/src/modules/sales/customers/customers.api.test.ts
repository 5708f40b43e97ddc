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

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app);
  const west = await makeTeam(app, acme);
  [maya, tomas, daniel] = await Promise.all([
    makeMember(app, acme, ["sales_rep"], west.id),
    makeMember(app, acme, ["sales_rep"], west.id),
    makeMember(app, acme, ["manager"], west.id),
  ]);
});
afterAll(() => app.close());

const openOf = async (person: Person, name: string): Promise<any> => {
  const reply = await app.call("GET", `/customers?q=${encodeURIComponent(name)}`, { token: person.token });
  expect(reply.status).toBe(200);
  expect(reply.body.items).toHaveLength(1);
  return reply.body.items[0].open;
};
const usd = (amount: string) => ({ amount, currency: "USD" });
const ifMatch = (version: number) => ({ "if-match": `"${version}"` });

describe("GET /customers tells what is open with each", () => {
  test("200 adds up open opportunities; one without a value counts and adds nothing", async () => {
    const customer = await makeCustomer(app, maya, { name: "Brightwater Logistics" });
    const about = { customerId: customer.id };
    await makeOpportunity(app, maya, { ...about, amount: usd("1000.10") });
    await makeOpportunity(app, maya, { ...about, amount: usd("2000.20") });
    await makeOpportunity(app, maya, { ...about, amount: null });
    expect(await openOf(maya, "Brightwater")).toEqual({ count: 3, sums: [usd("3000.30")] });
  });

  test("200 leaves out what was lost and what is in the trash", async () => {
    const customer = await makeCustomer(app, maya, { name: "Calder Rail" });
    const about = { customerId: customer.id };
    const lost = await makeOpportunity(app, maya, { ...about, amount: usd("10.00") });
    const gone = await makeOpportunity(app, maya, { ...about, amount: usd("20.00") });
    await makeOpportunity(app, maya, { ...about, amount: usd("40.00") });
    const stageId = stageNamed(await pipelineOf(app, maya), "Lost").id;
    const moved = await app.call("POST", `/opportunities/${lost.id}/moves`, {
      token: maya.token,
      body: { stageId, lostReason: "price" },
    });
    expect(moved.status).toBe(200);
    const headers = ifMatch(gone.version);
    expect((await app.call("DELETE", `/opportunities/${gone.id}`, { token: maya.token, headers })).status).toBe(204);
    expect(await openOf(maya, "Calder")).toEqual({ count: 1, sums: [usd("40.00")] });
  });

  test("200 adds up only what the viewer sees: a colleague's opportunity is the manager's figure, not the rep's", async () => {
    const customer = await makeCustomer(app, maya, { name: "Redfern Mining" });
    await makeOpportunity(app, maya, { customerId: customer.id, amount: usd("5.00") });
    await makeOpportunity(app, daniel, { customerId: customer.id, amount: usd("70.00"), ownerId: tomas.id });
    expect(await openOf(maya, "Redfern")).toEqual({ count: 1, sums: [usd("5.00")] });
    expect(await openOf(daniel, "Redfern")).toEqual({ count: 2, sums: [usd("75.00")] });
  });

  test("200 with nothing open says so, without a sum", async () => {
    await makeCustomer(app, maya, { name: "Arden Parcel" });
    expect(await openOf(maya, "Arden")).toEqual({ count: 0, sums: [] });
  });
});

describe("GET /customers", () => {
  test("200 sorts names by alphabet and pages through all of them once", async () => {
    const other = await makeOrganization(app);
    for (const name of ["zeta", "Alpha", "émile", "beta"]) await makeCustomer(app, other.admin, { name });
    const first = await app.call("GET", "/customers?limit=3&count=exact", { token: other.admin.token });
    const second = await app.call("GET", `/customers?limit=3&cursor=${first.body.nextCursor}`, {
      token: other.admin.token,
    });
    const names = [...first.body.items, ...second.body.items].map(({ name }) => name);
    expect(names).toEqual(["Alpha", "beta", "émile", "zeta"]);
    expect(first.body.count).toBe(4);
    expect(second.body.nextCursor).toBeNull();
  });
});

describe("DELETE /customers/{customerId}", () => {
  test("204 puts it into the trash, from where it comes back", async () => {
    const { id, version, name } = await makeCustomer(app, maya);
    const headers = ifMatch(version);
    expect((await app.call("DELETE", `/customers/${id}`, { token: maya.token, headers })).status).toBe(204);
    expect((await app.call("GET", `/customers/${id}`, { token: maya.token })).status).toBe(404);
    const trash = await app.call("GET", "/trash?entity=customer", { token: maya.token });
    expect(trash.body.items).toContainEqual(
      expect.objectContaining({ id, title: name, deletedBy: { id: maya.id, name: expect.any(String) } }),
    );
    const back = await app.call("POST", `/customers/${id}/restorations`, { token: maya.token, body: {} });
    expect(back.status).toBe(201);
    expect((await app.call("GET", `/customers/${id}`, { token: maya.token })).body.name).toBe(name);
  });

  test("409 customer_in_use while somebody sells to it", async () => {
    const { id, version } = await makeCustomer(app, maya);
    await makeOpportunity(app, maya, { customerId: id });
    const reply = await app.call("DELETE", `/customers/${id}`, { token: maya.token, headers: ifMatch(version) });
    expect(reply.status).toBe(409);
    expect(reply.body.code).toBe("customer_in_use");
  });
});

describe("PATCH /customers/{customerId}", () => {
  test("412 tells the record as it is now, and changes nothing", async () => {
    const { id, version } = await makeCustomer(app, maya);
    const change = (body: object) =>
      app.call("PATCH", `/customers/${id}`, { token: maya.token, body, headers: ifMatch(version) });
    expect((await change({ industry: "Rail" })).status).toBe(200);
    const late = await change({ industry: "Food" });
    expect(late.status).toBe(412);
    expect(late.body).toMatchObject({ code: "stale_version", current: { industry: "Rail", version: version + 1 } });
    expect((await app.call("GET", `/customers/${id}`, { token: maya.token })).body.industry).toBe("Rail");
  });
});
