import { afterAll, afterEach, describe, expect, test } from "vitest";
import {
  auditOf,
  makeCrew,
  makeCustomer,
  makeDeal,
  makeMember,
  makeOrganization,
  statusesOf,
} from "../../../../test/make.ts";
import { asOwner, asServerRole } from "../../../../test/sql.ts";
import { createHash } from "node:crypto";
import { line, openBooks, start, usd } from "../../../../test/books.ts";

const { app, acme, crew, finance, dealOf, post, read, draftOf, issuedOf, signedInAt } = await openBooks();
afterEach(() => app.setNow(start));
afterAll(() => app.close());

describe("POST /invoices", () => {
  test("201 drafts one line with what is open of the deal, without a number", async () => {
    const draft = await draftOf("58500.00");
    expect(draft).toMatchObject({ kind: "invoice", state: "draft", number: null, issuedOn: null, version: 1 });
    expect(draft.lines).toMatchObject([{ position: 1, quantity: "1", amount: usd("58500.00") }]);
    expect(draft.total).toEqual(usd("58500.00"));
    expect(draft.seller.name).toBe("Acme");
  });

  test("409 for a deal that is not approved, and for one that is invoiced in full", async () => {
    const open = await makeDeal(app, { rep: crew.rep });
    expect((await post("/invoices", { dealId: open.id })).body.code).toBe("deal_not_approved");
    const { deal } = await issuedOf();
    expect((await post("/invoices", { dealId: deal.id })).body.code).toBe("fully_invoiced");
  });

  test("422 for lines in another currency than the deal's", async () => {
    const deal = await dealOf("10.00");
    const body = { dealId: deal.id, lines: [{ description: "Work", unitPrice: { amount: "5.00", currency: "EUR" } }] };
    const reply = await post("/invoices", body);
    expect([reply.status, reply.body.errors[0]]).toMatchObject([
      422,
      { path: "lines.0.unitPrice.currency", code: "currency_mismatch" },
    ]);
  });

  test("403 for who sells, verifies, leads or analyses", async () => {
    const deal = await dealOf("10.00");
    const analyst = await makeMember(app, acme, ["analyst"]);
    for (const person of [crew.rep, crew.verifier, crew.manager, analyst]) {
      expect((await post("/invoices", { dealId: deal.id }, person)).status).toBe(403);
    }
  });
});

describe("tax", () => {
  const lines = Array.from({ length: 10 }, () => line("3.60", { taxPercent: "5.5" }));

  test("is rounded once per rate or on each line, as the legal entity says", async () => {
    const byDocument = await draftOf("100.00", { lines });
    expect([byDocument.net, byDocument.tax, byDocument.total]).toEqual([usd("36.00"), usd("1.98"), usd("37.98")]);
    const entity = await post("/legal-entities", { name: "Acme SARL", taxRounding: "line" }, acme.admin);
    const byLine = await draftOf("100.00", { lines, legalEntityId: entity.body.id });
    expect([byLine.net, byLine.tax, byLine.total]).toEqual([usd("36.00"), usd("2.00"), usd("38.00")]);
  });

  test("of several rates is told by rate, and discounts come off before it", async () => {
    const draft = await draftOf("100.00", {
      lines: [
        line("348.35", { quantity: "16", discountPercent: "4", taxPercent: "22" }),
        line("10.00", { taxPercent: "5" }),
      ],
    });
    expect(draft.taxes).toEqual([
      { percent: "22", net: usd("5350.66"), tax: usd("1177.14") },
      { percent: "5", net: usd("10.00"), tax: usd("0.50") },
    ]);
    expect(draft.total).toEqual(usd("6538.30"));
  });

  test("is taken out of the price where the price contains it", async () => {
    const entity = await post("/legal-entities", { name: "Acme GmbH", taxPercent: "19" }, acme.admin);
    const draft = await draftOf("100.00", { legalEntityId: entity.body.id });
    expect([draft.net, draft.tax, draft.total]).toEqual([usd("84.03"), usd("15.97"), usd("100.00")]);
  });
});

