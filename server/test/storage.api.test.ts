import { createHash, randomBytes } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "./app.ts";
import { startFakeS3, type FakeS3 } from "./fake-s3.ts";
import { makeCrew, makeDeal, makeOrganization, makePayment, pdfProof, type Crew } from "./make.ts";

let s3: FakeS3;
beforeAll(async () => {
  s3 = await startFakeS3();
});
afterAll(() => s3.close());

type Kind = { readonly name: string; settings(): Record<string, string>; keys(app: TestApp): string[] };

const kinds: Kind[] = [
  {
    name: "local",
    settings: () => ({}),
    keys: ({ runtime: { config } }) =>
      existsSync(config.filesDir)
        ? readdirSync(config.filesDir, { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map(({ parentPath, name }) => `${parentPath}/${name}`.slice(config.filesDir.length + 1))
        : [],
  },
  {
    name: "s3",
    settings: () => ({
      STORAGE: "s3",
      S3_BUCKET: "proofs",
      S3_ENDPOINT: s3.url,
      S3_ACCESS_KEY_ID: "id",
      S3_SECRET_ACCESS_KEY: "secret",
    }),
    keys: () => [...s3.objects.keys()].map((key) => key.replace(/^proofs\//, "")),
  },
];

describe.each(kinds)("with STORAGE=$name", ({ settings, keys }) => {
  let app: TestApp;
  let crew: Crew;
  let paymentId: string;
  beforeAll(async () => {
    app = await openApp(settings());
    crew = await makeCrew(app, await makeOrganization(app));
  });
  beforeEach(async () => {
    const deal = await makeDeal(app, crew);
    paymentId = (await makePayment(app, { rep: crew.rep, dealId: deal.id }, {}, "draft")).id;
  });
  afterAll(() => app.close());

  const add = (content: Buffer | string, name = "proof.pdf", id = paymentId) =>
    app.upload(`/payments/${id}/evidence`, crew.rep.token, { name, content });
  const read = (fileId: string, query = "") =>
    app.http.app.inject({
      url: `/api/v1/files/${fileId}${query}`,
      headers: { authorization: `Bearer ${crew.verifier.token}` },
    });
  const fileOf = (reply: { body: any }): any => reply.body.evidence.at(-1);

  test("a proof comes back as it was sent, shown in a page where nothing of it can run", async () => {
    const content = Buffer.concat([pdfProof(), randomBytes(3_000_000)]);
    const reply = await add(content);
    expect(reply.status, reply.text).toBe(201);
    const file = fileOf(reply);
    expect(file).toMatchObject({ name: "proof.pdf", type: "application/pdf", size: content.length });
    expect(file.sha256).toBe(createHash("sha256").update(content).digest("hex"));
    const shown = await read(file.id);
    expect(shown.rawPayload.equals(content)).toBe(true);
    expect(shown.headers).toMatchObject({
      "content-type": "application/pdf",
      "content-disposition": expect.stringMatching(/^inline; filename="proof\.pdf"/),
      "content-security-policy": expect.stringContaining("sandbox; default-src 'none'"),
      "x-content-type-options": "nosniff",
    });
    const saved = await read(file.id, "?download=1");
    expect(saved.headers["content-disposition"]).toMatch(/^attachment;/);
  });

  const names: [sent: string, kept: string][] = [
    ["../../../etc/cron.d/evil.pdf", "evil.pdf"],
    [String.raw`..\..\windows\evil.pdf`, "evil.pdf"],
    ["/etc/passwd", "passwd"],
    ["Beleg März – 2026.pdf", "Beleg März – 2026.pdf"],
    [`${"x".repeat(300)}.pdf`, "x".repeat(200)],
    ["..", "file"],
  ];
  test.each(names)("a file that is called %j is kept under a name of ours", async (sent, kept) => {
    const before = new Set(keys(app));
    const reply = await add(pdfProof(), sent);
    expect(reply.status, reply.text).toBe(201);
    expect(fileOf(reply).name).toBe(kept);
    const added = keys(app).filter((key) => !before.has(key));
    expect(added).toEqual([expect.stringMatching(/^payments\/[0-9a-f-]{36}$/)]);
    const { headers, statusCode } = await read(fileOf(reply).id);
    expect(statusCode).toBe(200);
    expect(headers["content-disposition"]).toContain(`filename*=UTF-8''${encodeURIComponent(kept)}`);
  });

  const refusals: [why: string, content: () => Buffer | string, status: number, code: string][] = [
    ["a proof of 30 MB", () => Buffer.concat([pdfProof(), Buffer.alloc(30_000_000)]), 413, "file_too_large"],
    ["HTML that is named .pdf", () => "<!doctype html><script>alert(1)</script>", 422, "unsupported_file_type"],
    ["an SVG that is named .pdf", () => '<svg xmlns="http://www.w3.org/2000/svg"/>', 422, "unsupported_file_type"],
    ["a program", () => Buffer.from("MZ\u0090\0", "latin1"), 422, "unsupported_file_type"],
    ["an empty file", () => "", 422, "unsupported_file_type"],
  ];
  test.each(refusals)("%s is refused, and nothing is kept of it", async (_why, content, status, code) => {
    const before = keys(app);
    const reply = await add(content());
    expect({ status: reply.status, code: reply.body.code }).toEqual({ status, code });
    expect(keys(app)).toEqual(before);
  });

  test("nothing is kept for a payment that is not there", async () => {
    const before = keys(app);
    expect((await add(pdfProof(), "proof.pdf", crypto.randomUUID())).status).toBe(404);
    expect(keys(app)).toEqual(before);
  });

  test("an import reads its file from there", async () => {
    const content = `Name\n${Array.from({ length: 3000 }, (_, row) => `Imported ${row}`).join("\n")}\n`;
    const { token } = crew.rep;
    const file = { name: "names.csv", content };
    const made = await app.upload("/imports", token, file, { entity: "customer" });
    expect(made.status, made.text).toBe(201);
    expect((await app.call("POST", `/imports/${made.body.id}/preview`, { token })).body.counts.created).toBe(3000);
    expect((await app.call("POST", `/imports/${made.body.id}/run`, { token })).status).toBe(202);
    const status = async (): Promise<string> =>
      (await app.call("GET", `/imports/${made.body.id}`, { token })).body.status;
    await expect.poll(status, { timeout: 15_000 }).toBe("finished");
  });
});

test("S3 refused nothing of all this", () => {
  expect(s3.refused).toEqual([]);
});
