import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import type { Reply } from "../../../../test/calling.ts";
import { labelledCompanies } from "../../../../test/generated/labelled.ts";
import {
  makeContact,
  makeCustomer,
  makeMember,
  makeOrganization,
  type MadeOrganization,
  type Person,
} from "../../../../test/make.ts";

let app: TestApp;
let acme: MadeOrganization;
let rep: Person;
let colleague: Person;

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app);
  rep = await makeMember(app, acme, ["sales_rep"]);
  colleague = await makeMember(app, acme, ["sales_rep"]);
});
afterAll(() => app.close());

const get = (who: Person, path: string): Promise<Reply<any>> => app.call("GET", path, { token: who.token });
const matches = async (who: Person, query: Record<string, string>): Promise<any[]> =>
  (await get(who, `/duplicates/matches?${new URLSearchParams(query)}`)).body.items;
const pairs = async (who: Person, entity = "customer"): Promise<string[][]> =>
  (await get(who, `/duplicates?entity=${entity}`)).body.items.map(({ records }: { records: { id: string }[] }) =>
    records.map(({ id }) => id),
  );
const judge = (who: Person, recordIds: readonly string[], isDismissed = true): Promise<Reply<any>> =>
  app.call("POST", "/duplicates/dismissals", {
    token: who.token,
    body: { entity: "customer", recordIds, isDismissed },
  });

describe("GET /duplicates/matches", () => {
  test("200 finds what is likely the same, with reasons, within the viewer's sight", async () => {
    const company = await makeCustomer(app, rep, {
      name: "Müller & Söhne Käsehandel GmbH",
      website: "https://www.mueller-kaese.example/",
      phone: "+49 (0)30 123 45 67",
    });
    const found = await matches(rep, { entity: "customer", name: "MULLER UND SOHNE KÄSEHANDEL" });
    expect(found[0]).toMatchObject({ id: company.id, number: company.number, score: 88, reasons: ["name"] });
    expect(
      await matches(rep, { entity: "customer", name: "Muller Sohne Kasehandl", email: "info@mueller-kaese.example" }),
    ).toMatchObject([{ id: company.id, score: 93, reasons: ["near_name", "domain"] }]);
    expect(await matches(rep, { entity: "customer", name: "Käsehandel" })).toEqual([]);
    expect(await matches(rep, { entity: "customer" })).toEqual([]);
    expect(await matches(colleague, { entity: "customer", name: company.name })).toEqual([]);
    expect(await matches(colleague, { entity: "customer", recordId: company.id })).toEqual([]);

    const ruth = await makeContact(app, rep, {
      firstName: "Ruth",
      lastName: "Adeyemi",
      emails: [{ email: "ruth+it@gmail.com" }],
      customers: [{ customerId: company.id }],
    });
    expect(await matches(rep, { entity: "contact", email: "RUTH+IT@gmail.com" })).toMatchObject([
      { id: ruth.id, score: 98, reasons: ["email"] },
    ]);
    expect(await matches(rep, { entity: "contact", email: "ruth@gmail.com", name: "Somebody" })).toEqual([]);
    expect(await matches(rep, { entity: "contact", name: "Adeyemi, Ruth", customerId: company.id })).toMatchObject([
      { id: ruth.id, score: 92 },
    ]);
  });

  test.each(["entity=spaceship", "entity=customer&recordId=7", "entity=customer&colour=red", ""])(
    "422 for %j",
    async (query) => expect((await get(rep, `/duplicates/matches?${query}`)).status).toBe(422),
  );
});

describe("GET /duplicates", () => {
  test("200 suggests pairs of which both are in sight, until they are judged, changed or merged", async () => {
    const one = await makeCustomer(app, rep, { name: "Kestrel Aerospace Ltd" });
    const two = await makeCustomer(app, rep, { name: "Kestrel Aerospace" });
    const hidden = await makeCustomer(app, colleague, { name: "Kestrel Aero-Space Inc." });
    await app.settle();
    const pair = [one.id, two.id].toSorted();
    expect(await pairs(rep)).toContainEqual(pair);
    expect((await pairs(rep)).flat()).not.toContain(hidden.id);
    expect((await pairs(acme.admin)).filter((ids) => ids.includes(hidden.id))).toHaveLength(2);
    expect(await pairs(colleague)).toEqual([]);

    expect((await judge(rep, [two.id, one.id])).status).toBe(201);
    expect(await pairs(rep)).not.toContainEqual(pair);
    await app.call("PATCH", `/customers/${one.id}`, { token: rep.token, body: { industry: "Air", seenVersion: 1 } });
    await app.settle();
    expect(await pairs(rep)).not.toContainEqual(pair);
    await judge(rep, pair, false);
    expect(await pairs(rep)).toContainEqual(pair);

    await app.call("PATCH", `/customers/${one.id}`, { token: rep.token, body: { name: "Osprey", seenVersion: 2 } });
    await app.settle();
    expect((await pairs(rep)).flat()).not.toContain(one.id);
  });
});

describe("POST /duplicates/dismissals", () => {
  test("422 of a record with itself, 404 of what is not in sight or of another kind", async () => {
    const mine = await makeCustomer(app, rep);
    const theirs = await makeCustomer(app, colleague);
    const contact = await makeContact(app, rep);
    expect((await judge(rep, [mine.id, mine.id])).body.errors[0]).toMatchObject({ path: "recordIds" });
    expect((await judge(rep, [mine.id, theirs.id])).status).toBe(404);
    expect((await judge(rep, [mine.id, contact.id])).status).toBe(404);
    expect((await judge(rep, [mine.id])).status).toBe(422);
  });
});

test("of a labelled set at least 98 in a hundred suggestions are right, and 90 in a hundred duplicates are found", async () => {
  const other = await makeOrganization(app);
  const companies = labelledCompanies(2000);
  const owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
  await owner.query(
    `insert into customer (organization_id, id, number, owner_id, name, kind, email, phone, website, created_at, updated_at, version)
     select $1, id, number, $2, name, 'company', email, phone, website, '2026-01-01', '2026-01-01', 1
     from jsonb_to_recordset($3) as g(id uuid, number bigint, name text, email text, phone text, website text)`,
    [other.id, other.admin.id, JSON.stringify(companies)],
  );
  // As an import announces them.
  await owner.query(
    `insert into outbox (organization_id, id, type, entity, actor_id, changes, facts, occurred_at)
     values ($1, gen_random_uuid(), 'customers.imported', 'customers', $2, '{}', $3, '2026-11-20')`,
    [other.id, other.admin.id, JSON.stringify({ importId: other.id, ids: companies.map(({ id }) => id) })],
  );
  await app.settle();
  const { rows } = await owner.query<{ low_id: string; high_id: string }>(
    "select low_id, high_id from duplicate_pair where organization_id = $1",
    [other.id],
  );
  await owner.end();
  const same = new Map(companies.map(({ id, sameAs }) => [id, sameAs]));
  const right = rows.filter(({ low_id: low, high_id: high }) => same.get(low) === same.get(high)).length;
  const sizes = [...Map.groupBy(companies, ({ sameAs }) => sameAs).values()].map(({ length }) => length);
  const all = sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
  expect(all).toBeGreaterThan(400);
  expect(right / rows.length, `${right} of ${rows.length} suggestions are right`).toBeGreaterThanOrEqual(0.98);
  expect(right / all, `${right} of ${all} duplicates are found`).toBeGreaterThanOrEqual(0.9);
});
