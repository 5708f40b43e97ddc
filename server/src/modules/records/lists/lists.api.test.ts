import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  makeCustomer,
  makeInteraction,
  makeMember,
  makeOpportunity,
  makeOrganization,
  makeTeam,
  type MadeOrganization,
  type Person,
} from "../../../../test/make.ts";

let app: TestApp;
let acme: MadeOrganization;
let maya: Person;
let tomas: Person;

/** Title, source, amount, day of closing; null for none. */
const sales: readonly (readonly [string, string | null, string | null, string | null])[] = [
  ["a", "Fair", "100.00", "2026-12-03"],
  ["b", "fair", "100.00", null],
  ["c", "Web", null, "2026-12-03"],
  ["d", "Web", "300.00", "2027-01-09"],
  ["e", null, "100.00", "2026-12-03"],
  ["f", null, null, null],
];

beforeAll(async () => {
  app = await openApp();
  app.setNow("2026-11-20T09:56:00Z");
  acme = await makeOrganization(app);
  const team = await makeTeam(app, acme);
  [maya, tomas] = [
    await makeMember(app, acme, ["sales_rep"], team.id),
    await makeMember(app, acme, ["sales_rep"], team.id),
  ];
  for (const [title, source, amount, expectedCloseOn] of sales) {
    const value = amount === null ? null : { amount, currency: "USD" };
    await makeOpportunity(app, maya, { title, source, amount: value, expectedCloseOn });
  }
  await makeOpportunity(app, tomas, { title: "g", amount: { amount: "50.00", currency: "EUR" }, source: "Web" });
});
afterAll(() => app.close());

const read = async (person: Person, path: string): Promise<any> => {
  const { status, body, text } = await app.call("GET", path, { token: person.token });
  expect(status, text).toBe(200);
  return body;
};

/** Titles of the whole list, page by page of two. */
async function walk(sort: string): Promise<string> {
  const titles: string[] = [];
  for (let cursor = ""; cursor !== "end";) {
    const page = await read(maya, `/opportunities?limit=2&sort=${sort}${cursor === "" ? "" : `&cursor=${cursor}`}`);
    titles.push(...page.items.map(({ title }: { title: string }) => title));
    cursor = page.nextCursor ?? "end";
  }
  return titles.join("");
}

describe("order by several keys", () => {
  test.each([
    ["amount,title", "abedcf"],
    ["amount,-title", "ebadfc"],
    ["-amount,expectedCloseOn,-title", "deabcf"],
    ["expectedCloseOn,amount,title", "aecdbf"],
    ["-expectedCloseOn,-amount,-title", "deacbf"],
    ["title,amount,number,createdAt", "abcdef"],
  ])("200 by %s: page by page every row once, rows without a value last", async (sort, titles) => {
    expect(await walk(sort)).toBe(titles);
  });

  test.each([
    ["a key there is not", "secret"],
    ["a key twice", "amount,-amount"],
    ["five keys", "amount,title,number,createdAt,updatedAt"],
    ["nothing between commas", "amount,,title"],
  ])("422 for %s", async (_why, sort) => {
    const { status, body } = await app.call("GET", `/opportunities?sort=${sort}`, { token: maya.token });
    expect([status, body.errors[0].path]).toEqual([422, "sort"]);
  });

  test("400 for a cursor of another order", async () => {
    const { nextCursor } = await read(maya, "/opportunities?limit=2&sort=amount,title");
    const path = `/opportunities?limit=2&sort=title,amount&cursor=${nextCursor}`;
    expect((await app.call("GET", path, { token: maya.token })).status).toBe(400);
  });
});

