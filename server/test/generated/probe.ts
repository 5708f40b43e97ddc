import { randomUUID } from "node:crypto";
import { sql, type Kysely } from "kysely";
import pg from "pg";
import { openDatabase, wholeOrganization, type Database, type DatabaseOptions, type Sight } from "#platform/db";
import type { DB } from "#platform/schema";
import { makeDatabase } from "../database.ts";

/** An organization of the probe with the sights of its people. */
export type ProbeOrganization = {
  readonly id: string;
  readonly alice: string;
  readonly bob: string;
  readonly all: Sight;
  /** Alice, who sees her own rows. */
  readonly own: Sight;
  /** Their manager, who sees Alice's and Bob's. */
  readonly team: Sight;
};

export type Probe = {
  /** Whom no policy holds. */
  readonly owner: pg.Client;
  open(options: Partial<DatabaseOptions>): Database;
  close(): Promise<void>;
};

/** A database with one table more, isolated and scoped as the application's are, to try the façade on. */
export async function openProbe(): Promise<Probe> {
  const places = await makeDatabase();
  const owner = new pg.Client({ connectionString: places.ownerUrl });
  await owner.connect();
  await owner.query(probeTable);
  const opened: Database[] = [];
  return {
    owner,
    open(options) {
      const database = openDatabase({ url: places.appUrl, connections: 4, applicationName: "probe", ...options });
      opened.push(database);
      return database;
    },
    async close() {
      await Promise.all(opened.map((database) => database.close()));
      await owner.end();
      await places.drop();
    },
  };
}

/** `n` may not be negative; 666 is refused no earlier than at COMMIT. */
const probeTable = `
  create table probe (
    organization_id uuid not null,
    id uuid not null default gen_random_uuid(),
    owner_id uuid,
    n integer not null constraint probe_not_negative check (n >= 0),
    primary key (organization_id, id)
  );
  call app.isolate('probe');
  call app.scope_by_owner('probe', 'customer');
  create function probe_late() returns trigger language plpgsql as $$
    begin raise exception 'too late' using errcode = '23514', constraint = 'probe_late'; end $$;
  create constraint trigger late after insert on probe deferrable initially deferred
    for each row when (new.n = 666) execute function probe_late();
  -- Waiting a second for each deadlock would be most of the time of these tests.
  do $$ begin execute format('alter database %I set deadlock_timeout = ''30ms''', current_database()); end $$;`;

/** An organization with three rows of Alice's (1, 2, 3), two of Bob's (10, 20) and one of nobody's (100). */
export async function makeProbeOrganization({ owner }: Probe): Promise<ProbeOrganization> {
  const [id, alice, bob, manager] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await owner.query(
    `insert into visible_owner (organization_id, member_id, reach, owner_id)
      values ($1, $2, 'own', $2), ($1, $3, 'own', $3), ($1, $4, 'team', $2), ($1, $4, 'team', $3)`,
    [id, alice, bob, manager],
  );
  await owner.query(
    `insert into probe (organization_id, owner_id, n)
      values ($1, $2, 1), ($1, $2, 2), ($1, $2, 3), ($1, $3, 10), ($1, $3, 20), ($1, null, 100)`,
    [id, alice, bob],
  );
  return {
    id,
    alice,
    bob,
    all: { organizationId: id, memberId: alice, reach: wholeOrganization },
    own: { organizationId: id, memberId: alice, reach: "customer:own" },
    team: { organizationId: id, memberId: manager, reach: "customer:team deal:own" },
  };
}

type Executor = Kysely<DB>;

/** What is seen, without naming an organization: the policies alone decide. */
export async function seen(db: Executor): Promise<number[]> {
  const { rows } = await sql<{ n: number }>`select n from probe order by n`.execute(db);
  return rows.map(({ n }) => n);
}

export async function put(db: Executor, { organizationId, memberId }: Sight, n: number): Promise<void> {
  await sql`insert into probe (organization_id, owner_id, n) values (${organizationId}, ${memberId}, ${n})`.execute(db);
}

/** What is left on each idle connection of a pool once a call is over. */
export async function leftovers({ pool }: Database): Promise<string> {
  const { rows } = await pool.query<{
    left: string;
  }>(`select concat_ws(' ', nullif(current_setting('app.organization_id', true), ''),
    nullif(current_setting('app.member_id', true), ''), nullif(current_setting('app.reach', true), ''),
    case when now() <> statement_timestamp() then 'in a transaction' end) as left`);
  return rows[0]?.left ?? "";
}
