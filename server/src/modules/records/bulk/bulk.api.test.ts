import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import { asOwner } from "../../../../test/sql.ts";
import { untilChanged } from "../../../../test/generated/calls-of-records.ts";
import {
  auditOf,
  makeContact,
  makeCustomer,
  makeInteraction,
  makeMember,
  makeOpportunity,
  makeOrganization,
  makeTeam,
  pipelineOf,
  stageNamed,
  type MadeOrganization,
  type Person,
} from "../../../../test/make.ts";
import { runBulkChangeJob } from "./run-bulk-change.job.ts";

let app: TestApp;
let acme: MadeOrganization;
let maya: Person;
let tomas: Person;
let lead: Person;

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app);
  const west = await makeTeam(app, acme, { name: "West" });
  [maya, tomas] = [
    await makeMember(app, acme, ["sales_rep"], west.id),
    await makeMember(app, acme, ["sales_rep"], west.id),
  ];
  lead = await makeMember(app, acme, ["manager"], west.id);
  const { body: team } = await app.call("GET", "/teams", { token: acme.admin.token });
  const { version } = team.items.find(({ id }: { id: string }) => id === west.id);
  const led = { token: acme.admin.token, body: { leaderId: lead.id, seenVersion: version } };
  expect((await app.call("PATCH", `/teams/${west.id}`, led)).status).toBe(200);
});
afterAll(() => app.close());

/** Many customers with one tag: the first by its form, the others as its copies. */
async function makeCustomers(of: TestApp, person: Person, tag: string, howMany: number): Promise<void> {
  const { id } = await makeCustomer(of, person, { tags: [tag] });
  const copied = "owner_id, name, kind, tags, created_at, updated_at, version";
  await asOwner(
    of,
    `insert into customer (organization_id, id, number, ${copied})
     select organization_id, gen_random_uuid(), number + 10000 + g, ${copied} from customer, generate_series(2, $2) g where id = $1`,
    [id, howMany],
  );
}

const only = (...ids: string[]) => ({ match: "all", rules: [{ field: "id", operator: "in", value: ids }] });
const set = (field: string, value: string | null) => ({ kind: "set", field, value });
const ask = (person: Person, path: string, body: object) => app.call("POST", path, { token: person.token, body });

/** Starts it and waits until it is done. */
async function run(person: Person, body: object): Promise<any> {
  const reply = await ask(person, "/bulk-changes", body);
  expect(reply.status, reply.text).toBe(202);
  return outcome(person, reply.body.id);
}

async function outcome(person: Person, id: string): Promise<any> {
  await app.settle();
  await untilChanged(app, person);
  return (await app.call("GET", `/bulk-changes/${id}`, { token: person.token })).body;
}

async function undo(person: Person, id: string): Promise<any> {
  const reply = await ask(person, `/bulk-changes/${id}/undo`, {});
  expect(reply.status, reply.text).toBe(202);
  return outcome(person, id);
}

const read = async (list: string, id: string) =>
  (await app.call("GET", `/${list}/${id}`, { token: acme.admin.token })).body;