describe("totals", () => {
  const totals = (person: Person, query: string): Promise<any> => read(person, `/opportunities/totals?${query}`);
  const usd = (amount: string) => [{ amount, currency: "USD" }];

  test("200 count and money of what the viewer sees, by currency", async () => {
    expect(await totals(maya, "")).toMatchObject({ count: 6, sums: usd("600.00"), groups: [] });
    const all = await totals(acme.admin, "");
    expect([all.count, all.sums]).toEqual([7, [{ amount: "50.00", currency: "EUR" }, ...usd("600.00")]]);
  });

  test("200 by a text whatever its case, by a month, by a person; without a value last", async () => {
    const bySource = await totals(maya, "groupBy=source");
    expect(bySource.groups).toEqual([
      { key: "fair", label: "Fair", count: 2, sums: usd("200.00") },
      { key: "web", label: "Web", count: 2, sums: usd("300.00") },
      { key: null, label: null, count: 2, sums: usd("100.00") },
    ]);
    const byMonth = await totals(maya, "groupBy=expectedCloseOn");
    expect(byMonth.groups.map(({ key, count }: any) => [key, count])).toEqual([
      ["2026-12", 3],
      ["2027-01", 1],
      [null, 2],
    ]);
    const byOwner = await totals(acme.admin, "groupBy=ownerId");
    expect(new Map(byOwner.groups.map(({ key, count }: any) => [key, count]))).toEqual(
      new Map([
        [maya.id, 6],
        [tomas.id, 1],
      ]),
    );
  });

  test.each(["stageId", "ownerId", "customerId", "source", "priority", "expectedCloseOn", "closedOn"])(
    "the groups by %s add up to the list, and each opens the rows it counts",
    async (groupBy) => {
      const { groups, count } = await totals(maya, `groupBy=${groupBy}`);
      expect(groups.reduce((sum: number, group: any) => sum + group.count, 0)).toBe(count);
      for (const { key, count: own, sums } of groups) {
        const rule = key === null ? { operator: "empty" } : { operator: "is", value: key };
        const filter = encodeURIComponent(JSON.stringify({ match: "all", rules: [{ field: groupBy, ...rule }] }));
        const { items } = await read(maya, `/opportunities?limit=200&filter=${filter}`);
        expect(items).toHaveLength(own);
        expect(await totals(maya, `filter=${filter}`)).toMatchObject({ count: own, sums });
      }
    },
  );

  test("200 narrowed like the list, at the viewer's reach; customers and contacts are counted", async () => {
    expect((await totals(tomas, "source=Web&groupBy=ownerId")).groups).toMatchObject([{ key: tomas.id, count: 1 }]);
    const customers = await read(tomas, "/customers/totals?groupBy=kind");
    expect(customers.count).toBe((await read(tomas, "/customers?limit=1&count=exact")).count);
    expect((await read(tomas, "/contacts/totals?groupBy=ownerId")).groups).toEqual([]);
  });

  test("422 for a group there is not", async () => {
    const { status, body } = await app.call("GET", "/opportunities/totals?groupBy=title", { token: maya.token });
    expect([status, body.errors[0].path]).toEqual([422, "groupBy"]);
  });
});

describe("filters by what was done and by whose day it is", () => {
  const titles = async (rule: object, more = ""): Promise<string[]> => {
    const filter = encodeURIComponent(JSON.stringify({ match: "all", rules: [rule] }));
    const { items } = await read(maya, `/customers?filter=${filter}${more}`);
    return items.map(({ name }: { name: string }) => name).filter((name: string) => name.startsWith("Q "));
  };

  test("200 not contacted for so many days, or never; what was deleted is not done", async () => {
    const [fresh, stale] = [
      await makeCustomer(app, maya, { name: "Q fresh" }),
      await makeCustomer(app, maya, { name: "Q stale" }),
    ];
    const gone = await makeCustomer(app, maya, { name: "Q gone" });
    const at = (day: string) => `2026-11-${day}T08:00:00.000Z`;
    await makeInteraction(app, maya, { customerId: fresh.id, occurredAt: at("18") });
    await makeInteraction(app, maya, { customerId: stale.id, occurredAt: at("02") });
    const { id } = await makeInteraction(app, maya, { customerId: gone.id, occurredAt: at("19") });
    const headers = { "if-match": '"1"' };
    expect((await app.call("DELETE", `/interactions/${id}`, { token: maya.token, headers })).status).toBe(204);
    const activity = (operator: string, value?: string) => ({
      field: "lastInteraction",
      operator,
      ...(value && { value }),
    });
    expect(await titles(activity("before", "-14d"))).toEqual(["Q gone", "Q stale"]);
    expect(await titles(activity("after", "-14d"))).toEqual(["Q fresh"]);
    expect(await titles(activity("empty"))).toEqual(["Q gone"]);
    expect(await titles(activity("filled"))).toEqual(["Q fresh", "Q stale"]);
  });

  test("200 today is the day where the viewer is; 422 for a zone there is not", async () => {
    await makeCustomer(app, maya, { name: "Q today" });
    const today = { field: "createdAt", operator: "is", value: "today" };
    expect(await titles(today)).toContain("Q today");
    // Minutes later the next day has begun where it is 14 hours later, and nothing was made on it.
    app.setNow("2026-11-20T10:02:00Z");
    expect(await titles(today, "&timeZone=Pacific/Kiritimati")).toEqual([]);
    const { status } = await app.call("GET", "/customers?timeZone=Mars/Base", { token: maya.token });
    expect(status).toBe(422);
  });
});
