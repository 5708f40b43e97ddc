import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  auditOf,
  makeContact,
  makeCustomer,
  makeInteraction,
  makeMember,
  makeOpportunity,
  makeOrganization,
  makeTeam,
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

const log = (person: Person, body: Record<string, unknown>) =>
  app.call("POST", "/interactions", { token: person.token, body });
const patch = (person: Person, id: string, body: Record<string, unknown>) =>
  app.call("PATCH", `/interactions/${id}`, { token: person.token, body });
const statusFor = async (person: Person, id: string): Promise<number> =>
  (await app.call("GET", `/interactions/${id}`, { token: person.token })).status;
const idsOf = async (person: Person, query: string): Promise<string[]> => {
  const { status, body, text } = await app.call("GET", `/interactions?${query}`, { token: person.token });
  expect(status, text).toBe(200);
  return body.items.map(({ id }: { id: string }) => id);
};
const remove = (person: Person, path: string, version: number) =>
  app.call("DELETE", path, { token: person.token, headers: { "if-match": `"${version}"` } });

describe("POST /interactions", () => {
  test("201 logs a call in a sale, with its customer, who took part, outcome and follow-up", async () => {
    const customer = await makeCustomer(app, maya, { name: "Kestrel" });
    const sale = await makeOpportunity(app, maya, { title: "Fleet", customerId: customer.id });
    const ruth = await makeContact(app, maya, { firstName: "Ruth", lastName: "A" });
    const { status, body } = await log(maya, {
      kind: "call",
      direction: "outbound",
      opportunityId: sale.id,
      body: "Budget is approved for 420 units.\nWants net 60.",
      outcome: "reached",
      minutes: 32,
      followUpOn: "2026-11-20",
      contactIds: [ruth.id, ruth.id],
      memberIds: [daniel.id, maya.id],
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      number: expect.stringMatching(/^ACT-\d+$/),
      subject: "Budget is approved for 420 units.",
      occurredAt: app.now().toISOString(),
      isBackdated: false,
      outcome: "reached",
      minutes: 32,
      followUpOn: "2026-11-20",
      customer: { id: customer.id, name: "Kestrel" },
      opportunity: { id: sale.id, number: sale.number, title: "Fleet" },
      contacts: [{ id: ruth.id, name: "Ruth A" }],
      members: [{ id: daniel.id }],
      author: { id: maya.id },
      owner: { id: maya.id },
      unseenBy: [],
      version: 1,
    });
  });

  test("201 with a contact alone stands on the customer they work for, or on nobody's", async () => {
    const customer = await makeCustomer(app, maya);
    const employed = await makeContact(app, maya, { customers: [{ customerId: customer.id }] });
    const free = await makeContact(app, maya);
    expect((await log(maya, { kind: "mail", contactIds: [employed.id] })).body).toMatchObject({
      subject: "Mail",
      customer: { id: customer.id },
    });
    expect((await log(maya, { kind: "mail", contactIds: [free.id] })).body).toMatchObject({
      customer: null,
      owner: { id: maya.id },
    });
  });

  test("201 says of what is entered on a later day that it is", async () => {
    const made = await makeInteraction(app, maya, { occurredAt: "2026-11-18T15:00:00.000Z" });
    expect(made).toMatchObject({ occurredAt: "2026-11-18T15:00:00.000Z", isBackdated: true });
  });

  test("201 keeps a script as the text it is", async () => {
    const body = "<script>alert(1)</script>\u202E=cmd()";
    expect(await makeInteraction(app, maya, { body })).toMatchObject({ body });
  });

  test.each([
    ["nothing it is about", { kind: "note", body: "Hm" }, "customerId", "required"],
    ["a time to come", { occurredAt: "2026-11-19T09:12:00.001Z" }, "occurredAt", "in_future"],
    ["a meeting that left a message", { kind: "meeting", outcome: "left_message" }, "outcome", "outcome_of_other_kind"],
    ["a note with an outcome", { kind: "note", outcome: "held" }, "outcome", "outcome_of_other_kind"],
    ["a follow-up in the past", { followUpOn: "2026-11-18" }, "followUpOn", "in_past"],
    ["minus five minutes", { minutes: -5 }, "minutes", "too_small"],
    ["who is no member", { memberIds: [crypto.randomUUID()] }, "memberIds.0", "member_unknown"],
    ["a mention of nobody", { mentionedIds: [crypto.randomUUID()] }, "mentionedIds.0", "member_unknown"],
  ])("422 for %s", async (_why, fields, path, code) => {
    const about = path === "customerId" ? {} : { customerId: (await makeCustomer(app, maya)).id };
    const reply = await log(maya, { kind: "call", ...about, ...fields });
    expect(reply.status, reply.text).toBe(422);
    expect(reply.body.errors).toContainEqual(expect.objectContaining({ path, code }));
  });

  test("422 for a sale of another customer", async () => {
    const sale = await makeOpportunity(app, maya);
    const reply = await log(maya, {
      kind: "call",
      opportunityId: sale.id,
      customerId: (await makeCustomer(app, maya)).id,
    });
    expect(reply.body.errors).toMatchObject([{ path: "customerId", code: "customer_mismatch" }]);
  });

  test("404 for what is out of reach, deleted, or another organization's", async () => {
    const { admin } = await makeOrganization(app);
    const gone = await makeCustomer(app, maya);
    await remove(maya, `/customers/${gone.id}`, 1);
    const customerId = (await makeCustomer(app, maya)).id;
    for (const about of [
      { customerId: gone.id },
      { customerId: (await makeCustomer(app, tomas)).id },
      { customerId: (await makeCustomer(app, admin)).id },
      { opportunityId: (await makeOpportunity(app, tomas)).id },
      { customerId, contactIds: [(await makeContact(app, tomas)).id] },
    ]) {
      expect([about, (await log(maya, { kind: "call", ...about })).status]).toEqual([about, 404]);
    }
  });

  test("201 tells of a mention only who sees the record, and says who does not", async () => {
    const sale = await makeOpportunity(app, maya);
    const made = await makeInteraction(app, maya, {
      opportunityId: sale.id,
      mentionedIds: [tomas.id, daniel.id, acme.admin.id],
    });
    expect(made["mentions"].map(({ id }: Person) => id)).toEqual([tomas.id, daniel.id, acme.admin.id]);
    expect(made["unseenBy"]).toMatchObject([{ id: tomas.id }]);
    const [entry] = await auditOf(app, acme.admin, `recordId=${made.id}`);
    expect(entry).toMatchObject({ type: "interaction.logged", facts: { mentioned: [daniel.id, acme.admin.id] } });
  });

  test("one entry for a double submit", async () => {
    const customer = await makeCustomer(app, maya);
    const headers = { "idempotency-key": crypto.randomUUID() };
    const call = { token: maya.token, body: { kind: "note", customerId: customer.id, body: "Once" }, headers };
    const replies = [await app.call("POST", "/interactions", call), await app.call("POST", "/interactions", call)];
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
    expect(await idsOf(maya, `customerId=${customer.id}`)).toHaveLength(1);
  });
});