describe("changes of many records", () => {
  test("owners change, each checked as if alone; one event says it of all", async () => {
    const [one, two] = [await makeCustomer(app, maya), await makeCustomer(app, maya)];
    const already = await makeCustomer(app, tomas);
    const body = { entity: "customer", filter: only(one.id, two.id, already.id), action: set("ownerId", tomas.id) };
    const done = await run(lead, body);
    expect(done).toMatchObject({ status: "finished", total: 3, changed: 2, unchanged: 1, refused: 0 });
    expect((await read("customers", one.id)).owner.id).toBe(tomas.id);
    const events = await auditOf(app, acme.admin, "type=customers.changed");
    expect(events[0].facts).toMatchObject({ bulkChangeId: done.id, action: "set ownerId" });
    expect(events[0].facts.ids.toSorted()).toEqual([one.id, two.id].toSorted());
    expect(await auditOf(app, acme.admin, `type=customer.changed&recordId=${one.id}`)).toEqual([]);
  });

  test("all that fits a filter is settled when it starts, at the sight of whoever asks", async () => {
    const tag = "sight";
    const mine = await makeCustomer(app, maya, { tags: [tag] });
    const theirs = await makeCustomer(app, tomas, { tags: [tag] });
    const filter = { match: "all", rules: [{ field: "tags", operator: "is", value: tag }] };
    const done = await run(maya, { entity: "customer", filter, action: { kind: "addTags", tags: ["mine"] } });
    expect(done).toMatchObject({ total: 1, changed: 1 });
    expect((await read("customers", mine.id)).tags).toEqual([tag, "mine"]);
    expect((await read("customers", theirs.id)).tags).toEqual([tag]);
  });

  test("what a rule refuses is told by reason, the rest is done", async () => {
    const free = await makeCustomer(app, maya);
    const inUse = await makeCustomer(app, maya);
    await makeOpportunity(app, maya, { customerId: inUse.id });
    const body = { entity: "customer", filter: only(free.id, inUse.id), action: { kind: "delete" } };
    const done = await run(maya, body);
    expect(done).toMatchObject({ changed: 1, refused: 1, refusals: [{ code: "customer_in_use", rows: 1 }] });
    expect((await undo(maya, done.id)).undo).toEqual({ restored: 1, kept: 0 });
    expect((await read("customers", free.id)).id).toBe(free.id);
  });

  test("stages are moved to as on the board: Won wants an amount; undo moves back", async () => {
    const { stages } = await pipelineOf(app, maya);
    const proposal = stageNamed({ stages }, "Proposal");
    const sales = [await makeOpportunity(app, maya), await makeOpportunity(app, maya, { amount: null })];
    const ids = sales.map(({ id }) => id);
    const moved = await run(maya, { entity: "opportunity", filter: only(...ids), action: set("stageId", proposal.id) });
    expect(moved).toMatchObject({ changed: 2, refused: 0 });
    const won = stageNamed({ stages }, "Won").id;
    const closed = await run(maya, { entity: "opportunity", filter: only(...ids), action: set("stageId", won) });
    expect(closed.refusals).toMatchObject([{ code: "stage_requirements_missing" }]);
    const first = await read("opportunities", ids[1] ?? "");
    expect(first.stage.name).toBe("Proposal");
  });

  test("undo puts back what was, and keeps what somebody changed since", async () => {
    const [left, edited] = [await makeCustomer(app, maya, { industry: "Rail" }), await makeCustomer(app, maya)];
    const body = { entity: "customer", filter: only(left.id, edited.id), action: set("industry", "Steel") };
    const done = await run(maya, body);
    const change = { token: maya.token, body: { industry: "Glass", seenVersion: 2 } };
    expect((await app.call("PATCH", `/customers/${edited.id}`, change)).status).toBe(200);
    const undone = await undo(maya, done.id);
    expect(undone).toMatchObject({ status: "undone", undo: { restored: 1, kept: 1 } });
    expect((await read("customers", left.id)).industry).toBe("Rail");
    expect((await read("customers", edited.id)).industry).toBe("Glass");
    expect((await ask(maya, `/bulk-changes/${done.id}/undo`, {})).status).toBe(409);
  });
});

