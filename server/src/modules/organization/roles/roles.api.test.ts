import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  auditOf,
  makeCustomer,
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

let app: TestApp;
let acme: MadeOrganization;
let north: { id: string };
let rep: Person;
let outsider: Person;

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app);
  north = await makeTeam(app, acme);
  rep = await makeMember(app, acme, ["sales_rep"], north.id);
  outsider = await makeMember(app, acme, ["sales_rep"]);
});
afterAll(() => app.close());

const granted = (grants: Record<string, string>) =>
  Object.entries(grants).map(([permission, reach]) => ({ permission, reach }));
const create = (body: object, by: Person = acme.admin) => app.call("POST", "/roles", { token: by.token, body });
const update = (id: string, body: object, by: Person = acme.admin) =>
  app.call("PATCH", `/roles/${id}`, { token: by.token, body });
const idsOf = async (path: string, { token }: Person): Promise<string[]> =>
  (await app.call("GET", path, { token })).body.items.map(({ id }: { id: string }) => id);
const told = ({ status, body }: { status: number; body: any }) => [status, body.code];

describe("POST /roles", () => {
  test("201 makes a role whose reach holds entity by entity and action by action, from the next request on", async () => {
    const theirs = await makeCustomer(app, rep);
    const sale = await makeOpportunity(app, rep, { customerId: theirs.id });
    const others = await makeCustomer(app, outsider);
    const grants = { "customer.read": "team", "customer.edit": "own", "opportunity.read": "own" };
    const made = await create({ name: "Coach", description: "Looks over shoulders", grants: granted(grants) });
    expect(made.body).toMatchObject({
      name: "Coach",
      grants: granted(grants),
      memberCount: 0,
      mayEdit: true,
      version: 1,
    });
    const coach = await makeMemberWith(app, acme, [made.body.id], north.id);
    expect(coach.session.user).toMatchObject({ roles: [], customRoles: ["Coach"], reach: grants });

    expect(await idsOf("/customers", coach)).toContain(theirs.id);
    expect(await idsOf("/customers", coach)).not.toContain(others.id);
    expect(await idsOf("/opportunities", coach)).toEqual([]);
    const status = async (method: "GET" | "PATCH" | "DELETE", path: string, body?: object) =>
      told(await app.call(method, path, { token: coach.token, body, headers: { "if-match": '"1"' } }));
    expect(await status("GET", `/opportunities/${sale.id}`)).toEqual([404, "not_found"]);
    expect(await status("GET", `/customers/${others.id}`)).toEqual([404, "not_found"]);
    expect(await status("PATCH", `/customers/${theirs.id}`, { notes: "Hm" })).toEqual([403, "beyond_reach"]);
    expect(await status("DELETE", `/customers/${theirs.id}`)).toEqual([403, "permission_missing"]);
    expect(await status("GET", "/contacts")).toEqual([403, "permission_missing"]);

    const wider = granted({ ...grants, "customer.edit": "team", "opportunity.read": "team" });
    expect((await update(made.body.id, { grants: wider, seenVersion: 1 })).status).toBe(200);
    expect((await status("PATCH", `/customers/${theirs.id}`, { notes: "Hm" }))[0]).toBe(200);
    expect((await status("GET", `/opportunities/${sale.id}`))[0]).toBe(200);
    const [entry] = await auditOf(app, acme.admin, `recordId=${made.body.id}&type=role.changed`);
    expect(entry.changes).toEqual({ "customer.edit": ["own", "team"], "opportunity.read": ["own", "team"] });
  });

  test("several roles of either kind add up, each permission at its widest", async () => {
    const role = await makeRole(app, acme.admin, { "customer.read": "team", "audit.read": "all" });
    const { id, token } = await makeMember(app, acme, ["sales_rep"], north.id, {}, [role.id]);
    const { body } = await app.call("GET", "/auth/user", { token });
    expect(body.reach).toMatchObject({ "customer.read": "team", "customer.edit": "own", "audit.read": "all" });
    const { body: member } = await app.call("GET", `/members/${id}`, { token });
    expect(member.customRoles).toEqual([{ id: role.id, name: role.name }]);
  });

  test("an export takes out no more than its own reach", async () => {
    const mine = await makeCustomer(app, rep, { name: "Mate of the team" });
    const role = await makeRole(app, acme.admin, {
      "customer.read": "team",
      "customer.create": "own",
      "customer.export": "own",
    });
    const viewing = await makeRole(app, acme.admin, { "customer.read": "team" });
    const taker = await makeMemberWith(app, acme, [role.id], north.id);
    await makeCustomer(app, taker, { name: "Taken along" });
    const body = { entity: "customer", filter: { match: "all", rules: [] }, columns: ["customer"] };
    const made = await app.call("POST", "/exports", { token: taker.token, body });
    const { text } = await app.call("GET", `/exports/${made.body.id}/file`, { token: taker.token });
    expect(await idsOf("/customers", taker)).toContain(mine.id);
    expect(text.trim().split("\r\n").slice(1)).toEqual(["Taken along"]);
    const { token } = await makeMemberWith(app, acme, [viewing.id], north.id);
    expect(told(await app.call("POST", "/exports", { token, body }))).toEqual([403, "permission_missing"]);
  });

  test.each([
    ["a permission there is not", [{ permission: "customer.eat", reach: "own" }], "grants.0.permission"],
    ["a reach there is not", [{ permission: "customer.read", reach: "galaxy" }], "grants.0.reach"],
    [
      "a permission named twice",
      granted({ "customer.read": "own" }).concat(granted({ "customer.read": "all" })),
      "grants.1.permission",
    ],
    ["a reach on what has no owner", [{ permission: "member.edit", reach: "team" }], "grants.0.reach"],
    ["an unknown property", [{ permission: "customer.read", reach: "own", scope: "all" }], "grants.0.scope"],
  ])("422 for %s", async (_why, grants, path) => {
    const reply = await create({ name: "Wrong", grants });
    expect([reply.status, reply.body.errors[0].path]).toEqual([422, path]);
  });

  test("409 for a name another role has, also of two at once", async () => {
    const name = `Twin ${crypto.randomUUID()}`;
    const replies = await Promise.all([create({ name, grants: [] }), create({ name: name.toUpperCase(), grants: [] })]);
    expect(statusesOf(replies)).toEqual([201, 409]);
  });

  test("403 beyond_own_scope for giving anybody more than one holds: in a role, to a member, in an invitation", async () => {
    const own = { "role.edit": "all", "member.edit": "all", "member.invite": "all", "member.read": "all" };
    const role = await makeRole(app, acme.admin, { ...own, "customer.read": "team" });
    const deputy = await makeMemberWith(app, acme, [role.id], north.id);
    const beyond = [403, "beyond_own_scope"];
    expect(told(await create({ name: "More", grants: granted({ "customer.read": "all" }) }, deputy))).toEqual(beyond);
    expect(told(await create({ name: "Else", grants: granted({ "deal.read": "own" }) }, deputy))).toEqual(beyond);
    const within = await create({ name: "Within", grants: granted({ "customer.read": "own" }) }, deputy);
    expect(within.status).toBe(201);
    const raise = { grants: granted({ "customer.read": "all" }), seenVersion: 1 };
    expect(told(await update(within.body.id, raise, deputy))).toEqual(beyond);
    const strong = await makeRole(app, acme.admin, { "customer.read": "all" });
    expect(told(await update(strong.id, { grants: [], seenVersion: 1 }, deputy))).toEqual(beyond);
    const change = (member: Person, body: object) =>
      app.call("PATCH", `/members/${member.id}`, { token: deputy.token, body: { ...body, seenVersion: 1 } });
    const self = await change(deputy, { roles: ["org_admin"] });
    expect(told(self)).toEqual(beyond);
    expect(told(await change(outsider, { customRoleIds: [strong.id] }))).toEqual(beyond);
    expect(told(await change(acme.admin, { roles: ["viewer"] }))).toEqual(beyond);
    const invite = { emails: ["more@test.example"], roles: ["manager"] };
    expect(told(await app.call("POST", "/invitations", { token: deputy.token, body: invite }))).toEqual(beyond);
    expect(told(await app.call("POST", "/role-previews", { token: deputy.token, body: { role: "manager" } }))).toEqual(
      beyond,
    );
  });
});

