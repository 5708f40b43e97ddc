import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  makeCustomer,
  makeMember,
  makeOpportunity,
  makeOrganization,
  type MadeOrganization,
  type Person,
} from "../../../../test/make.ts";

let app: TestApp;
let acme: MadeOrganization;

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app);
});
afterAll(() => app.close());

const maven = readFileSync(join(import.meta.dirname, "../../../../test/corpora/maven-crm/sales_pipeline.csv"));

const upload = (person: Person, content: Buffer | string, entity = "opportunity", name = "file.csv") =>
  app.upload("/imports", person.token, { name, content }, { entity });
const call = (person: Person, method: "GET" | "POST" | "PUT", path: string, body?: unknown) =>
  app.call(method, path, { token: person.token, body });

async function runToEnd(person: Person, id: string): Promise<any> {
  const started = await call(person, "POST", `/imports/${id}/run`);
  expect(started.status).toBe(202);
  return untilEnded(person, id, ["finished", "failed"]);
}

async function untilEnded(person: Person, id: string, states: readonly string[]): Promise<any> {
  await expect
    .poll(async () => (await call(person, "GET", `/imports/${id}`)).body.status, { timeout: 20_000, interval: 20 })
    .toSatisfy((status) => states.includes(status));
  await app.settle();
  return (await call(person, "GET", `/imports/${id}`)).body;
}

describe("importing sales_pipeline.csv", () => {
  let id: string;
  let other: MadeOrganization;
  beforeAll(async () => {
    other = await makeOrganization(app);
  });

  test("201 reads the columns and proposes what each is", async () => {
    const reply = await upload(other.admin, maven, "opportunity", "sales_pipeline.csv");
    expect(reply.status).toBe(201);
    id = reply.body.id;
    expect(reply.body).toMatchObject({ status: "draft", encoding: "utf-8", delimiter: ",", counts: { read: 8800 } });
    const fields = reply.body.mapping.columns.map((column: { field: string }) => column.field);
    expect(fields).toEqual(["externalId", "owner", "product", "customer", "stage", "openedOn", "closeOn", "amount"]);
  });

  test("200 dry run counts every row and shows what values stand for", async () => {
    const { status, body } = await call(other.admin, "POST", `/imports/${id}/preview`);
    expect(status).toBe(200);
    expect(body.counts).toEqual({ read: 8800, created: 8800, updated: 0, skipped: 0, failed: 0 });
    expect(body.rows).toHaveLength(200);
    const value = (field: string, text: string) =>
      body.values.find((item: any) => item.field === field && item.value === text);
    expect(value("stage", "Won")).toMatchObject({ verdict: "matched", targetLabel: "Won" });
    expect(value("stage", "Engaging")).toMatchObject({ verdict: "new", target: "create" });
    expect(value("product", "GTXPro")).toMatchObject({ verdict: "new", target: "create", rows: 1480 });
    expect((await call(other.admin, "GET", "/opportunities?count=exact")).body.count).toBe(0);
  });

  test("202 imports all of it, with customers, products, stages and owners", async () => {
    const ended = await runToEnd(other.admin, id);
    expect(ended).toMatchObject({
      status: "finished",
      counts: { read: 8800, created: 8800, updated: 0, skipped: 0, failed: 0 },
    });
    const count = async (path: string) => (await call(other.admin, "GET", `${path}count=exact`)).body.count;
    expect(await count("/opportunities?")).toBe(8800);
    expect(await count("/opportunities?kind=won&")).toBe(4238);
    expect(await count("/customers?")).toBe(85);
    const members = await call(other.admin, "GET", "/members?limit=200&status=inactive");
    expect(members.body.items).toHaveLength(30);
    expect(members.body.items[0]).toMatchObject({ email: null, status: "inactive" });
    // Won rows open no deals unless that is chosen.
    expect((await call(other.admin, "GET", "/deals")).body.items).toEqual([]);
  });

  test("its board adds up to the rows", async () => {
    const { body } = await call(other.admin, "GET", "/pipelines");
    const board = await call(other.admin, "GET", `/pipelines/${body.items[0].id}/board`);
    const counts = Object.fromEntries(board.body.columns.map((column: any) => [column.stage.name, column.count]));
    expect(counts).toMatchObject({ Won: 4238, Lost: 2473, Engaging: 1589, Prospecting: 500 });
    const engaging = board.body.columns.find((column: any) => column.stage.name === "Engaging");
    expect(engaging.cards).toHaveLength(50);
    const next = await call(
      other.admin,
      "GET",
      `/opportunities?sort=rank&stageId=${engaging.stage.id}&cursor=${engaging.nextCursor}`,
    );
    expect(next.body.items).toHaveLength(50);
    const shown = new Set(engaging.cards.map((card: { id: string }) => card.id));
    expect(next.body.items.some((item: { id: string }) => shown.has(item.id))).toBe(false);
  });

  test("the same file again creates nothing", async () => {
    const again = await upload(other.admin, maven);
    expect((await runToEnd(other.admin, again.body.id)).counts).toEqual({
      read: 8800,
      created: 0,
      updated: 0,
      skipped: 8800,
      failed: 0,
    });
  });

  test("202 undoes it: created rows go to the trash, what was touched since stays", async () => {
    const { body } = await call(other.admin, "GET", "/opportunities?kind=open&limit=1");
    await call(other.admin, "POST", `/opportunities/${body.items[0].id}/moves`, {
      stageId: (await firstOpenStage(other.admin)).id,
    });
    expect((await call(other.admin, "POST", `/imports/${id}/undo`)).status).toBe(202);
    const undone = await untilEnded(other.admin, id, ["undone"]);
    expect(undone.undo).toMatchObject({ removed: 8799, kept: 1, reasons: [{ code: "changed_since", rows: 1 }] });
    expect((await call(other.admin, "GET", "/opportunities?count=exact")).body.count).toBe(1);
  });

  const firstOpenStage = async (person: Person) => (await call(person, "GET", "/pipelines")).body.items[0].stages[1];
});