describe("many at once", () => {
  const tagged = (tag: string) => ({ match: "all", rules: [{ field: "tags", operator: "is", value: tag }] });
  const edit = (person: Person, id: string, body: object) =>
    app.call("PATCH", `/customers/${id}`, { token: person.token, body });

  test("a row that somebody changed after it was chosen is left as they made it", async () => {
    const quiet = await makeCustomer(app, maya, { tags: ["crossed"] });
    const body = { entity: "customer", filter: tagged("crossed"), action: set("industry", "Steel") };
    const [first, second] = await Promise.all([
      ask(maya, "/bulk-changes", body),
      ask(maya, "/bulk-changes", { ...body, action: set("industry", "Glass") }),
    ]);
    const done = [await outcome(maya, first.body.id), await outcome(maya, second.body.id)];
    // Both were chosen at the same version: the one that ran second finds it changed.
    expect(new Set(done.map(({ changed }) => changed))).toEqual(new Set([0, 1]));
    expect(done.flatMap(({ refusals }) => refusals)).toMatchObject([{ code: "stale_version", rows: 1 }]);
    expect((await read("customers", quiet.id)).version).toBe(2);
  });

  test("what goes along with an owner goes along; undo brings it back", async () => {
    const customer = await makeCustomer(app, maya);
    const sale = await makeOpportunity(app, maya, { customerId: customer.id });
    const said = await makeInteraction(app, maya, { opportunityId: sale.id });
    const about = await makeInteraction(app, maya, { customerId: customer.id });
    const owners = async () =>
      Promise.all([said, about].map(async ({ id }) => (await read("interactions", id)).owner.id));
    const sales = { entity: "opportunity", filter: only(sale.id), action: set("ownerId", tomas.id) };
    const handed = await run(lead, sales);
    await run(lead, { ...sales, entity: "customer", filter: only(customer.id) });
    expect(await owners()).toEqual([tomas.id, tomas.id]);
    await undo(lead, handed.id);
    expect(await owners()).toEqual([maya.id, tomas.id]);
  });

  test("tags come and go, dates and texts are set and emptied, as on the record itself", async () => {
    const customer = await makeCustomer(app, maya, { tags: ["a", "b"] });
    const tag = (kind: string, ...tags: string[]) =>
      run(maya, { entity: "customer", filter: only(customer.id), action: { kind, tags } });
    await tag("removeTags", "a");
    expect((await tag("addTags", "c", "b")).changed).toBe(1);
    expect((await tag("addTags", "c")).unchanged).toBe(1);
    expect((await read("customers", customer.id)).tags).toEqual(["b", "c"]);
    const sale = await makeOpportunity(app, maya, { nextStep: "Call" });
    const change = (field: string, value: string | null) =>
      run(maya, { entity: "opportunity", filter: only(sale.id), action: set(field, value) });
    await change("nextStep", null);
    expect((await change("expectedCloseOn", "2020-01-01")).refusals).toMatchObject([{ code: "invalid_request" }]);
    await change("expectedCloseOn", "2099-01-01");
    expect(await read("opportunities", sale.id)).toMatchObject({ nextStep: null, expectedCloseOn: "2099-01-01" });
  });

  test("what was won goes by its own commands: its owner stands in the deal", async () => {
    const { stages } = await pipelineOf(app, maya);
    const won = await makeOpportunity(app, maya);
    await app.call("POST", `/opportunities/${won.id}/moves`, {
      token: maya.token,
      body: { stageId: stageNamed({ stages }, "Won").id },
    });
    const open = await makeOpportunity(app, maya);
    const body = { entity: "opportunity", filter: only(won.id, open.id), action: set("ownerId", tomas.id) };
    const done = await run(lead, body);
    expect(done).toMatchObject({ changed: 1, refused: 1, refusals: [{ code: "opportunity_won" }] });
  });

  test("contacts are handed over, tagged and deleted like customers, and brought back", async () => {
    const contact = await makeContact(app, maya);
    const change = (action: object) => run(lead, { entity: "contact", filter: only(contact.id), action });
    await change({ kind: "addTags", tags: ["VIP"] });
    await change(set("ownerId", tomas.id));
    expect(await read("contacts", contact.id)).toMatchObject({ tags: ["VIP"], owner: { id: tomas.id }, version: 3 });
    const gone = await change({ kind: "delete" });
    expect((await app.call("GET", `/contacts/${contact.id}`, { token: lead.token })).status).toBe(404);
    expect((await undo(lead, gone.id)).undo).toEqual({ restored: 1, kept: 0 });
    expect((await read("contacts", contact.id)).id).toBe(contact.id);
  });

  test("422 until somebody who deletes more than a hundred says how many; a dry run names what is refused", async () => {
    await makeCustomers(app, maya, "heap", 101);
    const inUse = await makeCustomer(app, maya, { tags: ["heap"], name: "In use" });
    await makeOpportunity(app, maya, { customerId: inUse.id });
    const body = { entity: "customer", filter: tagged("heap"), action: { kind: "delete" } };
    const { body: trial } = await ask(maya, "/bulk-changes/trial", body);
    expect(trial).toMatchObject({ total: 102, tried: 102, changed: 101, refused: 1 });
    expect(trial.refusedRecords).toMatchObject([{ id: inUse.id, title: "In use", code: "customer_in_use" }]);
    const wrong = await ask(maya, "/bulk-changes", { ...body, confirmedCount: 101 });
    expect([wrong.status, wrong.body.errors[0].path]).toEqual([422, "confirmedCount"]);
    const done = await run(maya, { ...body, confirmedCount: 102 });
    expect(done).toMatchObject({ changed: 101, refused: 1 });
    expect((await undo(maya, done.id)).undo).toEqual({ restored: 101, kept: 0 });
    expect((await edit(maya, inUse.id, { name: "Still here", seenVersion: 1 })).status).toBe(200);
  });
});

