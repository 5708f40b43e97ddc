import { setTimeout as pause } from "node:timers/promises";
import { remote, type Calling } from "../test/calling.ts";
import { makeOrganization } from "../test/make.ts";
import { residentMegabytes } from "./process-usage.ts";
import type { Fact } from "./report.ts";
import type { ServerProcess } from "./server-process.ts";

const share = { wrong: 20, known: 10 };

type Imported = { readonly id: string; readonly counts: Record<string, number>; readonly ms: number };

/**
 * A file of customers with twelve columns, of which one row in ten is here already and one in twenty is wrong: dry run,
 * run and undo, while somebody else of the organization reads a list.
 */
export async function measureLargeImport(server: ServerProcess, rows: number): Promise<Fact[]> {
  const app = remote(server.url);
  const { token } = (await makeOrganization(app)).admin;
  await runImport(
    app,
    token,
    fileOf(rows, (row) => row % share.known === 0),
    "skip",
  );
  await pause(2000);
  const idle = residentMegabytes(server.pid);
  const watch = new Watch(app, token, server.pid);
  const content = fileOf(rows, () => true);
  const upload = { name: "customers.csv", content };
  const begun = performance.now();
  const { id, mapping } = (await app.upload("/imports", token, upload, { entity: "customer" })).body;
  const uploaded = performance.now();
  await choose(app, token, id, { ...mapping, options: { ...mapping.options, onDuplicate: "update" } });
  const previewing = performance.now();
  await app.call("POST", `/imports/${id}/preview`, { token });
  const previewed = performance.now();
  const done = await untilDone(app, token, id, "run");
  const undone = await untilDone(app, token, id, "undo");
  const { p95, peak } = await watch.stop();
  const { created, updated, failed } = done.counts;
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  return [
    [`import of ${rows} rows with 12 columns`, `${created} created, ${updated} updated, ${failed} failed`],
    ["of that upload and reading the header", seconds(uploaded - begun)],
    ["of that the dry run of all rows", seconds(previewed - previewing)],
    ["of that the run", `${seconds(done.ms)}, ${((rows * 1000) / done.ms).toFixed(0)} rows/s`],
    ["undoing all of it", seconds(undone.ms)],
    ["a list of somebody else meanwhile, p95", `${p95.toFixed(0)} ms`],
    ["memory of the server over idle, highest", `${(peak - idle).toFixed(0)} MB`],
  ];
}

const header =
  "Account ID,Account Name,Industry,Phone,Website,Billing Street,Billing City,Billing State,Billing Code,Billing Country,Email,Description";

function fileOf(rows: number, isIn: (row: number) => boolean): Buffer {
  const lines = [header];
  for (let row = 1; row <= rows; row += 1) {
    if (!isIn(row)) continue;
    const email = row % share.wrong === 7 ? "not an address" : `office@c${row}.example`;
    lines.push(
      `ACC-${row},Customer ${row} Ltd,Industry ${row % 40},+44 20 7${String(row).padStart(6, "0")},https://c${row}.example,` +
        `${row} High Street,City ${row % 300},Region ${row % 20},PC${row % 9000},Country ${row % 60},${email},Imported in bulk`,
    );
  }
  return Buffer.from(`${lines.join("\n")}\n`);
}

async function runImport(app: Calling, token: string, content: Buffer, onDuplicate: string): Promise<Imported> {
  const { body } = await app.upload("/imports", token, { name: "known.csv", content }, { entity: "customer" });
  await choose(app, token, body.id, { ...body.mapping, options: { ...body.mapping.options, onDuplicate } });
  return untilDone(app, token, body.id, "run");
}

async function choose(app: Calling, token: string, id: string, body: unknown): Promise<void> {
  const saved = await app.call("PUT", `/imports/${id}/mapping`, { token, body });
  if (saved.status !== 200) throw new Error(saved.text);
}

async function untilDone(app: Calling, token: string, id: string, step: "run" | "undo"): Promise<Imported> {
  const begun = performance.now();
  await app.call("POST", `/imports/${id}/${step}`, { token });
  for (;;) {
    const { body } = await app.call("GET", `/imports/${id}`, { token });
    if (body.status === "failed") throw new Error(body.failure);
    if (body.status === (step === "run" ? "finished" : "undone")) {
      return { id, counts: body.counts, ms: performance.now() - begun };
    }
    await pause(100);
  }
}

/** Somebody who looks at a list five times a second, and the memory that the server takes meanwhile. */
class Watch {
  readonly #times: number[] = [];
  readonly #ended: Promise<void>;
  #peak = 0;
  #isOver = false;

  constructor(app: Calling, token: string, pid: number) {
    this.#ended = this.#look(app, token, pid);
  }

  async #look(app: Calling, token: string, pid: number): Promise<void> {
    while (!this.#isOver) {
      const begun = performance.now();
      await app.call("GET", "/customers?limit=50&sort=-createdAt", { token });
      this.#times.push(performance.now() - begun);
      this.#peak = Math.max(this.#peak, residentMegabytes(pid));
      await pause(200);
    }
  }

  async stop(): Promise<{ readonly p95: number; readonly peak: number }> {
    this.#isOver = true;
    await this.#ended;
    const sorted = this.#times.toSorted((a, b) => a - b);
    return { p95: sorted[Math.floor(sorted.length * 0.95)] ?? 0, peak: this.#peak };
  }
}
