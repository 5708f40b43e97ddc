import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { TestApp } from "../app.ts";

/** Reads what organizations have in the database, to see that a call changed nothing. */
export type Contents = {
  /** Of each table how many rows and a sum over them; what follows from the log by itself is left out. */
  of(organizationIds: readonly string[]): Promise<Record<string, string>>;
  /** Events of an organization, once what they cause has happened, in the log already or not. */
  events(organizationId: string): Promise<number>;
  close(): Promise<void>;
};

/** Written after a commit by whoever reads the log, at a time of their own. */
const derived = ["outbox", "event_log", "event_head", "delivery", "projection_cursor", "daily_metric", "invoice_file"];

export async function openContents(app: TestApp): Promise<Contents> {
  const client = new pg.Client({ connectionString: app.database.ownerUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and c.relname <> all ($1) order by 1`,
    [derived],
  );
  const sums = rows.map(
    ({
      name,
    }) => `select '${name}' as name, count(*) || ' rows, ' || coalesce(sum(hashtextextended(t::text, 0)), 0) as state
      from ${name} t where organization_id = any ($1::uuid[])`,
  );
  // In one statement, so that an event on its way from the outbox to the log is counted once.
  const events = `select 'events' as name, ((select count(*) from outbox where organization_id = any ($1::uuid[]))
    + (select count(*) from event_log where organization_id = any ($1::uuid[])))::text as state`;
  return {
    async of(organizationIds) {
      const { rows: states } = await client.query([...sums, events].join(" union all "), [organizationIds]);
      return Object.fromEntries(states.map(({ name, state }) => [name, state]));
    },
    async events(organizationId) {
      await app.settle();
      const jobs = "select count(*)::int as left from graphile_worker.jobs";
      for (const deadline = Date.now() + 20_000; (await client.query(jobs)).rows[0].left > 0;) {
        if (Date.now() > deadline) throw new Error("jobs are left");
        await pause(20);
      }
      const { rows: states } = await client.query(events, [[organizationId]]);
      return Number(states[0].state);
    },
    close: () => client.end(),
  };
}
