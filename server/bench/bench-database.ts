import { mkdtempSync, chmodSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "#platform/embedded-postgres";
import { prepareDatabase, reachDatabase, type DatabasePlaces } from "../src/processes/database-setup.ts";
import { readConfig } from "#platform/config";

export type BenchDatabase = {
  /** Settings for a server that uses it. */
  readonly env: Record<string, string>;
  readonly places: DatabasePlaces;
  stop(): Promise<void>;
};

/** A PostgreSQL with the settings of a real installation: every commit reaches the disk. */
export async function startBenchDatabase(): Promise<BenchDatabase> {
  const folder = mkdtempSync(join(tmpdir(), "rainmaker-bench-"));
  chmodSync(folder, 0o755);
  const server = await startEmbeddedPostgres({ dataDir: join(folder, "postgres"), password: "bench" });
  const env = {
    DATABASE_URL: server.url,
    DATA_DIR: join(folder, "data"),
    MASTER_KEY: Buffer.alloc(32, 1).toString("base64"),
    JWT_KEY: Buffer.alloc(32, 2).toString("base64"),
    // Limits protect an installation from its users; here they would measure themselves.
    RATE_LIMIT: "0",
    DEMO: "off",
    PORT: "0",
  };
  const config = readConfig(env);
  const places = await reachDatabase(config);
  await prepareDatabase(config, places);
  return {
    env,
    places,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
