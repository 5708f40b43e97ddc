import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  auditOf,
  makeContact,
  makeCustomer,
  makeMember,
  makeOpportunity,
  makeOrganization,
  makeTeam,
  statusesOf,
  type MadeOrganization,
  type Person,
} from "../../../../test/make.ts";

let app: TestApp;
let acme: MadeOrganization;
let maya: Person;
let tomas: Person;
let daniel: Person;

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app);
  const west = await makeTeam(app, acme);
  [maya, tomas, daniel] = await Promise.all([
    makeMember(app, acme, ["sales_rep"], west.id),
    makeMember(app, acme, ["sales_rep"], west.id),
    makeMember(app, acme, ["manager"], west.id),
  ]);
});
afterAll(() => app.close());

const add = (person: Person, body: Record<string, unknown>) =>
  app.call("POST", "/contacts", { token: person.token, body });
const patch = (person: Person, id: string, body: Record<string, unknown>) =>
  app.call("PATCH", `/contacts/${id}`, { token: person.token, body });
const statusFor = async (person: Person, id: string): Promise<number> =>
  (await app.call("GET", `/contacts/${id}`, { token: person.token })).status;
const idsOf = async (person: Person, query: string): Promise<string[]> => {
  const { status, body, text } = await app.call("GET", `/contacts?${query}`, { token: person.token });
  expect(status, text).toBe(200);
  return body.items.map(({ id }: { id: string }) => id);
};
const trash = async (person: Person, path: string, version: number) =>
  expect(
    (await app.call("DELETE", path, { token: person.token, headers: { "if-match": `"${version}"` } })).status,
  ).toBe(204);
const address = (): string => `${crypto.randomUUID()}@test.example`;

describe("POST /contacts", () => {
  test("201 with addresses, numbers and a role at each customer, numbered, for the caller", async () => {
    const kestrel = await makeCustomer(app, maya, { name: "Kestrel" });
    const halden = await makeCustomer(app, maya, { name: "Halden" });
    const email = address();
    const { status, body } = await add(maya, {
      firstName: " Ruth ",
      lastName: "Adeyemi",
      title: "CFO",
      emails: [{ email: email.toUpperCase() }, { email, label: "home" }],
      phones: [{ phone: "+49 40 1234-567", label: "mobile" }, { phone: "+49401234567" }],
      customers: [{ customerId: kestrel.id, role: "Signs" }, { customerId: halden.id }],
      tags: ["board"],
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      number: expect.stringMatching(/^CON-\d+$/),
      name: "Ruth Adeyemi",
      title: "CFO",
      emails: [{ email, label: "work" }],
      phones: [{ phone: "+49 40 1234-567", label: "mobile" }],
      customers: [
        { id: kestrel.id, name: "Kestrel", role: "Signs" },
        { id: halden.id, name: "Halden", role: null },
      ],
      tags: ["board"],
      owner: { id: maya.id },
      version: 1,
    });
  });

  test.each([
    ["no name at all", { title: "CEO" }, "lastName", "required"],
    [
      "what is no address",
      { lastName: "X", emails: [{ email: "ruth at kestrel" }] },
      "emails.0.email",
      "invalid_format",
    ],
    ["a number without digits", { lastName: "X", phones: [{ phone: "call me" }] }, "phones.0.phone", "invalid_format"],
    ["an unknown label", { lastName: "X", phones: [{ phone: "1", label: "boat" }] }, "phones.0.label", "invalid_value"],
  ])("422 for %s", async (_why, body, path, code) => {
    const reply = await add(maya, body);
    expect(reply.status).toBe(422);
    expect(reply.body.errors).toContainEqual(expect.objectContaining({ path, code }));
  });

  test("404 for a customer out of reach or of another organization", async () => {
    const foreign = await makeCustomer(app, (await makeOrganization(app)).admin);
    const hidden = await makeCustomer(app, tomas);
    for (const { id: customerId } of [foreign, hidden]) {
      expect((await add(maya, { lastName: "X", customers: [{ customerId }] })).status).toBe(404);
    }
  });

  test("409 email_taken names the holder to who sees it, and nobody to others", async () => {
    const email = address();
    const holder = await makeContact(app, maya, { firstName: "Ruth", lastName: "First", emails: [{ email }] });
    const again = { lastName: "Again", emails: [{ email: address() }, { email: email.toUpperCase() }] };
    const own = await add(maya, again);
    expect([own.status, own.body.code]).toEqual([409, "email_taken"]);
    expect(own.body.errors).toMatchObject([{ path: "emails.1.email", code: "email_taken" }]);
    expect(own.body.detail).toContain("Ruth First");
    expect(own.body.current).toEqual({ id: holder.id, number: holder.number, name: "Ruth First" });
    const others = await add(tomas, again);
    expect([others.status, others.body.code]).toEqual([409, "email_taken"]);
    expect(others.text).not.toContain("Ruth");
    expect(others.text).not.toContain(holder.id);
  });

  test("409 for one of two who take an address at once; in another organization it is free", async () => {
    const body = { lastName: "Race", emails: [{ email: address() }] };
    const replies = await Promise.all([add(maya, body), add(tomas, body), add(daniel, body)]);
    expect(statusesOf(replies)).toEqual([201, 409, 409]);
    expect((await add((await makeOrganization(app)).admin, body)).status).toBe(201);
  });

  test("403 beyond_reach for an owner out of reach, 201 for one of the own team", async () => {
    const body = { lastName: "Assigned" };
    expect((await add(maya, { ...body, ownerId: tomas.id })).status).toBe(403);
    expect((await add(daniel, { ...body, ownerId: acme.admin.id })).body.code).toBe("beyond_reach");
    expect((await add(daniel, { ...body, ownerId: tomas.id })).body.owner).toMatchObject({ id: tomas.id });
  });
});

