import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  auditOf,
  makeContact,
  makeMember,
  makeOpportunity,
  makeOrganization,
  makeProduct,
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
let daniel: Person;
let tracker: { id: string };
let install: { id: string };

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app);
  const west = await makeTeam(app, acme);
  [maya, tomas, daniel] = await Promise.all([
    makeMember(app, acme, ["sales_rep"], west.id),
    makeMember(app, acme, ["sales_rep"], west.id),
    makeMember(app, acme, ["manager"], west.id),
  ]);
  tracker = await makeProduct(app, acme.admin, { name: "Tracker", price: usd("200.00") });
  install = await makeProduct(app, acme.admin, { name: "Installation" });
});
afterAll(() => app.close());

const usd = (amount: string) => ({ amount, currency: "USD" });
const patch = (person: Person, id: string, body: Record<string, unknown>) =>
  app.call("PATCH", `/opportunities/${id}`, { token: person.token, body });
const idsOf = async (person: Person, query: string): Promise<string[]> => {
  const { status, body, text } = await app.call("GET", `/opportunities?${query}`, { token: person.token });
  expect(status, text).toBe(200);
  return body.items.map(({ id }: { id: string }) => id);
};

describe("line items", () => {
  test("201 with lines is worth their sum; a price that is not said is the list price", async () => {
    const sale = await makeOpportunity(app, maya, {
      amount: null,
      lines: [
        { productId: tracker.id, quantity: "420", discountPercent: "12.5" },
        { productId: install.id, unitPrice: usd("1500.00"), description: "On site" },
        { productId: install.id },
      ],
    });
    expect(sale).toMatchObject({
      amount: usd("75000.00"),
      linesTotal: usd("75000.00"),
      isAmountOverridden: false,
      products: [
        { id: tracker.id, name: "Tracker" },
        { id: install.id, name: "Installation" },
      ],
      lines: [
        { quantity: "420", unitPrice: usd("200.00"), discountPercent: "12.5", total: usd("73500.00") },
        { quantity: "1", unitPrice: usd("1500.00"), description: "On site", total: usd("1500.00") },
        { unitPrice: null, total: null },
      ],
    });
  });

  test("200 an amount that was set stays through changes of the lines, until it is taken back", async () => {
    const { id } = await makeOpportunity(app, maya, { amount: null, lines: [{ productId: tracker.id }] });
    const set = await patch(maya, id, { amount: usd("150.00"), seenVersion: 1 });
    expect(set.body).toMatchObject({ amount: usd("150.00"), linesTotal: usd("200.00"), isAmountOverridden: true });
    const more = await patch(maya, id, { lines: [{ productId: tracker.id, quantity: "2" }], seenVersion: 2 });
    expect(more.body).toMatchObject({ amount: usd("150.00"), linesTotal: usd("400.00"), isAmountOverridden: true });
    const back = await patch(maya, id, { amount: null, seenVersion: 3 });
    expect(back.body).toMatchObject({ amount: usd("400.00"), isAmountOverridden: false });
    const title = await patch(maya, id, { title: "Renamed", seenVersion: 4 });
    expect(title.body).toMatchObject({ amount: usd("400.00"), lines: [{ quantity: "2" }] });
    const [renamed, taken, changed] = await auditOf(app, acme.admin, `recordId=${id}`);
    expect(Object.keys(renamed.changes)).toEqual(["title"]);
    expect(taken.changes).toEqual({ amount: [usd("150.00"), usd("400.00")] });
    expect(changed.changes.lines[1]).toMatchObject([{ productId: tracker.id, quantity: "2", total: usd("400.00") }]);
  });

  test("200 productIds keep what was agreed for products that stay, and add others without a price", async () => {
    const lines = [{ productId: tracker.id, quantity: "3" }];
    const { id } = await makeOpportunity(app, maya, { amount: null, lines });
    const { body } = await patch(maya, id, { productIds: [install.id, tracker.id], seenVersion: 1 });
    expect(body).toMatchObject({
      amount: usd("600.00"),
      lines: [
        { product: { id: tracker.id }, quantity: "3", total: usd("600.00") },
        { product: { id: install.id }, unitPrice: null },
      ],
    });
    const emptied = await patch(maya, id, { productIds: [], seenVersion: 2 });
    expect(emptied.body).toMatchObject({ amount: usd("600.00"), lines: [], linesTotal: null });
  });

  test("409 for lines that would change what a won opportunity was sold for", async () => {
    const { id } = await makeOpportunity(app, maya, { amount: null, lines: [{ productId: tracker.id }] });
    const stageId = stageNamed(await pipelineOf(app, maya), "Won").id;
    const won = await app.call("POST", `/opportunities/${id}/moves`, { token: maya.token, body: { stageId } });
    expect(won.body).toMatchObject({ amount: usd("200.00") });
    const reply = await patch(maya, id, { lines: [{ productId: tracker.id, quantity: "2" }], seenVersion: 2 });
    expect([reply.status, reply.body.code]).toEqual([409, "opportunity_won"]);
  });

  test.each([
    ["no such product", { productId: crypto.randomUUID() }, "lines.0.productId", "product_unknown"],
    ["nothing of it", { quantity: "0.000" }, "lines.0.quantity", "invalid_format"],
    ["a quantity with four places", { quantity: "1.0001" }, "lines.0.quantity", "invalid_format"],
    ["more discount than all", { discountPercent: "100.01" }, "lines.0.discountPercent", "invalid_format"],
    ["a discount below zero", { discountPercent: "-5" }, "lines.0.discountPercent", "invalid_format"],
    ["a price below zero", { unitPrice: usd("-1.00") }, "lines.0.unitPrice.amount", "amount_negative"],
    [
      "another currency",
      { unitPrice: { amount: "1.00", currency: "EUR" } },
      "lines.0.unitPrice.currency",
      "currency_mismatch",
    ],
    [
      "more than an amount holds",
      { quantity: "999999999", unitPrice: usd("99999999.00") },
      "lines.0.unitPrice.amount",
      "amount_out_of_range",
    ],
  ])("422 for %s", async (_why, line, path, code) => {
    const body = { title: "T", lines: [{ productId: tracker.id, ...line }] };
    const reply = await app.call("POST", "/opportunities", { token: maya.token, body });
    expect(reply.status, reply.text).toBe(422);
    expect(reply.body.errors).toContainEqual(expect.objectContaining({ path, code }));
  });

  test("422 for lines and productIds at once, and for another currency while lines have prices", async () => {
    const both = { title: "T", lines: [], productIds: [tracker.id] };
    const reply = await app.call("POST", "/opportunities", { token: maya.token, body: both });
    expect(reply.body.errors).toMatchObject([{ path: "productIds", code: "lines_given" }]);
    const { id } = await makeOpportunity(app, maya, { amount: null, lines: [{ productId: tracker.id }] });
    const euro = await patch(maya, id, { amount: { amount: "9.00", currency: "EUR" }, seenVersion: 1 });
    expect(euro.body.errors).toMatchObject([{ path: "amount.currency", code: "currency_mismatch" }]);
  });
});

