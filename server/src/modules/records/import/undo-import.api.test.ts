import { afterAll, describe, expect, test } from "vitest";
import { untilIdle } from "../../../../test/generated/calls-of-records.ts";
import { openImporting } from "../../../../test/importing.ts";
import { auditOf, makeContact, makeCustomer, makeOpportunity } from "../../../../test/make.ts";

const { app, admin, call, read, imported, ended } = await openImporting();
afterAll(() => app.close());

describe("undoing an import", () => {
  test("customers: made ones go, updated ones get their former values, and doing it again puts both on", async () => {
    const old = await makeCustomer(app, admin, { name: "Old Foods", industry: "Food", phone: "1", tags: ["keep"] });
    const file = "name,industry,phone,tags,notes\nOld Foods,Rail,1,,New note\nNew Foods,Food,2,north,\n";
    const { id, counts, dry } = await imported("customer", file, { options: { onDuplicate: "update" } });
    expect(counts).toMatchObject({ created: 1, updated: 1 });
    expect(dry.counts).toEqual(counts);
    const was = { industry: "Food", notes: null, tags: ["keep"], phone: "1" };
    const is = { industry: "Rail", notes: "New note", tags: ["keep"], phone: "1" };
    expect(await read(`/customers/${old.id}`)).toMatchObject({ ...is, version: 2 });

    const undone = await ended(id, "undo");
    expect(undone).toMatchObject({ status: "undone", undo: { removed: 1, restored: 1, kept: 0, reasons: [] } });
    expect(await read(`/customers/${old.id}`)).toMatchObject({ ...was, version: 3 });
    expect((await read("/customers?q=New Foods")).items).toEqual([]);

    expect(await ended(id, "redo")).toMatchObject({ status: "finished", undo: null });
    expect(await read(`/customers/${old.id}`)).toMatchObject({ ...is, version: 4 });
    expect((await read("/customers?q=New Foods")).items).toMatchObject([{ industry: "Food", tags: ["north"] }]);

    expect((await ended(id, "undo")).undo).toMatchObject({ removed: 1, restored: 1 });
    const events = await auditOf(app, admin, `recordId=${id}`);
    expect(events.filter(({ type }) => type === "import.undone")).toHaveLength(2);
    expect(events.filter(({ type }) => type === "import.redone")).toHaveLength(1);
  });

  test("what was changed since or is in use stays, and is listed with the reason; the rest goes", async () => {
    const [edited] = [await makeCustomer(app, admin, { name: "Edited Ltd", industry: "Food" })];
    const file = "name,industry\nEdited Ltd,Rail\nSold To,Rail\nFree,Rail\n";
    const { id } = await imported("customer", file, { options: { onDuplicate: "update" } });
    await call(admin, "PATCH", `/customers/${edited?.id}`, { industry: "Mining", seenVersion: 2 });
    const [soldTo] = (await read("/customers?q=Sold To")).items;
    await makeOpportunity(app, admin, { customerId: soldTo.id });
    const { undo } = await ended(id, "undo");
    expect(undo).toMatchObject({ removed: 1, restored: 0, kept: 2 });
    const { items } = await read(`/imports/${id}/kept-rows`);
    expect(items).toEqual([
      expect.objectContaining({ row: 2, recordId: edited?.id, code: "changed_since" }),
      expect.objectContaining({ row: 3, recordId: soldTo.id, code: "customer_in_use" }),
    ]);
    expect(await read(`/customers/${edited?.id}`)).toMatchObject({ industry: "Mining" });
  });

  test("a contact loses only the addresses that the file gave it, and gets them again", async () => {
    const ruth = await makeContact(app, admin, {
      firstName: "Ruth",
      lastName: "A",
      emails: [{ email: "r@u.example" }],
    });
    const file = "First name,Last name,Email,Other email,Title\nRuth,A,r@u.example,ruth@u.example,CFO\n";
    const { id } = await imported("contact", file, { options: { onDuplicate: "update" } });
    const emails = async () =>
      (await read(`/contacts/${ruth.id}`)).emails.map(({ email }: { email: string }) => email).toSorted();
    expect(await emails()).toEqual(["r@u.example", "ruth@u.example"]);
    await ended(id, "undo");
    expect(await emails()).toEqual(["r@u.example"]);
    expect(await read(`/contacts/${ruth.id}`)).toMatchObject({ title: null });
    await ended(id, "redo");
    expect(await emails()).toEqual(["r@u.example", "ruth@u.example"]);
  });

  test("opportunities get their former value back and the board adds up", async () => {
    const sale = await makeOpportunity(app, admin, {
      externalId: "U-1",
      amount: { amount: "100.00", currency: "USD" },
    });
    const open = async () => {
      const [pipeline] = (await read("/pipelines")).items;
      const { columns } = await read(`/pipelines/${pipeline.id}/board`);
      return columns.map(({ count, sum }: any) => [count, sum]);
    };
    const before = await open();
    const file = "opportunity id,title,amount\nU-1,Renamed,250\nU-2,Second,50\n";
    const { id } = await imported("opportunity", file, { options: { onDuplicate: "update" } });
    expect(await read(`/opportunities/${sale.id}`)).toMatchObject({ title: "Renamed", amount: { amount: "250.00" } });
    const after = await open();
    expect(after).not.toEqual(before);
    await ended(id, "undo");
    expect(await open()).toEqual(before);
    expect(await read(`/opportunities/${sale.id}`)).toMatchObject({ amount: { amount: "100.00" } });
    await ended(id, "redo");
    expect(await open()).toEqual(after);
  });

  test("a key that somebody else has by now is not taken back, and said", async () => {
    const { id } = await imported("customer", "id,name\nK-1,First Holder\n");
    await ended(id, "undo");
    await makeCustomer(app, admin, { name: "Second Holder", externalId: "K-1" });
    expect((await ended(id, "redo")).undo).toMatchObject({ kept: 1, reasons: [{ code: "key_taken", rows: 1 }] });
  });

  test("409 for doing again what is not undone, and for undoing it twice", async () => {
    const { id } = await imported("customer", "name\nOld One\n");
    expect((await call(admin, "POST", `/imports/${id}/redo`)).body.code).toBe("invalid_transition");
    await ended(id, "undo");
    expect((await call(admin, "POST", `/imports/${id}/undo`)).body.code).toBe("invalid_transition");
  });
});

