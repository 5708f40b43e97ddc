import { Kysely, type ControlledTransaction } from "kysely";
import pg from "pg";
import type { Statement } from "./db/prelude-query.ts";
import { SightConnection, sightDialect, wholeOrganization, type DriverOptions, type Sight } from "./db/sight-driver.ts";
import type { DB } from "./schema.gen.ts";

export { wholeOrganization, type Sight, type Statement };

/** How a transaction isolates: writes see what commits meanwhile, reads see one snapshot. */
export type TransactionMode = "write" | "snapshot";

/** A running transaction: Kysely's, and what goes with its connection. */
export type Handle = {
  readonly tx: ControlledTransaction<DB>;
  /** From the next statement on, sees the whole organization. */
  widen(): void;
  /** A write sent together with COMMIT. */
  beforeCommit(statement: Statement): void;
};

/** Row-level security holds on everything that is read or written here, because the role owns nothing. */
export type Database = {
  readonly pool: pg.Pool;
  /** Statements on their own, one round trip each; every one is its own snapshot. */
  session(sight: Sight): Kysely<DB>;
  /** Doors and tables without an organization; sees no row of any organization. */
  readonly outside: Kysely<DB>;
  /** Runs the function in one transaction; commits when it resolves, rolls back when it throws. */
  transaction<T>(sight: Sight, mode: TransactionMode, run: (handle: Handle) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

export type DatabaseOptions = {
  readonly url: string;
  readonly connections: number;
  readonly oneSync?: boolean;
  /** Told each statement; tests count with it, measurements repeat it. */
  readonly onStatement?: (text: string, values: readonly unknown[]) => void;
  readonly applicationName?: string;
};

/**
 * Parsers of the driver's results: bigint for int8, so that money is exact; calendar days stay text; instants become
 * ISO 8601 text in UTC with milliseconds, the form of the wire.
 */
const parsers: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [20, BigInt],
  [1082, (text) => text],
  [1184, instantOf],
  [
    1182,
    (text) =>
      text
        .slice(1, -1)
        .split(",")
        .filter((day) => day !== ""),
  ],
]);

function instantOf(text: string): string {
  // "2026-11-20 09:12:41.123456+00"; the session's time zone is UTC.
  const [day = "", time = ""] = text.split(" ");
  const [clock = "", fraction = ""] = time.slice(0, -3).split(".");
  return `${day}T${clock}.${fraction.slice(0, 3).padEnd(3, "0")}Z`;
}

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    parsers.get(oid) ?? pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig["getTypeParser"],
};

export function openPool(url: string, connections: number, applicationName = "rainmaker"): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    application_name: applicationName,
    types,
    // Generic plans: PostgreSQL would otherwise plan a prepared list anew on each call, a third to a half of its time.
    options:
      "-c plan_cache_mode=force_generic_plan -c timezone=UTC -c statement_timeout=60s -c idle_in_transaction_session_timeout=120s",
  });
  // An idle connection that breaks (the database restarted) is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

export function openDatabase({
  url,
  connections,
  oneSync = true,
  onStatement,
  applicationName,
}: DatabaseOptions): Database {
  const pool = openPool(url, connections, applicationName);
  const options: DriverOptions = { pool, oneSync, onStatement };
  const kysely = (sight: Sight | null): Kysely<DB> => new Kysely<DB>({ dialect: sightDialect(sight, options) });
  return {
    pool,
    session: kysely,
    outside: kysely(null),
    transaction: (sight, mode, run) => runTransaction(kysely(sight), mode, run),
    close: () => pool.end(),
  };
}

async function runTransaction<T>(
  db: Kysely<DB>,
  mode: TransactionMode,
  run: (handle: Handle) => Promise<T>,
): Promise<T> {
  const starting = db.startTransaction();
  const tx = await (
    mode === "snapshot" ? starting.setIsolationLevel("repeatable read").setAccessMode("read only") : starting
  ).execute();
  try {
    const connection = await connectionOf(tx);
    const result = await run({
      tx,
      widen: () => connection.widen(),
      beforeCommit: (statement) => connection.beforeCommit(statement),
    });
    await tx.commit().execute();
    return result;
  } catch (error) {
    // The error that is already on its way says more than a failing rollback could.
    await tx
      .rollback()
      .execute()
      .catch(() => {});
    throw error;
  }
}

/** The driver's connection under a transaction, by the way Kysely offers to executors. */
function connectionOf(tx: ControlledTransaction<DB>): Promise<SightConnection> {
  return tx.getExecutor().provideConnection(async (connection) => {
    if (!(connection instanceof SightConnection)) throw new TypeError("The transaction runs on another driver");
    return connection;
  });
}
