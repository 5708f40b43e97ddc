import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import { makeMember, makeOrganization, type MadeOrganization } from "../../../../test/make.ts";

let app: TestApp;
let acme: MadeOrganization;

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app, "Acme");
});
afterAll(() => app.close());
const start = "2026-11-19T09:12:00.000Z";
afterEach(() => app.setNow(start));

const signIn = (email: string, password: string, address = "10.0.0.1") =>
  app.call("POST", "/auth/login", { body: { email, password }, headers: { "x-test-address": address } });

describe("POST /auth/register", () => {
  test("201 makes an organization whose admin is signed in", async () => {
    const reply = await app.call("POST", "/auth/register", {
      body: {
        organizationName: "Übersee Handel",
        firstName: "Jo",
        lastName: "Doe",
        email: "Jo@Example.com",
        password: "long enough",
      },
    });
    expect(reply.status).toBe(201);
    expect(reply.body.user).toMatchObject({
      email: "jo@example.com",
      roles: ["org_admin"],
      organization: { slug: "ubersee-handel", currency: "USD" },
    });
    const me = await app.call("GET", "/auth/user", { token: reply.body.accessToken });
    expect(me.body.id).toBe(reply.body.user.id);
  });

  test("409 for an address that has an account with another password", async () => {
    const reply = await app.call("POST", "/auth/register", {
      body: {
        organizationName: "Other",
        firstName: "Jo",
        lastName: "Doe",
        email: acme.admin.email,
        password: "not the password",
      },
    });
    expect(reply.status).toBe(409);
    expect(reply.body).toMatchObject({ code: "email_taken", errors: [{ path: "email" }] });
  });

  test("422 names every field that is wrong", async () => {
    const reply = await app.call("POST", "/auth/register", {
      body: { organizationName: " ", firstName: "Jo", email: "no", password: "short", extra: 1 },
    });
    expect(reply.status).toBe(422);
    expect(reply.body.errors.map((error: { path: string; code: string }) => [error.path, error.code])).toEqual(
      expect.arrayContaining([
        ["organizationName", "too_small"],
        ["lastName", "required"],
        ["email", "invalid_format"],
        ["password", "too_small"],
        ["extra", "unknown_property"],
      ]),
    );
  });
});

describe("POST /auth/login", () => {
  test("200 returns tokens and the user", async () => {
    const reply = await signIn(acme.admin.email, acme.admin.password);
    expect(reply.status).toBe(200);
    expect(reply.body.expiresIn).toBe(900);
    expect(reply.headers["set-cookie"]).toContain("HttpOnly");
  });

  test("401 is the same for a wrong password and an unknown address", async () => {
    const [wrong, unknown] = [await signIn(acme.admin.email, "wrong"), await signIn("nobody@example.com", "wrong")];
    const { requestId: _a, ...first } = wrong.body;
    const { requestId: _b, ...second } = unknown.body;
    expect(wrong.status).toBe(401);
    expect(second).toEqual(first);
  });

  test("429 after five failures, and 200 again when the lock is over", async () => {
    const { email, password } = (await makeOrganization(app)).admin;
    for (let attempt = 0; attempt < 5; attempt += 1) expect((await signIn(email, "wrong")).status).toBe(401);
    const locked = await signIn(email, password);
    expect(locked.status).toBe(429);
    expect(locked.body.code).toBe("sign_in_locked");
    app.setNow("2026-11-19T09:30:00.000Z");
    expect((await signIn(email, password)).status).toBe(200);
  });
});