describe("PATCH and DELETE /invoices/{id}", () => {
  test("200 changes a draft for who saw it, 412 and 428 for others", async () => {
    const draft = await draftOf();
    const patch = (body: Record<string, unknown>) =>
      app.call("PATCH", `/invoices/${draft.id}`, { token: finance.token, body });
    const changed = await patch({
      seenVersion: 1,
      lines: [line("250.00", { quantity: "2.5" })],
      buyerReference: "PO 7",
    });
    expect(changed.body).toMatchObject({ total: usd("625.00"), buyerReference: "PO 7", version: 2 });
    expect((await patch({ seenVersion: 1, note: "late" })).status).toBe(412);
    expect((await patch({ note: "late" })).status).toBe(428);
  });

  test("204 discards a draft: it is gone, and the next number follows without a hole", async () => {
    const before = await issuedOf();
    const draft = await draftOf();
    const headers = { "if-match": '"1"' };
    expect((await app.call("DELETE", `/invoices/${draft.id}`, { token: finance.token, headers })).status).toBe(204);
    expect((await app.call("GET", `/invoices/${draft.id}`, { token: finance.token })).status).toBe(404);
    const after = await issuedOf();
    expect(numberIn(after)).toBe(numberIn(before) + 1);
  });

  test("409 for an issued invoice, which the database would refuse as well", async () => {
    const issued = await issuedOf();
    const body = { seenVersion: issued.version, note: "x" };
    const reply = await app.call("PATCH", `/invoices/${issued.id}`, { token: finance.token, body });
    expect([reply.status, reply.body.code]).toEqual([409, "invalid_transition"]);
    for (const change of ["total_minor = 1, net_minor = 1", "lines = '[]'", "snapshot = '{}'", "status = 'draft'"]) {
      const refused = await asServerRole(app, acme.id, (client) =>
        client.query(`update invoice set ${change} where id = $1`, [issued.id]),
      );
      expect([change, refused]).toEqual([change, "23001"]);
    }
  });
});

const numberIn = ({ number }: { number: string }) => Number(number.split("-").at(-1));

