import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import { untilIdle } from "../../../../test/generated/calls-of-records.ts";
import {
  auditOf,
  makeCustomer,
  makeMember,
  makeOrganization,
  makeTeam,
  type MadeOrganization,
  type Person,
} from "../../../../test/make.ts";

let app: TestApp;
let acme: MadeOrganization;
let maya: Person;
let west: { id: string };
let coast: { id: string };

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app);
  west = await makeTeam(app, acme, { name: "West" });
  coast = await makeTeam(app, acme, { name: "West coast", parentId: west.id });
  maya = await makeMember(app, acme, ["sales_rep"], west.id);
});
afterAll(() => app.close());

const patch = (id: string, body: Record<string, unknown>, person = maya) =>
  app.call("PATCH", `/customers/${id}`, { token: person.token, body });
const namesIn = async (person: Person, query: string): Promise<string[]> => {
  const { status, body, text } = await app.call("GET", `/customers?${query}`, { token: person.token });
  expect(status, text).toBe(200);
  return body.items.map(({ name }: { name: string }) => name);
};

describe("what is known of a customer", () => {
  test("201 keeps address, tags, notes and satisfaction, and names the owner's team", async () => {
    const customer = await makeCustomer(app, maya, {
      kind: "person",
      address: { street: "Hafenstr. 3", postalCode: "20457", city: "Hamburg", country: "Germany" },
      tags: ["VIP", "north", "vip"],
      notes: "Prefers calls before nine",
      satisfaction: 9,
    });
    expect(customer).toMatchObject({
      kind: "person",
      address: { street: "Hafenstr. 3", postalCode: "20457", city: "Hamburg", region: null, country: "Germany" },
      tags: ["VIP", "north"],
      notes: "Prefers calls before nine",
      satisfaction: 9,
      team: { id: west.id, name: "West" },
    });
    const read = await app.call("GET", `/customers/${customer.id}`, { token: maya.token });
    expect(read.body).toEqual(customer);
  });

  test("201 knows nothing but the name where nothing else was said", async () => {
    expect(await makeCustomer(app, maya)).toMatchObject({ address: null, tags: [], notes: null, satisfaction: null });
  });

  test("200 changes only what is said, and the log keeps both values", async () => {
    const { id, version } = await makeCustomer(app, maya, { tags: ["a"], satisfaction: 3, notes: "Old" });
    const changed = await patch(id, { satisfaction: 8, seenVersion: version });
    expect(changed.body).toMatchObject({ tags: ["a"], satisfaction: 8, notes: "Old", version: 2 });
    const cleared = await patch(id, { satisfaction: null, notes: "", tags: [], address: {}, seenVersion: 2 });
    expect(cleared.body).toMatchObject({ tags: [], satisfaction: null, notes: null, address: null });
    const [last] = await auditOf(app, acme.admin, `recordId=${id}`);
    expect(last.changes).toEqual({ satisfaction: [8, null], notes: ["Old", null], tags: [["a"], []] });
  });

  test.each([
    ["satisfaction above ten", { satisfaction: 11 }, "satisfaction"],
    ["satisfaction in halves", { satisfaction: 7.5 }, "satisfaction"],
    ["an empty tag", { tags: ["good", " "] }, "tags.1"],
    ["fifty-one tags", { tags: Array.from({ length: 51 }, (_, n) => `t${n}`) }, "tags"],
    ["an unknown part of the address", { address: { planet: "Mars" } }, "address.planet"],
  ])("422 for %s", async (_why, fields, path) => {
    const body = { name: "Wrong", ...fields };
    const reply = await app.call("POST", "/customers", { token: maya.token, body });
    expect(reply.status).toBe(422);
    expect(reply.body.errors.map((error: { path: string }) => error.path)).toContain(path);
  });
});

describe("GET /customers", () => {
  test("200 filters by tag, kind and team, the team's below included", async () => {
    const other = await makeOrganization(app);
    const north = await makeTeam(app, other);
    const below = await makeTeam(app, other, { parentId: north.id });
    const rep = await makeMember(app, other, ["sales_rep"], below.id);
    await makeCustomer(app, rep, { name: "Tagged", tags: ["key account"] });
    await makeCustomer(app, rep, { name: "Person", kind: "person" });
    await makeCustomer(app, other.admin, { name: "Elsewhere", tags: ["key"] });
    expect(await namesIn(other.admin, "tag=key%20account")).toEqual(["Tagged"]);
    expect(await namesIn(other.admin, "kind=person")).toEqual(["Person"]);
    expect(await namesIn(other.admin, `teamId=${north.id}`)).toEqual(["Person", "Tagged"]);
    expect(await namesIn(other.admin, `teamId=${coast.id}`)).toEqual([]);
  });

  test("200 sorts by satisfaction, page by page, customers without one last in both directions", async () => {
    const other = await makeOrganization(app);
    for (const [name, satisfaction] of Object.entries({ low: 2, none: null, high: 9, mid: 5 })) {
      await makeCustomer(app, other.admin, { name, satisfaction });
    }
    const paged = async (sort: string): Promise<string[]> => {
      const names: string[] = [];
      for (let cursor = ""; ;) {
        const path = `/customers?sort=${sort}&limit=1${cursor === "" ? "" : `&cursor=${cursor}`}`;
        const { body } = await app.call("GET", path, { token: other.admin.token });
        names.push(...body.items.map((item: { name: string }) => item.name));
        if (body.nextCursor === null) return names;
        cursor = body.nextCursor;
      }
    };
    expect(await paged("satisfaction")).toEqual(["low", "mid", "high", "none"]);
    expect(await paged("-satisfaction")).toEqual(["high", "mid", "low", "none"]);
  });
});

test("a file's address in parts, tags and notes are imported, and an update leaves what it does not say", async () => {
  const { admin } = await makeOrganization(app);
  const run = async (content: string, onDuplicate = "skip") => {
    const file = { name: "accounts.csv", content };
    const made = await app.upload("/imports", admin.token, file, { entity: "customer" });
    const { id, mapping } = made.body;
    const body = { ...mapping, options: { ...mapping.options, onDuplicate } };
    await app.call("PUT", `/imports/${id}/mapping`, { token: admin.token, body });
    await app.call("POST", `/imports/${id}/run`, { token: admin.token });
    await untilIdle(app, admin);
    return (await app.call("GET", "/customers?limit=200", { token: admin.token })).body.items;
  };
  const header = "Account Name,Billing Street,Billing City,Billing Zip/Postal Code,Billing Country,Tags,Description";
  expect(await run(`${header}\nKestrel,1 Runway,Tulsa,74101,USA,north; VIP;north,Fleet of 420\n`)).toMatchObject([
    {
      address: { street: "1 Runway", city: "Tulsa", postalCode: "74101", region: null, country: "USA" },
      tags: ["north", "VIP"],
      notes: "Fleet of 420",
    },
  ]);
  expect(await run(`${header}\nKestrel,,Mesa,,,,\n`, "update")).toMatchObject([
    { address: { street: "1 Runway", city: "Mesa" }, tags: ["north", "VIP"], notes: "Fleet of 420", version: 2 },
  ]);
});