describe("PATCH and DELETE /roles/{roleId}", () => {
  test("412 tells what somebody else saved meanwhile; of two at once one is told so", async () => {
    const role = await makeRole(app, acme.admin);
    const replies = await Promise.all([
      update(role.id, { grants: granted({ "customer.read": "team" }), seenVersion: 1 }),
      update(role.id, { grants: granted({ "customer.read": "all" }), seenVersion: 1 }),
    ]);
    expect(statusesOf(replies)).toEqual([200, 412]);
    const [saved, lost] = replies[0].status === 200 ? replies : replies.toReversed();
    expect(lost?.body).toMatchObject({ code: "stale_version", current: { grants: saved?.body.grants, version: 2 } });
  });

  test("409 role_in_use while somebody holds it or is invited with it, 204 afterwards", async () => {
    const role = await makeRole(app, acme.admin);
    const remove = () =>
      app.call("DELETE", `/roles/${role.id}`, { token: acme.admin.token, headers: { "if-match": '"1"' } });
    const invited = await app.call("POST", "/invitations", {
      token: acme.admin.token,
      body: { emails: ["held@test.example"], roles: [], customRoleIds: [role.id] },
    });
    expect(told(await remove())).toEqual([409, "role_in_use"]);
    await app.call("DELETE", `/invitations/${invited.body.items[0].id}`, { token: acme.admin.token });
    const holder = await makeMember(app, acme, ["viewer"], undefined, {}, [role.id]);
    expect(told(await remove())).toEqual([409, "role_in_use"]);
    const freed = { token: acme.admin.token, body: { customRoleIds: [], seenVersion: 1 } };
    await app.call("PATCH", `/members/${holder.id}`, freed);
    expect((await remove()).status).toBe(204);
    expect((await app.call("GET", `/roles/${role.id}`, { token: acme.admin.token })).status).toBe(404);
  });

  test("422 for a role of another organization, and for nobody's role at all", async () => {
    const other = await makeOrganization(app);
    const { id } = await makeRole(app, other.admin);
    const change = (body: object) =>
      app.call("PATCH", `/members/${outsider.id}`, { token: acme.admin.token, body: { ...body, seenVersion: 1 } });
    expect((await change({ customRoleIds: [id] })).body.errors[0].path).toBe("customRoleIds.0");
    expect((await change({ roles: [] })).body.errors[0]).toMatchObject({ path: "roles", code: "role_needed" });
    expect((await app.call("GET", `/roles/${id}`, { token: acme.admin.token })).status).toBe(404);
    expect((await update(id, { name: "Mine", seenVersion: 1 })).status).toBe(404);
  });
});

