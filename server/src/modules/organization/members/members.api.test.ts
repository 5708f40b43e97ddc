import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  auditOf,
  makeCrew,
  makeMember,
  makeOpportunity,
  makeOrganization,
  makeTeam,
  statusesOf,
  type MadeOrganization,
  type Person,
} from "../../../../test/make.ts";
import { asOwner } from "../../../../test/sql.ts";

let app: TestApp;
let acme: MadeOrganization;

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app);
});
afterAll(() => app.close());

const readMember = async (id: string, by: Person = acme.admin) =>
  (await app.call("GET", `/members/${id}`, { token: by.token })).body;

/** Changes a member as whoever has just read them would. */
const change = async (id: string, body: Record<string, unknown>, by: Person = acme.admin) => {
  const { version } = await readMember(id, by);
  return app.call("PATCH", `/members/${id}`, { token: by.token, body: { seenVersion: version, ...body } });
};

const opportunityIds = async (person: Person): Promise<string[]> =>
  (await app.call("GET", "/opportunities?limit=200", { token: person.token })).body.items.map(
    (item: { id: string }) => item.id,
  );

describe("GET /members", () => {
  test("200 lists people by name, page by page, filtered by team and status", async () => {
    const own = await makeOrganization(app);
    const team = await makeTeam(app, own);
    const names = ["Zoe", "Åsa", "adam", "Bea"];
    const made = await Promise.all(
      names.map((firstName) => makeMember(app, own, ["sales_rep"], team.id, { firstName, lastName: "Test" })),
    );
    const list = (query: string) => app.call("GET", `/members?${query}`, { token: own.admin.token });
    const first = await list(`teamId=${team.id}&limit=3`);
    const rest = await list(`teamId=${team.id}&limit=3&cursor=${first.body.nextCursor}`);
    const listed = [...first.body.items, ...rest.body.items].map((item: { firstName: string }) => item.firstName);
    // The order of a reader, not of bytes.
    expect(listed).toEqual(["adam", "Åsa", "Bea", "Zoe"]);
    expect(rest.body.nextCursor).toBeNull();
    const { version } = await readMember(made[0]?.id ?? "", own.admin);
    await app.call("PATCH", `/members/${made[0]?.id}`, {
      token: own.admin.token,
      body: { status: "inactive", seenVersion: version },
    });
    expect((await list("status=inactive")).body.items).toMatchObject([{ firstName: "Zoe", status: "inactive" }]);
    expect((await list("status=active")).body.items).toHaveLength(4);
  });

  test("200 shows nobody of another organization", async () => {
    const other = await makeOrganization(app);
    const { body } = await app.call("GET", "/members?limit=200", { token: other.admin.token });
    expect(body.items.map((item: { id: string }) => item.id)).toEqual([other.admin.id]);
    expect((await app.call("GET", `/members/${acme.admin.id}`, { token: other.admin.token })).status).toBe(404);
  });
});

describe("several roles", () => {
  test("give together what each gives, with the widest reach", async () => {
    const { roles } = (await app.call("GET", "/roles", { token: acme.admin.token })).body.items.reduce(
      (all: any, { role, grants }: any) => ({ roles: { ...all.roles, [role]: grants } }),
      { roles: {} },
    );
    const held = ["sales_rep", "manager", "verifier"] as const;
    const { session } = await makeMember(app, acme, held);
    const order = ["own", "team", "tree", "all"];
    const wanted = new Map<string, string>();
    for (const { permission, reach } of held.flatMap((role) => roles[role])) {
      if (order.indexOf(reach) >= order.indexOf(wanted.get(permission) ?? "own")) wanted.set(permission, reach);
    }
    expect(session.user.roles.toSorted()).toEqual([...held].toSorted());
    expect(session.user.reach).toEqual(Object.fromEntries(wanted));
    expect(session.user.permissions.toSorted()).toEqual([...wanted.keys()].toSorted());
    expect(session.user.reach).toMatchObject({ "opportunity.read": "all", "opportunity.edit": "tree" });
  });

  test("take effect on the very next request, and are gone on the next one after they are taken", async () => {
    const crew = await makeCrew(app, acme);
    const { id } = await makeOpportunity(app, crew.rep);
    expect(await opportunityIds(crew.verifier)).toContain(id);
    expect((await change(crew.verifier.id, { roles: ["sales_rep"] })).status).toBe(200);
    expect(await opportunityIds(crew.verifier)).toEqual([]);
    expect((await app.call("GET", "/verification-queue", { token: crew.verifier.token })).status).toBe(403);
    await change(crew.verifier.id, { roles: ["sales_rep", "analyst"] });
    expect(await opportunityIds(crew.verifier)).toContain(id);
  });
});

