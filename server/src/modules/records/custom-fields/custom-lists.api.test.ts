import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { faultsNamed, misplacedValues, openFields } from "../../../../test/custom-fields.ts";
import { untilChanged } from "../../../../test/generated/calls-of-records.ts";
import { makeContact, makeOpportunity } from "../../../../test/make.ts";

const { app, acme, maya, tomas, field, hide, read } = await openFields();
afterAll(() => app.close());

describe("lists", () => {
  const rules = (...list: object[]) => encodeURIComponent(JSON.stringify({ match: "all", rules: list }));
  const titles = async (query: string, as = maya): Promise<string[]> => {
    const reply = await read(`/opportunities?${query}`, as);
    expect(reply.status, reply.text).toBe(200);
    return reply.body.items.map(({ title }: { title: string }) => title);
  };
  const where = (name: string, operator: string, value?: unknown) =>
    titles(`sort=title&filter=${rules({ field: `custom.${name}`, operator, value })}`);

  beforeAll(async () => {
    const fields: [string, Record<string, unknown>][] = [
      ["l_text", { type: "text" }],
      ["l_number", { type: "number" }],
      ["l_money", { type: "money" }],
      ["l_date", { type: "date" }],
      ["l_choices", { type: "multi_select", options: [{ label: "North" }, { label: "South" }] }],
      ["l_flag", { type: "boolean" }],
      ["l_user", { type: "user" }],
    ];
    for (const [key, body] of fields) await field({ entity: "opportunity", label: key, key, ...body });
    const money = (amount: string) => ({ amount, currency: "USD" });
    const sale = (title: string, custom: Record<string, unknown>, as = maya) =>
      makeOpportunity(app, as, { title, custom });
    await sale("a", {
      l_text: "Éclair",
      l_number: 10,
      l_money: money("9.50"),
      l_date: "2026-11-20",
      l_choices: ["north"],
      l_flag: true,
      l_user: maya.id,
    });
    await sale("b", {
      l_text: "banana",
      l_number: 2.5,
      l_money: money("100.00"),
      l_date: "2026-12-24",
      l_choices: ["north", "south"],
      l_flag: false,
    });
    await sale("c", {});
    await sale("d", { l_text: "apple", l_number: -3 }, tomas);
  });

  test.each<[string, string, unknown, string[]]>([
    ["l_text", "is", "ÉCLAIR", ["a"]],
    ["l_text", "contains", "NAN", ["b"]],
    ["l_text", "in", ["banana", "apple"], ["b"]],
    ["l_number", "atLeast", "2.5", ["a", "b"]],
    ["l_number", "is", "10", ["a"]],
    ["l_money", "atMost", "50", ["a"]],
    ["l_date", "is", "today", ["a"]],
    ["l_date", "after", "2026-11-30", ["b"]],
    ["l_choices", "is", "south", ["b"]],
    ["l_flag", "is", "false", ["b"]],
    ["l_user", "is", "me", ["a"]],
  ])("200 finds by %s %s %s", async (name, operator, value, found) => {
    expect(await where(name, operator, value)).toEqual(found);
  });

  test("200 finds what is empty, filters by several at once, and keeps to what the viewer sees", async () => {
    expect(await where("l_number", "empty")).toContain("c");
    expect(await where("l_choices", "empty")).toContain("c");
    const both = rules(
      { field: "custom.l_choices", operator: "is", value: "north" },
      { field: "custom.l_number", operator: "atMost", value: "5" },
    );
    expect(await titles(`filter=${both}`)).toEqual(["b"]);
    const negative = rules({ field: "custom.l_number", operator: "atMost", value: "0" });
    expect(await titles(`filter=${negative}`)).toEqual([]);
    expect(await titles(`filter=${negative}`, tomas)).toEqual(["d"]);
  });

  test("200 orders by a field page by page, rows without a value last", async () => {
    const walk = async (sort: string): Promise<string[]> => {
      const found: string[] = [];
      let cursor = "";
      do {
        const { body } = await read(`/opportunities?limit=1&sort=${sort}${cursor}`);
        found.push(...body.items.map(({ title }: { title: string }) => title));
        cursor = body.nextCursor === null ? "" : `&cursor=${body.nextCursor}`;
      } while (cursor !== "");
      return found;
    };
    const all = await titles("sort=title&limit=200");
    const rest = (...first: string[]) => [...first, expect.anything(), expect.anything()].slice(0, first.length);
    for (const [sort, first] of [
      ["custom.l_number", ["b", "a"]],
      ["-custom.l_text", ["a", "b"]],
      ["custom.l_flag,-title", ["b", "a"]],
    ] as const) {
      const walked = await walk(sort);
      expect(walked.slice(0, 2), sort).toEqual(rest(...first));
      expect(walked.toSorted()).toEqual(all.toSorted());
    }
    const counted = await read("/opportunities?sort=custom.l_number&count=exact");
    expect(counted.body.count).toBe(all.length);
  });

  test("422 for a field that is not there and a value it cannot be compared with", async () => {
    expect((await read(`/opportunities?filter=${rules({ field: "custom.none", operator: "filled" })}`)).status).toBe(
      422,
    );
    expect(
      (await read(`/opportunities?filter=${rules({ field: "custom.l_number", operator: "is", value: "x" })}`)).status,
    ).toBe(422);
    expect((await read("/opportunities?sort=custom.none")).status).toBe(422);
    expect((await read("/opportunities?sort=custom.l_choices")).status).toBe(422);
  });

  test("views, files and totals know the field; a view in use keeps it from being deleted", async () => {
    const filter = { match: "all", rules: [{ field: "custom.l_flag", operator: "is", value: "true" }] };
    const [, , , , , , user] = (await read("/custom-fields?entity=opportunity")).body.items.slice(-7);
    expect(user.key).toBe("l_user");
    const view = await app.call("POST", "/views", {
      token: maya.token,
      body: {
        entity: "opportunity",
        name: "Flagged",
        isShared: true,
        filter,
        sort: "custom.l_date",
        columns: [{ key: "custom.l_user" }],
      },
    });
    expect(view.status, view.text).toBe(201);
    await app.call("POST", "/views", {
      token: tomas.token,
      body: {
        entity: "opportunity",
        name: "Secret",
        filter: { match: "all", rules: [] },
        columns: [{ key: "custom.l_user" }],
      },
    });
    const exported = await app.call("POST", "/exports", {
      token: maya.token,
      body: {
        entity: "opportunity",
        filter,
        columns: ["opportunity", "custom.l_choices", "custom.l_money", "custom.l_user"],
      },
    });
    const file = await app.call("GET", `/exports/${exported.body.id}/file`, { token: maya.token });
    expect(file.text.trim().split("\r\n").at(0)).toBe("Opportunity,l_choices,l_money,l_user");
    expect(file.text).toMatch(/\r\na,North,9\.50 USD,Maya /);
    const totals = await read(`/opportunities/totals?filter=${encodeURIComponent(JSON.stringify(filter))}`);
    expect(totals.body.count).toBe(1);
    const used = await hide(user);
    expect([used.status, used.body.code, used.body.detail]).toEqual([
      409,
      "field_in_use",
      "Views use this field: Flagged, 1 of other people",
    ]);
    const usage = await read(`/custom-fields/${user.id}/usage`, acme.admin);
    expect(usage.body).toMatchObject({ filled: 1, views: [{ name: "Flagged" }], privateViews: 1 });
  });
});

