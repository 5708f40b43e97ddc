import { connect, createServer, type Server, type Socket } from "node:net";
import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApi } from "../src/processes/api.ts";
import { openRuntime } from "../src/processes/runtime.ts";
import { openApp, type TestApp } from "./app.ts";
import { expectProblem } from "./problems.ts";
import { makeMember, makeOrganization, type MadeOrganization, type Person } from "./make.ts";

let app: TestApp;
let acme: MadeOrganization;

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app);
});
afterAll(() => app.close());

const bearer = ({ token }: Person): Record<string, string> => ({ authorization: `Bearer ${token}` });

/** Asks as the admin, with nothing added that the request does not say. */
const ask = (request: InjectOptions, on: TestApp = app): Promise<LightMyRequestResponse> =>
  on.http.app.inject({ ...request, headers: { ...bearer(acme.admin), ...request.headers } });

const postCustomer = (payload: string | Buffer, type: string | null = "application/json"): InjectOptions => ({
  method: "POST",
  url: "/api/v1/customers",
  headers: type === null ? {} : { "content-type": type },
  payload,
});

const upload = (payload: string, type = "multipart/form-data; boundary=x"): InjectOptions => ({
  ...postCustomer(payload, type),
  url: "/api/v1/imports",
});
const part = (name: string, file?: string): string =>
  `--x\r\ncontent-disposition: form-data; name="${name}"${file === undefined ? "" : `; filename="${file}"`}\r\n\r\nName\r\n`;

