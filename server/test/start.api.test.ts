import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { remote } from "./calling.ts";
import { administer, databaseUrl } from "./cluster.ts";
import { makeCustomer, makeOrganization } from "./make.ts";
import {
  embeddedDatabase,
  givenDatabase,
  launchServer,
  makeDataDir,
  postgresOf,
  type Ended,
  type Place,
  type ServerProcess,
} from "./process.ts";
import { openSocket } from "./socket.ts";

const undo: (() => unknown)[] = [];
afterAll(async () => {
  for (const step of undo.toReversed()) await step();
});

let place: Place;
beforeAll(async () => {
  place = await givenDatabase();
  undo.push(() => place.remove());
});

function launch(env: Record<string, string>, options?: Parameters<typeof launchServer>[1]): ServerProcess {
  const server = launchServer(env, options);
  undo.push(() => server.kill());
  return server;
}

const statusOf = async (url: string): Promise<number> => (await fetch(url)).status;

/** What an operator reads who started in vain: sentences, and no stack. */
async function refusalOf(env: Record<string, string>, options?: Parameters<typeof launchServer>[1]): Promise<Ended> {
  const ended = await launch(env, options).ended;
  expect(ended, ended.output).toMatchObject({ code: 1 });
  expect(ended.output).not.toMatch(/\n\s+at .+[:(]/);
  return ended;
}

/** A port that something else listens on. */
async function listen(greet: string | null): Promise<number> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    if (greet !== null) socket.end(greet);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  undo.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

describe("a start is refused with a sentence", () => {
  test("naming every setting that is wrong", async () => {
    const { output } = await refusalOf({ ...place.env, PORT: "http", LOG_LEVEL: "loud", DB_POOL: "0" });
    expect(output.trim().split("\n")).toMatchObject([
      expect.stringMatching(/^PORT /),
      expect.stringMatching(/^DB_POOL /),
      expect.stringMatching(/^LOG_LEVEL /),
    ]);
  });

  test("where the port is taken, and whoever has it goes on", async () => {
    const first = launch(place.env);
    const url = await first.url;
    const { port } = new URL(url);
    const { output } = await refusalOf({ ...place.env, PORT: port });
    expect(output).toContain(`Port ${port} is taken`);
    expect(await statusOf(`${url}/readyz`)).toBe(200);
    await first.kill();
  });

  test("where HOST is no address of this machine", async () => {
    const { output } = await refusalOf({ ...place.env, HOST: "203.0.113.7" });
    expect(output).toMatch(/HOST is 203\.0\.113\.7/);
  });

  test("where DATA_DIR cannot be made", async () => {
    const file = join(place.dataDir, "file");
    writeFileSync(file, "");
    const { output } = await refusalOf({ DATA_DIR: join(file, "data") });
    expect(output).toMatch(/The folder .+ cannot be written \(\w+\)\. Set DATA_DIR/);
  });

  test("where DATA_DIR may not be written", async () => {
    const folder = makeDataDir();
    undo.push(() => rmSync(folder, { recursive: true, force: true }));
    const closed = join(folder, "closed");
    mkdirSync(closed);
    chmodSync(closed, 0o555);
    // Root may write everywhere: somebody else starts then.
    const options = process.getuid?.() === 0 ? { as: { uid: 65_534, gid: 65_534 } } : {};
    const { output } = await refusalOf({ DATA_DIR: closed }, options);
    expect(output).toMatch(/The folder .+ cannot be written \(EACCES\)\. Set DATA_DIR/);
  });

  const databases: [why: string, url: () => Promise<string> | string, words: RegExp][] = [
    [
      "nothing answers at DATABASE_URL",
      () => "postgres://owner@127.0.0.1:1/rainmaker",
      /Nothing answers.*DATABASE_URL/,
    ],
    ["the host of DATABASE_URL is unknown", () => "postgres://owner@db.invalid/rainmaker", /host in DATABASE_URL/],
    ["DATABASE_URL names another user", () => asUser("nobody_we_know", "x"), /user (or password )?in DATABASE_URL/],
    [
      "DATABASE_URL names a database that is not there",
      () => databaseUrl(inject("adminUrl"), "not_there"),
      /database named in DATABASE_URL does not exist/,
    ],
    [
      "DATABASE_URL leads to another kind of server",
      async () => `postgres://owner@127.0.0.1:${await listen("HTTP/1.1 400 Bad Request\r\n\r\n")}/x`,
      /DATABASE_URL/,
    ],
    [
      "DATABASE_URL leads to something that hangs up",
      async () => `postgres://owner@127.0.0.1:${await listen("")}/x`,
      /DATABASE_URL/,
    ],
    [
      "DATABASE_URL leads to something that says nothing",
      async () => `postgres://owner@127.0.0.1:${await listen(null)}/x`,
      /DATABASE_URL/,
    ],
    ["the user of DATABASE_URL has no rights", () => poorUser(), /has to own the database/],
  ];
  test.concurrent.each(databases)("where %s", async (_why, url, words) => {
    const { output } = await refusalOf({ ...place.env, DATABASE_URL: await url() });
    expect(output).toMatch(words);
  });

  test("where the server's own role could see past the isolation of organizations", async () => {
    const powers = { APP_DATABASE_URL: place.ownerUrl(), JOBS_DATABASE_URL: "" };
    const { output } = await refusalOf({ ...place.env, ...powers });
    expect(output).toMatch(/must not connect as .+ rainmaker_app in APP_DATABASE_URL/);
  });
});

function asUser(name: string, password: string): string {
  const url = new URL(place.ownerUrl());
  url.username = name;
  url.password = password;
  return url.href;
}

/** A user who may sign in and nothing else. */
async function poorUser(): Promise<string> {
  const name = `poor_${process.pid}`;
  const adminUrl = inject("adminUrl");
  await administer(adminUrl, `drop role if exists ${name}`, `create role ${name} login password 'x'`);
  undo.push(() => administer(adminUrl, `drop role ${name}`));
  return asUser(name, "x");
}

describe("stopping", () => {
  test("lets a running request finish, takes no new one, and does not wait for open browsers", async () => {
    const server = launch(place.env);
    const url = await server.url;
    const app = remote(url);
    const { id, admin } = await makeOrganization(app);
    await openSocket(url, { token: admin.token });
    const holder = new pg.Client({ connectionString: place.ownerUrl() });
    await holder.connect();
    await holder.query("begin");
    await holder.query("select from organization where id = $1 for update", [id]);
    const { body } = await app.call("GET", "/settings", { token: admin.token });
    const running = app.call("PATCH", "/settings", {
      token: admin.token,
      body: { name: "Saved at the last moment", seenVersion: body.version },
    });
    const blocked =
      "select count(*)::int as count from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))";
    const count = async (): Promise<number> => (await holder.query(blocked)).rows[0].count;
    await expect.poll(count, { timeout: 10_000 }).toBe(1);
    server.signal("SIGINT");
    const isOpen = (): Promise<boolean> =>
      statusOf(`${url}/healthz`).then(
        () => true,
        () => false,
      );
    await expect.poll(isOpen, { timeout: 10_000 }).toBe(false);
    await holder.query("commit");
    expect(await running).toMatchObject({ status: 200, body: { name: "Saved at the last moment" } });
    await holder.end();
    expect(await server.ended).toMatchObject({ code: 0 });
  });
});

describe("a process with --roles", () => {
  test("worker answers for its health alone, and does what the others announced", async () => {
    const own = await givenDatabase();
    undo.push(() => own.remove());
    const api = launch(own.env, { args: ["--roles=api"] });
    const worker = launch(own.env, { args: ["--roles=worker"] });
    const [apiUrl, workerUrl] = [await api.url, await worker.url];
    const { admin } = await makeOrganization(remote(apiUrl));
    const customer = await makeCustomer(remote(apiUrl), admin);
    const inLog = async (): Promise<any[]> => {
      const path = `/audit-log?recordId=${customer.id}`;
      return (await remote(apiUrl).call("GET", path, { token: admin.token })).body.items;
    };
    await expect.poll(inLog, { timeout: 10_000 }).toHaveLength(1);
    expect(await statusOf(`${workerUrl}/healthz`)).toBe(200);
    expect(await statusOf(`${workerUrl}/readyz`)).toBe(200);
    expect(await statusOf(`${workerUrl}/metrics`)).toBe(200);
    const login = { body: { email: admin.email, password: admin.password } };
    expect((await remote(workerUrl).call("POST", "/auth/login", login)).status).toBe(404);
    expect((await remote(workerUrl).call("GET", "/customers", { token: admin.token })).status).toBe(404);
    await expect(openSocket(workerUrl, { token: admin.token })).rejects.toThrow("closed");
    await expect(openSocket(apiUrl, { token: admin.token })).rejects.toThrow("closed");
  });
});

describe("a data folder with its own PostgreSQL", () => {
  let folder: Place;
  beforeAll(() => {
    folder = embeddedDatabase();
    undo.push(() => folder.remove());
  });

  test("has one server at a time; stopping it stops the database; it starts again with what was there", async () => {
    const first = launch(folder.env);
    const app = remote(await first.url);
    const { admin } = await makeOrganization(app);
    const customer = await makeCustomer(app, admin);
    const second = await refusalOf(folder.env);
    expect(second.output).toMatch(/already running in .+\(process \d+\)/);
    expect((await app.call("GET", `/customers/${customer.id}`, { token: admin.token })).status).toBe(200);
    first.signal("SIGINT");
    expect(await first.ended).toMatchObject({ code: 0 });
    expect(postgresOf(folder.dataDir)).toBeUndefined();

    const third = launch(folder.env);
    const again = await remote(await third.url).call("GET", `/customers/${customer.id}`, { token: admin.token });
    expect(again).toMatchObject({ status: 200, body: { name: customer.name } });
    third.signal("SIGTERM");
    expect(await third.ended).toMatchObject({ code: 0 });
  });

  test("keeps its secrets from other users of the machine", () => {
    const { mode } = statSync(join(folder.dataDir, "secrets.json"));
    expect((mode & 0o777).toString(8)).toBe("600");
  });

  test("without the secrets that belong to it is refused, and its database does not stay behind", async () => {
    const file = join(folder.dataDir, "secrets.json");
    const kept = readFileSync(file, "utf8");
    writeFileSync(file, JSON.stringify({ ...JSON.parse(kept), databasePassword: "another" }));
    const { output } = await refusalOf(folder.env);
    expect(output).toMatch(/does not accept the stored password: restore secrets\.json/);
    expect(postgresOf(folder.dataDir)).toBeUndefined();
    writeFileSync(file, kept);
  });
});