describe("whose an interaction is", () => {
  test("it goes with the sale to its next owner; its author keeps seeing it", async () => {
    const sale = await makeOpportunity(app, maya);
    const made = await makeInteraction(app, maya, { opportunityId: sale.id });
    expect(await statusFor(tomas, made.id)).toBe(404);
    const handed = await app.call("PATCH", `/opportunities/${sale.id}`, {
      token: daniel.token,
      body: { ownerId: tomas.id, seenVersion: 1 },
    });
    expect(handed.status).toBe(200);
    expect([await statusFor(tomas, made.id), await statusFor(maya, made.id)]).toEqual([200, 200]);
    expect(await idsOf(tomas, `opportunityId=${sale.id}`)).toEqual([made.id]);
    expect(await idsOf(maya, `opportunityId=${sale.id}`)).toEqual([made.id]);
  });

  test("it goes with the customer; what is about a sale stays with the sale's owner", async () => {
    const customer = await makeCustomer(app, daniel, { ownerId: maya.id });
    const sale = await makeOpportunity(app, daniel, { customerId: customer.id });
    const general = await makeInteraction(app, daniel, { customerId: customer.id });
    const ofSale = await makeInteraction(app, daniel, { opportunityId: sale.id });
    expect([await statusFor(maya, general.id), await statusFor(maya, ofSale.id)]).toEqual([200, 404]);
    await app.call("PATCH", `/customers/${customer.id}`, {
      token: daniel.token,
      body: { ownerId: tomas.id, seenVersion: 1 },
    });
    expect([await statusFor(maya, general.id), await statusFor(tomas, general.id)]).toEqual([404, 200]);
    expect(await statusFor(tomas, ofSale.id)).toBe(404);
  });

  test("403 for changing another's words, also for who owns the record; 200 for who leads them", async () => {
    const customer = await makeCustomer(app, daniel, { ownerId: maya.id });
    const ofDaniel = await makeInteraction(app, daniel, { customerId: customer.id });
    expect((await patch(maya, ofDaniel.id, { body: "Mine", seenVersion: 1 })).body.code).toBe("beyond_reach");
    const ofMaya = await makeInteraction(app, maya, { customerId: customer.id });
    expect((await patch(daniel, ofMaya.id, { body: "Agreed", seenVersion: 1 })).status).toBe(200);
  });

  test("verifiers and finance see no interactions, analysts all", async () => {
    const made = await makeInteraction(app, maya);
    const [verifier, finance, analyst] = await Promise.all([
      makeMember(app, acme, ["verifier"]),
      makeMember(app, acme, ["finance"]),
      makeMember(app, acme, ["analyst"]),
    ]);
    expect([
      await statusFor(verifier, made.id),
      await statusFor(finance, made.id),
      await statusFor(analyst, made.id),
    ]).toEqual([403, 403, 200]);
  });
});