describe("a request that cannot be served is answered as a problem", () => {
  const cases: [why: string, request: InjectOptions, status: number, code: string][] = [
    ["an address that is not there", { url: "/api/v1/nothing" }, 404, "not_found"],
    ["an address outside of the API", { url: "/nothing" }, 404, "not_found"],
    ["a method that is not there", { method: "DELETE", url: "/api/v1/pipelines" }, 405, "method_not_allowed"],
    ["an address that cannot be decoded", { url: "/api/v1/customers/%E0%A4%A" }, 400, "not_readable"],
    ["an id of 400 letters", { url: `/api/v1/customers/${"a".repeat(400)}` }, 404, "not_found"],
    ["a body of more than a megabyte", postCustomer(`{"name":"${"x".repeat(1_000_001)}"}`), 413, "too_large"],
    ["a body in XML", postCustomer("<name/>", "text/xml"), 415, "unsupported_media_type"],
    ["a body of a form", postCustomer("name=x", "application/x-www-form-urlencoded"), 415, "unsupported_media_type"],
    ["a body of no named type", postCustomer("name", null), 415, "unsupported_media_type"],
    ["JSON where a file is expected", upload("{}", "application/json"), 415, "unsupported_media_type"],
    ["JSON that ends early", postCustomer('{"name":'), 400, "not_readable"],
    ["bytes that are no UTF-8", postCustomer(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])), 400, "not_readable"],
    ["a key __proto__", postCustomer('{"name":"x","__proto__":{"admin":true}}'), 400, "not_readable"],
    ["a key constructor", postCustomer('{"name":"x","constructor":{"prototype":{}}}'), 400, "not_readable"],
    ["__proto__ in the query", { url: "/api/v1/customers?__proto__=1" }, 422, "invalid_request"],
    ["an upload without a boundary", upload("abc", "multipart/form-data"), 400, "not_readable"],
    ["an upload that ends early", upload(part("file", "a.csv")), 400, "not_readable"],
    ["an upload of two files", upload(`${part("file", "a")}${part("file", "b")}--x--\r\n`), 422, "invalid_request"],
    ["an upload of 30 fields", upload(`${part("f").repeat(30)}--x--\r\n`), 422, "invalid_request"],
    ["an upload without a file", upload(`${part("entity")}--x--\r\n`), 422, "invalid_request"],
  ];
  test.each(cases)("%s", async (_why, request, status, code) => {
    expectProblem(await ask(request), status, code);
  });

  test.each([
    ["/api/v1/search?q=x", "GET, HEAD"],
    ["/api/v1/customers", "GET, HEAD, POST"],
    ["/api/v1/customers/00000000-0000-7000-8000-000000000000", "DELETE, GET, HEAD, PATCH, PUT"],
  ])("a method that %s does not take, with those it does", async (url, allow) => {
    const reply = await ask({ method: "OPTIONS", url });
    expectProblem(reply, 405, "method_not_allowed");
    expect(reply.headers["allow"]).toBe(allow);
  });

  const fields: [why: string, body: string, error: Record<string, unknown>][] = [
    ["nothing but brackets", `${"[".repeat(400_000)}${"]".repeat(400_000)}`, { code: "too_deep" }],
    ["objects in objects", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`, { path: "a.a.a", code: "too_deep" }],
    ["a list instead of an object", "[]", { path: "", message: "Expected object" }],
    ["a number instead of a text", '{"name":5}', { path: "name", code: "invalid_type", message: "Expected string" }],
    ["a text that is missing", "{}", { path: "name", code: "required" }],
    ["a property that is not known", '{"name":"x","colour":"red"}', { path: "colour", code: "unknown_property" }],
    ["a NUL character", String.raw`{"name":"a\u0000b"}`, { path: "name", code: "invalid_character" }],
    ["half of a surrogate pair", String.raw`{"name":"\ud83d"}`, { path: "name", code: "invalid_character" }],
  ];
  test.each(fields)("a body that is %s, by its field", async (_why, body, error) => {
    expect(expectProblem(await ask(postCustomer(body)), 422, "invalid_request").errors).toMatchObject([error]);
  });

  test("a parameter that is given twice, by its name", async () => {
    const { errors } = expectProblem(await ask({ url: "/api/v1/customers?limit=1&limit=2" }), 422, "invalid_request");
    expect(errors).toMatchObject([{ path: "limit", code: "invalid_type" }]);
  });

  test.each(["", "Basic YTpi", "Bearer", "Bearer a b", "bearer x"])(
    "nobody is signed in by %j",
    async (authorization) => {
      expectProblem(await ask({ url: "/api/v1/customers", headers: { authorization } }), 401, "not_signed_in");
    },
  );

  test("a bug of ours, without what happened inside", async () => {
    const http = await openApi(app.runtime);
    http.app.get("/bug", async () => {
      throw new TypeError("secret of the house");
    });
    const reply = await http.app.inject({ url: "/bug" });
    expectProblem(reply, 500, "internal_error");
    expect(reply.body).not.toContain("secret");
    await http.app.close();
  });
});

describe("headers", () => {
  test("of every answer close the page to others, and name the request", async () => {
    const replies = await Promise.all(
      ["/api/v1/customers", "/api/v1/nothing", "/healthz", "/docs", "/openapi.json"].map((url) => ask({ url })),
    );
    for (const { headers } of replies) {
      expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "referrer-policy": "same-origin" });
      expect(headers["content-security-policy"]).toMatch(/default-src 'self';.*frame-ancestors 'none'/);
      expect(headers["content-security-policy"]).not.toMatch(/script-src|unsafe-eval/);
      expect(headers["x-powered-by"]).toBeUndefined();
    }
    expect(new Set(replies.map(({ headers }) => headers["x-request-id"])).size).toBe(replies.length);
  });

  test("of data forbid every cache to keep it", async () => {
    expect((await ask({ url: "/api/v1/customers" })).headers["cache-control"]).toBe("private, no-store");
  });

  test("ask for HTTPS only where it is served by HTTPS", async () => {
    expect((await ask({ url: "/healthz" })).headers["strict-transport-security"]).toBeUndefined();
    const secure = await openApp({ PUBLIC_URL: "https://crm.example.com" });
    const { headers } = await secure.http.app.inject({ url: "/healthz" });
    expect(headers["strict-transport-security"]).toContain("max-age=31536000");
    expect(headers["content-security-policy"]).toContain("upgrade-insecure-requests");
    await secure.close();
  });
});

describe("other origins", () => {
  const preflight = (origin: string): InjectOptions => ({
    method: "OPTIONS",
    url: "/api/v1/customers",
    headers: { origin, "access-control-request-method": "POST" },
  });

  test("get no leave by default", async () => {
    for (const request of [
      preflight("https://evil.example"),
      { ...preflight("https://evil.example"), method: "GET" as const },
    ]) {
      const names = Object.keys((await ask(request)).headers);
      expect(names.filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
  });

  test("get it where CORS_ORIGINS names them, and only they", async () => {
    const open = await openApp({ CORS_ORIGINS: "https://portal.example" });
    const allowed = await open.http.app.inject(preflight("https://portal.example"));
    expect(allowed.headers).toMatchObject({
      "access-control-allow-origin": "https://portal.example",
      "access-control-allow-credentials": "true",
    });
    for (const origin of ["https://evil.example", "https://portal.example.evil.example", "null"]) {
      const { headers } = await open.http.app.inject(preflight(origin));
      expect(headers["access-control-allow-origin"]).toBeUndefined();
    }
    await open.close();
  });
});

describe("too many requests", () => {
  test("429 with Retry-After, for that member alone and never for health", async () => {
    const busy = await openApp({ RATE_LIMIT: "12" });
    const organization = await makeOrganization(busy);
    const other = await makeMember(busy, organization, ["viewer"]);
    const read = (person: Person): Promise<LightMyRequestResponse> =>
      busy.http.app.inject({ url: "/api/v1/auth/user", headers: bearer(person) });
    const replies = await Promise.all(Array.from({ length: 30 }, () => read(organization.admin)));
    const refused = replies.filter(({ statusCode }) => statusCode === 429);
    // One of the admin's twelve was the invitation.
    expect(refused).toHaveLength(19);
    for (const reply of refused) {
      expectProblem(reply, 429, "rate_limited");
      expect(Number(reply.headers["retry-after"])).toBeGreaterThan(0);
      expect(reply.headers["ratelimit-limit"]).toBe("12");
    }
    expect((await read(other)).statusCode).toBe(200);
    const health = await Promise.all(Array.from({ length: 20 }, () => busy.http.app.inject({ url: "/healthz" })));
    expect(health.every(({ statusCode }) => statusCode === 200)).toBe(true);
    await busy.close();
  });
});

describe("without its database", () => {
  test("it is alive but not ready, says so, and goes on when the database is back", async () => {
    const line = await openLine(new URL(app.database.appUrl));
    const runtime = await openRuntime({
      config: app.runtime.config,
      logger: app.runtime.logger,
      clock: () => app.now(),
      places: { ...app.database, appUrl: line.url },
    });
    const http = await openApi(runtime);
    const get = (url: string): Promise<LightMyRequestResponse> => http.app.inject({ url, headers: bearer(acme.admin) });
    expect((await get("/readyz")).statusCode).toBe(200);
    expect((await get("/api/v1/customers")).statusCode).toBe(200);

    await line.cut();
    expect((await get("/healthz")).statusCode).toBe(200);
    expect((await get("/readyz")).statusCode).toBe(503);
    const refused = await get("/api/v1/customers");
    expectProblem(refused, 503, "unavailable");
    expect(refused.headers["retry-after"]).toBe("5");

    await line.mend();
    expect((await get("/readyz")).statusCode).toBe(200);
    expect((await get("/api/v1/customers")).statusCode).toBe(200);
    await http.app.close();
    await runtime.close();
    await line.cut();
  });
});

type Line = { readonly url: string; cut(): Promise<void>; mend(): Promise<void> };

/** A connection to the database that can be cut. */
async function openLine(target: URL): Promise<Line> {
  const open = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const end of [near, far]) {
      open.add(end);
      end.on("error", () => {}).on("close", () => open.delete(end));
    }
    near.pipe(far).pipe(near);
  });
  const listen = (port: number): Promise<number> =>
    new Promise((resolve) => {
      server.listen(port, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
    });
  const port = await listen(0);
  const url = new URL(target);
  url.host = `127.0.0.1:${port}`;
  return {
    url: url.href,
    async cut() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of open) socket.destroy();
      await closed;
    },
    mend: async () => void (await listen(port)),
  };
}

describe("GET /metrics", () => {
  const from = (remoteAddress: string, headers: Record<string, string> = {}): InjectOptions => ({
    url: "/metrics",
    remoteAddress,
    headers,
  });

  test("200 for this machine, with what waits and how long answers take", async () => {
    const reply = await app.http.app.inject(from("127.0.0.1"));
    expect(reply.statusCode).toBe(200);
    for (const name of ["rainmaker_http_request_seconds", "rainmaker_outbox_events", "rainmaker_deliveries_parked"])
      expect(reply.body).toContain(name);
    // Routes, not addresses: ids are nobody's business there.
    expect(reply.body).not.toContain(acme.id);
  });

  test("404 from elsewhere, unless with the token that is configured", async () => {
    expect((await app.http.app.inject(from("203.0.113.5"))).statusCode).toBe(404);
    const watched = await openApp({ METRICS_TOKEN: "for prometheus" });
    const statusWith = async (authorization: string): Promise<number> =>
      (await watched.http.app.inject(from("203.0.113.5", { authorization }))).statusCode;
    expect(await statusWith("Bearer for prometheus")).toBe(200);
    expect(await statusWith("Bearer ")).toBe(404);
    expect(await statusWith("Bearer of bad news")).toBe(404);
    await watched.close();
  });
});

describe("GET /openapi.json", () => {
  let document: any;
  beforeAll(async () => {
    document = (await app.http.app.inject({ url: "/openapi.json" })).json();
  });

  test("describes every call that is served, and no other", () => {
    const described = Object.entries<any>(document.paths).flatMap(([path, calls]) =>
      Object.keys(calls).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const served = app.endpoints.map(({ method, path }) => `${method} /api/v1${path}`);
    expect(new Set(described)).toEqual(new Set(served));
    expect(served.length).toBeGreaterThan(50);
  });

  test("is OpenAPI 3.1: names are unique, parameters declared, references lead somewhere", () => {
    expect(document.openapi).toBe("3.1.0");
    const operations = Object.entries<any>(document.paths).flatMap(([path, calls]) =>
      Object.entries<any>(calls).map(([method, operation]) => ({ path, method, ...operation })),
    );
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { path, method, parameters, requestBody, responses, summary, operationId } of operations) {
      expect(operationId).toMatch(/^[a-z][A-Za-z]+$/);
      expect(summary).toMatch(/\w/);
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const inPath = parameters.filter((parameter: any) => parameter.in === "path");
      expect(inPath.map(({ name }: any) => name)).toEqual(names);
      expect(inPath.every(({ required }: any) => required === true)).toBe(true);
      expect(requestBody !== undefined).toBe(["post", "put", "patch"].includes(method));
      expect(Object.keys(responses)).toEqual([expect.stringMatching(/^20[0124]$/), "default"]);
    }
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, reference = ""]) => reference,
    );
    for (const reference of new Set(references)) {
      const steps = reference.replace("#/", "").split("/");
      expect(
        steps.reduce<any>((place, step) => place?.[step], document),
        reference,
      ).toBeDefined();
    }
  });

  test("says which calls need no sign-in", () => {
    const open = app.endpoints.filter(({ access }) => access === "public");
    for (const { method, path } of open)
      expect(document.paths[`/api/v1${path}`][method.toLowerCase()].security).toEqual([]);
    expect(document.paths["/api/v1/customers"].post.security).toBeUndefined();
    expect(document.security).toEqual([{ accessToken: [] }]);
  });
});

test("GET /docs is a page whose parts are served from here, and nothing else of their package is", async () => {
  const page = await app.http.app.inject({ url: "/docs" });
  expect(page.headers["content-type"]).toContain("text/html");
  const parts = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url = ""]) => url);
  expect(parts).toHaveLength(3);
  for (const url of parts) expect((await app.http.app.inject({ url })).statusCode, url).toBe(200);
  for (const url of ["/docs/package.json", "/docs/..%2f..%2fpackage.json", "/docs/%2e%2e/package.json"])
    expect((await app.http.app.inject({ url })).statusCode, url).toBe(404);
});