describe("bulk changes", () => {
  beforeAll(() =>
    field({
      entity: "contact",
      label: "Language",
      type: "select",
      options: [{ label: "English" }],
      requirement: "always",
    }),
  );

  test("set a field of many records by its text, leave those that have it, and put back what was", async () => {
    await field({
      entity: "contact",
      label: "Tier",
      type: "select",
      options: [{ label: "Gold" }, { label: "Silver" }],
    });
    const people = [
      await makeContact(app, maya, { custom: { language: "english", tier: "silver" } }),
      await makeContact(app, maya, { custom: { language: "english" } }),
      await makeContact(app, maya, { custom: { language: "english", tier: "gold" } }),
    ];
    const filter = { match: "all", rules: [{ field: "id", operator: "in", value: people.map(({ id }) => id) }] };
    const ask = (path: string, value: string | null, key = "tier") =>
      app.call("POST", path, {
        token: maya.token,
        body: { entity: "contact", filter, action: { kind: "set", field: `custom.${key}`, value } },
      });
    const tiers = async () => {
      const replies = await Promise.all(people.map(({ id }) => read(`/contacts/${id}`)));
      return replies.map(({ body }) => body.custom.tier);
    };
    expect((await ask("/bulk-changes/trial", "Gold")).body).toMatchObject({ changed: 2, unchanged: 1, refused: 0 });
    expect(faultsNamed(await ask("/bulk-changes", "Bronze"))).toEqual(["action value_not_possible"]);
    expect(faultsNamed(await ask("/bulk-changes", "x", "none"))).toEqual(["action field_not_settable"]);
    expect((await ask("/bulk-changes/trial", null, "language")).body).toMatchObject({ changed: 0, refused: 3 });
    const started = await ask("/bulk-changes", "Gold");
    await untilChanged(app, maya);
    expect(await tiers()).toEqual(["gold", "gold", "gold"]);
    await app.call("POST", `/bulk-changes/${started.body.id}/undo`, { token: maya.token });
    await untilChanged(app, maya);
    expect(await tiers()).toEqual(["silver", undefined, "gold"]);
  });
});

test("typed values are exactly those of live records, also after bulk changes", async () => {
  expect(await misplacedValues(app)).toBe(0);
});
