import { afterAll, describe, expect, test } from "vitest";
import { openBooks, usd } from "../../../../test/books.ts";
import { makeMember, statusesOf, type Person } from "../../../../test/make.ts";

const { app, acme, crew, dealOf, post, read, verifiedPayment } = await openBooks();
afterAll(() => app.close());

const begin = (body: object, by: Person = crew.manager) => post("/projects", body, by);
const put = (path: string, body: object, version: number, by: Person = crew.rep, method: "PUT" | "PATCH" = "PUT") =>
  app.call(method, path, { token: by.token, body, headers: { "if-match": `"${version}"` } });
const place = (deal: any, projectId: string | null, by?: Person) =>
  put(`/deals/${deal.id}/project`, { projectId }, deal.version, by);

describe("projects", () => {
  test("add up the deals that belong to them: what is sold, in review and verified net of what went back", async () => {
    const made = await begin({
      name: "Harbour",
      teamIds: [crew.teamId],
      budget: usd("2000.00"),
      startsOn: "2026-11-01",
    });
    expect(made.status, made.text).toBe(201);
    expect(made.body).toMatchObject({ number: "PRJ-1", teams: [{ id: crew.teamId }], deals: 0, attainment: "0.0000" });
    const [one, two] = [await dealOf("1000.00"), await dealOf("500.00")];
    expect((await place(one, made.body.id)).body.project).toMatchObject({ id: made.body.id, name: "Harbour" });
    await place(two, made.body.id);
    await verifiedPayment(one.id, "700.00");
    await verifiedPayment(two.id, "600.00");
    const figures = await read(`/projects/${made.body.id}`, crew.rep);
    expect(figures).toMatchObject({ deals: 2, sold: usd("1500.00"), verified: usd("1300.00"), attainment: "0.6500" });
    const listed = (await read(`/deals?projectId=${made.body.id}`, crew.rep)).items;
    expect(listed.map(({ id }: { id: string }) => id).toSorted()).toEqual([one.id, two.id].toSorted());
    expect((await place(await read(`/deals/${two.id}`), null)).body.project).toBeNull();
    expect((await read(`/projects/${made.body.id}`)).verified).toEqual(usd("700.00"));
  });

  test("tell each viewer of the deals they see", async () => {
    const { body } = await begin({ name: "Seen by some" });
    await place(await dealOf("100.00"), body.id);
    const stranger = await makeMember(app, acme, ["sales_rep"]);
    expect(await read(`/projects/${body.id}`, stranger)).toMatchObject({ deals: 0, sold: usd("0.00") });
  });

  test("422 for a name that is taken, an unknown team, an end before the beginning, another currency", async () => {
    await begin({ name: "Taken" });
    const path = async (reply: Promise<any>) => {
      const { status, body } = await reply;
      return [status, body.errors[0]?.path];
    };
    expect(await path(begin({ name: "taken" }))).toEqual([422, "name"]);
    expect(await path(begin({ name: "X", teamIds: ["01890000-0000-7000-8000-000000000000"] }))).toEqual([
      422,
      "teamIds",
    ]);
    expect(await path(begin({ name: "X", startsOn: "2026-11-02", endsOn: "2026-11-01" }))).toEqual([422, "endsOn"]);
    const euros = (await begin({ name: "Euros", budget: { amount: "5.00", currency: "EUR" } })).body;
    expect(await path(place(await dealOf("10.00"), euros.id))).toEqual([422, "projectId"]);
  });

  test("403 for a rep who begins one, 409 for a closed one, 412 for who saw an earlier version, 404 for a stranger's", async () => {
    expect((await begin({ name: "Mine" }, crew.rep)).status).toBe(403);
    const { body } = await begin({ name: "To be closed" });
    const change = (fields: object, version: number) =>
      put(`/projects/${body.id}`, fields, version, crew.manager, "PATCH");
    const both = await Promise.all([change({ isClosed: true }, 1), change({ description: "Late" }, 1)]);
    expect(statusesOf(both)).toEqual([200, 412]);
    const { version } = await read(`/projects/${body.id}`, crew.manager);
    await change({ isClosed: true }, version);
    expect((await place(await dealOf("10.00"), body.id)).body.code).toBe("project_closed");
    expect((await read("/projects?state=closed", crew.rep)).items.map(({ name }: any) => name)).toEqual([
      "To be closed",
    ]);
    expect((await place(await dealOf("10.00"), "01890000-0000-7000-8000-000000000000")).status).toBe(404);
  });
});