describe("PATCH /contacts/{contactId}", () => {
  test("200 changes only what is said; lists are replaced as a whole, and the log keeps both", async () => {
    const [first, second] = [address(), address()];
    const made = await makeContact(app, maya, { title: "CTO", emails: [{ email: first }], phones: [{ phone: "123" }] });
    const reply = await patch(maya, made.id, { emails: [{ email: second }, { email: first }], seenVersion: 1 });
    expect(reply.body).toMatchObject({
      title: "CTO",
      emails: [{ email: second }, { email: first }],
      phones: [{ phone: "123" }],
      version: 2,
    });
    const [last] = await auditOf(app, acme.admin, `recordId=${made.id}`);
    expect(last.type).toBe("contact.changed");
    expect(Object.keys(last.changes)).toEqual(["emails"]);
    const cleared = await patch(maya, made.id, { title: "", emails: [], phones: [], seenVersion: 2 });
    expect(cleared.body).toMatchObject({ title: null, emails: [], phones: [] });
    expect((await add(tomas, { lastName: "Takes it", emails: [{ email: first }] })).status).toBe(201);
  });

  test("200 leaves customers that the editor does not see", async () => {
    const [hers, his, next] = [
      await makeCustomer(app, maya),
      await makeCustomer(app, tomas),
      await makeCustomer(app, maya),
    ];
    const made = await makeContact(app, daniel, {
      ownerId: maya.id,
      customers: [{ customerId: his.id, role: "Adviser" }, { customerId: hers.id }],
    });
    const reply = await patch(maya, made.id, { customers: [{ customerId: next.id }], seenVersion: 1 });
    expect(reply.body.customers).toMatchObject([{ id: next.id }]);
    const all = await app.call("GET", `/contacts/${made.id}`, { token: daniel.token });
    expect(all.body.customers).toMatchObject([{ id: next.id }, { id: his.id, role: "Adviser" }]);
  });

  test("200 hands over with all that belongs to it; 403 without the right to", async () => {
    const email = address();
    const made = await makeContact(app, maya, { emails: [{ email }] });
    expect((await patch(maya, made.id, { ownerId: tomas.id, seenVersion: 1 })).status).toBe(403);
    expect((await patch(daniel, made.id, { ownerId: tomas.id, seenVersion: 1 })).status).toBe(200);
    expect([await statusFor(maya, made.id), await statusFor(tomas, made.id)]).toEqual([404, 200]);
    expect(await idsOf(tomas, `email=${email}`)).toEqual([made.id]);
    expect(await idsOf(maya, `email=${email}`)).toEqual([]);
  });

  test("412 for a version that is gone", async () => {
    const made = await makeContact(app, maya);
    await patch(maya, made.id, { title: "One", seenVersion: 1 });
    const stale = await patch(maya, made.id, { title: "Two", seenVersion: 1 });
    expect([stale.status, stale.body.current.title]).toEqual([412, "One"]);
  });
});