describe("choices of the wizard", () => {
  const file =
    "id,name,account,product,deal_stage,close_date,close_value\nA,First,Kestrel,GTXPro,Won,2026-11-01,100\nB,Second,,GTX Pro,Won,2026-11-02,200\nC,Third,Kestrel Ltd.,,Warm,,\n";

  test("a value can be another record; won rows open deals where that is chosen", async () => {
    const other = await makeOrganization(app);
    const kestrel = await makeCustomer(app, other.admin, { name: "Kestrel Aerospace" });
    const made = await upload(other.admin, file);
    const { columns } = made.body.mapping;
    const values = { customer: { Kestrel: kestrel.id, "Kestrel Ltd.": kestrel.id }, stage: { Warm: "empty" } };
    const mapped = await call(other.admin, "PUT", `/imports/${made.body.id}/mapping`, {
      columns,
      options: { currency: "USD", openDeals: true, values },
    });
    expect(mapped.status).toBe(200);
    const ended = await runToEnd(other.admin, made.body.id);
    expect(ended.counts).toEqual({ read: 3, created: 2, updated: 0, skipped: 0, failed: 1 });
    const deals = await call(other.admin, "GET", "/deals");
    expect(deals.body.items).toHaveLength(1);
    expect(deals.body.items[0]).toMatchObject({
      title: "First",
      status: "draft",
      customer: { id: kestrel.id },
      amount: { amount: "100.00" },
    });
    const errors = await app.call("GET", `/imports/${made.body.id}/errors.csv`, { token: other.admin.token });
    expect(errors.text).toBe(
      "\uFEFFid,name,account,product,deal_stage,close_date,close_value,_row,_field,_code,_message\r\n" +
        "B,Second,,GTX Pro,Won,2026-11-02,200,3,customer,required,What is won needs a customer\r\n",
    );
    const products = await call(other.admin, "GET", "/products");
    expect(products.body.items.map((item: { name: string }) => item.name)).toEqual(["GTXPro"]);
  });

  test("a spelling that differs in a space is taken for the product there is", async () => {
    const other = await makeOrganization(app);
    const first = await upload(other.admin, "name,product\nX,GTX Pro\n");
    await runToEnd(other.admin, first.body.id);
    const second = await upload(other.admin, "name,product\nY,GTXPro\n");
    const preview = await call(other.admin, "POST", `/imports/${second.body.id}/preview`);
    expect(preview.body.values).toEqual([
      expect.objectContaining({ value: "GTXPro", verdict: "similar", targetLabel: "GTX Pro" }),
    ]);
  });

  test("two customers of one name are an error that lists both, never a guess", async () => {
    const other = await makeOrganization(app);
    await makeCustomer(app, other.admin, { name: "Twin" });
    await makeCustomer(app, other.admin, { name: "twin" });
    const made = await upload(other.admin, "name,account\nX,Twin\n");
    const preview = await call(other.admin, "POST", `/imports/${made.body.id}/preview`);
    expect(preview.body.counts.failed).toBe(1);
    expect(preview.body.errors[0]).toMatchObject({
      field: "customer",
      code: "customer_ambiguous",
      message: expect.stringMatching(/Twin, twin|twin, Twin/),
    });
  });

  test("a rep imports for themselves only, and makes no stages", async () => {
    const rep = await makeMember(app, acme, ["sales_rep"], undefined, { firstName: "Rita", lastName: "Rep" });
    await makeMember(app, acme, ["sales_rep"], undefined, { firstName: "Someone", lastName: "Else" });
    const made = await upload(
      rep,
      "id,name,owner,stage\n1,Mine,Rita Rep,\n2,Theirs,Someone Else,\n3,Nobody's,Unheard Of,\n4,Odd,,Lukewarm\n",
    );
    const preview = await call(rep, "POST", `/imports/${made.body.id}/preview`);
    expect(preview.body.counts).toEqual({ read: 4, created: 1, updated: 0, skipped: 0, failed: 3 });
    expect(preview.body.errors.map((error: { code: string }) => error.code).toSorted()).toEqual([
      "owner_beyond_reach",
      "owner_unknown",
      "stage_unknown",
    ]);
  });
});

