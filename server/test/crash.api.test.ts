import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { remote, type Calling } from "./calling.ts";
import { makeCrew, makeDeal, makeOrganization, makePayment, type Person } from "./make.ts";
import {
  embeddedDatabase,
  givenDatabase,
  killPostgres,
  launchServer,
  type Place,
  type ServerProcess,
} from "./process.ts";

const maven = readFileSync(join(import.meta.dirname, "corpora/maven-crm/sales_pipeline.csv"));
const undo: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const step of undo.toReversed()) await step();
});

async function take(place: Place): Promise<Place> {
  undo.push(() => place.remove());
  return place;
}

async function launch(place: Place, ...args: string[]): Promise<{ server: ServerProcess; app: Calling }> {
  const server = launchServer(place.env, { args });
  undo.push(() => server.kill());
  return { server, app: remote(await server.url) };
}

/** A connection as the owner of the database, for what no API shows. */
async function connect(place: Place): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: place.ownerUrl() });
  // The database may be killed under it.
  client.on("error", () => {});
  await client.connect();
  return client;
}

async function rowsOf(place: Place, text: string, values: unknown[] = []): Promise<any[]> {
  const client = await connect(place);
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Uploads the file and asks for its import. */
async function startImport(app: Calling, { token }: Person): Promise<string> {
  const file = { name: "sales_pipeline.csv", content: maven };
  const uploaded = await app.upload("/imports", token, file, { entity: "opportunity" });
  expect(uploaded.status, uploaded.text).toBe(201);
  const { id } = uploaded.body;
  expect((await app.call("POST", `/imports/${id}/preview`, { token })).status).toBe(200);
  expect((await app.call("POST", `/imports/${id}/run`, { token })).status).toBe(202);
  return id;
}

/** Holds a row of the import, so that the worker stands still inside the chunk that writes it. */
async function stopAtRow(place: Place, importId: string, row: number): Promise<() => Promise<void>> {
  const holder = await connect(place);
  const pid = (await holder.query("select pg_backend_pid() as pid")).rows[0].pid;
  const lockRow = async (): Promise<number | null> => {
    await holder.query("begin");
    const lock = "select from import_row where import_id = $1 and row = $2 for update";
    const { rowCount } = await holder.query(lock, [importId, row]);
    if (rowCount === 0) await holder.query("rollback");
    return rowCount;
  };
  await expect.poll(lockRow, { timeout: 20_000, interval: 5 }).toBe(1);
  const waiting = "select count(*)::int as count from pg_stat_activity where $1 = any(pg_blocking_pids(pid))";
  const count = async (): Promise<number> => (await rowsOf(place, waiting, [pid]))[0].count;
  await expect.poll(count, { timeout: 20_000, interval: 50 }).toBe(1);
  return () => holder.end().catch(() => {});
}

async function untilFinished(app: Calling, { token }: Person, importId: string): Promise<any> {
  const read = async (): Promise<any> => (await app.call("GET", `/imports/${importId}`, { token })).body;
  await expect.poll(async () => (await read()).status, { timeout: 25_000, interval: 50 }).toBe("finished");
  return read();
}

const countOf = async (app: Calling, { token }: Person, path: string): Promise<number> =>
  (await app.call("GET", `${path}count=exact`, { token })).body.count;

/** What one complete import leaves: every row once, and what the rows refer to once. */
async function expectImportedOnce(place: Place, app: Calling, admin: Person, importId: string): Promise<void> {
  const counts = { read: 8800, created: 8800, updated: 0, skipped: 0, failed: 0 };
  expect(await untilFinished(app, admin, importId)).toMatchObject({ counts });
  expect(await countOf(app, admin, "/opportunities?")).toBe(8800);
  expect(await countOf(app, admin, "/opportunities?kind=won&")).toBe(4238);
  expect(await countOf(app, admin, "/customers?")).toBe(85);
  const [facts] = await rowsOf(
    place,
    `select count(*)::int as rows, count(distinct external_id)::int as ids, count(distinct number)::int as numbers,
       (select count(*)::int from import_row where state = 'created') as created,
       (select count(*)::int from product) as products
     from opportunity`,
  );
  expect(facts).toEqual({ rows: 8800, ids: 8800, numbers: 8800, created: 8800, products: 7 });
  const won = `select coalesce(sum(count), 0)::int as won from daily_metric where metric = 'deals_won'`;
  await expect.poll(async () => (await rowsOf(place, won))[0].won, { timeout: 15_000 }).toBe(4238);
}

describe("kill -9 of the server", () => {
  test("in the middle of an import: the next start goes on, and every row is there once", async () => {
    const place = await take(await givenDatabase());
    const first = await launch(place);
    const { admin } = await makeOrganization(first.app);
    const importId = await startImport(first.app, admin);
    const release = await stopAtRow(place, importId, 6500);
    await first.server.kill();
    await release();
    const [before] = await rowsOf(place, "select count(*)::int as count from opportunity");
    expect(before.count).toBeGreaterThan(0);
    expect(before.count).toBeLessThan(6500);

    const second = await launch(place);
    await expectImportedOnce(place, second.app, admin, importId);
    await second.server.kill();
  }, 90_000);

  test("a second server that starts meanwhile leaves the import to the one that is at it", async () => {
    const place = await take(await givenDatabase());
    const first = await launch(place);
    const { admin } = await makeOrganization(first.app);
    const importId = await startImport(first.app, admin);
    const release = await stopAtRow(place, importId, 6500);
    const second = await launch(place);
    const jobs =
      "select locked_by is not null as held, attempts from graphile_worker.jobs where task_identifier = 'run-import'";
    expect(await rowsOf(place, jobs)).toEqual([{ held: true, attempts: 1 }]);
    await release();
    await expectImportedOnce(place, first.app, admin, importId);
    await first.server.kill();
    await second.server.kill();
  }, 90_000);

  test("between a verification and its effects: they happen once", async () => {
    const place = await take(await givenDatabase());
    const first = await launch(place, "--roles=api");
    const acme = await makeOrganization(first.app);
    const crew = await makeCrew(first.app, acme);
    const deal = await makeDeal(first.app, crew);
    const valueOn = new Date().toISOString().slice(0, 10);
    const payment = await makePayment(first.app, { rep: crew.rep, dealId: deal.id }, { valueOn });
    const body = { verdict: "verified", seenVersion: payment.version };
    const token = crew.verifier.token;
    const decided = await first.app.call("POST", `/payments/${payment.id}/decisions`, { token, body });
    expect(decided.status, decided.text).toBe(201);
    await first.server.kill();
    const [before] = await rowsOf(
      place,
      `select (select count(*)::int from outbox where type = 'payment.verified') as waiting,
         (select count(*)::int from event_log) as logged, (select count(*)::int from daily_metric) as metrics`,
    );
    expect(before).toEqual({ waiting: 1, logged: 0, metrics: 0 });

    const second = await launch(place);
    const third = await launch({ ...place, env: { ...place.env, DATA_DIR: `${place.dataDir}/third` } });
    const effects = `select (select count(*)::int from outbox) as waiting,
      (select count(*)::int from event_log where type = 'payment.verified') as logged,
      (select count(*)::int from delivery) as deliveries,
      (select coalesce(sum(amount_minor), 0)::int from daily_metric where metric = 'verified_revenue') as revenue,
      (select coalesce(sum(count), 0)::int from daily_metric where metric = 'deals_won') as won`;
    const once = { waiting: 0, logged: 1, deliveries: 0, revenue: 10_000, won: 1 };
    await expect.poll(async () => (await rowsOf(place, effects))[0], { timeout: 20_000 }).toEqual(once);
    const { token: reading } = crew.rep;
    const { body: commissions } = await third.app.call("GET", `/commissions?paymentId=${payment.id}`, {
      token: reading,
    });
    expect(commissions.items).toHaveLength(1);
    for (const { server } of [second, third]) await server.kill();
    expect((await rowsOf(place, effects))[0]).toEqual(once);
  }, 90_000);
});

describe("kill -9 of the server and its PostgreSQL", () => {
  test("loses nothing that was answered, repeats nothing, and an import goes on", async () => {
    const place = await take(embeddedDatabase());
    const first = await launch(place);
    const { admin } = await makeOrganization(first.app);
    const importId = await startImport(first.app, admin);
    await stopAtRow(place, importId, 6500);
    const attempts = await createUntilKilled(first.app, admin, async () => {
      process.kill(first.server.pid, "SIGKILL");
      killPostgres(place.dataDir);
      await first.server.ended;
    });
    const answered = attempts.filter(({ id }) => id !== null);
    expect(answered.length).toBeGreaterThan(50);

    const second = await launch(place);
    const made = await rowsOf(place, "select id, name from customer where name like 'Customer %'");
    const ids = new Set(made.map(({ id }) => id));
    expect(answered.filter(({ id }) => !ids.has(id))).toEqual([]);
    // Whoever got no answer asks again with the same key.
    for (const { key, name } of attempts) {
      const again = await createCustomer(second.app, admin, key, name);
      expect(again.status, again.text).toBe(201);
    }
    const [{ count }] = await rowsOf(place, "select count(*)::int as count from customer where name like 'Customer %'");
    expect(count).toBe(attempts.length);
    await untilFinished(second.app, admin, importId);
    expect(await countOf(second.app, admin, "/opportunities?")).toBe(8800);
    const [rows] = await rowsOf(
      place,
      "select count(distinct external_id)::int as ids, count(*)::int as rows from opportunity",
    );
    expect(rows).toEqual({ ids: 8800, rows: 8800 });
    const [log] = await rowsOf(place, "select count(*)::int as entries, max(seq)::int as last from event_log");
    expect(log.entries).toBe(log.last);
    second.server.signal("SIGTERM");
    expect((await second.server.ended).code).toBe(0);
  }, 120_000);
});

type Attempt = { readonly key: string; readonly name: string; id: string | null };

const createCustomer = (app: Calling, { token }: Person, key: string, name: string) =>
  app.call("POST", "/customers", { token, body: { name }, headers: { "idempotency-key": key } });

/** Creates customers over several connections, until there is nobody left to answer. */
async function createUntilKilled(app: Calling, admin: Person, kill: () => Promise<void>): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  let isOver = false;
  const createOn = async (): Promise<void> => {
    while (!isOver) {
      const key = crypto.randomUUID();
      const attempt: Attempt = { key, name: `Customer ${key}`, id: null };
      attempts.push(attempt);
      try {
        const reply = await createCustomer(app, admin, key, attempt.name);
        if (reply.status === 201) attempt.id = reply.body.id;
      } catch {
        isOver = true;
      }
    }
  };
  const writers = Promise.all(Array.from({ length: 8 }, createOn));
  await expect
    .poll(() => attempts.filter(({ id }) => id !== null).length, { interval: 1, timeout: 10_000 })
    .toBeGreaterThan(100);
  await kill();
  await writers;
  return attempts;
}
