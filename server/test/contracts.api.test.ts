import { Problem } from "@rainmaker/contracts/problem";
import type { Endpoint } from "@rainmaker/contracts/endpoint";
import { permissions, roles, type Permission, type Role } from "@rainmaker/contracts/organization/permissions";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openApp } from "./app.ts";
import { freshKey, makeCall, nameOf, namesOfCalls, send, type Call } from "./generated/calls.ts";
import { untilChanged, untilIdle } from "./generated/calls-of-records.ts";
import { makeCompany, type Company } from "./generated/company.ts";
import { openContents, type Contents } from "./generated/contents.ts";
import { changed, faultsOf, idPropertiesOf, schemaOf, textFaultsOf } from "./generated/faults.ts";
import { foreignIds } from "./generated/foreign-ids.ts";
import { startMailServer } from "./mail-server.ts";
import { pdfProof } from "./make.ts";

const mail = await startMailServer();
const app = await openApp({ SMTP_URL: mail.url, MAIL_FROM: "billing@acme.example" });
const acme: Company = await makeCompany(app);
const stranger: Company = await makeCompany(app);
const contents: Contents = await openContents(app);
const theirs = await foreignIds(app, stranger);
const holders = await rolesByPermission();

afterAll(async () => {
  await contents.close();
  await mail.stop();
  await app.close();
});

/** Permissions that every role holds: nobody can be refused for want of them. */
const heldByEverybody: readonly Permission[] = ["goal.read", "analytics.read"];

/** POSTs that a key does not make once, and why that is right. */
const withoutKey: Readonly<Record<string, string>> = {
  "POST /auth/register": "before sign-in; the address is taken the second time",
  "POST /auth/login": "before sign-in; signing in twice makes two sessions",
  "POST /auth/refresh": "rotates by rules of its own",
  "POST /auth/logout": "the session that the key would belong to is gone",
  "POST /auth/accept-invitation": "before sign-in; the link works once",
  "POST /imports/{importId}/preview": "a dry run writes the same each time",
  "POST /audit-log/exports": "each file that leaves is an entry of its own",
  "POST /bulk-changes/trial": "a dry run writes nothing",
  "POST /customers/{customerId}/merges/previews": "a dry run writes nothing",
  "POST /contacts/{contactId}/merges/previews": "a dry run writes nothing",
};

/** Parameters of paths that name no record of an organization. */
const notAnId: Readonly<Record<string, string>> = {
  month: "a month; whose statement it is, the query says",
  token: "a secret, whoever holds it",
};

async function rolesByPermission(): Promise<Map<Permission, Role[]>> {
  const { body } = await app.call("GET", "/roles", { token: acme.admin.token });
  const held = (role: Role) => body.items.find((item: { role: Role }) => item.role === role).grants;
  return new Map(
    permissions.map((permission) => [
      permission,
      roles.filter((role) => held(role).some((grant: { permission: Permission }) => grant.permission === permission)),
    ]),
  );
}

const isPermission = (access: Endpoint["access"]): access is Permission =>
  access !== "public" && access !== "signed-in";
const idsIn = ({ path }: Endpoint): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name).filter((name) => !(name in notAnId));
const organizations = () => [acme.organization.id, stranger.organization.id];

/** Refused as problem+json with this status; a sentence, a code and the request's id are always there. */
function expectProblem(
  reply: { status: number; text: string; headers: Record<string, unknown> },
  status: number,
): Problem {
  expect(reply.status, reply.text).toBe(status);
  expect(reply.headers["content-type"]).toMatch(/^application\/problem\+json/);
  const problem = Problem.parse(JSON.parse(reply.text));
  expect(problem.status).toBe(status);
  expect(problem.detail).not.toBe("");
  return problem;
}

type Declare = (sentence: string, run: () => Promise<void>) => void;

/** Only the tests that an endpoint can fail are made for it. */
const testIf = (applies: boolean): Declare => (applies ? test : () => {});

test("every call described here is one that is served", () => {
  const served = new Set(app.endpoints.map(nameOf));
  expect(namesOfCalls.filter((name) => !served.has(name))).toEqual([]);
});

test("a permission that everybody holds is one on the list", () => {
  const everybodys = [...holders].filter(([, held]) => held.length === roles.length).map(([permission]) => permission);
  expect(everybodys).toEqual(heldByEverybody);
});