describe("source, priority and description", () => {
  test("200 keeps, changes, clears and filters them", async () => {
    const facts = { source: "Trade fair", priority: "high", description: "420 vehicles" };
    const sale = await makeOpportunity(app, maya, facts);
    expect(sale).toMatchObject(facts);
    expect(await idsOf(maya, "source=Trade%20fair&priority=high")).toEqual([sale.id]);
    expect(await idsOf(maya, "source=Trade%20fair&priority=low")).toEqual([]);
    const cleared = await patch(maya, sale.id, { source: "", priority: null, description: null, seenVersion: 1 });
    expect(cleared.body).toMatchObject({ source: null, priority: null, description: null });
  });
});

describe("contacts of an opportunity", () => {
  test("200 names them with their part; who owns the sale sees them, and no longer once they are off it", async () => {
    const [ruth, marcus] = [await makeContact(app, daniel, { title: "CFO" }), await makeContact(app, daniel)];
    const sale = await makeOpportunity(app, daniel, {
      ownerId: maya.id,
      contacts: [{ contactId: ruth.id, role: "decision_maker" }, { contactId: marcus.id }],
    });
    const seen = await app.call("GET", `/opportunities/${sale.id}`, { token: maya.token });
    expect(seen.body.contacts).toMatchObject([
      { id: ruth.id, title: "CFO", role: "decision_maker" },
      { id: marcus.id, role: null },
    ]);
    const contacts = await app.call("GET", `/contacts?opportunityId=${sale.id}`, { token: maya.token });
    expect(contacts.body.items.map(({ id }: { id: string }) => id).toSorted()).toEqual([ruth.id, marcus.id].toSorted());
    expect(await idsOf(maya, `contactId=${ruth.id}`)).toEqual([sale.id]);
    const next = await patch(maya, sale.id, { contacts: [{ contactId: ruth.id, role: "champion" }], seenVersion: 1 });
    expect(next.body.contacts).toMatchObject([{ id: ruth.id, role: "champion" }]);
    const statusOf = async (id: string) => (await app.call("GET", `/contacts/${id}`, { token: maya.token })).status;
    expect([await statusOf(ruth.id), await statusOf(marcus.id)]).toEqual([200, 404]);
    const [entry] = await auditOf(app, acme.admin, `recordId=${sale.id}`);
    expect(entry.changes.contacts[1]).toEqual([{ contactId: ruth.id, role: "champion" }]);
  });

  test("they go with the sale to its next owner", async () => {
    const ruth = await makeContact(app, daniel);
    const sale = await makeOpportunity(app, daniel, { ownerId: maya.id, contacts: [{ contactId: ruth.id }] });
    await patch(daniel, sale.id, { ownerId: tomas.id, seenVersion: 1 });
    const seen = await app.call("GET", `/opportunities/${sale.id}`, { token: tomas.token });
    expect(seen.body.contacts).toMatchObject([{ id: ruth.id }]);
    expect((await app.call("GET", `/contacts/${ruth.id}`, { token: maya.token })).status).toBe(404);
  });

  test("404 for a contact out of reach or of another organization", async () => {
    const foreign = await makeContact(app, (await makeOrganization(app)).admin);
    const hidden = await makeContact(app, tomas);
    for (const { id: contactId } of [foreign, hidden]) {
      const body = { title: "T", contacts: [{ contactId }] };
      expect((await app.call("POST", "/opportunities", { token: maya.token, body })).status).toBe(404);
    }
  });
});

