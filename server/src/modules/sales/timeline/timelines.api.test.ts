import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  makeContact,
  makeCustomer,
  makeDeal,
  makeInteraction,
  makeMember,
  makeOpportunity,
  makeOrganization,
  makeTeam,
  pipelineOf,
  stageNamed,
  type Person,
} from "../../../../test/make.ts";

let app: TestApp;
let maya: Person;
let tomas: Person;
let daniel: Person;
let verifier: Person;

beforeAll(async () => {
  app = await openApp();
  const acme = await makeOrganization(app);
  const west = await makeTeam(app, acme);
  [maya, tomas, daniel, verifier] = await Promise.all([
    makeMember(app, acme, ["sales_rep"], west.id),
    makeMember(app, acme, ["sales_rep"], west.id),
    makeMember(app, acme, ["manager"], west.id),
    makeMember(app, acme, ["verifier"]),
  ]);
});
afterAll(() => app.close());

const read = async (person: Person, path: string, query = ""): Promise<any[]> => {
  await app.settle();
  const entries: any[] = [];
  for (let cursor = ""; cursor !== "end";) {
    const asked = `${path}/timeline?limit=2&${query}${cursor === "" ? "" : `&cursor=${cursor}`}`;
    const { status, body, text } = await app.call("GET", asked, { token: person.token });
    expect(status, text).toBe(200);
    entries.push(...body.items);
    cursor = body.nextCursor ?? "end";
  }
  return entries;
};
const wordsOf = (entries: any[]): string[] => entries.map(({ type, interaction }) => interaction?.subject ?? type);

test("a sale tells what was said among its changes, by when it happened, page by page", async () => {
  app.setNow("2026-11-16T08:00:00.000Z");
  const sale = await makeOpportunity(app, maya);
  app.setNow("2026-11-18T08:00:00.000Z");
  const stageId = stageNamed(await pipelineOf(app, maya), "Discovery").id;
  await app.call("POST", `/opportunities/${sale.id}/moves`, { token: maya.token, body: { stageId } });
  app.setNow("2026-11-19T08:00:00.000Z");
  const about = { opportunityId: sale.id };
  await makeInteraction(app, maya, { ...about, subject: "Said later" });
  const late = await makeInteraction(app, maya, {
    ...about,
    subject: "Entered later",
    body: "Wants net 60",
    occurredAt: "2026-11-17T08:00:00.000Z",
  });
  const entries = await read(maya, `/opportunities/${sale.id}`);
  expect(wordsOf(entries)).toEqual(["Said later", "opportunity.moved", "Entered later", "opportunity.created"]);
  expect(entries[2]).toMatchObject({
    id: late.id,
    seq: null,
    actor: { id: maya.id },
    occurredAt: "2026-11-17T08:00:00.000Z",
    interaction: { id: late.id, body: "Wants net 60", isBackdated: true },
  });
  expect(new Set(entries.map(({ id }) => id)).size).toBe(4);
});

test("entries of one instant keep their order over pages, none twice", async () => {
  const customer = await makeCustomer(app, maya);
  for (const subject of ["a", "b", "c", "d", "e"])
    await makeInteraction(app, maya, { customerId: customer.id, subject });
  const whole = await read(maya, `/customers/${customer.id}`);
  expect(whole).toHaveLength(6);
  expect(new Set(whole.map(({ id }) => id)).size).toBe(6);
});

test("a customer tells of its sales and contacts too, each once, as far as the viewer sees them", async () => {
  const customer = await makeCustomer(app, daniel);
  const mine = await makeOpportunity(app, daniel, { customerId: customer.id, ownerId: maya.id });
  const other = await makeOpportunity(app, daniel, { customerId: customer.id, ownerId: tomas.id });
  await makeContact(app, daniel, { customers: [{ customerId: customer.id }] });
  await makeInteraction(app, maya, { opportunityId: mine.id, subject: "Maya's" });
  await makeInteraction(app, tomas, { opportunityId: other.id, subject: "Tomás's" });
  const path = `/customers/${customer.id}`;
  expect(wordsOf(await read(daniel, path)).toSorted()).toEqual([
    "Maya's",
    "Tomás's",
    "contact.created",
    "customer.created",
    "opportunity.created",
    "opportunity.created",
  ]);
  const seen = await read(maya, path);
  expect(wordsOf(seen).toSorted()).toEqual(["Maya's", "contact.created", "customer.created", "opportunity.created"]);
  expect(JSON.stringify(seen)).not.toContain(other.id);
});

