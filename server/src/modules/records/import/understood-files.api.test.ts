import { afterAll, describe, expect, test } from "vitest";
import { importingAs, openImporting } from "../../../../test/importing.ts";
import { makeCustomer, makeMember, makeOpportunity, makeOrganization, type Person } from "../../../../test/make.ts";

const { app, acme, admin, call, read, imported, ended } = await openImporting();
afterAll(() => app.close());

describe("what a file names", () => {
  test("a customer is found by id, address or domain as well as by name", async () => {
    const named = await makeCustomer(app, admin, {
      name: "Named Works",
      externalId: "N-1",
      email: "office@named.example",
      website: "www.named.example",
    });
    const values = ["Named Works", "N-1", "Office@named.example", "https://named.example/about"];
    const file = `id,title,account\n${values.map((value, index) => `S-${index},Sale,${value}\n`).join("")}`;
    const { dry, counts } = await imported("opportunity", file);
    expect(counts).toMatchObject({ created: 4, failed: 0 });
    expect(dry.values.map(({ verdict, target }: any) => [verdict, target])).toEqual(
      values.map(() => ["matched", named.id]),
    );
    expect((await read("/customers?q=Office@named")).items).toEqual([]);
  });

  test("an interaction's sale is found by its title; two of one title are an error that lists both", async () => {
    for (const title of ["Only one", "Doubled", "Doubled"]) await makeOpportunity(app, admin, { title });
    const file = "type,date,deal\ncall,2026-11-02,Only one\ncall,2026-11-02,Doubled\n";
    const { counts, dry } = await imported("interaction", file);
    expect(counts).toMatchObject({ created: 1, failed: 1 });
    expect(dry.errors[0]).toMatchObject({
      code: "opportunity_ambiguous",
      message: expect.stringMatching(/OPP-.*OPP-/),
    });
  });

  test("a row may have its own currency, with that currency's decimals; an unknown one is an error", async () => {
    const file =
      "id,title,amount,currency\nC-1,Yen,1200,JPY\nC-2,Half yen,12.50,JPY\nC-3,Euro,12.50,eur\nC-4,Bad,1,XXQ\n";
    const { counts, dry } = await imported("opportunity", file);
    expect(counts).toMatchObject({ created: 2, failed: 2 });
    expect(dry.errors.map(({ code }: any) => code).toSorted()).toEqual(["amount_decimals", "currency_unknown"]);
    const found = (await read("/opportunities?q=Yen")).items.map(({ amount }: any) => amount);
    expect(found).toContainEqual({ amount: "1200", currency: "JPY" });
  });
});