describe("products", () => {
  test("201 and 200 with a list price; sales keep what was agreed", async () => {
    const made = await makeProduct(app, daniel, { name: "Sensor", price: usd("10.00") });
    const sale = await makeOpportunity(app, maya, { amount: null, lines: [{ productId: made.id }] });
    const changed = await app.call("PATCH", `/products/${made.id}`, {
      token: daniel.token,
      body: { price: usd("12.00"), seenVersion: 1 },
    });
    expect(changed.body).toMatchObject({ name: "Sensor", price: usd("12.00"), version: 2 });
    const kept = await app.call("GET", `/opportunities/${sale.id}`, { token: maya.token });
    expect(kept.body).toMatchObject({ amount: usd("10.00"), lines: [{ unitPrice: usd("10.00") }] });
    const [entry] = await auditOf(app, acme.admin, `recordId=${made.id}`);
    expect(entry.changes).toEqual({ price: [usd("10.00"), usd("12.00")] });
  });

  test("409 name_taken whatever the case, 403 for a rep", async () => {
    const body = { name: "TRACKER" };
    expect((await app.call("POST", "/products", { token: daniel.token, body })).body.code).toBe("name_taken");
    expect((await app.call("POST", "/products", { token: maya.token, body })).body.code).toBe("permission_missing");
  });
});
