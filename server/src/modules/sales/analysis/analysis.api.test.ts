import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  makeCrew,
  makeMember,
  makeOpportunity,
  makeOrganization,
  makeProduct,
  pipelineOf,
  stageNamed,
  type Crew,
  type MadeOrganization,
  type Person,
} from "../../../../test/make.ts";

let app: TestApp;
let acme: MadeOrganization;
let crew: Crew;
let outsider: Person;
let productId: string;
let pipeline: Awaited<ReturnType<typeof pipelineOf>>;

const path = (): string => `/pipelines/${pipeline.id}/analysis`;
const stageId = (name: string): string => stageNamed(pipeline, name).id;
const usd = (amount: string) => ({ amount: { amount, currency: "USD" } });

async function move(id: string, stage: string, facts: object = {}): Promise<void> {
  const body = { stageId: stageId(stage), ...facts };
  const reply = await app.call("POST", `/opportunities/${id}/moves`, { token: acme.admin.token, body });
  expect(reply.status, reply.text).toBe(200);
}

async function putOff(id: string, day: string): Promise<void> {
  const { version } = (await app.call("GET", `/opportunities/${id}`, { token: acme.admin.token })).body;
  const body = { expectedCloseOn: day, seenVersion: version };
  expect((await app.call("PATCH", `/opportunities/${id}`, { token: acme.admin.token, body })).status).toBe(200);
}

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app);
  crew = await makeCrew(app, acme);
  outsider = await makeMember(app, acme, ["sales_rep"]);
  pipeline = await pipelineOf(app, crew.rep);
  productId = (await makeProduct(app, acme.admin)).id;
  const open = (person: Person, amount: string, fields: object = {}) =>
    makeOpportunity(app, person, { ...usd(amount), expectedCloseOn: "2026-12-01", ...fields });
  const won = await open(crew.rep, "100.00", { source: "Fair", productIds: [productId] });
  const lost = await open(crew.rep, "900.00", { source: "Fair" });
  const through = await open(crew.manager, "40.50");
  await open(outsider, "7.00");
  await open(crew.rep, "1.00", { amount: { amount: "5.00", currency: "EUR" } });
  app.setNow("2026-11-19T09:14:00.000Z");
  await move(won.id, "Discovery");
  await move(won.id, "Won");
  await move(lost.id, "Lost", { lostReason: "price" });
  await move(through.id, "Proposal");
  await putOff(through.id, "2026-12-05");
  app.setNow("2026-11-19T09:15:00.000Z");
  await putOff(through.id, "2026-12-11");
  await putOff(through.id, "2026-12-10");
});
afterAll(() => app.close());

const read = async (person: Person, query = ""): Promise<any> =>
  (await app.call("GET", `${path()}?${query}`, { token: person.token })).body;

/** Every figure of an answer, wherever it stands. */
function cellsOf(value: any): { figure: string; key: string; count: number; amount: { amount: string } }[] {
  if (value === null || typeof value !== "object") return [];
  return "figure" in value ? [value] : Object.values(value).flatMap(cellsOf);
}