test("a contact tells what was said with them", async () => {
  const contact = await makeContact(app, maya);
  const sale = await makeOpportunity(app, maya);
  await makeInteraction(app, maya, { opportunityId: sale.id, contactIds: [contact.id], subject: "With her" });
  await makeInteraction(app, maya, { opportunityId: sale.id, subject: "Without her" });
  const told = wordsOf(await read(maya, `/contacts/${contact.id}`));
  expect(told.toSorted()).toEqual(["With her", "contact.created"]);
});

test("it is narrowed to a kind and to a person", async () => {
  const deal = await makeDeal(app, { rep: maya });
  const path = `/opportunities/${deal["opportunity"].id}`;
  await makeInteraction(app, maya, { opportunityId: deal["opportunity"].id, subject: "A call" });
  await makeInteraction(app, daniel, { opportunityId: deal["opportunity"].id, kind: "note", subject: "A note" });
  expect(wordsOf(await read(maya, path, "kind=call"))).toEqual(["A call"]);
  expect(wordsOf(await read(maya, path, "kind=money"))).toEqual(["deal.opened"]);
  expect(wordsOf(await read(maya, path, "kind=change")).toSorted()).toEqual(["opportunity.created", "opportunity.won"]);
  expect(wordsOf(await read(maya, path, `actorId=${daniel.id}`))).toEqual(["A note"]);
});

test("who may read no interactions is told of changes and money alone", async () => {
  const customer = await makeCustomer(app, maya);
  await makeInteraction(app, maya, { customerId: customer.id, body: "Between us" });
  expect(wordsOf(await read(verifier, `/customers/${customer.id}`))).toEqual(["customer.created"]);
});

describe("GET .../timeline", () => {
  test("400 for a cursor of another list", async () => {
    const customer = await makeCustomer(app, maya);
    const { status } = await app.call("GET", `/customers/${customer.id}/timeline?cursor=WzFd`, { token: maya.token });
    expect(status).toBe(400);
  });
});

test("it is searched in what was said and what changed, and told entry by entry", async () => {
  const sale = await makeOpportunity(app, maya, { title: "Cold chain" });
  const path = `/opportunities/${sale.id}`;
  const { id } = await makeInteraction(app, maya, {
    opportunityId: sale.id,
    subject: "A call",
    body: "Wants NET 60 %",
  });
  await makeInteraction(app, maya, { opportunityId: sale.id, subject: "Another" });
  expect(wordsOf(await read(maya, path, "q=net%2060%20%25"))).toEqual(["A call"]);
  expect(wordsOf(await read(maya, path, "q=cold%20chain"))).toEqual(["opportunity.created"]);
  expect(wordsOf(await read(maya, path, `entryId=${id}`))).toEqual(["A call"]);
  expect(await read(maya, path, "entryId=nothing")).toEqual([]);
});

describe("PUT /timeline-pins", () => {
  const pin = (person: Person, body: object) =>
    app.call("PUT", "/timeline-pins", { token: person.token, body: { entity: "customer", isPinned: true, ...body } });

  test("204 puts an entry on top for everybody who sees it, once, and takes it down; the log says who", async () => {
    const customer = await makeCustomer(app, daniel);
    await makeOpportunity(app, daniel, { customerId: customer.id, ownerId: maya.id });
    const path = `/customers/${customer.id}`;
    const [entry] = await read(daniel, path, "kind=change");
    const about = { recordId: customer.id, entryId: entry.id };
    expect([(await pin(daniel, about)).status, (await pin(daniel, about)).status]).toEqual([204, 204]);
    const pinned = await read(maya, path, "pinned=1");
    expect(pinned.map(({ id, isPinned }) => [id, isPinned])).toEqual([[entry.id, true]]);
    expect((await pin(daniel, { ...about, isPinned: false })).status).toBe(204);
    expect(await read(maya, path, "pinned=1")).toEqual([]);
  });

  test("404 for an entry of another timeline, or of a record that is not in sight", async () => {
    const [mine, theirs] = [await makeCustomer(app, maya), await makeCustomer(app, tomas)];
    const { id: entryId } = await makeInteraction(app, tomas, { customerId: theirs.id });
    expect((await pin(maya, { recordId: mine.id, entryId })).status).toBe(404);
    expect((await pin(maya, { recordId: theirs.id, entryId })).status).toBe(404);
  });
});
