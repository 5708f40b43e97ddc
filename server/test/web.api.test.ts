import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApi } from "../src/processes/api.ts";
import { serveWeb } from "../src/processes/web.ts";
import { openApp, type TestApp } from "./app.ts";
import { expectProblem } from "./problems.ts";

let app: TestApp;

beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

describe("the web application", () => {
  let web: Awaited<ReturnType<typeof openApi>>;
  const dist = mkdtempSync(join(tmpdir(), "rainmaker-web-"));
  const script = "export const answer = 42;".repeat(50);
  beforeAll(async () => {
    mkdirSync(join(dist, "assets"));
    writeFileSync(join(dist, "index.html"), "<!doctype html><title>Rainmaker</title>");
    writeFileSync(join(dist, "assets/app-a1b2.js"), script);
    writeFileSync(join(dist, "assets/app-a1b2.js.gz"), gzipSync(script));
    web = await openApi(app.runtime);
    await serveWeb(web, dist);
  });
  afterAll(async () => {
    await web.app.close();
    rmSync(dist, { recursive: true, force: true });
  });
  const html = { accept: "text/html,*/*" };

  test.each(["/", "/pipeline", "/deals/123", "/invitation/a.b"])(
    "is the page at %s, asked for anew each time",
    async (url) => {
      const reply = await web.app.inject({ url, headers: html });
      expect(reply.statusCode).toBe(200);
      expect(reply.body).toContain("<title>Rainmaker</title>");
      expect(reply.headers["cache-control"]).toBe("no-cache");
    },
  );

  test("keeps what its hash names for good, and sends it packed to whoever can unpack it", async () => {
    const packed = await web.app.inject({ url: "/assets/app-a1b2.js", headers: { "accept-encoding": "gzip" } });
    expect(packed.headers).toMatchObject({
      "content-encoding": "gzip",
      "cache-control": "public, max-age=31536000, immutable",
    });
    expect(packed.rawPayload).toEqual(gzipSync(script));
    const plain = await web.app.inject({ url: "/assets/app-a1b2.js" });
    expect(plain.headers["content-encoding"]).toBeUndefined();
    expect(plain.body).toBe(script);
    const etag = String(plain.headers["etag"]);
    const again = await web.app.inject({ url: "/assets/app-a1b2.js", headers: { "if-none-match": etag } });
    expect(again.statusCode).toBe(304);
  });

  test("is no answer to a script that is gone, to the API, or to a write", async () => {
    expectProblem(await web.app.inject({ url: "/assets/old-c3d4.js" }), 404, "not_found");
    expectProblem(await web.app.inject({ url: "/api/v1/nothing", headers: html }), 404, "not_found");
    expectProblem(await web.app.inject({ method: "POST", url: "/pipeline", headers: html }), 404, "not_found");
    expectProblem(await web.app.inject({ url: "/../package.json" }), 404, "not_found");
  });
});