describe("POST /role-previews", () => {
  test("200 counts exactly what somebody with the role sees in that place, and is told to the log", async () => {
    const grants = { "customer.read": "team", "customer.edit": "own", "opportunity.read": "all", "member.read": "all" };
    const role = await makeRole(app, acme.admin, grants);
    const holder = await makeMemberWith(app, acme, [role.id], north.id);
    const { body } = await app.call("POST", "/role-previews", {
      token: acme.admin.token,
      body: { roleId: role.id, memberId: holder.id },
    });
    const counted = async (path: string) =>
      (await app.call("GET", `${path}?count=exact`, { token: holder.token })).body.count;
    const of = (entity: string) => body.entities.find((line: { entity: string }) => line.entity === entity);
    expect(body).toMatchObject({ name: role.name, member: { id: holder.id }, others: ["member.read"] });
    expect(of("customer")).toMatchObject({ reach: "team", actions: [{ action: "edit", reach: "own" }] });
    expect(of("customer").count).toBe(await counted("/customers"));
    expect(of("customer").count).toBeGreaterThan(0);
    expect(of("opportunity").count).toBe(await counted("/opportunities"));
    expect(of("payment")).toEqual({ entity: "payment", reach: null, count: 0, actions: [] });
    const [entry] = await auditOf(app, acme.admin, `type=role.previewed&recordId=${role.id}`);
    expect(entry).toMatchObject({ actor: { id: acme.admin.id }, facts: { name: role.name, memberId: holder.id } });
  });

  test("422 without one role to look at, or in the place of nobody", async () => {
    const preview = async (body: object) =>
      (await app.call("POST", "/role-previews", { token: acme.admin.token, body })).body.errors[0].path;
    expect(await preview({})).toBe("role");
    expect(await preview({ role: "manager", roleId: crypto.randomUUID() })).toBe("role");
    expect(await preview({ role: "manager", memberId: crypto.randomUUID() })).toBe("memberId");
  });
});