describe("importing customers", () => {
  test("creates and updates by name, and skips what is there", async () => {
    const other = await makeOrganization(app);
    await makeCustomer(app, other.admin, { name: "Betasoloin" });
    const accounts = readFileSync(join(import.meta.dirname, "../../../../test/corpora/maven-crm/accounts.csv"));
    const made = await upload(other.admin, accounts, "customer", "accounts.csv");
    expect(made.body.mapping.columns.slice(0, 2).map((column: { field: string }) => column.field)).toEqual([
      "name",
      "industry",
    ]);
    expect((await runToEnd(other.admin, made.body.id)).counts).toEqual({
      read: 85,
      created: 84,
      updated: 0,
      skipped: 1,
      failed: 0,
    });
    const again = await upload(other.admin, accounts, "customer");
    const options = { ...again.body.mapping.options, onDuplicate: "update" };
    await call(other.admin, "PUT", `/imports/${again.body.id}/mapping`, {
      columns: again.body.mapping.columns,
      options,
    });
    expect((await runToEnd(other.admin, again.body.id)).counts).toMatchObject({ created: 0, updated: 85 });
    const found = await call(other.admin, "GET", "/customers?q=betasoloin");
    expect(found.body.items[0]).toMatchObject({ industry: "medical", location: "United States", version: 2 });
  });
});