describe("PATCH /members/{id}", () => {
  test("200 changes name, title, roles and team, and the log says from what to what, who and when", async () => {
    const [before, after] = [await makeTeam(app, acme), await makeTeam(app, acme)];
    const member = await makeMember(app, acme, ["sales_rep"], before.id, { firstName: "Mia", lastName: "Old" });
    const reply = await change(member.id, {
      lastName: "New",
      jobTitle: "Account executive",
      roles: ["viewer", "manager"],
      teamId: after.id,
    });
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({
      lastName: "New",
      jobTitle: "Account executive",
      roles: ["manager", "viewer"],
      team: { id: after.id },
      version: 2,
    });
    const [entry] = await auditOf(app, acme.admin, `recordId=${member.id}&type=member.changed`);
    expect(entry).toMatchObject({
      actor: { id: acme.admin.id },
      label: "Mia New",
      occurredAt: app.now().toISOString(),
      changes: {
        lastName: ["Old", "New"],
        jobTitle: [null, "Account executive"],
        roles: [["sales_rep"], ["manager", "viewer"]],
        teamId: [before.id, after.id],
      },
    });
    expect(Object.keys(entry.changes)).toHaveLength(4);
  });

  test("200 a member who changes team is seen by the new manager at once, and not by the old one", async () => {
    const [west, east] = [await makeCrew(app, acme), await makeCrew(app, acme)];
    const { id } = await makeOpportunity(app, west.rep);
    expect([await opportunityIds(west.manager), await opportunityIds(east.manager)]).toEqual([[id], []]);
    await change(west.rep.id, { teamId: east.teamId });
    expect([await opportunityIds(west.manager), await opportunityIds(east.manager)]).toEqual([[], [id]]);
  });

  test("412 for a version that was not seen, 428 for none", async () => {
    const { id } = await makeMember(app, acme, ["viewer"]);
    const stale = await change(id, { lastName: "X", seenVersion: 7 });
    expect([stale.status, stale.body.current.version]).toEqual([412, 1]);
    const none = await app.call("PATCH", `/members/${id}`, { token: acme.admin.token, body: { lastName: "X" } });
    expect(none.status).toBe(428);
  });

  test("422 names a team of another organization, a role there is not, and no role at all", async () => {
    const other = await makeOrganization(app);
    const foreign = await makeTeam(app, other);
    const { id } = await makeMember(app, acme, ["viewer"]);
    const wrong = async (body: Record<string, unknown>) => {
      const reply = await change(id, body);
      return [reply.status, reply.body.errors?.[0]?.path];
    };
    expect(await wrong({ teamId: foreign.id })).toEqual([422, "teamId"]);
    expect(await wrong({ roles: ["super_admin"] })).toEqual([422, "roles.0"]);
    expect(await wrong({ roles: [] })).toEqual([422, "roles"]);
    expect(await wrong({ lastName: "  " })).toEqual([422, "lastName"]);
    expect(await wrong({ organizationId: other.id })).toEqual([422, "organizationId"]);
  });

  test("404 for a member of another organization, 403 for who may not", async () => {
    const other = await makeOrganization(app);
    const manager = await makeMember(app, acme, ["manager"]);
    const foreign = await app.call("PATCH", `/members/${other.admin.id}`, {
      token: acme.admin.token,
      body: { lastName: "X", seenVersion: 1 },
    });
    expect(foreign.status).toBe(404);
    expect((await change(manager.id, { roles: ["org_admin"] }, manager)).status).toBe(403);
  });

  test("409 invitation_needed for somebody an import named, who has no account to sign in with", async () => {
    const id = crypto.randomUUID();
    await asOwner(
      app,
      `insert into member (organization_id, id, first_name, last_name, status, created_at, version)
       values ($1, $2, 'Named', 'Only', 'inactive', now(), 1)`,
      [acme.id, id],
    );
    const reply = await change(id, { status: "active" });
    expect([reply.status, reply.body.code]).toEqual([409, "invitation_needed"]);
  });
});