describe("POST /auth/refresh", () => {
  const refresh = (cookie: string) => app.call("POST", "/auth/refresh", { headers: { cookie } });
  const cookieOf = (reply: { headers: Record<string, unknown> }): string =>
    String(reply.headers["set-cookie"]).split(";")[0] ?? "";

  test("200 rotates, and repeats the same successor within the grace time", async () => {
    const { cookie } = (await makeOrganization(app)).admin;
    const [first, again] = [await refresh(cookie), await refresh(cookie)];
    expect(first.status).toBe(200);
    expect(again.status).toBe(200);
    expect(cookieOf(again)).toBe(cookieOf(first));
  });

  test("401 for a replayed token ends the whole session", async () => {
    const { cookie } = (await makeOrganization(app)).admin;
    const next = cookieOf(await refresh(cookie));
    app.setNow("2026-11-19T09:13:00.000Z");
    expect((await refresh(cookie)).status).toBe(401);
    expect((await refresh(next)).status).toBe(401);
  });

  test("401 without a cookie, with a forged one, after a week", async () => {
    const { cookie } = (await makeOrganization(app)).admin;
    expect((await app.call("POST", "/auth/refresh")).status).toBe(401);
    expect((await refresh("rainmaker_refresh=forged")).status).toBe(401);
    app.setNow("2026-11-27T09:12:01.000Z");
    expect((await refresh(cookie)).status).toBe(401);
  });
});

describe("access tokens", () => {
  test("401 when expired, tampered with, or signed out", async () => {
    const { admin } = await makeOrganization(app);
    expect((await app.call("GET", "/auth/user", { token: admin.token })).status).toBe(200);
    const tampered = admin.token.slice(0, -4) + (admin.token.endsWith("AAAA") ? "BBBB" : "AAAA");
    expect((await app.call("GET", "/auth/user", { token: tampered })).status).toBe(401);
    app.setNow("2026-11-19T09:28:00.000Z");
    expect((await app.call("GET", "/auth/user", { token: admin.token })).status).toBe(401);
    app.setNow(start);
    expect((await app.call("POST", "/auth/logout", { token: admin.token })).status).toBe(204);
    await app.settle();
    await expect.poll(async () => (await app.call("GET", "/auth/user", { token: admin.token })).status).toBe(401);
  });
});

describe("POST /auth/change-password", () => {
  test("204 ends the other sessions and keeps this one", async () => {
    const member = await makeMember(app, acme, ["sales_rep"]);
    const other = await signIn(member.email, member.password);
    const reply = await app.call("POST", "/auth/change-password", {
      token: member.token,
      body: { currentPassword: member.password, newPassword: "another password" },
    });
    expect(reply.status).toBe(204);
    await app.settle();
    await expect
      .poll(async () => (await app.call("GET", "/auth/user", { token: other.body.accessToken })).status)
      .toBe(401);
    expect((await app.call("GET", "/auth/user", { token: member.token })).status).toBe(200);
    expect((await signIn(member.email, "another password")).status).toBe(200);
  });

  test("ends the account's sessions in its other organizations", async () => {
    const { admin } = await makeOrganization(app, "Other");
    const invited = await app.call("POST", "/invitations", {
      token: acme.admin.token,
      body: { emails: [admin.email], roles: ["sales_rep"] },
    });
    const { token } = invited.body.items[0];
    const joined = await app.call("POST", "/auth/accept-invitation", { body: { token, password: admin.password } });
    expect(joined.status).toBe(201);
    await app.call("POST", "/auth/change-password", {
      token: admin.token,
      body: { currentPassword: admin.password, newPassword: "another password" },
    });
    const cookie = [joined.headers["set-cookie"]].flat().join().split(";")[0] ?? "";
    expect((await app.call("POST", "/auth/refresh", { headers: { cookie } })).status).toBe(401);
    expect((await app.call("GET", "/auth/user", { token: admin.token })).status).toBe(200);
  });

  test("422 when the current password is wrong", async () => {
    const reply = await app.call("POST", "/auth/change-password", {
      token: acme.admin.token,
      body: { currentPassword: "no", newPassword: "another password" },
    });
    expect(reply.status).toBe(422);
    expect(reply.body.errors[0]).toMatchObject({ path: "currentPassword", code: "wrong_password" });
  });
});
