import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  auditOf,
  makeCollaborator,
  makeContact,
  makeCustomer,
  makeInteraction,
  makeMember,
  makeMemberWith,
  makeOpportunity,
  makeOrganization,
  makeRole,
  makeTeam,
  statusesOf,
  type MadeOrganization,
  type Person,
} from "../../../../test/make.ts";
import { asServerRole } from "../../../../test/sql.ts";

const start = "2026-11-19T09:55:00.000Z";
let app: TestApp;
let acme: MadeOrganization;
let owner: Person;
let guest: Person;
let lead: Person;

beforeAll(async () => {
  app = await openApp();
  app.setNow(start);
  acme = await makeOrganization(app);
  // The day of this calendar is over at ten in the morning, UTC.
  const body = { timeZone: "Pacific/Kiritimati", seenVersion: 1 };
  await app.call("PATCH", "/settings", { token: acme.admin.token, body });
  owner = await makeMember(app, acme, ["sales_rep"]);
  lead = await makeMember(app, acme, ["manager"]);
  const team = await makeTeam(app, acme, { leaderId: lead.id });
  guest = await makeMember(app, acme, ["sales_rep"], team.id);
});
afterAll(() => app.close());

const told = ({ status, body }: { status: number; body: any }) => [status, body?.code];
const get = (path: string, { token }: Person) => app.call("GET", path, { token });
const statusOf = async (path: string, by: Person) => (await get(path, by)).status;
const share = (body: object, by: Person = owner) =>
  app.call("POST", "/collaborators", { token: by.token, body: { access: "view", ...body } });
const accessOf = (entity: string, recordId: string, by: Person) =>
  get(`/record-access?entity=${entity}&recordId=${recordId}`, by);
const whyOf = async (entity: string, recordId: string, by: Person): Promise<string[]> =>
  (await accessOf(entity, recordId, by)).body.reasons.map(({ kind }: { kind: string }) => kind);
const edit = (path: string, body: object, by: Person) =>
  app.call("PATCH", path, { token: by.token, body, headers: { "if-match": '"1"' } });

describe("POST /collaborators", () => {
  test("201 shows a sale and its customer to a colleague, with what belongs to it, until the day is over", async () => {
    const customer = await makeCustomer(app, owner, { name: "Shared Corp" });
    const contact = await makeContact(app, owner, { customers: [{ customerId: customer.id }] });
    const sale = await makeOpportunity(app, owner, { customerId: customer.id, title: "Shared sale" });
    const other = await makeOpportunity(app, owner, { customerId: customer.id });
    const [onSale, onCustomer] = [`/opportunities/${sale.id}`, `/customers/${customer.id}`];
    expect([await statusOf(onSale, guest), await statusOf(onCustomer, guest)]).toEqual([404, 404]);
    const made = await share({ entity: "opportunity", recordId: sale.id, memberId: guest.id, until: "2026-11-19" });
    expect(made.body).toMatchObject({ member: { id: guest.id }, access: "view", until: "2026-11-19", version: 1 });

    expect([await statusOf(onSale, guest), await statusOf(onCustomer, guest)]).toEqual([200, 200]);
    const listed = (await get("/opportunities?count=exact", guest)).body;
    expect([listed.items.map(({ id }: { id: string }) => id), listed.count]).toEqual([[sale.id], 1]);
    expect((await get("/search?q=Shared", guest)).body.items.map(({ id }: { id: string }) => id).toSorted()).toEqual(
      [sale.id, customer.id].toSorted(),
    );
    expect(await statusOf(`${onSale}/timeline`, guest)).toBe(200);
    expect([
      await statusOf(`/opportunities/${other.id}`, guest),
      await statusOf(`/contacts/${contact.id}`, guest),
    ]).toEqual([404, 404]);
    // Whoever sees the colleague's records sees what was shared with them.
    expect(await statusOf(onSale, lead)).toBe(200);
    expect([await whyOf("opportunity", sale.id, guest), await whyOf("opportunity", sale.id, lead)]).toEqual([
      ["shared"],
      ["shared"],
    ]);
    expect(await whyOf("opportunity", sale.id, owner)).toEqual(["own"]);
    expect(await whyOf("opportunity", sale.id, acme.admin)).toEqual(["all"]);
    expect(told(await edit(onSale, { title: "Mine" }, guest))).toEqual([403, "beyond_reach"]);
    expect(told(await share({ entity: "opportunity", recordId: sale.id, memberId: lead.id }, guest))).toEqual([
      403,
      "beyond_reach",
    ]);

    app.setNow("2026-11-19T09:59:59.999Z");
    expect([await statusOf(onSale, guest), await statusOf(onCustomer, guest)]).toEqual([200, 200]);
    app.setNow("2026-11-19T10:00:00.000Z");
    expect([await statusOf(onSale, guest), await statusOf(onCustomer, guest), await statusOf(onSale, lead)]).toEqual([
      404, 404, 404,
    ]);
    expect((await get("/opportunities", guest)).body.items).toEqual([]);
    expect((await accessOf("opportunity", sale.id, owner)).body.collaborators).toMatchObject([
      { id: made.body.id, hasExpired: true },
    ]);
    app.setNow(start);
  });

  test("somebody it is shared with for editing changes and moves it, but neither takes it over nor deletes it", async () => {
    const sale = await makeOpportunity(app, owner);
    await share({ entity: "opportunity", recordId: sale.id, memberId: guest.id, access: "edit" });
    expect((await edit(`/opportunities/${sale.id}`, { title: "Ours" }, guest)).status).toBe(200);
    const call = await makeInteraction(app, guest, { opportunityId: sale.id });
    expect(await statusOf(`/interactions/${call.id}`, guest)).toBe(200);
    const customer = await makeCustomer(app, owner);
    await share({ entity: "customer", recordId: customer.id, memberId: lead.id, access: "edit" });
    expect(told(await edit(`/customers/${customer.id}`, { ownerId: lead.id }, lead))).toEqual([403, "beyond_reach"]);
    expect((await edit(`/customers/${customer.id}`, { notes: "Seen" }, lead)).status).toBe(200);
    const remove = { token: lead.token, headers: { "if-match": '"2"' } };
    expect(told(await app.call("DELETE", `/customers/${customer.id}`, remove))).toEqual([403, "beyond_reach"]);
  });

  test("what a role gives nobody of is not given by sharing", async () => {
    const looking = await makeRole(app, acme.admin, { "customer.read": "own" });
    const looker = await makeMemberWith(app, acme, [looking.id]);
    const customer = await makeCustomer(app, owner);
    await share({ entity: "customer", recordId: customer.id, memberId: looker.id, access: "edit" });
    expect(await statusOf(`/customers/${customer.id}`, looker)).toBe(200);
    expect(told(await edit(`/customers/${customer.id}`, { notes: "x" }, looker))).toEqual([403, "permission_missing"]);
    const { id: recordId } = await makeContact(app, owner);
    const { body } = await share({ entity: "contact", recordId, memberId: looker.id });
    expect(body.errors[0]).toMatchObject({ path: "memberId", code: "role_without_sight" });
  });

  test("a sale that changes its customer shows the new one and hides the old", async () => {
    const [before, after] = [await makeCustomer(app, owner), await makeCustomer(app, owner)];
    const sale = await makeOpportunity(app, owner, { customerId: before.id });
    await share({ entity: "opportunity", recordId: sale.id, memberId: guest.id });
    await edit(`/opportunities/${sale.id}`, { customerId: after.id }, owner);
    const sees = [await statusOf(`/customers/${before.id}`, guest), await statusOf(`/customers/${after.id}`, guest)];
    expect(sees).toEqual([404, 200]);
  });

  test("404 for a record out of sight or of another organization, 422 and 409 for what cannot be", async () => {
    const { id: recordId } = await makeCustomer(app, owner);
    const other = await makeOrganization(app);
    const shared = { entity: "customer", recordId, memberId: guest.id };
    expect(told(await share(shared, guest))).toEqual([404, "not_found"]);
    expect(told(await share(shared, other.admin))).toEqual([404, "not_found"]);
    const pathOf = async (change: object) => (await share({ ...shared, ...change })).body.errors[0].path;
    expect(await pathOf({ memberId: other.admin.id })).toBe("memberId");
    expect(await pathOf({ until: "2026-11-18" })).toBe("until");
    expect(await pathOf({ until: "2026-02-30" })).toBe("until");
    expect(await pathOf({ entity: "payment" })).toBe("entity");
    expect(told(await share({ ...shared, memberId: owner.id }))).toEqual([409, "already_owner"]);
    expect(statusesOf(await Promise.all([share(shared), share(shared), share(shared)]))).toEqual([201, 409, 409]);
  });
});

