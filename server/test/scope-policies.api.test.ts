import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scopedEntities } from "@rainmaker/contracts/organization/permissions";
import { contactRecord } from "../src/modules/sales/contacts/contact.ts";
import { customerRecord } from "../src/modules/sales/customers/customer.ts";
import { interactionRecord } from "../src/modules/sales/interactions/interaction.ts";
import { opportunityRecord } from "../src/modules/sales/opportunities/opportunity.ts";
import { openApp, type TestApp } from "./app.ts";

let app: TestApp;
let owner: pg.Client;
let server: pg.Client;

beforeAll(async () => {
  app = await openApp();
  owner = new pg.Client({ connectionString: app.database.ownerUrl });
  server = new pg.Client({ connectionString: app.database.appUrl });
  await Promise.all([owner.connect(), server.connect()]);
});
afterAll(async () => {
  await Promise.all([owner.end(), server.end()]);
  await app.close();
});

const rowsOf = async (text: string, values: unknown[] = []): Promise<any[]> => (await owner.query(text, values)).rows;
/** The one column of a statement. */
const listOf = async (text: string, values: unknown[] = []): Promise<string[]> =>
  (await owner.query({ text, values, rowMode: "array" })).rows.map(([value]) => String(value));

/** Tables of the application; partitions stand behind their table, and the queue has a schema of its own. */
const tables = `select c.oid, c.relname as name, c.relrowsecurity as secured, c.relforcerowsecurity as forced
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and c.relname not in ('migration', 'migration_lock')`;
const having = (column: string): string =>
  `exists (select from pg_attribute a where a.attrelid = t.oid and a.attname = '${column}' and not a.attisdropped)`;

describe("scope of owners", () => {
  /** Tables with an owner that no scope holds, and what does instead. */
  const withoutScope: Readonly<Record<string, string>> = {
    bulk_change: "its person's alone, whatever their reach",
    daily_metric: "sums by day: the ranking adds up people beyond reach; queries keep to analytics.read",
    event_log: "read through the audit log's permission, or the timeline of a record in sight",
    file: "whoever sees the record a file belongs to sees the file",
    import: "its person's alone, whatever their reach",
    outbox: "can only be written",
    record_export: "its person's alone, whatever their reach",
    record_key: "words a search goes by; the records it finds are read at the viewer's reach",
    saved_view: "its person's, or shared with the organization; what it shows is read at the reach of whoever looks",
    verified_credit: "a team's goal adds up payments beyond reach; queries give out sums",
    visible_owner: "it is the scope",
  };

  test("a grant is looked up by its record: never are all grants of everybody in sight collected", async () => {
    const policies = `select tablename, qual from pg_policies where policyname = 'scope' and qual like '%record_grant%'`;
    const rows = await rowsOf(policies);
    expect(rows.length).toBeGreaterThan(5);
    expect(
      rows.filter(({ qual }) => !/FROM record_grant g.*OFFSET 0/s.test(qual)).map(({ tablename }) => tablename),
    ).toEqual([]);
  });

  test("every table with an owner is held by the backstop, or says what holds it instead", async () => {
    const scoped = `exists (select from pg_policies p where p.tablename = t.name and p.policyname = 'scope'
      and p.permissive = 'RESTRICTIVE' and p.cmd = 'SELECT' and p.roles = '{rainmaker_app}')`;
    const unscoped = await listOf(
      `select name from (${tables}) t where ${having("owner_id")} and not ${scoped} order by name`,
    );
    expect(unscoped).toEqual(Object.keys(withoutScope));
  });

  test("the backstop of each table asks for the reach of the entity it belongs to", async () => {
    const rows =
      await rowsOf(`select tablename as name, array(select distinct m[1] from regexp_matches(qual, 'app\\.reach\\(''([a-z]+)''', 'g') m) as entities
      from pg_policies where policyname = 'scope' order by 1`);
    expect(Object.fromEntries(rows.map(({ name, entities }) => [name, entities.join()]))).toEqual({
      commission_absence: "commission",
      commission_adjustment: "commission",
      commission_credit: "commission",
      commission_statement: "commission",
      contact: "contact",
      contact_customer: "contact",
      contact_point: "contact",
      customer: "customer",
      deal: "deal",
      deal_credit: "deal",
      deal_revision: "deal",
      dispute: "commission",
      dispute_message: "commission",
      interaction: "interaction",
      interaction_participant: "interaction",
      invoice: "invoice",
      invoice_delivery: "invoice",
      invoice_file: "invoice",
      ledger_line: "commission",
      ledger_txn: "commission",
      opportunity: "opportunity",
      opportunity_contact: "opportunity",
      opportunity_line: "opportunity",
      opportunity_state: "opportunity",
      payment: "payment",
      payout: "commission",
      payment_allocation: "invoice",
      payment_claim: "payment",
      payment_decision: "payment",
      payment_submission: "payment",
      refund: "payment",
      stage_history: "opportunity",
      stage_total: "opportunity",
    });
    expect(new Set(rows.flatMap(({ entities }) => entities))).toEqual(new Set(scopedEntities));
  });

  const indexes = `select array(select a.attname::text from unnest(i.indkey::int2[]) with ordinality k(n, o)
      left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.n order by k.o) as columns, c.relname as name, i.indrelid
    from pg_index i join pg_class c on c.oid = i.indexrelid`;

  test.each([customerRecord, contactRecord, opportunityRecord, interactionRecord])(
    "$name: each sort walks an index, of all and of one owner",
    async (record) => {
      /** Sorts that another index serves. */
      const served = new Set(["opportunity.rank", "opportunity.owner.rank", `${record.name}.owner.number`]);
      const found = (await rowsOf(`${indexes} where i.indrelid = $1::regclass`, [record.table])).map(({ columns }) =>
        columns.join(),
      );
      const missing = Object.values(record.sorts).flatMap(({ column }) => [
        ...(found.some((columns) => columns.startsWith(`organization_id,${column}`))
          ? []
          : [`${record.name}.${column}`]),
        ...(found.includes(`organization_id,owner_id,${column},id`) ? [] : [`${record.name}.owner.${column}`]),
      ]);
      expect(missing.filter((sort) => !served.has(sort))).toEqual([]);
    },
  );

  test("every index begins with the organization, but those that doors find a row by", async () => {
    const others = await listOf(`select x.name from (${indexes}) x join (${tables}) t on t.oid = x.indrelid
      where ${having("organization_id")} and x.columns[1] is distinct from 'organization_id' order by 1`);
    expect(others).toEqual([
      "delivery_due",
      "idempotency_key_by_age",
      "invitation_token",
      "member_by_account",
      "outbox_by_time",
      "refresh_token_hash",
    ]);
  });
});
