import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { makeWorkerUtils, Logger } from "graphile-worker";
import { CompiledQuery, Kysely, PostgresDialect } from "kysely";
import { Migrator, type Migration, type MigrationProvider } from "kysely/migration";
import pg from "pg";
import { openPool } from "./db.ts";
import { StartError } from "./embedded-postgres.ts";

const ownFolder = join(import.meta.dirname, "../../migrations");

export type MigrateOptions = {
  /** As the owner of the database. */
  readonly ownerUrl: string;
  /** Passwords to give the roles the server signs in as; null leaves them alone. */
  readonly passwords: { readonly app: string; readonly jobs: string } | null;
  /** Where the migrations are; this program's own unless said. */
  readonly folder?: string;
};

/**
 * Brings the database to this version of the program: roles, migrations, doors, partitions of the log, job queue.
 * Each migration runs in one transaction together with the others, so a killed one leaves nothing behind. Safe to call
 * from several processes at once: the others wait.
 * @throws StartError with a sentence where the database refuses.
 */
export async function migrate({
  ownerUrl,
  passwords,
  folder = ownFolder,
}: MigrateOptions): Promise<{ applied: string[] }> {
  const pool = openPool(ownerUrl, 2, "rainmaker migrate");
  try {
    await greet(ownerUrl);
    await checkServer(pool, ownerUrl);
    await unlessCrossed(() => makeRoles(pool, passwords, folder));
    await refuseEditedMigrations(pool, folder);
    const applied = await applyMigrations(pool, folder);
    await rememberTexts(pool, folder);
    await applyDoors(pool, folder);
    await pool.query("select app.make_event_log_partitions(date_trunc('month', current_date)::date, 13)");
    return { applied };
  } catch (error) {
    throw asSentence(error);
  } finally {
    await pool.end();
  }
}

/** Installs or upgrades the job queue as the role that owns it. */
export async function migrateJobs(ownerUrl: string, jobsUrl: string): Promise<void> {
  const owner = openPool(ownerUrl, 1, "rainmaker migrate");
  const jobs = openPool(jobsUrl, 2, "rainmaker migrate jobs");
  try {
    const { rows } = await owner.query<{ name: string }>("select current_database() as name");
    const database = pg.escapeIdentifier(rows[0]?.name ?? "");
    await owner.query(`grant create on database ${database} to rainmaker_jobs`);
    const utils = await makeWorkerUtils({ pgPool: jobs, logger: new Logger(() => () => {}) });
    await utils.migrate();
    await utils.release();
    await owner.query(`revoke create on database ${database} from rainmaker_jobs`);
    await jobs.query(readFileSync(join(ownFolder, "jobs.sql"), "utf8"));
  } catch (error) {
    throw asSentence(error);
  } finally {
    await Promise.all([owner.end(), jobs.end()]);
  }
}

/** A first connection: what answers at the address may be no PostgreSQL, and may never say so. */
async function greet(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    if ((error as { code?: string }).code !== undefined) throw error;
    const reason = messageOf(error);
    throw new StartError(`What answers at the address in DATABASE_URL does not speak as PostgreSQL does (${reason}).`);
  } finally {
    await client.end().catch(() => {});
  }
}

async function checkServer(pool: pg.Pool, url: string): Promise<void> {
  const { rows } = await pool.query<{ version: string }>("select current_setting('server_version_num') as version");
  const version = Number(rows[0]?.version ?? 0);
  if (version < 150_000) {
    throw new StartError(
      `The database at ${placeOf(url)} is PostgreSQL ${Math.floor(version / 10_000)}; Rainmaker needs 15 or newer.`,
    );
  }
}

/** Roles belong to the cluster, and its locks to a database: two databases that migrate at once may cross. */
async function unlessCrossed(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const { code = "" } = error as { code?: string };
      const isCrossing = /concurrently/.test(messageOf(error)) || code === "23505" || code === "42710";
      if (attempt === mostAttempts || !isCrossing) throw error;
    }
  }
}

const mostAttempts = 10;

async function makeRoles(pool: pg.Pool, passwords: MigrateOptions["passwords"], folder: string): Promise<void> {
  await pool.query(readFileSync(join(folder, "roles.sql"), "utf8"));
  if (passwords === null) return;
  for (const [role, password] of [
    ["rainmaker_app", passwords.app],
    ["rainmaker_jobs", passwords.jobs],
  ] as const) {
    await pool.query(`alter role ${pg.escapeIdentifier(role)} password ${pg.escapeLiteral(password)}`);
  }
}

/** Names and texts of the migrations, in order. */
function readMigrations(folder: string): { readonly name: string; readonly text: string }[] {
  const files = readdirSync(folder).filter((file) => /^\d{4}_.*\.sql$/.test(file));
  return files.toSorted().map((file) => ({
    name: file.replace(/\.sql$/, ""),
    text: readFileSync(join(folder, file), "utf8"),
  }));
}