describe("PATCH and DELETE /collaborators/{collaboratorId}", () => {
  test("changes and ends what is shared with the next request, and both stand in the record's log", async () => {
    const { id: recordId } = await makeCustomer(app, owner);
    const { id } = await makeCollaborator(app, owner, { entity: "customer", recordId, memberId: guest.id });
    const path = `/collaborators/${id}`;
    expect(told(await edit(path, { access: "edit" }, guest))).toEqual([403, "beyond_reach"]);
    expect((await edit(path, { access: "edit", until: "2026-11-19" }, owner)).body).toMatchObject({ version: 2 });
    expect(told(await edit(path, { access: "view" }, owner))).toEqual([412, "stale_version"]);
    expect((await edit(`/customers/${recordId}`, { notes: "Hello" }, guest)).status).toBe(200);
    const remove = (by: Person) => app.call("DELETE", path, { token: by.token, headers: { "if-match": '"2"' } });
    expect((await remove(owner)).status).toBe(204);
    expect(await statusOf(`/customers/${recordId}`, guest)).toBe(404);
    expect((await remove(owner)).status).toBe(404);
    const types = (await auditOf(app, acme.admin, `recordId=${recordId}&entity=collaborator`)).map(({ type }) => type);
    expect(types).toEqual(["collaborator.removed", "collaborator.changed", "collaborator.added"]);
  });

  test("the database hides an expired grant from every statement of the server's role", async () => {
    const { id: recordId } = await makeCustomer(app, owner);
    await makeCollaborator(app, owner, { entity: "customer", recordId, memberId: guest.id, until: "2026-11-20" });
    const seenAt = (now: string) =>
      asServerRole(app, acme.id, async (client) => {
        await client.query(`select set_config('app.now', '${now}', true)`);
        const { rowCount } = await client.query("select from record_grant where record_id = $1", [recordId]);
        if (rowCount !== 1) throw Object.assign(new Error("hidden"), { code: "hidden" });
      });
    expect([await seenAt("2026-11-20T09:59:59Z"), await seenAt("2026-11-20T10:00:00Z")]).toEqual([
      "committed",
      "hidden",
    ]);
  });
});
