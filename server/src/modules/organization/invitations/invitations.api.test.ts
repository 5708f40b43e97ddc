import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  auditOf,
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
  acme = await makeOrganization(app, "Acme");
});
afterAll(() => app.close());
const start = "2026-11-19T09:12:00.000Z";
afterEach(() => app.setNow(start));

const password = "a password of theirs";
const newEmail = (): string => `invited-${crypto.randomUUID()}@test.example`;
const invite = (body: Record<string, unknown>, by: Person = acme.admin) =>
  app.call("POST", "/invitations", { token: by.token, body: { roles: ["sales_rep"], ...body } });
const inviteOne = async (email = newEmail(), more: Record<string, unknown> = {}) =>
  (await invite({ emails: [email], ...more })).body.items[0];
const look = (token: string) => app.call("GET", `/invitation-links/${token}`);
const accept = (token: string, body: Record<string, unknown> = {}) =>
  app.call("POST", "/auth/accept-invitation", {
    body: { token, firstName: "Ines", lastName: "Vited", password, ...body },
  });
const codeOf = ({ status, body }: { status: number; body: any }): [number, string] => [status, body.code];

describe("POST /invitations", () => {
  test("201 makes a link for each address, which shows what it offers", async () => {
    const team = await makeTeam(app, acme);
    const [first, second] = [newEmail(), newEmail()];
    const reply = await invite({ emails: [first, second], roles: ["manager", "verifier"], teamId: team.id });
    expect(reply.status).toBe(201);
    expect(reply.body.items.map((item: { email: string }) => item.email)).toEqual([first, second]);
    expect(reply.body.items[0]).toMatchObject({
      status: "pending",
      roles: ["manager", "verifier"],
      team: { id: team.id },
      expiresAt: "2026-11-26T09:12:00.000Z",
      url: `${app.runtime.config.PUBLIC_URL}/invitation/${reply.body.items[0].token}`,
    });
    expect((await look(reply.body.items[0].token)).body).toEqual({
      organizationName: "Acme",
      email: first,
      roles: ["manager", "verifier"],
      expiresAt: "2026-11-26T09:12:00.000Z",
      hasAccount: false,
    });
    const [entry] = await auditOf(app, acme.admin, `recordId=${reply.body.items[0].id}`);
    expect(entry).toMatchObject({
      type: "invitation.sent",
      actor: { id: acme.admin.id },
      occurredAt: start,
      facts: { email: first, roles: ["manager", "verifier"] },
    });
  });

  test("201 takes an address once, however it is written", async () => {
    const email = newEmail();
    const { body } = await invite({ emails: [email, email.toUpperCase(), ` ${email} `] });
    expect(body.items).toHaveLength(1);
  });

  test("the secret of a link is in its answer only, not in the database or the log", async () => {
    const { token } = await inviteOne();
    await app.settle();
    const [{ found }] = await asOwner(
      app,
      `select (select string_agg(i::text, '') from invitation i) || (select string_agg(e::text, '') from event_log e)
         like '%' || $1 || '%' as found`,
      [token],
    );
    expect(found).toBe(false);
  });

  test.each([
    ["no address", { emails: [] }, "emails"],
    ["something that is no address", { emails: ["a@b.example", "not an address"] }, "emails.1"],
    ["no role", { emails: ["a@b.example"], roles: [] }, "roles"],
    ["a role there is not", { emails: ["a@b.example"], roles: ["super_admin"] }, "roles.0"],
    ["a team there is not", { emails: ["a@b.example"], teamId: crypto.randomUUID() }, "teamId"],
    ["more than a hundred at once", { emails: Array.from({ length: 101 }, (_, n) => `a${n}@b.example`) }, "emails"],
  ])("422 for %s", async (_why, body, path) => {
    const reply = await invite(body);
    expect([reply.status, reply.body.errors[0].path]).toEqual([422, path]);
  });

  test("409 already_member names the address, and nobody of the list is invited", async () => {
    const member = await makeMember(app, acme, ["viewer"]);
    const fresh = newEmail();
    const reply = await invite({ emails: [fresh, member.email.toUpperCase()] });
    expect(reply.body).toMatchObject({ code: "already_member", errors: [{ path: "emails.1" }] });
    const { body } = await app.call("GET", "/invitations?limit=200", { token: acme.admin.token });
    expect(body.items.map((item: { email: string }) => item.email)).not.toContain(fresh);
  });

  test("an address that is invited again gets a new link with the new roles; the old one stops working", async () => {
    const email = newEmail();
    const [first, second] = [await inviteOne(email), await inviteOne(email, { roles: ["analyst"] })];
    expect(codeOf(await accept(first.token))).toEqual([409, "invitation_revoked"]);
    const { body } = await app.call("GET", "/invitations?limit=200", { token: acme.admin.token });
    expect(body.items.filter((item: { email: string }) => item.email === email)).toMatchObject([{ id: second.id }]);
    expect((await accept(second.token)).body.user.roles).toEqual(["analyst"]);
  });

  test("one address invited many times at once waits with one link", async () => {
    const email = newEmail();
    const replies = await Promise.all([1, 2, 3, 4].map(() => invite({ emails: [email] })));
    expect(replies.every(({ status }) => status === 201 || status === 409)).toBe(true);
    const working = await Promise.all(
      replies.filter(({ status }) => status === 201).map(({ body }) => look(body.items[0].token)),
    );
    expect(working.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test("403 for who may not invite", async () => {
    const manager = await makeMember(app, acme, ["manager"]);
    expect((await invite({ emails: [newEmail()] }, manager)).status).toBe(403);
  });
});

describe("POST /auth/accept-invitation", () => {
  test("201 makes the account and signs in as a member of the team", async () => {
    const team = await makeTeam(app, acme);
    const email = newEmail();
    const { token } = await inviteOne(email, { teamId: team.id });
    const reply = await accept(token);
    expect(reply.status).toBe(201);
    expect(reply.body.user).toMatchObject({
      email,
      firstName: "Ines",
      roles: ["sales_rep"],
      team: { id: team.id },
      organization: { id: acme.id },
    });
    expect((await app.call("GET", "/auth/user", { token: reply.body.accessToken })).status).toBe(200);
    expect((await app.call("POST", "/auth/login", { body: { email, password } })).status).toBe(200);
    const [entry] = await auditOf(app, acme.admin, `recordId=${reply.body.user.id}&type=member.joined`);
    expect(entry).toMatchObject({ label: "Ines Vited", facts: { roles: ["sales_rep"] } });
  });

  test("409 for a link that was used, also by two tabs at once", async () => {
    const { token } = await inviteOne();
    const replies = await Promise.all([accept(token), accept(token), accept(token)]);
    expect(statusesOf(replies)).toEqual([201, 409, 409]);
    expect(codeOf(await accept(token))).toEqual([409, "invitation_accepted"]);
    expect(codeOf(await look(token))).toEqual([409, "invitation_accepted"]);
  });

  test("409 after a week, and a renewed link works where the old one does not", async () => {
    const { id, token } = await inviteOne();
    app.setNow("2026-11-26T09:12:00.000Z");
    expect(codeOf(await look(token))).toEqual([409, "invitation_expired"]);
    expect(codeOf(await accept(token))).toEqual([409, "invitation_expired"]);
    app.setNow("2026-11-26T09:11:59.999Z");
    expect((await look(token)).status).toBe(200);
    app.setNow(start);
    const renewed = await app.call("POST", `/invitations/${id}/renewals`, { token: acme.admin.token });
    expect(renewed.status).toBe(201);
    expect((await accept(token)).status).toBe(404);
    expect((await accept(renewed.body.token)).status).toBe(201);
    expect((await auditOf(app, acme.admin, `recordId=${id}&type=invitation.renewed`))[0].actor.id).toBe(acme.admin.id);
  });

  test("409 for one that was withdrawn, which is no longer listed", async () => {
    const { id, token } = await inviteOne();
    expect((await app.call("DELETE", `/invitations/${id}`, { token: acme.admin.token })).status).toBe(204);
    expect(codeOf(await accept(token))).toEqual([409, "invitation_revoked"]);
    const again = await app.call("DELETE", `/invitations/${id}`, { token: acme.admin.token });
    expect(codeOf(again)).toEqual([409, "invitation_revoked"]);
    const { body } = await app.call("GET", "/invitations?limit=200", { token: acme.admin.token });
    expect(body.items.map((item: { id: string }) => item.id)).not.toContain(id);
    expect(await auditOf(app, acme.admin, `recordId=${id}&type=invitation.revoked`)).toHaveLength(1);
  });

  test("404 for a link nobody made, 422 without a name or with a short password", async () => {
    expect((await accept("x".repeat(43))).status).toBe(404);
    expect((await look("x".repeat(43))).status).toBe(404);
    const { token } = await inviteOne();
    expect((await accept(token, { password: "short" })).body.errors[0].path).toBe("password");
    const { body } = await accept(token, { lastName: undefined });
    expect(body.errors[0]).toMatchObject({ path: "lastName", code: "required" });
    expect((await accept(token)).status).toBe(201);
  });

  test("401 with a wrong password for an address that has an account; with the right one it joins under its name", async () => {
    const other = await makeOrganization(app, "Other");
    const { email, password: theirs } = other.admin;
    const { token } = await inviteOne(email);
    expect((await look(token)).body.hasAccount).toBe(true);
    expect(codeOf(await accept(token, { password: "not this one" }))).toEqual([401, "wrong_credentials"]);
    const joined = await app.call("POST", "/auth/accept-invitation", { body: { token, password: theirs } });
    expect(joined.status).toBe(201);
    expect(joined.body.user).toMatchObject({ firstName: "Ada", organization: { id: acme.id }, roles: ["sales_rep"] });
    expect(joined.body.user.accountId).toBe(other.admin.session.user.accountId);
    // One account, two organizations: sign-in asks which, and the new one sees nothing of the old.
    const login = (more = {}) => app.call("POST", "/auth/login", { body: { email, password: theirs, ...more } });
    const which = await login();
    expect(codeOf(which)).toEqual([409, "organization_required"]);
    expect(which.body.current.organizations.map(({ id }: { id: string }) => id).toSorted()).toEqual(
      [acme.id, other.id].toSorted(),
    );
    expect((await login({ organizationId: other.id })).body.user.organization.id).toBe(other.id);
    const { id } = await makeOpportunity(app, other.admin);
    const read = await app.call("GET", `/opportunities/${id}`, { token: joined.body.accessToken });
    expect(read.status).toBe(404);
  });

  test("gives an account to somebody an import named: the same member, with their history", async () => {
    const id = crypto.randomUUID();
    await asOwner(
      app,
      `insert into member (organization_id, id, first_name, last_name, status, created_at, version)
       values ($1, $2, 'Named', 'Only', 'inactive', now(), 1)`,
      [acme.id, id],
    );
    const email = newEmail();
    const two = await invite({ emails: [newEmail(), newEmail()], memberId: id });
    expect([two.status, two.body.errors[0].code]).toEqual([422, "one_address"]);
    const { token } = await inviteOne(email, { memberId: id });
    const joined = await accept(token);
    expect(joined.body.user).toMatchObject({ id, email, roles: ["sales_rep"] });
    const member = await app.call("GET", `/members/${id}`, { token: acme.admin.token });
    expect(member.body).toMatchObject({ status: "active", email, firstName: "Ines", version: 2 });
    expect(codeOf(await invite({ emails: [newEmail()], memberId: id }))).toEqual([409, "has_account"]);
  });
});

describe("GET /invitations", () => {
  test("200 lists what waits, newest first, page by page; another organization's are not there to touch", async () => {
    const own = await makeOrganization(app);
    const made: { id: string }[] = [];
    for (let minute = 0; minute < 3; minute += 1) {
      app.setNow(`2026-11-19T09:2${minute}:00.000Z`);
      made.push((await invite({ emails: [newEmail()] }, own.admin)).body.items[0]);
    }
    const first = await app.call("GET", "/invitations?limit=2", { token: own.admin.token });
    const rest = await app.call("GET", `/invitations?limit=2&cursor=${first.body.nextCursor}`, {
      token: own.admin.token,
    });
    const ids = [...first.body.items, ...rest.body.items].map((item: { id: string }) => item.id);
    expect(ids).toEqual(made.map(({ id }) => id).toReversed());
    for (const [method, path] of [
      ["POST", `/invitations/${made[0]?.id}/renewals`],
      ["DELETE", `/invitations/${made[0]?.id}`],
    ] as const) {
      expect((await app.call(method, path, { token: acme.admin.token })).status).toBe(404);
    }
  });
});
