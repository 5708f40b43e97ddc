// Writes server/src/platform/schema.gen.ts from the migrations: a database is made, migrated and described.
// With --check it only says whether the file is current.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "../server/src/platform/migrate.ts";
import { administer, databaseUrl, startCluster } from "../server/test/cluster.ts";

const target = join(import.meta.dirname, "../server/src/platform/schema.gen.ts");
const isCheck = process.argv.includes("--check");
const cluster = await startCluster();
const name = `rainmaker_schema_${process.pid}`;
const folder = mkdtempSync(join(tmpdir(), "rainmaker-schema-"));
try {
  await administer(cluster.adminUrl, `create database ${name}`);
  const url = databaseUrl(cluster.adminUrl, name);
  await migrate({ ownerUrl: url, passwords: null });
  const out = join(folder, "schema.gen.ts");
  const types = {
    int8: "bigint",
    timestamptz: "string",
    date: "string",
    daterange: "string",
    bytea: "Buffer",
    bpchar: "string",
    numeric: "string",
  };
  const run = spawnSync(
    process.execPath,
    [
      join(import.meta.dirname, "../node_modules/kysely-codegen/dist/cli/bin.js"),
      "--dialect=postgres",
      `--url=${url}`,
      `--out-file=${out}`,
      "--exclude-pattern=(migration|migration_lock|event_log_*|socket_io_attachments)",
      `--type-mapping=${JSON.stringify(types)}`,
      "--no-domains",
    ],
    { encoding: "utf8" },
  );
  if (run.status !== 0) throw new Error(run.stderr || run.stdout);
  const made = readFileSync(out, "utf8");
  if (!isCheck) writeFileSync(target, made);
  else if (readFileSync(target, "utf8") !== made) {
    console.error("server/src/platform/schema.gen.ts does not match the migrations. Run: npm run generate");
    process.exitCode = 1;
  }
  await administer(cluster.adminUrl, `drop database ${name} with (force)`);
} finally {
  rmSync(folder, { recursive: true, force: true });
  await cluster.stop();
}
