import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  auditOf,
  makeMember,
  makeOpportunity,
  makeOrganization,
  statusesOf,
  type MadeOrganization,
} from "../../../../test/make.ts";

let app: TestApp;
let acme: MadeOrganization;

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app, "Acme");
});
afterAll(() => app.close());
const start = "2026-11-19T09:12:00.000Z";
afterEach(() => app.setNow(start));

const read = async ({ admin } = acme) => (await app.call("GET", "/settings", { token: admin.token })).body;
const change = async (body: Record<string, unknown>, organization = acme) =>
  app.call("PATCH", "/settings", {
    token: organization.admin.token,
    body: { seenVersion: (await read(organization)).version, ...body },
  });

describe("PATCH /settings", () => {
  test("200 changes what is given, and the log says from what to what", async () => {
    const before = await read();
    const reply = await change({
      name: "Acme Works",
      timeZone: "Europe/Berlin",
      workdays: [5, 1, 1, 3],
      holidays: ["2026-12-25"],
    });
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      ...before,
      name: "Acme Works",
      timeZone: "Europe/Berlin",
      workdays: [1, 3, 5],
      holidays: ["2026-12-25"],
      version: before.version + 1,
    });
    const [entry] = await auditOf(app, acme.admin, "type=organization.changed");
    expect(entry).toMatchObject({
      actor: { id: acme.admin.id },
      occurredAt: start,
      changes: {
        name: ["Acme", "Acme Works"],
        timeZone: ["UTC", "Europe/Berlin"],
        workdays: [
          [1, 2, 3, 4, 5],
          [1, 3, 5],
        ],
        holidays: [[], ["2026-12-25"]],
      },
    });
    expect(Object.keys(entry.changes)).toHaveLength(4);
  });

  test.each([
    ["a zone there is not", { timeZone: "Mars/Olympus" }, "timeZone"],
    ["an offset, which knows no summer time", { timeZone: "+05:30" }, "timeZone"],
    ["no zone", { timeZone: "" }, "timeZone"],
    ["a currency there is not", { currency: "ABC" }, "currency"],
    ["a currency in lower case", { currency: "usd" }, "currency"],
    ["no working day", { workdays: [] }, "workdays"],
    ["an eighth weekday", { workdays: [1, 8] }, "workdays.1"],
    ["half a weekday", { workdays: [1.5] }, "workdays.0"],
    ["a holiday that is no day", { holidays: ["2026-02-30"] }, "holidays.0"],
    ["more holidays than a year has days", { holidays: Array(401).fill("2026-12-25") }, "holidays"],
    ["an empty name", { name: "   " }, "name"],
    ["a slug, which stays", { slug: "other" }, "slug"],
  ])("422 for %s", async (_why, body, path) => {
    const before = await read();
    const reply = await change(body);
    expect([reply.status, reply.body.errors?.[0].path]).toEqual([422, path]);
    expect(await read()).toEqual(before);
  });

  test("412 for a version that was not seen, 428 for none, 403 for who does not run the organization", async () => {
    const stale = await change({ name: "X", seenVersion: 99 });
    expect([stale.status, stale.body.current.name]).toEqual([412, (await read()).name]);
    expect((await app.call("PATCH", "/settings", { token: acme.admin.token, body: { name: "X" } })).status).toBe(428);
    const manager = await makeMember(app, acme, ["manager"]);
    const refused = await app.call("PATCH", "/settings", {
      token: manager.token,
      body: { name: "X", seenVersion: 1 },
    });
    expect(refused.status).toBe(403);
    expect((await app.call("GET", "/settings", { token: manager.token })).status).toBe(200);
  });

  test("one of two changes of the same version wins", async () => {
    const own = await makeOrganization(app);
    const replies = await Promise.all(["A", "B"].map((name) => change({ name, seenVersion: 1 }, own)));
    expect(statusesOf(replies)).toEqual([200, 412]);
  });

  test("the new calendar holds on the very next request", async () => {
    const own = await makeOrganization(app);
    const close = (expectedCloseOn: string) =>
      app.call("POST", "/opportunities", { token: own.admin.token, body: { title: "T", expectedCloseOn } });
    const early = await close("2026-11-18");
    expect([early.status, early.body.errors?.[0].code]).toEqual([422, "in_past"]);
    // 09:12 in UTC is the evening of the day before on Pago Pago.
    await change({ timeZone: "Pacific/Pago_Pago" }, own);
    expect((await close("2026-11-18")).status).toBe(201);
  });

  test("a new currency holds for what is entered from then on; what there is keeps its own", async () => {
    const own = await makeOrganization(app);
    const before = await makeOpportunity(app, own.admin, { amount: { amount: "10.00", currency: "USD" } });
    await change({ currency: "JPY" }, own);
    const after = await app.call("POST", "/opportunities", { token: own.admin.token, body: { title: "No amount" } });
    expect(after.status).toBe(201);
    const kept = await app.call("GET", `/opportunities/${before.id}`, { token: own.admin.token });
    expect(kept.body.amount).toEqual({ amount: "10.00", currency: "USD" });
  });
});