describe("PATCH and DELETE /interactions/{interactionId}", () => {
  test("200 changes only what is said; the log keeps what it said before", async () => {
    const made = await makeInteraction(app, maya, { body: "Wants net 30", minutes: 10, mentionedIds: [daniel.id] });
    const reply = await patch(maya, made.id, {
      body: "Wants net 60",
      outcome: "reached",
      mentionedIds: [daniel.id, acme.admin.id],
      seenVersion: 1,
    });
    expect(reply.body).toMatchObject({ body: "Wants net 60", minutes: 10, outcome: "reached", version: 2 });
    const [entry] = await auditOf(app, acme.admin, `recordId=${made.id}`);
    expect(entry.changes).toMatchObject({ body: ["Wants net 30", "Wants net 60"], outcome: [null, "reached"] });
    // Named before already: told once.
    expect(entry.facts.mentioned).toEqual([acme.admin.id]);
    const wrong = await patch(maya, made.id, { kind: "note", seenVersion: 2 });
    expect(wrong.body.errors).toMatchObject([{ path: "outcome", code: "outcome_of_other_kind" }]);
    expect((await patch(maya, made.id, { minutes: 1, seenVersion: 1 })).status).toBe(412);
  });

  test("204 to the trash, off lists and timelines, and 201 back again", async () => {
    const customer = await makeCustomer(app, maya);
    const made = await makeInteraction(app, maya, { customerId: customer.id });
    expect((await remove(maya, `/interactions/${made.id}`, 1)).status).toBe(204);
    expect(await idsOf(maya, `customerId=${customer.id}`)).toEqual([]);
    const { body } = await app.call("GET", "/trash?entity=interaction", { token: maya.token });
    expect(body.items[0]).toMatchObject({ id: made.id, title: "Call" });
    const back = await app.call("POST", `/interactions/${made.id}/restorations`, { token: maya.token });
    expect([back.status, back.body.version]).toEqual([201, 3]);
    expect(await idsOf(maya, `customerId=${customer.id}`)).toEqual([made.id]);
  });
});

describe("GET /interactions", () => {
  test("200 latest first by when they happened, filtered by kind, outcome, person, contact and day", async () => {
    const { admin } = await makeOrganization(app);
    const contact = await makeContact(app, admin);
    const customerId = (await makeCustomer(app, admin)).id;
    const about = { customerId, contactIds: [contact.id] };
    const first = await makeInteraction(app, admin, { ...about, occurredAt: "2026-11-02T23:30:00.000Z" });
    const latest = await makeInteraction(app, admin, { customerId, kind: "meeting", outcome: "held" });
    const middle = await makeInteraction(app, admin, {
      ...about,
      occurredAt: "2026-11-10T12:00:00.000Z",
      followUpOn: "2026-11-25",
    });
    expect(await idsOf(admin, "")).toEqual([latest.id, middle.id, first.id]);
    expect(await idsOf(admin, "kind=meeting")).toEqual([latest.id]);
    expect(await idsOf(admin, "outcome=held")).toEqual([latest.id]);
    expect(await idsOf(admin, `contactId=${contact.id}`)).toEqual([middle.id, first.id]);
    expect(await idsOf(admin, "from=2026-11-02&to=2026-11-10")).toEqual([middle.id, first.id]);
    expect(await idsOf(admin, "followUpBy=2026-11-25")).toEqual([middle.id]);
    expect(await idsOf(admin, "followUpBy=2026-11-24")).toEqual([]);
    expect(await idsOf(admin, `authorId=${maya.id}`)).toEqual([]);
  });
});