describe("the wizard", () => {
  test("a cell of ten million characters is a fault of its row, and the others go on", async () => {
    const file = `id,title\nT-1,Before\nT-2,${"x".repeat(10_000_000)}\nT-3,After\n`;
    const { counts, dry } = await imported("opportunity", file);
    expect(counts).toMatchObject({ created: 2, failed: 1 });
    expect(dry.errors[0]).toMatchObject({ field: "title", code: "cell_too_long" });
  });

  test("priority and the reason of a loss are read; a word that is no priority is an error", async () => {
    const file =
      "Deal Name,Deal Stage,Priority,Closed Lost Reason\nPriced out,Lost,High,Price\nNone yet,,none,\nOdd,,purple,\n";
    const { counts, dry } = await imported("opportunity", file);
    expect(counts).toMatchObject({ created: 2, failed: 1 });
    expect(dry.errors[0]).toMatchObject({ field: "priority", code: "priority_unknown" });
    expect((await read("/opportunities?q=Priced out")).items).toMatchObject([{ priority: "high" }]);
  });

  test("cells are put right for the run, and the file stays as it is", async () => {
    const file = "id,title,amount\nF-1,Right,10\nF-2,Wrong,abc\n";
    const { counts, dry } = await imported("opportunity", file, { fixes: { "3": { "2": "20" } } });
    expect(dry.counts).toMatchObject({ created: 2, failed: 0 });
    expect(counts).toMatchObject({ created: 2, failed: 0 });
    const still = await imported("opportunity", file.replaceAll("F-", "G-"), { fixes: { "3": { "2": "still not" } } });
    const errors = await call(admin, "GET", `/imports/${still.id}/errors.csv`);
    expect(errors.text).toContain("G-2,Wrong,abc,3,amount,amount_not_a_number");
  });

  test("headers that were matched before are matched the same way again, for this person and kind only", async () => {
    const file = "Weird A,Weird B\nMapped Ltd,Rail\n";
    const upload = (person: Person, entity: string, content = file) =>
      app.upload("/imports", person.token, { name: "w.csv", content }, { entity });
    const first = await upload(admin, "customer");
    expect(first.body).toMatchObject({ matchedAs: null });
    expect(first.body.mapping.columns.map(({ field }: any) => field)).toEqual([null, null]);
    const columns = [
      { index: 0, field: "name" },
      { index: 1, field: "industry" },
    ];
    const options = { ...first.body.mapping.options, onDuplicate: "update" };
    await call(admin, "PUT", `/imports/${first.body.id}/mapping`, { columns, options });
    await ended(first.body.id, "run");
    const again = await upload(admin, "customer", "Weird B,weird_a\nFood,Other Ltd\n");
    expect(again.body).toMatchObject({ matchedAs: first.body.id, mapping: { options: { onDuplicate: "update" } } });
    expect(again.body.mapping.columns.map(({ field }: any) => field)).toEqual(["industry", "name"]);
    expect((await upload(admin, "product")).body.matchedAs).toBeNull();
    const colleague = await makeMember(app, acme, ["org_admin"]);
    expect((await upload(colleague, "customer")).body.matchedAs).toBeNull();
  });
});

describe("importing products", () => {
  test("the public file comes in without hand work; prices are written over; what is sold stays when it is undone", async () => {
    const other = await makeOrganization(app);
    const { imported, ended, read } = importingAs(app, other.admin);
    const file = "product,series,sales_price\nGTX Basic,GTX,550\nGTX Pro,GTX,4821\nMG Special,MG,55\n";
    const { id, counts } = await imported("product", file);
    expect(counts).toMatchObject({ read: 3, created: 3, failed: 0 });
    const prices = async () =>
      (await read("/products")).items.map(({ name, price }: any) => [name, price?.amount, price?.currency]);
    const currency = "USD";
    expect(await prices()).toEqual([
      ["GTX Basic", "550.00", currency],
      ["GTX Pro", "4821.00", currency],
      ["MG Special", "55.00", currency],
    ]);
    const dearer = await imported("product", "product,price\ngtx basic,600\nGTXPro,5000.5\n,5\nOne,-1\n", {
      options: { onDuplicate: "update" },
    });
    expect(dearer.counts).toMatchObject({ updated: 2, failed: 2 });
    expect((await prices())[1]).toEqual(["GTX Pro", "5000.50", currency]);
    await ended(dearer.id, "undo");
    expect((await prices())[1]).toEqual(["GTX Pro", "4821.00", currency]);
    const [basic] = (await read("/products")).items;
    await makeOpportunity(app, other.admin, { lines: [{ productId: basic.id }] });
    // The prices were changed and put back since: these two are at another version now.
    expect((await ended(id, "undo")).undo).toMatchObject({ removed: 1, kept: 2 });
    expect((await ended(id, "redo")).counts).toMatchObject({ created: 3 });
    expect(await prices()).toHaveLength(3);
  });

  test("403 without the right to change products", async () => {
    const rep = await makeMember(app, acme, ["sales_rep"]);
    const file = { name: "p.csv", content: "product\nA\n" };
    expect((await app.upload("/imports", rep.token, file, { entity: "product" })).status).toBe(403);
  });
});
