import { join } from "node:path";
import { StartError, startEmbeddedPostgres } from "#platform/embedded-postgres";
import { migrate, migrateJobs } from "#platform/migrate";
import { embeddedSecrets, rolePassword } from "#platform/secrets";
import type { Config } from "#platform/config";
import pg from "pg";

/** Where the database is, as each role, and the secrets that go with it. */
export type DatabasePlaces = {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly jobsUrl: string;
  readonly masterKey: string;
  readonly jwtKey: string;
  /** Stops the database where this process started it; does nothing otherwise. */
  stop(): Promise<void>;
};

/** Finds or starts the database. @param keepRunning leaves a server that another process may be using */
export async function reachDatabase(
  config: Config,
): Promise<DatabasePlaces & { readonly started: boolean; readonly dataDir: string | null }> {
  if (!config.embedded) {
    const { DATABASE_URL: ownerUrl, MASTER_KEY: masterKey, JWT_KEY: jwtKey } = config;
    return {
      ...places(config, ownerUrl, masterKey),
      masterKey,
      jwtKey,
      started: false,
      dataDir: null,
      stop: async () => {},
    };
  }
  const secrets = embeddedSecrets(join(config.DATA_DIR, "secrets.json"));
  const server = await startEmbeddedPostgres({
    dataDir: join(config.DATA_DIR, "postgres"),
    password: secrets.databasePassword,
  });
  const masterKey = config.MASTER_KEY || secrets.masterKey;
  return {
    ...places(config, server.url, masterKey),
    masterKey,
    jwtKey: config.JWT_KEY || secrets.jwtKey,
    started: server.started,
    dataDir: server.dataDir,
    stop: () => server.stop(),
  };
}

function places(
  config: Config,
  ownerUrl: string,
  masterKey: string,
): { ownerUrl: string; appUrl: string; jobsUrl: string } {
  return {
    ownerUrl,
    appUrl: config.APP_DATABASE_URL || asRole(ownerUrl, "rainmaker_app", masterKey),
    jobsUrl: config.JOBS_DATABASE_URL || asRole(ownerUrl, "rainmaker_jobs", masterKey),
  };
}

function asRole(ownerUrl: string, role: string, masterKey: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = rolePassword(masterKey, role);
  return url.href;
}

/** Brings the database up to date and makes sure that the server's role can see past no policy. */
export async function prepareDatabase(config: Config, places: DatabasePlaces): Promise<readonly string[]> {
  const managed = config.APP_DATABASE_URL !== "" && config.JOBS_DATABASE_URL !== "";
  const passwords = managed
    ? null
    : { app: rolePassword(places.masterKey, "rainmaker_app"), jobs: rolePassword(places.masterKey, "rainmaker_jobs") };
  const { applied } = await migrate({ ownerUrl: places.ownerUrl, passwords });
  await migrateJobs(places.ownerUrl, places.jobsUrl);
  await refusePowerfulRole(places.appUrl);
  return applied;
}

/** Row-level security does not hold for superusers, for roles that bypass it, and for nobody's own tables. */
export async function refusePowerfulRole(appUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: appUrl });
  await client.connect();
  try {
    const {
      rows: [role],
    } = await client.query<{ name: string; powerful: boolean; owns: boolean }>(`
      select current_user as name, r.rolsuper or r.rolbypassrls as powerful,
        exists (select from pg_class c where c.relowner = r.oid and c.relkind in ('r', 'p', 'v')) as owns
      from pg_roles r where r.rolname = current_user`);
    if (role === undefined || role.powerful || role.owns) {
      throw new StartError(
        `The server must not connect as ${role?.name ?? "this role"}: it is a superuser, bypasses row-level security or owns tables, so organizations would not be isolated. Use the role rainmaker_app in APP_DATABASE_URL.`,
      );
    }
  } finally {
    await client.end();
  }
}
