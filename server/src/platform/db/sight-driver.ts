import {
  AbortedTransactionError,
  type CompiledQuery,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  type TransactionSettings,
} from "kysely";
import type pg from "pg";
import { queryWithPrelude, type Statement } from "./prelude-query.ts";

/** Who is looking: set for each transaction, read by the row-level security policies. */
export type Sight = {
  readonly organizationId: string;
  readonly memberId: string | null;
  /** "all", or entities with their reach: "customer:own deal:team". */
  readonly reach: string;
  /** ISO instant at which grants run out; the database's own clock where it is not given. */
  readonly now?: string;
};

export const wholeOrganization = "all";

const isUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const isReach = /^[a-z_: ]*$/;
const isInstant = /^[\d:.TZ-]*$/;

/** Refuses to look with anything but ids and reaches: these values end up in settings that policies trust. */
export function checkSight(sight: Sight): Sight {
  if (!isUuid.test(sight.organizationId)) throw new TypeError("organizationId is not a uuid");
  if (sight.memberId !== null && !isUuid.test(sight.memberId)) throw new TypeError("memberId is not a uuid");
  if (!isReach.test(sight.reach)) throw new TypeError("reach is not a list of entities");
  if (sight.now !== undefined && !isInstant.test(sight.now)) throw new TypeError("now is not an instant");
  return sight;
}

// Returns no row, so that nothing but the command tag comes back.
const settingsText =
  "select 1 where set_config('app.organization_id', $1, true) is null or set_config('app.member_id', $2, true) is null " +
  "or set_config('app.reach', $3, true) is null or set_config('app.now', $4, true) is null";

function settingsOf(sight: Sight): Statement {
  return {
    name: "_sight",
    text: settingsText,
    values: [sight.organizationId, sight.memberId ?? "", sight.reach, sight.now ?? ""],
  };
}

const widenStatement: Statement = {
  name: "_widen",
  text: "select 1 where set_config('app.reach', $1, true) is null",
  values: [wholeOrganization],
};

export type DriverOptions = {
  readonly pool: pg.Pool;
  /** false: the plain form, for the day an upgrade of pg breaks the other. */
  readonly oneSync: boolean;
  readonly onStatement: ((text: string, values: readonly unknown[]) => void) | undefined;
};

/** Names of prepared statements by their text. Bounded: filters make texts, and a server keeps each per connection. */
const statementNames = new Map<string, string>();
const mostStatementNames = 1000;

function nameOf(text: string): string | undefined {
  const known = statementNames.get(text);
  if (known !== undefined) return known;
  if (statementNames.size >= mostStatementNames) return undefined;
  const made = `k${statementNames.size + 1}`;
  statementNames.set(text, made);
  return made;
}

/**
 * A connection that sends what belongs before a statement together with it: the settings of whoever is looking, BEGIN
 * with the first statement of a transaction, and what is to be written last together with COMMIT.
 */
export class SightConnection implements DatabaseConnection {
  readonly client: pg.PoolClient;
  readonly #sight: Sight | null;
  readonly #options: DriverOptions;
  #transaction: "none" | "pending" | "open" = "none";
  #begin = "begin";
  #next: Statement[] = [];
  #last: Statement[] = [];
  #isLost = false;

  constructor(client: pg.PoolClient, sight: Sight | null, options: DriverOptions) {
    this.client = client;
    this.#sight = sight;
    this.#options = options;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    this.#options.onStatement?.(query.sql, query.parameters);
    const result = await this.#noticeLoss(this.#run(query.sql, query.parameters));
    const { command, rowCount, rows } = result;
    return command === "INSERT" || command === "UPDATE" || command === "DELETE" || command === "MERGE"
      ? { rows: rows as R[], numAffectedRows: BigInt(rowCount ?? 0) }
      : { rows: rows as R[] };
  }

