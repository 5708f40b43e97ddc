import { createServer } from "node:net";
import { existsSync } from "node:fs";
import { ConfigError, readConfig, wantsDemo, type Config } from "#platform/config";
import { systemClock } from "#platform/clock";
import { StartError } from "#platform/embedded-postgres";
import { openLogger } from "#platform/telemetry";
import { prepareDatabase, reachDatabase } from "./database-setup.ts";
import { lockDataFolder } from "./instance-lock.ts";
import { openRuntime, type Runtime } from "./runtime.ts";

type Running = { readonly url: string; readonly runtime: Runtime; stop(): Promise<void> };

/** Starts the roles this process was given; prints where to go and returns how to stop. */
async function start(config: Config): Promise<Running> {
  await refuseTakenPort(config);
  const unlock = config.embedded ? lockDataFolder(config.DATA_DIR) : () => {};
  const undo: (() => Promise<void>)[] = [async () => unlock()];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    const places = await reachDatabase(config);
    undo.push(() => places.stop());
    await prepareDatabase(config, places);
    const runtime = await openRuntime({ config, logger: openLogger(config), clock: systemClock, places });
    undo.push(() => runtime.close());
    const url = await startRoles(runtime, undo);
    return { url, runtime, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Roles are loaded on demand, so that a worker loads no web code. */
async function startRoles(runtime: Runtime, undo: (() => Promise<void>)[]): Promise<string> {
  const { config } = runtime;
  const has = (role: (typeof config.ROLES)[number]): boolean => config.ROLES.includes(role);
  const { openApi } = await import("./api.ts");
  const http = await openApi(has("api") ? runtime : { ...runtime, modules: [] });
  if (has("api")) await (await import("./web.ts")).serveWeb(http);
  const { startRealtime } = await import("./realtime.ts");
  const realtime = startRealtime(runtime, has("realtime") ? http.app.server : undefined);
  undo.push(() => realtime.close());
  if (has("worker")) {
    const { startWorker } = await import("./worker.ts");
    const worker = await startWorker(runtime);
    undo.push(() => worker.stop());
  }
  await http.app.listen({ host: config.HOST, port: config.PORT });
  undo.push(async () => {
    const closed = http.app.close();
    realtime.disconnect();
    await closed;
  });
  const address = http.app.server.address();
  const port = typeof address === "object" && address !== null ? address.port : config.PORT;
  return config.PORT === 0 ? `http://localhost:${port}` : config.PUBLIC_URL;
}

/** Said before anything is started: a second start must not touch the database of the first. */
function refuseTakenPort({ HOST: host, PORT: port }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", ({ code }: NodeJS.ErrnoException) => {
      reject(new StartError(whyNotListening(host, port, code)));
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

function whyNotListening(host: string, port: number, code: string | undefined): string {
  if (code === "EADDRINUSE")
    return `Port ${port} is taken, perhaps by another Rainmaker. Stop that, or choose another port: PORT=3001 npm start`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return `HOST is ${host}, which is no address of this machine (${code}). Use 0.0.0.0 for all of its addresses.`;
  return `This process may not listen on ${host}:${port} (${code}). Choose another port: PORT=3001 npm start`;
}

function stopOnSignals({ stop }: Running, config: Config): void {
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      console.log("\nStopping: running requests finish first.");
      setTimeout(() => process.exit(1), config.SHUTDOWN_SECONDS * 1000).unref();
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
}

async function main(): Promise<void> {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const config = readConfig(process.env, process.argv.slice(2));
  const running = await start(config);
  stopOnSignals(running, config);
  console.log(`\nRainmaker is running at ${running.url}\n`);
  // Whoever started this process (a test, a supervisor) learns the address without reading the text.
  process.send?.({ url: running.url });
  if (wantsDemo(config)) await (await import("./demo/demo.ts")).showDemo(running.runtime);
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError || error instanceof StartError) console.error(`\n${error.message}\n`);
  else console.error(error);
  process.exit(1);
});
