import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import { asOwner } from "../../../../test/sql.ts";
import {
  auditOf,
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

beforeAll(async () => {
  app = await openApp();
  app.setNow("2026-11-20T09:00:00Z");
  acme = await makeOrganization(app);
  const west = await makeTeam(app, acme, { name: "West" });
  const east = await makeTeam(app, acme, { name: "East" });
  maya = await makeMember(app, acme, ["sales_rep"], west.id);
  tomas = await makeMember(app, acme, ["sales_rep"], east.id);
  await makeCustomer(app, maya, { name: "Alder Rail", industry: "Rail", tags: ["north"], satisfaction: 3 });
  await makeCustomer(app, maya, { name: "=Birch Foods", industry: "food", tags: ["north", "VIP"] });
  await makeCustomer(app, tomas, { name: "Cedar Steel", satisfaction: 9 });
});
afterAll(() => app.close());

type Rule = { field: string; operator: string; value?: unknown } | { match: string; rules: Rule[] };
const filterOf = (...rules: Rule[]) => ({ match: "all", rules });
const is = (field: string, value: unknown): Rule => ({ field, operator: "is", value });

async function found(list: string, person: Person, ...rules: Rule[]): Promise<string[]> {
  const filter = encodeURIComponent(JSON.stringify(filterOf(...rules)));
  const { status, text, body } = await app.call("GET", `/${list}?filter=${filter}`, { token: person.token });
  expect(status, text).toBe(200);
  return body.items.map(({ name, title }: { name?: string; title?: string }) => name ?? title).toSorted();
}

describe("filters of a list", () => {
  const all = ["=Birch Foods", "Alder Rail", "Cedar Steel"];
  test.each<[string, Rule[], string[]]>([
    ["nothing asked", [], all],
    ["text, whatever its case", [is("industry", "FOOD")], ["=Birch Foods"]],
    [
      "not this text, where none is not it either",
      [{ field: "industry", operator: "isNot", value: "rail" }],
      ["=Birch Foods", "Cedar Steel"],
    ],
    ["text inside", [{ field: "name", operator: "contains", value: "ster" }], []],
    ["text inside another", [{ field: "name", operator: "contains", value: "r s" }], ["Cedar Steel"]],
    ["beginning", [{ field: "name", operator: "startsWith", value: "al" }], ["Alder Rail"]],
    ["one of a list", [{ field: "industry", operator: "in", value: ["rail", "Food"] }], ["=Birch Foods", "Alder Rail"]],
    ["a tag", [is("tags", "north")], ["=Birch Foods", "Alder Rail"]],
    ["without a tag", [{ field: "tags", operator: "isNot", value: "VIP" }], ["Alder Rail", "Cedar Steel"]],
    ["no tags", [{ field: "tags", operator: "empty" }], ["Cedar Steel"]],
    ["at least", [{ field: "satisfaction", operator: "atLeast", value: "3" }], ["Alder Rail", "Cedar Steel"]],
    ["at most", [{ field: "satisfaction", operator: "atMost", value: "3" }], ["Alder Rail"]],
    ["unknown", [{ field: "satisfaction", operator: "empty" }], ["=Birch Foods"]],
    ["today", [is("createdAt", "today")], all],
    ["this quarter", [is("createdAt", "this_quarter")], all],
    ["before a day long gone", [{ field: "createdAt", operator: "before", value: "-11d" }], []],
    [
      "any of a group",
      [
        {
          match: "any",
          rules: [is("industry", "rail"), filterOf({ field: "satisfaction", operator: "atLeast", value: "9" })],
        },
      ],
      ["Alder Rail", "Cedar Steel"],
    ],
    ["a quote in a value", [is("name", "x' or 1=1 --")], []],
  ])("200 finds by %s", async (_why, rules, names) => {
    expect(await found("customers", acme.admin, ...rules)).toEqual(names);
  });

  test("200 me and my team are whoever looks", async () => {
    expect(await found("customers", maya, is("ownerId", "me"))).toEqual(["=Birch Foods", "Alder Rail"]);
    expect(await found("customers", tomas, is("teamId", "mine"))).toEqual(["Cedar Steel"]);
    expect(await found("customers", acme.admin, is("ownerId", "me"))).toEqual([]);
  });

  test("200 opportunities by kind of stage, amount and closing day", async () => {
    const sale = { amount: { amount: "900.00", currency: "USD" }, expectedCloseOn: "2026-12-03" };
    await makeOpportunity(app, maya, { title: "Small", ...sale });
    await makeOpportunity(app, maya, { title: "Large", ...sale, amount: { amount: "90000.00", currency: "USD" } });
    const large: Rule = { field: "amount", operator: "atLeast", value: "1000" };
    expect(await found("opportunities", maya, large, is("stageKind", "open"))).toEqual(["Large"]);
    expect(await found("opportunities", maya, is("stageKind", "won"))).toEqual([]);
    expect(await found("opportunities", maya, is("expectedCloseOn", "next_month"))).toEqual(["Large", "Small"]);
    const lost = stageNamed(await pipelineOf(app, maya), "Lost");
    expect(await found("opportunities", maya, is("stageId", lost.id))).toEqual([]);
  });

  test.each([
    ["no filter", "nonsense"],
    ["an unknown field", filterOf(is("secret", "1"))],
    ["a field every object has", filterOf(is("constructor", "1"))],
    ["an operator the field does not take", filterOf({ field: "name", operator: "atLeast", value: "3" })],
    ["a value of another kind", filterOf({ field: "satisfaction", operator: "atLeast", value: "many" })],
    ["a day there is not", filterOf({ field: "createdAt", operator: "before", value: "2026-02-30" })],
    ["a value where none belongs", filterOf({ field: "tags", operator: "empty", value: "x" })],
    ["a list where one belongs", filterOf(is("name", ["a"]))],
    ["groups six deep", [1, 2, 3, 4, 5].reduce<Rule>((inner) => filterOf(inner), filterOf())],
  ])("422 for %s, in words", async (_why, filter) => {
    const text = encodeURIComponent(typeof filter === "string" ? filter : JSON.stringify(filter));
    const { status, body } = await app.call("GET", `/customers?filter=${text}`, { token: maya.token });
    expect([status, body.errors[0].path]).toEqual([422, "filter"]);
  });
});

const quiet = { entity: "customer", name: "Going quiet", filter: filterOf(is("tags", "north")) };
const save = async (person: Person, body: object = {}) => {
  const reply = await app.call("POST", "/views", { token: person.token, body: { ...quiet, ...body } });
  expect(reply.status, reply.text).toBe(201);
  return reply.body;
};
const listed = async (person: Person) =>
  (await app.call("GET", "/views?entity=customer", { token: person.token })).body;

describe("views", () => {
  test("201 keeps filter, order and columns; a private one is found by nobody else", async () => {
    const columns = [{ key: "customer", width: 300 }, { key: "owner" }];
    const view = await save(maya, { sort: "-createdAt", columns });
    expect(view).toMatchObject({ name: "Going quiet", isShared: false, sort: "-createdAt", columns, mayEdit: true });
    const ids = async (person: Person) => (await listed(person)).items.map(({ id }: { id: string }) => id);
    expect(await ids(maya)).toContain(view.id);
    expect(await ids(tomas)).not.toContain(view.id);
    const other = await app.call("PATCH", `/views/${view.id}`, {
      token: tomas.token,
      body: { name: "Mine", seenVersion: 1 },
    });
    expect(other.status).toBe(404);
  });

  test("a shared view is the same question: each is told of the own rows, and only its owner changes it", async () => {
    const view = await save(maya, { name: "Everybody's", isShared: true, filter: filterOf() });
    const theirs = (await listed(tomas)).items.find(({ id }: { id: string }) => id === view.id);
    expect(theirs).toMatchObject({ filter: filterOf(), mayEdit: false });
    expect(await found("customers", tomas, ...theirs.filter.rules)).toEqual(["Cedar Steel"]);
    const body = { name: "Taken", seenVersion: 1 };
    const other = await app.call("PATCH", `/views/${view.id}`, { token: tomas.token, body });
    expect([other.status, other.body.code]).toEqual([403, "view_of_another"]);
    const admin = await app.call("PATCH", `/views/${view.id}`, { token: acme.admin.token, body });
    expect(admin.status).toBe(403);
  });

  test("200 for an admin, where the owner of a shared view has left", async () => {
    const leaver = await makeMember(app, acme, ["sales_rep"]);
    const view = await save(leaver, { name: "Left behind", isShared: true });
    const { body: member } = await app.call("GET", `/members/${leaver.id}`, { token: acme.admin.token });
    const gone = { token: acme.admin.token, body: { status: "inactive", seenVersion: member.version } };
    const left = await app.call("PATCH", `/members/${leaver.id}`, gone);
    expect(left.status, left.text).toBe(200);
    const body = { name: "Taken over", seenVersion: 1 };
    const reply = await app.call("PATCH", `/views/${view.id}`, { token: acme.admin.token, body });
    expect([reply.status, reply.body.name]).toEqual([200, "Taken over"]);
  });

  test("204 deletes, 201 brings back", async () => {
    const view = await save(maya, { name: "Short-lived" });
    const headers = { "if-match": '"1"' };
    expect((await app.call("DELETE", `/views/${view.id}`, { token: maya.token, headers })).status).toBe(204);
    const names = async () => (await listed(maya)).items.map(({ name }: { name: string }) => name);
    expect(await names()).not.toContain("Short-lived");
    const back = await app.call("POST", `/views/${view.id}/restorations`, { token: maya.token });
    expect([back.status, back.body.version]).toEqual([201, 3]);
    expect(await names()).toContain("Short-lived");
  });

  test("204 arranges the own list alone, and says which view opens", async () => {
    const first = await save(maya, { name: "First", isShared: true });
    const second = await save(maya, { name: "Second", isShared: true });
    const body = { entity: "customer", viewIds: [second.id, first.id], defaultViewId: first.id };
    expect((await app.call("PUT", "/view-arrangement", { token: maya.token, body })).status).toBe(204);
    const mine = await listed(maya);
    expect([mine.items[0].id, mine.items[1].id, mine.defaultViewId]).toEqual([second.id, first.id, first.id]);
    expect((await listed(tomas)).defaultViewId).toBeNull();
  });

  test("200 opens for a role, where a member chose none; unpinned views stand behind the tabs", async () => {
    const view = await save(maya, { name: "For reps", isShared: true, groupBy: "industry", sort: "-updatedAt,name" });
    expect(view).toMatchObject({ groupBy: "industry", sort: "-updatedAt,name", defaultFor: [], isPinned: true });
    const change = (person: Person, body: object) =>
      app.call("PATCH", `/views/${view.id}`, { token: person.token, body: { ...body, seenVersion: 1 } });
    expect((await change(maya, { defaultFor: ["sales_rep"] })).status).toBe(403);
    // Whose view opens for a role is the admins' to say, what it shows is not.
    expect((await change(acme.admin, { defaultFor: ["sales_rep"], name: "Mine" })).status).toBe(403);
    expect((await change(acme.admin, { defaultFor: ["sales_rep"] })).body.defaultFor).toEqual(["sales_rep"]);
    const tomasDefault = (await listed(tomas)).defaultViewId;
    expect([tomasDefault, (await listed(acme.admin)).defaultViewId]).toEqual([view.id, null]);
    const own = await save(tomas, { name: "Own" });
    const body = { entity: "customer", viewIds: [], unpinnedIds: [view.id], defaultViewId: own.id };
    expect((await app.call("PUT", "/view-arrangement", { token: tomas.token, body })).status).toBe(204);
    const arranged = await listed(tomas);
    expect(arranged.defaultViewId).toBe(own.id);
    expect(arranged.items.filter(({ isPinned }: any) => !isPinned).map(({ id }: any) => id)).toEqual([view.id]);
    const unshared = await app.call("PATCH", `/views/${view.id}`, {
      token: maya.token,
      body: { isShared: false, seenVersion: 2 },
    });
    expect([unshared.status, unshared.body.code]).toEqual([422, "invalid_request"]);
  });

  test("a condition on a field that is gone is told as broken, and never left out by itself", async () => {
    const view = await save(maya, { name: "Outlived" });
    const filter = JSON.stringify(filterOf(is("tags", "north"), { match: "any", rules: [is("gone", "1")] }));
    await asOwner(app, "update saved_view set filter = $1 where id = $2", [filter, view.id]);
    const told = (await listed(maya)).items.find(({ id }: { id: string }) => id === view.id);
    expect(told.brokenFields).toEqual(["gone"]);
    const path = `/customers?filter=${encodeURIComponent(filter)}`;
    const { status, body } = await app.call("GET", path, { token: maya.token });
    expect([status, body.errors[0].path]).toEqual([422, "filter"]);
  });

  test.each([
    ["groupBy", { groupBy: "secret" }],
    ["sort", { sort: "name,name" }],
    ["filter", { filter: filterOf(is("secret", "1")) }],
    ["sort", { sort: "secret" }],
    ["columns", { columns: [{ key: "secret" }] }],
    ["name", { name: "  " }],
  ])("422 for a %s the list does not have", async (path, wrong) => {
    const { status, body } = await app.call("POST", "/views", { token: maya.token, body: { ...quiet, ...wrong } });
    expect([status, body.errors[0].path]).toEqual([422, path]);
  });

  test("403 for views of records that somebody may not read", async () => {
    const viewer = await makeMember(app, acme, ["viewer"]);
    expect((await app.call("POST", "/views", { token: viewer.token, body: quiet })).status).toBe(403);
  });
});

describe("exports", () => {
  const take = async (person: Person, body: object) => {
    const asked = { entity: "customer", filter: filterOf(), columns: ["customer", "owner", "tags"], ...body };
    const made = await app.call("POST", "/exports", { token: person.token, body: asked });
    expect(made.status, made.text).toBe(201);
    return made.body.id;
  };
  const read = (person: Person, id: string) => app.call("GET", `/exports/${id}/file`, { token: person.token });

  test("a file has the columns and order that were shown, and starts no formula", async () => {
    const { text, headers } = await read(
      maya,
      await take(maya, { filter: filterOf(is("tags", "north")), sort: "-name", columns: ["tags", "customer"] }),
    );
    expect(text).toBe('\uFEFFTags,Customer\r\nnorth,Alder Rail\r\n"north, VIP",\'=Birch Foods\r\n');
    expect(headers["content-disposition"]).toMatch(/^attachment; filename="customers 2026-11-20.csv"/);
  });

  test("rows are those its person sees; 404 for anybody else's", async () => {
    const filter = filterOf({ field: "satisfaction", operator: "filled" });
    const id = await take(tomas, { filter, columns: ["customer"] });
    expect((await read(tomas, id)).text).toBe("\uFEFFCustomer\r\nCedar Steel\r\n");
    expect((await read(acme.admin, id)).status).toBe(404);
  });

  test("who took what is in the log", async () => {
    const id = await take(maya, {});
    await app.settle();
    const [entry] = await auditOf(app, acme.admin, `recordId=${id}`);
    expect(entry).toMatchObject({ type: "export.requested", facts: { entity: "customer" } });
  });
});
