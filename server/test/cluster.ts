import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "#platform/embedded-postgres";

/** A PostgreSQL server for tests and tools: the one in DATABASE_URL, or an embedded one that is thrown away. */
export type Cluster = {
  /** As a user that may create databases and roles, to the maintenance database. */
  readonly adminUrl: string;
  stop(): Promise<void>;
};

export async function startCluster(): Promise<Cluster> {
  const given = process.env["DATABASE_URL"];
  if (given !== undefined && given !== "") return { adminUrl: given, stop: async () => {} };
  const folder = mkdtempSync(join(tmpdir(), "rainmaker-test-"));
  // PostgreSQL's own user has to get in, too.
  chmodSync(folder, 0o755);
  const server = await startEmbeddedPostgres({
    dataDir: join(folder, "postgres"),
    password: "test",
    // Nothing here has to survive a power cut.
    settings: ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"],
  });
  return {
    adminUrl: server.url,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The same server, another database. */
export function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

export async function administer(adminUrl: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