describe("records of somebody else that a file names", () => {
  let other: MadeOrganization;
  let rep: Person;
  let colleague: Person;
  beforeAll(async () => {
    other = await makeOrganization(app);
    [rep, colleague] = [await makeMember(app, other, ["sales_rep"]), await makeMember(app, other, ["sales_rep"])];
  });

  /** What the dry run says, and then what the run did. */
  async function both(file: string, entity: string, onDuplicate: "skip" | "update"): Promise<[any, any]> {
    const { body } = await upload(rep, file, entity);
    const { columns, options } = body.mapping;
    await call(rep, "PUT", `/imports/${body.id}/mapping`, { columns, options: { ...options, onDuplicate } });
    const preview = await call(rep, "POST", `/imports/${body.id}/preview`);
    expect(preview.status).toBe(200);
    return [preview.body, await runToEnd(rep, body.id)];
  }

  test("a colleague's customer is left as it is, and the dry run has said so", async () => {
    await makeCustomer(app, colleague, { name: "Calder Rail", industry: "Rail" });
    const [preview, done] = await both("name,industry\nCalder Rail,Food\nMine,Food\n", "customer", "skip");
    expect(preview.counts).toEqual({ read: 2, created: 1, updated: 0, skipped: 1, failed: 0 });
    expect(done.counts).toEqual(preview.counts);
  });

  test("a colleague's customer is not written over: its row fails with the reason", async () => {
    const { id } = await makeCustomer(app, colleague, { name: "Redfern Mining", industry: "Mining" });
    const [preview, done] = await both("name,industry\nRedfern Mining,Food\n", "customer", "update");
    expect(preview.errors).toEqual([expect.objectContaining({ code: "customer_beyond_reach", rows: 1 })]);
    expect(done.counts).toEqual({ read: 1, created: 0, updated: 0, skipped: 0, failed: 1 });
    expect((await call(colleague, "GET", `/customers/${id}`)).body).toMatchObject({ industry: "Mining", version: 1 });
  });

  test("the own customer is written over", async () => {
    const { id } = await makeCustomer(app, rep, { name: "Own Foods", industry: "Rail" });
    const [, done] = await both("name,industry\nOwn Foods,Food\n", "customer", "update");
    expect(done.counts).toMatchObject({ updated: 1, failed: 0 });
    expect((await call(rep, "GET", `/customers/${id}`)).body.industry).toBe("Food");
  });

  test("a colleague's opportunity is not written over: its row fails with the reason", async () => {
    const { id } = await makeOpportunity(app, colleague, { title: "Theirs", externalId: "X-1" });
    const [preview, done] = await both("opportunity id,title\nX-1,Taken\n", "opportunity", "update");
    expect(preview.errors).toEqual([expect.objectContaining({ code: "opportunity_beyond_reach", rows: 1 })]);
    expect(done.counts).toEqual({ read: 1, created: 0, updated: 0, skipped: 0, failed: 1 });
    expect((await call(colleague, "GET", `/opportunities/${id}`)).body).toMatchObject({ title: "Theirs", version: 1 });
  });
});

test("an import of somebody who was deactivated meanwhile stops, and says so", async () => {
  const other = await makeOrganization(app);
  const helper = await makeMember(app, other, ["org_admin"]);
  const made = await upload(helper, "name\nA\n");
  const id = made.body.id;
  const member = await call(other.admin, "GET", `/members/${helper.id}`);
  const run = call(helper, "POST", `/imports/${id}/run`);
  const off = app.call("PATCH", `/members/${helper.id}`, {
    token: other.admin.token,
    body: { status: "inactive", seenVersion: member.body.version },
  });
  await Promise.all([run, off]);
  await app.settle();
  // Whoever won the race: either it finished before, or it stopped; never half a state without a word.
  await expect
    .poll(
      async () => {
        const log = await call(other.admin, "GET", `/audit-log?recordId=${id}`);
        return log.body.items.map((item: { type: string }) => item.type);
      },
      { timeout: 20_000 },
    )
    .toSatisfy(
      (types: string[]) =>
        types.includes("import.failed") || types.includes("import.finished") || !types.includes("import.requested"),
    );
});