describe("POST /invoices/{id}/issue", () => {
  test("200 gives the next number of the year, the day and when it is due", async () => {
    const issued = await issuedOf();
    expect(issued).toMatchObject({
      state: "open",
      number: expect.stringMatching(/^INV-2026-\d{4}$/),
      issuedOn: "2026-11-19",
      dueOn: "2026-12-19",
      issuedBy: { id: finance.id },
    });
    const [entry] = await auditOf(app, acme.admin, "type=invoice.issued");
    expect(entry).toMatchObject({ label: issued.number, facts: { total: usd("1000.00"), kind: "invoice" } });
  });

  test("409 once it is issued, and 412 for a version that was not seen", async () => {
    const draft = await draftOf();
    expect((await post(`/invoices/${draft.id}/issue`, { seenVersion: 9 })).status).toBe(412);
    const replies = await Promise.all([1, 2, 3].map(() => post(`/invoices/${draft.id}/issue`, { seenVersion: 1 })));
    expect(statusesOf(replies)).toEqual([200, 409, 409]);
  });

  test("20 issues at once, a fifth of them rolled back, make numbers without a gap or a double", async () => {
    const own = await makeOrganization(app);
    const ownCrew = await makeCrew(app, own);
    const deals = await Promise.all(Array.from({ length: 20 }, () => makeDeal(app, ownCrew)));
    const drafts = await Promise.all(
      deals.map(async ({ id }) => (await post("/invoices", { dealId: id }, own.admin)).body),
    );
    // These take their number and fail after it: the counter's row is held when the snapshot is written.
    const doomed = new Set(drafts.filter((_, index) => index % 5 === 0).map(({ id }) => id));
    await asOwner(
      app,
      `create or replace function public.fail_late() returns trigger language plpgsql as $$ begin
         raise exception 'too late' using errcode = '23514'; end $$`,
    );
    const ids = [...doomed].map((id) => `'${id}'`).join();
    await asOwner(
      app,
      `create trigger zz_fail before update on invoice for each row when (new.status = 'issued' and new.id in (${ids})) execute function public.fail_late()`,
    );
    const replies = await Promise.all(
      drafts.map(({ id }) => post(`/invoices/${id}/issue`, { seenVersion: 1 }, own.admin)),
    );
    await asOwner(app, "drop trigger zz_fail on invoice");
    expect(statusesOf(replies).filter((status) => status === 200)).toHaveLength(16);
    const retried = await Promise.all(
      [...doomed].map((id) => post(`/invoices/${id}/issue`, { seenVersion: 1 }, own.admin)),
    );
    expect(statusesOf(retried)).toEqual([200, 200, 200, 200]);
    const rows = await asOwner(app, "select number::int as number from invoice where organization_id = $1 order by 1", [
      own.id,
    ]);
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  test("a number that was not taken from the counter is refused by the database, and so is a counter that jumps", async () => {
    const issued = await issuedOf();
    const draft = await draftOf();
    const forged = await asServerRole(app, acme.id, (client) =>
      client.query(
        `update invoice set status = 'issued', series = 'INV', fiscal_year = 2026, number = 4711, name = 'INV-2026-4711', issued_on = '2026-11-19',
           issued_at = now(), snapshot = '{}' where id = $1`,
        [draft.id],
      ),
    );
    expect(forged).toBe("invoice_number_taken");
    const jump = await asServerRole(app, acme.id, (client) =>
      client.query("update invoice_counter set last_number = last_number + 2 where legal_entity_id = $1", [
        issued.legalEntity.id,
      ]),
    );
    expect(jump).toBe("invoice_number_gapless");
  });

  test("days of issue do not go backwards within a series, and each year begins at 1", async () => {
    const own = await makeOrganization(app);
    const ownCrew = await makeCrew(app, own);
    const issueAt = async (instant: string) => {
      const draft = (await post("/invoices", { dealId: (await makeDeal(app, ownCrew)).id }, own.admin)).body;
      const { body } = await post(
        `/invoices/${draft.id}/issue`,
        { seenVersion: 1 },
        await signedInAt(instant, own.admin),
      );
      app.setNow(start);
      return [body.number, body.issuedOn];
    };
    expect(await issueAt("2026-11-19T10:00:00.000Z")).toEqual(["INV-2026-0001", "2026-11-19"]);
    expect(await issueAt("2026-11-10T10:00:00.000Z")).toEqual(["INV-2026-0002", "2026-11-19"]);
    expect(await issueAt("2026-11-20T10:00:00.000Z")).toEqual(["INV-2026-0003", "2026-11-20"]);
    expect(await issueAt("2027-01-01T10:00:00.000Z")).toEqual(["INV-2027-0001", "2027-01-01"]);
  });

  test("what was issued stays as it was when the customer, the company and the deal change", async () => {
    const customer = await makeCustomer(app, crew.rep, {
      name: "Volta Freight Ltd",
      address: { street: "41 Dock Road", postalCode: "L20 8JA", city: "Liverpool" },
    });
    const deal = await dealOf("100.00", { customerId: customer.id });
    const draft = (await post("/invoices", { dealId: deal.id })).body;
    const issued = (await post(`/invoices/${draft.id}/issue`, { seenVersion: 1 })).body;
    expect(issued.buyer).toMatchObject({ name: "Volta Freight Ltd", address: ["41 Dock Road", "L20 8JA Liverpool"] });
    const patch = (path: string, body: Record<string, unknown>) =>
      app.call("PATCH", path, { token: acme.admin.token, body });
    await patch(`/customers/${customer.id}`, { name: "Renamed", address: null, seenVersion: customer.version });
    const [entity] = (await read("/legal-entities")).items;
    const renamed = await patch(`/legal-entities/${entity.id}`, { name: "Acme Works", seenVersion: entity.version });
    expect(renamed.status).toBe(200);
    const later = await read(`/invoices/${issued.id}`);
    expect([later.buyer, later.seller]).toEqual([issued.buyer, issued.seller]);
    const fresh = await draftOf();
    expect(fresh.seller.name).toBe("Acme Works");
  });
});

describe("GET /invoices/{id}/pdf", () => {
  const pdf = (id: string, person = finance) => app.call("GET", `/invoices/${id}/pdf`, { token: person.token });

  test("200 is the same bytes each time, those whose hash is stored, tagged", async () => {
    const issued = await issuedOf();
    const [first, second] = [await pdf(issued.id), await pdf(issued.id)];
    expect([first.status, first.headers["content-type"]]).toEqual([200, "application/pdf"]);
    expect(first.text).toBe(second.text);
    expect(first.text).toContain("/MarkInfo");
    const [row] = await asOwner(
      app,
      "select encode(sha256, 'hex') as hash, storage_key from invoice_file where invoice_id = $1",
      [issued.id],
    );
    const stored = await app.runtime.storage.readBytes(row.storage_key);
    expect(createHash("sha256").update(stored).digest("hex")).toBe(row.hash);
    // Rendered once more from what was frozen, it is the same file.
    const { renderPdf } = await import("./invoice-pdf.adapter.ts");
    const [{ snapshot }] = await asOwner(app, "select snapshot from invoice where id = $1", [issued.id]);
    expect((await renderPdf(snapshot)).equals(stored)).toBe(true);
    expect((await read(`/invoices/${issued.id}`)).pdfSha256).toBe(row.hash);
  });

  test("404 for a draft, for somebody else's and for another organization's", async () => {
    const draft = await draftOf();
    expect((await pdf(draft.id)).status).toBe(404);
    const issued = await issuedOf();
    expect((await pdf(issued.id, crew.rep)).status).toBe(200);
    expect((await pdf(issued.id, await makeMember(app, acme, ["sales_rep"]))).status).toBe(404);
    expect((await pdf(issued.id, (await makeOrganization(app)).admin)).status).toBe(404);
  });
});

describe("GET /invoices and /invoice-summary", () => {
  test("tell states apart, by the organization's day", async () => {
    const own = await makeOrganization(app);
    const ownCrew = await makeCrew(app, own);
    const invoice = async () => {
      const draft = (await post("/invoices", { dealId: (await makeDeal(app, ownCrew)).id }, own.admin)).body;
      return (await post(`/invoices/${draft.id}/issue`, { seenVersion: 1 }, own.admin)).body;
    };
    const [issued] = [await invoice(), await invoice()];
    await post(`/invoices/${issued.id}/credit-notes`, { reason: "other" }, own.admin);
    await post("/invoices", { dealId: (await makeDeal(app, ownCrew)).id }, own.admin);
    const states = async (person = own.admin) => {
      const { states: all } = await read("/invoice-summary", person);
      return all.filter(({ count }: any) => count > 0).map(({ state, count, due }: any) => [state, count, due]);
    };
    expect(await states()).toEqual([
      ["draft", 1, []],
      ["open", 1, [usd("1000.00")]],
      ["credited", 2, []],
    ]);
    const later = await signedInAt("2026-12-20T09:00:00.000Z", own.admin);
    expect((await states(later)).map(([state]: [string]) => state)).toEqual(["draft", "overdue", "credited"]);
    for (const [state, count] of [
      ["overdue", 1],
      ["open", 0],
      ["credited", 2],
      ["draft", 1],
    ] as const) {
      expect([state, (await read(`/invoices?state=${state}`, later)).items.length]).toEqual([state, count]);
    }
  });

  test("find an invoice by its number, as the search does", async () => {
    const issued = await issuedOf();
    expect((await read(`/invoices?q=${issued.number.toLowerCase()}`)).items).toMatchObject([{ id: issued.id }]);
    const { items } = await read(`/search?q=${issued.number}`);
    expect(items).toMatchObject([{ entity: "invoice", id: issued.id, number: null, title: issued.number }]);
  });
});

describe("legal entities", () => {
  test("are described by admins, read by who reads invoices; another default replaces the first", async () => {
    const own = await makeOrganization(app, "Halden");
    const made = await post("/legal-entities", { name: "Halden Nordics AB", series: "HN", isDefault: true }, own.admin);
    expect(made.body).toMatchObject({ name: "Halden Nordics AB", series: "HN", isDefault: true, taxPercent: "0" });
    const { items } = await read("/legal-entities", own.admin);
    expect(items.map(({ name, isDefault }: any) => [name, isDefault])).toEqual([
      ["Halden Nordics AB", true],
      ["Halden", false],
    ]);
    expect((await post("/legal-entities", { name: "X" }, finance)).status).toBe(403);
    const same = await post("/legal-entities", { name: "X", series: "A", creditSeries: "A" }, own.admin);
    expect(same.body.errors[0].code).toBe("same_series");
  });
});
