import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Endpoint } from "@rainmaker/contracts/endpoint";
import type { Http } from "#platform/http";
import { readConfig, type Config } from "#platform/config";
import { openLogger } from "#platform/telemetry";
import { openApi } from "../src/processes/api.ts";
import { openRuntime, type Runtime } from "../src/processes/runtime.ts";
import { startWorker, type Worker } from "../src/processes/worker.ts";
import { multipart, type Calling, type Reply } from "./calling.ts";
import { makeDatabase, type TestDatabase } from "./database.ts";

export type SentStatement = { readonly text: string; readonly values: readonly unknown[] };

/** The whole server on a database of its own, called through HTTP without a socket. */
export type TestApp = Calling & {
  readonly http: Http;
  readonly runtime: Runtime;
  readonly worker: Worker;
  readonly database: TestDatabase;
  readonly endpoints: readonly Endpoint[];
  /** Statements sent so far: query budgets count them, and their plans are looked at. */
  readonly statements: SentStatement[];
  /** The domain's clock: stands still until it is moved. */
  setNow(instant: string): void;
  now(): Date;
  /** Waits until every event is in the log, handled and projected. */
  settle(): Promise<void>;
  close(): Promise<void>;
};

/** Of an app that is opened with ROLES=api: what it announces stays in the outbox. */
const noWorker: Worker = { sequencer: { drain: async () => {}, stop: async () => {} }, stop: async () => {} };

const testNow = "2026-11-19T09:12:00.000Z";

/** Opens the application. @param settings environment variables to set differently */
export async function openApp(settings: Record<string, string> = {}): Promise<TestApp> {
  const database = await makeDatabase();
  const folder = mkdtempSync(join(tmpdir(), "rainmaker-files-"));
  const env = {
    DATA_DIR: folder,
    PORT: "0",
    LOG_LEVEL: process.env["TEST_LOG_LEVEL"] ?? "silent",
    RATE_LIMIT: "0",
    DB_POOL: "6",
    DEMO: "off",
    ...settings,
  };
  const config: Config = readConfig({ DB_ONE_SYNC: process.env["DB_ONE_SYNC"], ...env });
  let now = new Date(testNow);
  const clock = (): Date => new Date(now);
  const statements: SentStatement[] = [];
  const runtime = await openRuntime({
    config,
    logger: openLogger(config),
    clock,
    places: database,
    onStatement: (text, values) => void statements.push({ text, values }),
  });
  const http = await openApi(runtime);
  const worker = config.ROLES.includes("worker") ? await startWorker(runtime) : noWorker;
  await http.app.ready();

  const send = async (
    method: Endpoint["method"],
    path: string,
    token: string | undefined,
    payload: string | Buffer | undefined,
    headers: Record<string, string>,
  ): Promise<Reply<any>> => {
    const response = await http.app.inject({
      method,
      url: path.startsWith("/api/") || path.startsWith("/openapi") ? path : `/api/v1${path}`,
      headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    const isJson = (response.headers["content-type"]?.toString() ?? "").includes("json");
    return {
      status: response.statusCode,
      body: isJson ? response.json() : undefined,
      headers: response.headers,
      text: response.body,
    };
  };

  return {
    http,
    runtime,
    worker,
    database,
    endpoints: http.endpoints,
    statements,
    call: (method, path, { token, body, headers = {} } = {}) =>
      send(
        method,
        path,
        token,
        body === undefined ? undefined : JSON.stringify(body),
        body === undefined ? headers : { "content-type": "application/json", ...headers },
      ),
    upload: (path, token, file, fields = {}, headers = {}) => {
      const { payload, contentType } = multipart(file, fields);
      return send("POST", path, token, payload, { "content-type": contentType, ...headers });
    },
    setNow: (instant) => {
      now = new Date(instant);
    },
    now: clock,
    settle: () => worker.sequencer.drain(),
    async close() {
      await worker.stop();
      await http.app.close();
      await runtime.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