describe.each(app.endpoints.map((endpoint) => [nameOf(endpoint), endpoint] as const))("%s", (name, endpoint) => {
  const { method, access, accepts, versioned } = endpoint;
  const isPublic = access === "public";
  let call: Call;
  let before: Record<string, string>;

  beforeAll(async () => {
    call = await makeCall(app, acme, endpoint);
    await app.settle();
  });
  beforeEach(async () => {
    before = await contents.of(organizations());
  });
  const expectNothingChanged = async () => expect(await contents.of(organizations())).toEqual(before);

  testIf(!isPublic)("401 for nobody and for a forged token", async () => {
    expectProblem(await send(app, endpoint, call, { as: null }), 401);
    const { token = "" } = call.as ?? {};
    const forged = { ...acme.rep, token: `${token.slice(0, -6)}AAAAAA` };
    expectProblem(await send(app, endpoint, call, { as: forged }), 401);
    await expectNothingChanged();
  });

  testIf(isPermission(access) && !heldByEverybody.includes(access))("403 without the permission", async () => {
    const lacking = roles.find((role) => !holders.get(access as Permission)?.includes(role));
    const as = await acme.member(lacking ?? "viewer");
    before = await contents.of(organizations());
    expect(expectProblem(await send(app, endpoint, call, { as }), 403).code).toBe("permission_missing");
    await expectNothingChanged();
  });

  testIf(idsIn(endpoint).length > 0)("404 for another organization, and for what is no id", async () => {
    expect(isPublic).toBe(false);
    expectProblem(await send(app, endpoint, call, { as: stranger.master }), 404);
    for (const id of idsIn(endpoint)) {
      for (const value of ["not-an-id", "00000000-0000-7000-8000-000000000000", "%00", "' or 1=1 --"]) {
        expectProblem(await send(app, endpoint, call, { params: { ...call.params, [id]: value } }), 404);
      }
    }
    await expectNothingChanged();
  });

  testIf(method !== "GET")("422 names the field of a body that is wrong", async () => {
    const body = call.body ?? {};
    const schema = schemaOf(endpoint.body, body);
    const faults = accepts === "file" ? textFaultsOf(schema, body) : faultsOf(schema, body);
    for (const fault of faults) {
      const problem = expectProblem(await send(app, endpoint, call, { body: fault.input }), 422);
      const named = problem.errors.filter(({ path }) => path === fault.path || path.startsWith(`${fault.path}.`));
      expect(named, `${fault.why}: ${JSON.stringify(problem.errors)}`).not.toEqual([]);
    }
    await expectNothingChanged();
  });

  testIf(method === "GET" && !isPublic)("422 names the query parameter that is wrong", async () => {
    const query = call.query ?? {};
    for (const fault of textFaultsOf(schemaOf(endpoint.query, query), query)) {
      const input = fault.input as Record<string, string>;
      const problem = expectProblem(await send(app, endpoint, call, { query: input }), 422);
      expect(
        problem.errors.map(({ path }) => path),
        fault.why,
      ).toEqual([fault.path]);
    }
    await expectNothingChanged();
  });

  const named = idPropertiesOf(schemaOf(method === "GET" ? endpoint.query : endpoint.body, {}));

  testIf(method !== "GET" && named.length > 0)("refuses another organization's ids in the body", async () => {
    for (const { name: property, isList } of idPropertiesOf(schemaOf(endpoint.body, call.body ?? {}))) {
      const id = theirs(property);
      const body = { ...call.body, [property]: isList ? [id] : id };
      // By somebody who may do everything, so that nothing but the id can be refused.
      const reply = await send(app, endpoint, call, { body, as: call.as === null ? null : acme.master });
      expect(isPublic ? [403] : [404, 409, 422], `${property}: ${reply.status} ${reply.text}`).toContain(reply.status);
    }
    await expectNothingChanged();
  });

  testIf(method === "GET" && named.length > 0)("finds nothing by another organization's ids", async () => {
    for (const { name: property } of named) {
      const id = theirs(property);
      const reply = await send(app, endpoint, call, { query: { ...call.query, [property]: id } });
      expect([200, 404, 422], reply.text).toContain(reply.status);
      expect(reply.text, property).not.toContain(id);
      expect(reply.body.items ?? [], property).toEqual([]);
    }
  });

  testIf(versioned)("428 without a version, 400 for one that is none", async () => {
    const { version: _, ...unseen } = call;
    expectProblem(await send(app, endpoint, unseen), 428);
    expectProblem(await send(app, endpoint, unseen, { headers: { "if-match": "latest" } }), 400);
    await expectNothingChanged();
  });

  const { properties = {} } = schemaOf(endpoint.body, { verdict: "rejected", scope: "member" });

  testIf(versioned || "seenVersion" in properties)("412 for a version that is gone", async () => {
    const stale = versioned ? { version: 999 } : { body: { ...call.body, seenVersion: 999 } };
    expect(expectProblem(await send(app, endpoint, call, stale), 412)).toMatchObject({
      code: "stale_version",
      current: { version: expect.any(Number) },
    });
    await expectNothingChanged();
  });

  test("works as it stands, once for the same key", async () => {
    const headers = { ...call.headers, ...freshKey() };
    const first = await send(app, endpoint, call, { headers });
    expect(first.status, first.text).toBe(endpoint.status);
    // Nothing leaves that the contract does not declare.
    expect(first.body).toEqual(endpoint.reply === null ? undefined : endpoint.reply.parse(first.body));
    if (method === "GET") return expectNothingChanged();
    if (method !== "POST" || name in withoutKey) return;
    const made = await contents.events(acme.organization.id);
    const second = await send(app, endpoint, call, { headers });
    expect([second.status, second.body]).toEqual([first.status, first.body]);
    expect(await contents.events(acme.organization.id)).toBe(made);
    const other = anotherOf(endpoint, call);
    if (other === undefined) return;
    expect(expectProblem(await send(app, endpoint, call, { headers, ...other }), 422).code).toBe(
      "idempotency_key_reused",
    );
  });

  afterAll(async () => {
    if (name.includes("/imports")) await untilIdle(app, acme.rep);
    if (name.includes("/bulk-changes")) await untilChanged(app, acme.rep);
  });
});

/** The same call saying something else; undefined where it can say but one thing. */
function anotherOf(endpoint: Endpoint, call: Call): Partial<Call> | undefined {
  if (call.file !== undefined) {
    const content = endpoint.path.includes("evidence") ? pdfProof() : `${String(call.file.content)}E3,More,1\n`;
    return { file: { ...call.file, content } };
  }
  const body = changed(schemaOf(endpoint.body, call.body ?? {}), call.body ?? {});
  return body === undefined ? undefined : { body };
}