describe("GET /pipelines/{id}/analysis", () => {
  test("200 tells what became of what entered, how long it took, and what share was won; what is lost is worth nothing", async () => {
    const { conversion, velocity, age, slippage, bySource, byProduct, byOwner, currency } = await read(acme.admin);
    expect(currency).toBe("USD");
    const [qualified, discovery] = conversion;
    expect(qualified).toMatchObject({
      stage: { name: "Qualified" },
      entered: { count: 4, amount: { amount: "147.50" } },
      wentOn: { count: 2, amount: { amount: "140.50" } },
      lost: { count: 1, amount: { amount: "0.00" } },
      stillThere: { count: 1, amount: { amount: "7.00" } },
      rate: "0.5000",
    });
    expect(discovery).toMatchObject({ entered: { count: 1 }, wentOn: { count: 1 }, rate: "1.0000" });
    expect(velocity).toMatchObject({ won: { count: 1 }, lost: { count: 1 }, rate: "0.5000", averageDays: "0.0" });
    expect(velocity.stages[0]).toMatchObject({ left: { count: 3 } });
    expect(age[0]).toMatchObject({ fromDays: 0, toDays: 7, open: { count: 2, amount: { amount: "47.50" } } });
    expect(slippage).toMatchObject({ slipped: { count: 1, amount: { amount: "40.50" } }, averageDays: "9.0" });
    expect(bySource).toMatchObject([{ key: "Fair", label: "Fair", won: { count: 1 }, lost: { count: 1 } }]);
    expect(byProduct.map(({ key, rate }: any) => [key, rate])).toEqual(
      expect.arrayContaining([
        [productId, "1.0000"],
        ["", "0.0000"],
      ]),
    );
    expect(byOwner).toMatchObject([{ key: crew.rep.id, rate: "0.5000", won: { amount: { amount: "100.00" } } }]);
  });

  test("200 every figure is the number and the sum of the rows it opens, whoever looks and however it is narrowed", async () => {
    const narrowed = [
      `ownerId=${crew.rep.id}`,
      "from=2026-11-01&to=2026-11-30",
      "currency=EUR",
      "from=2025-01-01&to=2025-12-31",
    ];
    for (const [person, query] of [
      [acme.admin, ""],
      [crew.manager, ""],
      [crew.rep, ""],
      [outsider, ""],
      ...narrowed.map((one) => [acme.admin, one] as const),
    ] as const) {
      for (const { figure, key, count, amount } of cellsOf(await read(person, query))) {
        let [cursor, cents, rows, told] = ["", 0, 0, {} as any];
        do {
          const page = `figure=${figure}&key=${encodeURIComponent(key)}&limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`;
          told = (await app.call("GET", `${path()}/rows?${query}&${page}`, { token: person.token })).body;
          rows += told.items.length;
          cents += told.items.reduce((sum: number, row: any) => sum + Number(row.amount.amount.replace(".", "")), 0);
          cursor = told.nextCursor ?? "";
        } while (cursor !== "");
        expect([figure, told.count, told.amount.amount, rows, (cents / 100).toFixed(2)]).toEqual([
          figure,
          count,
          amount.amount,
          count,
          amount.amount,
        ]);
      }
    }
  });

  test("200 entered is what went on, was lost or is still there; a rep's figures are of the own sales", async () => {
    const { conversion } = await read(crew.rep);
    for (const { entered, wentOn, lost, stillThere } of conversion) {
      expect(wentOn.count + lost.count + stillThere.count).toBe(entered.count);
    }
    expect(conversion[0].entered.count).toBe(2);
    expect((await read(outsider)).velocity.won.count).toBe(0);
  });

  test.each([
    ["the end before the start", "from=2026-02-01&to=2026-01-01", "from", "after_end"],
    ["six years", "from=2019-01-01&to=2025-01-01", "from", "range_too_long"],
    ["no day", "from=soon", "from", "invalid_format"],
    ["no currency", "currency=usd", "currency", "invalid_format"],
    ["an unknown filter", "tenant=1", "tenant", "unknown_property"],
  ])("422 for %s", async (_why, query, field, code) => {
    expect(await read(acme.admin, query)).toMatchObject({ status: 422, errors: [{ path: field, code }] });
  });

  test("404 for a pipeline of another organization, 422 for an unknown figure, 400 for another list's cursor", async () => {
    const other = await makeOrganization(app);
    const get = async (query: string, token = acme.admin.token) =>
      (await app.call("GET", `${path()}${query}`, { token })).status;
    expect(await get("", other.admin.token)).toBe(404);
    expect(await get("/rows?figure=won", other.admin.token)).toBe(404);
    expect(await get("/rows?figure=luck")).toBe(422);
    expect(await get("/rows?figure=won&cursor=abc")).toBe(400);
    expect(await get("/rows?figure=entered&key=none-such")).toBe(200);
  });
});