describe("who sees a contact whose owner is out of reach", () => {
  test("who owns its customer, for as long as they do", async () => {
    const customer = await makeCustomer(app, tomas);
    const contact = await makeContact(app, daniel, { ownerId: daniel.id, customers: [{ customerId: customer.id }] });
    expect([await statusFor(maya, contact.id), await statusFor(tomas, contact.id)]).toEqual([404, 200]);
    await app.call("PATCH", `/customers/${customer.id}`, {
      token: daniel.token,
      body: { ownerId: maya.id, seenVersion: 1 },
    });
    expect([await statusFor(maya, contact.id), await statusFor(tomas, contact.id)]).toEqual([200, 404]);
    expect((await patch(maya, contact.id, { title: "Hers?", seenVersion: 1 })).body.code).toBe("beyond_reach");
  });

  test("who sells to its customer, until the sale goes to somebody else or to the trash", async () => {
    const customer = await makeCustomer(app, daniel);
    const contact = await makeContact(app, daniel, { customers: [{ customerId: customer.id }] });
    const [first, second] = [
      await makeOpportunity(app, daniel, { customerId: customer.id, ownerId: maya.id }),
      await makeOpportunity(app, daniel, { customerId: customer.id, ownerId: tomas.id }),
    ];
    expect([await statusFor(maya, contact.id), await statusFor(tomas, contact.id)]).toEqual([200, 200]);
    expect(await idsOf(maya, `customerId=${customer.id}`)).toEqual([contact.id]);
    await app.call("PATCH", `/opportunities/${first.id}`, {
      token: daniel.token,
      body: { ownerId: tomas.id, seenVersion: 1 },
    });
    await trash(tomas, `/opportunities/${second.id}`, 1);
    expect([await statusFor(maya, contact.id), await statusFor(tomas, contact.id)]).toEqual([404, 200]);
    await patch(daniel, contact.id, { customers: [], seenVersion: 1 });
    expect(await statusFor(tomas, contact.id)).toBe(404);
  });
});

describe("GET /contacts", () => {
  test("200 finds by first and last name, address, end of a number, customer and tag", async () => {
    const other = await makeOrganization(app);
    const { admin } = other;
    const customer = await makeCustomer(app, admin);
    const ruth = await makeContact(app, admin, {
      firstName: "Ruth",
      lastName: "Ädelmann",
      emails: [{ email: "r.a@kestrel.example" }],
      phones: [{ phone: "+49 (40) 555 01 99" }],
      tags: ["board"],
    });
    const marcus = await makeContact(app, admin, {
      firstName: "Marcus",
      lastName: "Feld",
      customers: [{ customerId: customer.id }],
    });
    const found = (q: string) => idsOf(admin, `q=${encodeURIComponent(q)}`);
    expect(await found("ruth ä")).toEqual([ruth.id]);
    expect(await found("ädel")).toEqual([ruth.id]);
    expect(await found("R.A@kes")).toEqual([ruth.id]);
    expect(await found("040 5550199")).toEqual([]);
    expect(await found("5550199")).toEqual([ruth.id]);
    expect(await found("40/5550199")).toEqual([ruth.id]);
    expect(await found("fel")).toEqual([marcus.id]);
    expect(await found("% or 1=1")).toEqual([]);
    expect(await idsOf(admin, "tag=board")).toEqual([ruth.id]);
    expect(await idsOf(admin, `customerId=${customer.id}`)).toEqual([marcus.id]);
    const search = await app.call("GET", "/search?q=feld", { token: admin.token });
    expect(search.body.items).toMatchObject([{ entity: "contact", id: marcus.id, number: marcus.number }]);
  });

  test("200 sorts by name in the alphabet's order, page by page, and counts", async () => {
    const { admin } = await makeOrganization(app);
    for (const lastName of ["Zorn", "Ömer", "Abel", "öztürk"])
      await makeContact(app, admin, { firstName: "", lastName });
    const names: string[] = [];
    for (let cursor = ""; cursor !== "end";) {
      const path = `/contacts?limit=1&count=exact${cursor === "" ? "" : `&cursor=${cursor}`}`;
      const { body } = await app.call("GET", path, { token: admin.token });
      expect(body.count).toBe(4);
      names.push(...body.items.map(({ name }: { name: string }) => name));
      cursor = body.nextCursor ?? "end";
    }
    expect(names).toEqual(["Abel", "Ömer", "öztürk", "Zorn"]);
  });
});

describe("the trash", () => {
  test("204 frees the address; 409 for taking it back while somebody else has it, 201 afterwards", async () => {
    const email = address();
    const gone = await makeContact(app, maya, { lastName: "Gone", emails: [{ email }] });
    await trash(maya, `/contacts/${gone.id}`, 1);
    expect(await statusFor(maya, gone.id)).toBe(404);
    const { body } = await app.call("GET", "/trash?entity=contact", { token: maya.token });
    expect(body.items[0]).toMatchObject({ entity: "contact", id: gone.id, number: gone.number, title: "Ruth Gone" });
    const next = await makeContact(app, maya, { emails: [{ email }] });
    const restore = () => app.call("POST", `/contacts/${gone.id}/restorations`, { token: maya.token });
    expect((await restore()).body.code).toBe("email_taken");
    await trash(maya, `/contacts/${next.id}`, 1);
    const back = await restore();
    expect(back.body).toMatchObject({ id: gone.id, emails: [{ email }], version: 3 });
    expect((await add(maya, { lastName: "Late", emails: [{ email }] })).status).toBe(409);
  });
});