describe("dry runs and refusals", () => {
  test("a dry run counts and writes nothing", async () => {
    const [free, inUse] = [await makeCustomer(app, maya), await makeCustomer(app, maya)];
    await makeOpportunity(app, maya, { customerId: inUse.id });
    const body = { entity: "customer", filter: only(free.id, inUse.id), action: { kind: "delete" } };
    const { status, body: trial } = await ask(maya, "/bulk-changes/trial", body);
    expect(status).toBe(200);
    expect(trial).toMatchObject({
      total: 2,
      tried: 2,
      changed: 1,
      refused: 1,
      refusals: [{ code: "customer_in_use" }],
    });
    expect((await read("customers", free.id)).version).toBe(1);
  });

  test.each<[number, string, object]>([
    [422, "nothing selected", { filter: only() }],
    [422, "a field that is not to be set", { action: set("number", "1") }],
    [422, "a value the field cannot have", { action: set("kind", "planet") }],
    [422, "a filter that is broken", { filter: { match: "all", rules: [{ field: "secret", operator: "empty" }] } }],
  ])("%i for %s", async (status, _why, wrong) => {
    const { id } = await makeCustomer(app, maya);
    const body = { entity: "customer", filter: only(id), action: set("industry", "Rail"), ...wrong };
    for (const path of ["/bulk-changes", "/bulk-changes/trial"]) {
      expect((await ask(maya, path, body)).status).toBe(status);
    }
  });

  test("403 before anything is written, where the right is missing", async () => {
    const analyst = await makeMember(app, acme, ["analyst"]);
    const { id } = await makeCustomer(app, maya);
    const body = { entity: "customer", filter: only(id), action: set("industry", "Rail") };
    const { status, body: problem } = await ask(analyst, "/bulk-changes", body);
    expect([status, problem.code]).toEqual([403, "permission_missing"]);
  });
});

describe("a worker that stops", () => {
  let quiet: TestApp;
  beforeAll(async () => {
    // Without a worker of its own: the test is the worker.
    quiet = await openApp({ ROLES: "api" });
    return () => quiet.close();
  });

  test("is followed by one that goes on with the next chunk, and changes nothing twice", async () => {
    const organization = await makeOrganization(quiet);
    const { token, id: memberId } = organization.admin;
    const filter = { match: "all", rules: [{ field: "tags", operator: "is", value: "cut" }] };
    await makeCustomers(quiet, organization.admin, "cut", 505);
    const body = { entity: "customer", filter, action: { kind: "addTags", tags: ["once"] } };
    const { body: made } = await quiet.call("POST", "/bulk-changes", { token, body });
    const { runtime, now } = quiet;
    const payload = { organizationId: organization.id, memberId, subjectId: made.id };
    const work = { ...runtime, clock: now, payload } as unknown as Parameters<typeof runBulkChangeJob>[0];
    const signal = AbortSignal.abort(new Error("killed"));
    await expect(runBulkChangeJob({ ...work, signal })).rejects.toThrow("killed");
    const get = async () => (await quiet.call("GET", `/bulk-changes/${made.id}`, { token })).body;
    expect(await get()).toMatchObject({ status: "running", changed: 500 });
    const { signal: calm } = new AbortController();
    await runBulkChangeJob({ ...work, signal: calm });
    await runBulkChangeJob({ ...work, signal: calm });
    expect(await get()).toMatchObject({ status: "finished", changed: 505, total: 505 });
    const query = encodeURIComponent(JSON.stringify(filter));
    const reply = await quiet.call("GET", `/customers?limit=200&filter=${query}`, { token });
    expect(new Set(reply.body.items.map(({ version }: { version: number }) => version))).toEqual(new Set([2]));
  });

  test("because its person stopped the change leaves the rest as it was; what is done can be undone", async () => {
    const organization = await makeOrganization(quiet);
    const { token, id: memberId } = organization.admin;
    const filter = { match: "all", rules: [{ field: "tags", operator: "is", value: "stop" }] };
    await makeCustomers(quiet, organization.admin, "stop", 502);
    const body = { entity: "customer", filter, action: set("industry", "Steel") };
    const { body: made } = await quiet.call("POST", "/bulk-changes", { token, body });
    const payload = { organizationId: organization.id, memberId, subjectId: made.id };
    const work = { ...quiet.runtime, clock: quiet.now, payload } as unknown as Parameters<typeof runBulkChangeJob>[0];
    await expect(runBulkChangeJob({ ...work, signal: AbortSignal.abort(new Error("killed")) })).rejects.toThrow(
      "killed",
    );
    const stop = () => quiet.call("POST", `/bulk-changes/${made.id}/cancellations`, { token });
    const stopped = await stop();
    expect([stopped.status, stopped.body.status, stopped.body.changed]).toEqual([200, "cancelled", 500]);
    expect((await stop()).status).toBe(409);
    await runBulkChangeJob({ ...work, signal: new AbortController().signal });
    expect((await quiet.call("GET", `/bulk-changes/${made.id}`, { token })).body).toMatchObject({ changed: 500 });
    expect((await quiet.call("POST", `/bulk-changes/${made.id}/undo`, { token, body: {} })).status).toBe(202);
  });
});
