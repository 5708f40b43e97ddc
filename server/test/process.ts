import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testJwtKey, testMasterKey } from "./global-setup.ts";
import { makeDatabase } from "./database.ts";

const startFile = join(import.meta.dirname, "../src/processes/start.ts");

export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly output: string };

/** A server in a process of its own, as an operator starts it. */
export type ServerProcess = {
  readonly pid: number;
  /** Address once it is up. @throws with what it printed where it ended instead */
  readonly url: Promise<string>;
  readonly ended: Promise<Ended>;
  output(): string;
  signal(name: NodeJS.Signals): void;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
};

export type Place = {
  /** Environment variables that make a start use this place. */
  readonly env: Record<string, string>;
  readonly dataDir: string;
  /** As the owner of the database. */
  ownerUrl(): string;
  remove(): Promise<void>;
};

type LaunchOptions = { readonly args?: readonly string[]; readonly as?: { uid: number; gid: number } };

/** Starts the server with these settings and nothing of the environment of the tests. */
export function launchServer(env: Record<string, string>, { args = [], as }: LaunchOptions = {}): ServerProcess {
  const child = spawn(process.execPath, [startFile, ...args], {
    ...as,
    // Where no .env lies.
    cwd: tmpdir(),
    env: { PATH: process.env["PATH"], PORT: "0", DEMO: "off", RATE_LIMIT: "0", LOG_LEVEL: "error", ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  const ended = endOf(child, () => output);
  const url = addressOf(child, ended);
  // Whoever only waits for the end does not ask for the address.
  url.catch(() => {});
  return {
    pid: child.pid ?? -1,
    url,
    ended,
    output: () => output,
    signal: (name) => void child.kill(name),
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

function endOf(child: ChildProcess, output: () => string): Promise<Ended> {
  return new Promise((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal, output: output() }));
  });
}

function addressOf(child: ChildProcess, ended: Promise<Ended>): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once("message", (message) => resolve((message as { url: string }).url.replace("localhost", "127.0.0.1")));
    void ended.then(({ code, output }) => reject(new Error(`the server ended with ${code}:\n${output}`)));
  });
}

/** A place for a server: a data folder, and a database of the test server. */
export async function givenDatabase(): Promise<Place> {
  const database = await makeDatabase();
  const dataDir = makeDataDir();
  return {
    env: { DATA_DIR: dataDir, DATABASE_URL: database.ownerUrl, MASTER_KEY: testMasterKey, JWT_KEY: testJwtKey },
    dataDir,
    ownerUrl: () => database.ownerUrl,
    async remove() {
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A place for a server: a data folder alone, in which it makes its own PostgreSQL. */
export function embeddedDatabase(): Place {
  const dataDir = makeDataDir();
  return {
    env: { DATA_DIR: dataDir },
    dataDir,
    ownerUrl() {
      const { databasePassword } = JSON.parse(readFileSync(join(dataDir, "secrets.json"), "utf8"));
      const port = readFileSync(join(dataDir, "postgres/postmaster.pid"), "utf8").split("\n")[3];
      return `postgres://postgres:${databasePassword}@127.0.0.1:${port}/rainmaker`;
    },
    async remove() {
      killPostgres(dataDir);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export function makeDataDir(): string {
  const dataDir = mkdtempSync(join(tmpdir(), "rainmaker-process-"));
  // PostgreSQL's own user has to get in, too.
  chmodSync(dataDir, 0o755);
  return dataDir;
}

/** Process of the PostgreSQL that lives in a data folder, or undefined. */
export function postgresOf(dataDir: string): number | undefined {
  const file = join(dataDir, "postgres/postmaster.pid");
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  return isAlive(pid) ? pid : undefined;
}

/** Ends the PostgreSQL of a data folder with all its own processes at once, as a power cut would. */
export function killPostgres(dataDir: string): void {
  const pid = postgresOf(dataDir);
  if (pid === undefined) return;
  const table = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).stdout;
  const pairs = table.split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  const children = pairs.filter(([, parent]) => parent === pid).map(([child = 0]) => child);
  for (const each of [pid, ...children]) if (isAlive(each)) process.kill(each, "SIGKILL");
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