describe("what is here already", () => {
  test("only what is empty is filled in where that is chosen; \\N clears, and an empty cell only if asked to", async () => {
    const { id } = await makeCustomer(app, admin, { name: "Half Full", industry: "Food", notes: "Kept" });
    const file = (rest: string) => `name,industry,city,notes\nHalf Full,${rest}\n`;
    await imported("customer", file("Rail,Oslo,Other"), { options: { onDuplicate: "fill" } });
    expect(await read(`/customers/${id}`)).toMatchObject({
      industry: "Food",
      address: { city: "Oslo" },
      notes: "Kept",
    });
    await imported("customer", file("\\N,,"), { options: { onDuplicate: "update" } });
    expect(await read(`/customers/${id}`)).toMatchObject({ industry: null, address: { city: "Oslo" }, notes: "Kept" });
    await imported("customer", file(",Bergen,"), { options: { onDuplicate: "update", emptyClears: true } });
    expect(await read(`/customers/${id}`)).toMatchObject({ industry: null, address: { city: "Bergen" }, notes: null });
  });

  test("rows that are put aside wait until each is decided about", async () => {
    const names = ["Wait One", "Wait Two", "Wait Three"];
    const made = [];
    for (const name of names) made.push(await makeCustomer(app, admin, { name, industry: "Food" }));
    const file = `name,industry,city\n${names.map((name) => `${name},Rail,Oslo\n`).join("")}Wait Not,Rail,\n`;
    const { id, counts, toReview, dry } = await imported("customer", file, { options: { onDuplicate: "review" } });
    expect(counts).toMatchObject({ created: 1, skipped: 3, updated: 0 });
    expect([toReview, dry.toReview]).toEqual([3, 3]);
    expect(dry.rows.map(({ verdict }: any) => verdict)).toEqual(["review", "review", "review", "create"]);
    const { items } = await read(`/imports/${id}/reviews`);
    expect(items).toEqual(made.map((one, index) => expect.objectContaining({ row: index + 2, recordId: one.id })));

    const decide = (rows: number[], verdict: string) =>
      call(admin, "POST", `/imports/${id}/reviews`, { rows, verdict });
    expect((await decide([2], "update")).body).toMatchObject({ toReview: 2, counts: { updated: 1, skipped: 2 } });
    await decide([3], "fill");
    expect((await decide([4], "leave")).body).toMatchObject({ toReview: 0, counts: { updated: 2, skipped: 1 } });
    const seen = await Promise.all(made.map((one) => read(`/customers/${one.id}`)));
    expect(seen.map(({ industry, address }) => [industry, address?.city ?? null])).toEqual([
      ["Rail", "Oslo"],
      ["Food", "Oslo"],
      ["Food", null],
    ]);
    expect((await decide([2], "leave")).body.errors).toMatchObject([{ path: "rows.0", code: "not_waiting" }]);
    expect((await ended(id, "undo")).undo).toMatchObject({ removed: 1, restored: 2 });
    expect(await read(`/customers/${made[0]?.id}`)).toMatchObject({ industry: "Food", address: null });
  });

  test("recognised by what is chosen: domain, phone, e-mail; two that fit are an error that lists both", async () => {
    const site = await makeCustomer(app, admin, { name: "Site Inc", website: "https://www.site.example/en" });
    const phone = await makeCustomer(app, admin, { name: "Phone Inc", phone: "+44 (0)20 7946 0018" });
    const mail = await makeCustomer(app, admin, { name: "Mail Inc", email: "hello@mail.example" });
    for (const name of ["Twin", "twin"]) await makeCustomer(app, admin, { name });
    const by = (matchBy: string, file: string) =>
      imported("customer", file, { options: { onDuplicate: "update", matchBy } });
    await by("domain", "name,website,industry\nSite Inc,site.example,Web\n");
    await by("phone", "name,phone,industry\nPhone Inc,020 7946 0018,Phones\n");
    await by("email", "name,email,industry\nMail Inc,HELLO@mail.example,Post\n");
    const industries = await Promise.all([site, phone, mail].map(({ id }) => read(`/customers/${id}`)));
    expect(industries.map(({ industry }) => industry)).toEqual(["Web", "Phones", "Post"]);
    const { dry, counts } = await by("name", "name,industry\nTwin,X\n");
    expect(counts).toMatchObject({ created: 0, updated: 0, failed: 1 });
    expect(dry.errors[0]).toMatchObject({
      code: "customer_ambiguous",
      message: expect.stringMatching(/CUS-\d+ .*CUS-/),
    });
    const made = await app.upload(
      "/imports",
      admin.token,
      { name: "x.csv", content: "id\nA\n" },
      { entity: "opportunity" },
    );
    const wrong = { ...made.body.mapping, options: { matchBy: "phone" } };
    const refused = await call(admin, "PUT", `/imports/${made.body.id}/mapping`, wrong);
    expect(refused.body.errors).toMatchObject([{ path: "options.matchBy", code: "match_key_unknown" }]);
  });

  test("lines of one file that say the same are told as groups, and make one record", async () => {
    const file = "id,name\nR-1,Once\nR-2,Alone\nR-1,Again\nR-1,And again\n";
    const { dry, counts } = await imported("customer", file);
    expect(dry.repeats).toEqual([{ rows: [2, 4, 5], count: 3 }]);
    expect(counts).toMatchObject({ created: 2, skipped: 2 });
    expect(dry.counts).toEqual(counts);
  });

  test("two files with the same keys at once make one record of each", async () => {
    const file = `id,name\n${Array.from({ length: 200 }, (_, index) => `P-${index},Par ${index}\n`).join("")}`;
    const start = async (name: string) => {
      const made = await app.upload("/imports", admin.token, { name, content: file }, { entity: "customer" });
      return made.body.id as string;
    };
    const ids = [await start("one.csv"), await start("two.csv")];
    await Promise.all(ids.map((id) => call(admin, "POST", `/imports/${id}/run`)));
    await untilIdle(app, admin);
    const both = await Promise.all(ids.map((id) => read(`/imports/${id}`)));
    expect(both.map(({ status }) => status)).toEqual(["finished", "finished"]);
    expect(both.reduce((sum, { counts }) => sum + counts.created, 0)).toBe(200);
    expect(both.reduce((sum, { counts }) => sum + counts.skipped, 0)).toBe(200);
  });
});