describe("deactivating", () => {
  const signIn = ({ email, password }: Person) => app.call("POST", "/auth/login", { body: { email, password } });
  const read = (person: Person) => app.call("GET", "/auth/user", { token: person.token });

  test("ends every session and refuses new ones until they are activated again", async () => {
    const member = await makeMember(app, acme, ["sales_rep"]);
    const elsewhere = await signIn(member);
    expect((await change(member.id, { status: "inactive" })).body.status).toBe("inactive");
    expect((await read(member)).status).toBe(401);
    expect((await app.call("GET", "/auth/user", { token: elsewhere.body.accessToken })).status).toBe(401);
    expect((await app.call("POST", "/auth/refresh", { headers: { cookie: member.cookie } })).status).toBe(401);
    const refused = await signIn(member);
    expect([refused.status, refused.body.code]).toEqual([403, "no_membership"]);
    const [entry] = await auditOf(app, acme.admin, `recordId=${member.id}&type=member.deactivated`);
    expect(entry).toMatchObject({ actor: { id: acme.admin.id }, changes: { status: ["active", "inactive"] } });
    await change(member.id, { status: "active" });
    expect((await signIn(member)).status).toBe(200);
    expect((await read(member)).status).toBe(401);
  });

  test("oneself is possible where another admin stays, and works at once", async () => {
    const own = await makeOrganization(app);
    const second = await makeMember(app, own, ["org_admin"]);
    expect((await change(second.id, { status: "inactive" }, second)).status).toBe(200);
    expect((await read(second)).status).toBe(401);
  });
});

describe("the last admin", () => {
  test.each([
    ["loses the role", { roles: ["manager"] }],
    ["is deactivated", { status: "inactive" }],
  ])("409 last_admin when the only one %s, though there are inactive admins", async (_how, body) => {
    const own = await makeOrganization(app);
    const former = await makeMember(app, own, ["org_admin"]);
    expect((await change(former.id, { status: "inactive" }, own.admin)).status).toBe(200);
    const reply = await change(own.admin.id, body, own.admin);
    expect([reply.status, reply.body.code]).toEqual([409, "last_admin"]);
    expect(await readMember(own.admin.id, own.admin)).toMatchObject({ status: "active", roles: ["org_admin"] });
  });

  test.each([
    ["themselves", [0, 1]],
    ["each other", [1, 0]],
  ])("stays when two admins deactivate %s in the same moment", async (_whom, targets) => {
    const own = await makeOrganization(app);
    const admins = [own.admin, await makeMember(app, own, ["org_admin"])] as const;
    const replies = await Promise.all(
      admins.map((by, index) =>
        app.call("PATCH", `/members/${admins[targets[index] as 0 | 1].id}`, {
          token: by.token,
          body: { status: "inactive", seenVersion: 1 },
        }),
      ),
    );
    expect(statusesOf(replies)).toEqual([200, 409]);
    const rows = await asOwner(app, "select status from member where organization_id = $1 order by status", [own.id]);
    expect(rows).toEqual([{ status: "active" }, { status: "inactive" }]);
  });
});