function providerOf(folder: string): MigrationProvider {
  const toMigration = (text: string): Migration => ({
    up: async (db: Kysely<unknown>) => void (await db.executeQuery(CompiledQuery.raw(text))),
  });
  return {
    getMigrations: async () =>
      Object.fromEntries(readMigrations(folder).map(({ name, text }) => [name, toMigration(text)])),
  };
}

/** What a text is known by, whatever ends its lines. */
function fingerprintOf(text: string): string {
  return createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex");
}

/** @throws StartError for a migration that says something else than when it was applied here */
async function refuseEditedMigrations(pool: pg.Pool, folder: string): Promise<void> {
  const { rowCount } = await pool.query(
    "select from information_schema.columns where table_schema = 'public' and table_name = 'migration' and column_name = 'sha256'",
  );
  if (rowCount === 0) return;
  const { rows } = await pool.query<{ name: string; sha256: string }>(
    "select name, sha256 from migration where sha256 is not null",
  );
  const applied = new Map(rows.map(({ name, sha256 }) => [name, sha256]));
  const edited = readMigrations(folder).find(({ name, text }) => {
    const known = applied.get(name);
    return known !== undefined && known !== fingerprintOf(text);
  });
  if (edited === undefined) return;
  throw new StartError(
    `Migration ${edited.name} was changed after it was applied to this database. Restore the file; what is to change comes as a new migration.`,
  );
}

async function rememberTexts(pool: pg.Pool, folder: string): Promise<void> {
  const { rowCount } = await pool.query("select from migration where to_jsonb(migration) ->> 'sha256' is null limit 1");
  if (rowCount === 0) return;
  await pool.query("alter table migration add column if not exists sha256 text");
  for (const { name, text } of readMigrations(folder)) {
    const values = [name, fingerprintOf(text)];
    await pool.query("update migration set sha256 = $2 where name = $1 and sha256 is null", values);
  }
}

async function applyMigrations(pool: pg.Pool, folder: string): Promise<string[]> {
  const migrator = new Migrator({
    db: new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) }),
    provider: providerOf(folder),
    migrationTableName: "migration",
    migrationLockTableName: "migration_lock",
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  const failed = results.find((result) => result.status === "Error");
  if (error !== undefined && failed !== undefined) {
    throw new StartError(
      `Migration ${failed.migrationName} failed and was rolled back, nothing changed: ${messageOf(error)}. Start again once that is mended, or go back to the earlier version.`,
    );
  }
  if (error !== undefined) throw error instanceof Error ? error : new Error(messageOf(error));
  return results.map((result) => result.migrationName);
}

/** Doors are functions: replaced as a whole, in one transaction, so that they always fit this version of the program. */
async function applyDoors(pool: pg.Pool, folder: string): Promise<void> {
  const files = readdirSync(join(folder, "doors"))
    .filter((file) => file !== "ownership.sql")
    .toSorted();
  const texts = [...files, "ownership.sql"].map((file) => readFileSync(join(folder, "doors", file), "utf8"));
  await pool.query(["begin", "select pg_advisory_xact_lock(727004)", dropDoors, ...texts, "commit"].join(";\n"));
}

// A function whose result changes cannot be replaced, only made anew.
const dropDoors = `do $$ declare door regprocedure; begin
  for door in select p.oid from pg_proc p where p.pronamespace = 'door'::regnamespace loop execute format('drop function %s', door); end loop;
end $$`;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function placeOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || "5432"}${pathname}`;
}

const sentences: Record<string, string> = {
  ECONNREFUSED: "Nothing answers at the address in DATABASE_URL. Is the database running, and the port right?",
  ENOTFOUND: "The host in DATABASE_URL is not known.",
  ETIMEDOUT: "The host in DATABASE_URL does not answer.",
  "28P01": "The user or password in DATABASE_URL is wrong.",
  "28000": "The database does not let the user in DATABASE_URL connect.",
  "3D000": "The database named in DATABASE_URL does not exist; create it first.",
  "42501": "The user in DATABASE_URL has to own the database and be allowed to create roles (CREATEROLE).",
  "53100": "The database's disk is full. Free some space and start again.",
};

function asSentence(error: unknown): Error {
  if (error instanceof StartError) return error;
  const { code } = error as { code?: string };
  const sentence = code === undefined ? undefined : sentences[code];
  if (sentence !== undefined) return new StartError(`${sentence} (${messageOf(error)})`);
  const message = messageOf(error);
  if (/corrupted migrations/.test(message)) {
    return new StartError(
      `The database was migrated by another version of Rainmaker than this one (${message}). Start that version, or a newer one.`,
    );
  }
  return error instanceof Error ? error : new Error(message);
}