  // oxlint-disable-next-line require-yield -- the interface wants a generator; nothing here streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("Streaming is not supported; page by key instead");
  }

  begin(settings: TransactionSettings): void {
    this.#begin =
      settings.isolationLevel === undefined
        ? "begin"
        : `begin isolation level ${settings.isolationLevel} ${settings.accessMode ?? ""}`.trim();
    this.#transaction = "pending";
  }

  /** From the next statement on, the transaction sees the whole organization. */
  widen(): void {
    this.#next.push(widenStatement);
  }

  /** A write that goes with COMMIT: it saves its own round trip, and its row locks live shortest. */
  beforeCommit(statement: Statement): void {
    this.#options.onStatement?.(statement.text, statement.values);
    this.#last.push(statement);
  }

  async commit(): Promise<void> {
    if (this.#transaction === "pending" && this.#last.length === 0) {
      this.#transaction = "none";
      return;
    }
    const prelude = [...this.#takePrelude(), ...this.#last];
    this.#last = [];
    const result = await this.#noticeLoss(this.#send(prelude, "commit", []));
    // No earlier: where something that goes with COMMIT fails, the block stays open until it is rolled back.
    this.#transaction = "none";
    if (result.command === "ROLLBACK") throw new AbortedTransactionError();
  }

  async rollback(): Promise<void> {
    const isOpen = this.#transaction === "open";
    this.#last = [];
    this.#next = [];
    this.#transaction = "none";
    if (isOpen && !this.#isLost) await this.client.query("rollback");
  }

  /** Gives the connection back; one that the server has ended goes, or the next caller would meet its end. */
  release(): void {
    this.client.release(this.#isLost);
  }

  async #noticeLoss<T>(sent: Promise<T>): Promise<T> {
    try {
      return await sent;
    } catch (error) {
      this.#isLost ||= endsConnection(error);
      throw error;
    }
  }

  async #run(text: string, values: readonly unknown[]): Promise<pg.QueryResult> {
    if (this.#transaction === "none" && !this.#options.oneSync && this.#sight !== null) {
      return this.#runPlain(this.#sight, text, values);
    }
    return this.#send(this.#takePrelude(), text, values);
  }

  #takePrelude(): Statement[] {
    const settings = this.#sight === null ? [] : [settingsOf(this.#sight)];
    if (this.#transaction === "none") return settings;
    const waiting = this.#next;
    this.#next = [];
    if (this.#transaction === "open") return waiting;
    this.#transaction = "open";
    return [{ name: `_${this.#begin.replaceAll(" ", "_")}`, text: this.#begin, values: [] }, ...settings, ...waiting];
  }

  async #send(prelude: readonly Statement[], text: string, values: readonly unknown[]): Promise<pg.QueryResult> {
    if (this.#options.oneSync) return queryWithPrelude(this.client, prelude, { name: nameOf(text), text, values });
    const [first, second, ...rest] = prelude;
    // BEGIN and settings in one message: the values are checked ids and words, see checkSight.
    if (first?.text.startsWith("begin") === true && second?.name === "_sight" && this.#sight !== null) {
      await this.client.query(`${first.text}; ${literalSettings(this.#sight)}`);
      for (const statement of rest) await this.client.query(statement.text, [...statement.values]);
    } else {
      for (const statement of prelude) await this.client.query(statement.text, [...statement.values]);
    }
    return this.client.query(text, [...values]);
  }

  async #runPlain(sight: Sight, text: string, values: readonly unknown[]): Promise<pg.QueryResult> {
    await this.client.query(`begin; ${literalSettings(sight)}`);
    try {
      const result = await this.client.query(text, [...values]);
      await this.client.query("commit");
      return result;
    } catch (error) {
      if (!endsConnection(error)) await this.client.query("rollback");
      throw error;
    }
  }
}

/** The server says so before it closes a connection; a connection that broke without a word has no answer at all. */
function endsConnection(error: unknown): boolean {
  const { severity, code } = error as { severity?: unknown; code?: unknown };
  return severity === "FATAL" || code === "ECONNRESET" || code === "EPIPE";
}

function literalSettings(sight: Sight): string {
  const { organizationId, memberId, reach, now = "" } = checkSight(sight);
  return (
    `select set_config('app.organization_id', '${organizationId}', true), set_config('app.member_id', '${memberId ?? ""}', true), ` +
    `set_config('app.reach', '${reach}', true), set_config('app.now', '${now}', true)`
  );
}

/** Gives Kysely connections of one sight; null sees nothing but doors and tables without an organization. */
class SightDriver implements Driver {
  readonly #sight: Sight | null;
  readonly #options: DriverOptions;

  constructor(sight: Sight | null, options: DriverOptions) {
    this.#sight = sight;
    this.#options = options;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<SightConnection> {
    return new SightConnection(await this.#options.pool.connect(), this.#sight, this.#options);
  }

  async beginTransaction(connection: SightConnection, settings: TransactionSettings): Promise<void> {
    connection.begin(settings);
  }

  async commitTransaction(connection: SightConnection): Promise<void> {
    await connection.commit();
  }

  async rollbackTransaction(connection: SightConnection): Promise<void> {
    await connection.rollback();
  }

  async releaseConnection(connection: SightConnection): Promise<void> {
    connection.release();
  }

  async destroy(): Promise<void> {}
}

/** The PostgreSQL dialect over a pool, for one sight. The pool belongs to the caller. */
export function sightDialect(sight: Sight | null, options: DriverOptions): Dialect {
  const driver = new SightDriver(sight === null ? null : checkSight(sight), options);
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driver,
    createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}
