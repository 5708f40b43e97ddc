import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "./app.ts";
import { makeCrew, makeDeal, makeOrganization, makePayment } from "./make.ts";

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

describe("isolation of organizations", () => {
  test("holds, also for the owner, on every table that the server's role can reach", async () => {
    const open = await listOf(`select name from (${tables}) t where not (secured and forced)`);
    // Messages between socket servers name rooms and ids, and come from outside any transaction of an organization.
    expect(open).toEqual(["socket_io_attachments"]);
  });

  test("is one and the same policy on every table with organization_id", async () => {
    const condition = "(organization_id = ( SELECT app.organization_id() AS organization_id))";
    const others =
      await rowsOf(`select name, p.qual, p.with_check, p.permissive, p.cmd, p.roles::text from (${tables}) t
      left join pg_policies p on p.schemaname = 'public' and p.tablename = t.name and p.policyname = 'organization'
      where ${having("organization_id")} and (p.qual, p.with_check, p.permissive, p.cmd, p.roles::text)
        is distinct from ('${condition}', '${condition}', 'PERMISSIVE', 'ALL', '{rainmaker_app}')`);
    expect(others).toEqual([]);
  });

  test("leaves tables without organization_id to the doors, but for the organization itself", async () => {
    const reachable = await listOf(`select name from (${tables}) t where not ${having("organization_id")}
      and has_table_privilege('rainmaker_app', oid, 'select, insert, update, delete') order by name`);
    expect(reachable).toEqual(["organization", "socket_io_attachments"]);
    expect(
      await listOf("select qual from pg_policies where tablename = 'organization' and policyname = 'organization'"),
    ).toEqual(["(id = ( SELECT app.organization_id() AS organization_id))"]);
  });

  test("is not got around by a partition, which the server's role cannot name", async () => {
    const named = await listOf(`select relname from pg_class where relispartition and relkind = 'r'
      and has_table_privilege('rainmaker_app', oid, 'select, insert, update, delete')`);
    expect(named).toEqual([]);
  });

  test("a reference never leaves the organization: organization_id is part of every foreign key between its tables", async () => {
    const loose = await listOf(`select c.conname from pg_constraint c
      join (${tables}) t on t.oid = c.conrelid and ${having("organization_id")}
      join (${tables}) f on f.oid = c.confrelid and exists (select from pg_attribute a where a.attrelid = f.oid and a.attname = 'organization_id')
      where c.contype = 'f' and not exists (select from unnest(c.conkey, c.confkey) as k(here, there)
        join pg_attribute a on a.attrelid = t.oid and a.attnum = k.here and a.attname = 'organization_id'
        join pg_attribute b on b.attrelid = f.oid and b.attnum = k.there and b.attname = 'organization_id')`);
    expect(loose).toEqual([]);
  });

  test("every policy reads its settings once per statement, inside (select ...)", async () => {
    const plain = await listOf(`select tablename || '.' || policyname from pg_policies
      where regexp_replace(coalesce(qual, '') || coalesce(with_check, ''), 'SELECT app\\.', '', 'g') ~ 'app\\.'`);
    expect(plain).toEqual([]);
  });

  test("policies admit the server's role and the doors, nobody else", async () => {
    expect(
      await listOf("select distinct unnest(roles) from pg_policies where schemaname = 'public' order by 1"),
    ).toEqual(["rainmaker_app", "rainmaker_definer"]);
  });
});

describe("roles", () => {
  test("the server's role has no power beyond its grants, and the doors' role cannot sign in", async () => {
    const rows =
      await rowsOf(`select rolname as name, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as powerful, rolcanlogin as signs_in
      from pg_roles where rolname like 'rainmaker\\_%' and rolname in ('rainmaker_app', 'rainmaker_definer', 'rainmaker_jobs') order by 1`);
    expect(rows).toEqual([
      { name: "rainmaker_app", powerful: false, signs_in: true },
      { name: "rainmaker_definer", powerful: false, signs_in: false },
      { name: "rainmaker_jobs", powerful: false, signs_in: true },
    ]);
  });

  test("the server's role is nobody else, and owns nothing", async () => {
    expect(await listOf("select roleid::regrole from pg_auth_members where member = 'rainmaker_app'::regrole")).toEqual(
      [],
    );
    const owned = await listOf(`select classid::regclass || ' ' || objid from pg_shdepend
      where refobjid = 'rainmaker_app'::regrole and deptype = 'o' and dbid in (0, (select oid from pg_database where datname = current_database()))`);
    expect(owned).toEqual([]);
  });

  test("the server's role makes nothing, and empties no table", async () => {
    expect(
      await listOf(
        "select nspname from pg_namespace where has_schema_privilege('rainmaker_app', oid, 'create') and nspname !~ '^pg_'",
      ),
    ).toEqual([]);
    expect(
      await listOf(
        `select name from (${tables}) t where has_table_privilege('rainmaker_app', oid, 'truncate, references, trigger')`,
      ),
    ).toEqual([]);
  });

  test("the queue's role reaches no table of the application", async () => {
    expect(
      await listOf(
        `select name from (${tables}) t where has_table_privilege('rainmaker_jobs', oid, 'select, insert, update, delete')`,
      ),
    ).toEqual([]);
  });
});

describe("what only ever grows", () => {
  const appendOnly = [
    "commission_absence",
    "commission_credit",
    "dispute_message",
    "event_log",
    "ledger_line",
    "ledger_txn",
    "payment_decision",
    "payment_submission",
    "plan_component",
    "verified_credit",
  ];
  const guarded = [
    "commission_credit",
    "event_log",
    "ledger_line",
    "ledger_txn",
    "payment_decision",
    "payment_submission",
  ];

  beforeAll(async () => {
    const acme = await makeOrganization(app);
    const crew = await makeCrew(app, acme);
    const { id: dealId } = await makeDeal(app, crew);
    const payment = await makePayment(app, { rep: crew.rep, dealId });
    await app.call("POST", `/payments/${payment.id}/approve`, {
      token: crew.verifier.token,
      body: { seenVersion: payment.version },
    });
    await app.settle();
  });

  test.each(appendOnly)("%s: the server's role may neither change nor delete", async (table) => {
    await expect(server.query(`update ${table} set organization_id = organization_id`)).rejects.toMatchObject({
      code: "42501",
    });
    await expect(server.query(`delete from ${table}`)).rejects.toMatchObject({ code: "42501" });
  });

  test.each(guarded)("%s: nobody changes, deletes or empties it, not even its owner", async (table) => {
    expect(await listOf(`select count(*) > 0 from ${table}`)).toEqual(["true"]);
    for (const statement of [
      `update ${table} set organization_id = organization_id`,
      `delete from ${table}`,
      `truncate ${table} cascade`,
    ]) {
      await expect(owner.query(statement), statement).rejects.toMatchObject({ code: "23001" });
    }
  });

  test("a partition of the log is as closed as the log", async () => {
    const [partition] = await listOf("select distinct tableoid::regclass from event_log");
    await expect(owner.query(`delete from ${partition}`)).rejects.toMatchObject({ code: "23001" });
  });
});

describe("functions and views", () => {
  const definers = `select p.oid, p.oid::regprocedure::text as name, p.proowner::regrole::text as owner, p.proconfig::text as config,
      p.prorettype = 'trigger'::regtype as is_trigger, p.pronamespace::regnamespace::text as schema
    from pg_proc p where p.prosecdef and p.pronamespace in ('app'::regnamespace, 'door'::regnamespace, 'public'::regnamespace)`;

  test("every function with its owner's rights fixes where it looks names up, temporary tables last", async () => {
    expect(
      await listOf(
        `select name from (${definers}) f where config is null or config !~ 'search_path=pg_catalog(, public)?, pg_temp'`,
      ),
    ).toEqual([]);
  });

  test("all of them belong to the role that bypasses nothing; the way into the queue to the queue's", async () => {
    expect(await rowsOf(`select name, owner from (${definers}) f where owner <> 'rainmaker_definer'`)).toEqual([
      { name: "app.enqueue(text,json,text,timestamp with time zone)", owner: "rainmaker_jobs" },
      { name: "app.enqueue_in_turn(text,json,text,text)", owner: "rainmaker_jobs" },
    ]);
    expect(
      await listOf("select oid::regprocedure from pg_proc where pronamespace = 'door'::regnamespace and not prosecdef"),
    ).toEqual([]);
  });

  test("nobody but the server may call them, and it only the doors", async () => {
    const callable = (role: string) =>
      listOf(`select name from (${definers}) f where not is_trigger and has_function_privilege('${role}', oid, 'execute')
      and schema <> 'door'`);
    expect(await callable("rainmaker_app")).toEqual([
      "app.enqueue(text,json,text,timestamp with time zone)",
      "app.enqueue_in_turn(text,json,text,text)",
    ]);
    expect(
      await listOf(
        `select name from (${definers}) f where not is_trigger and has_function_privilege('public', oid, 'execute')`,
      ),
    ).toEqual([]);
  });

  test("every published view looks with the eyes of whoever asks", async () => {
    const views =
      await rowsOf(`select relnamespace::regnamespace::text || '.' || relname as name, coalesce(reloptions::text, '') ~ 'security_invoker=(true|on)' as invoker
      from pg_class where relkind in ('v', 'm') and relnamespace::regnamespace::text !~ '^(pg_|information_schema|graphile_worker)'`);
    expect(views.length).toBeGreaterThan(5);
    expect(views.filter(({ invoker }) => invoker !== true)).toEqual([]);
  });
});

describe("columns", () => {
  const columns = `select t.name as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type, coll.collname as collation, t.oid
    from (${tables}) t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
    left join pg_collation coll on coll.oid = a.attcollation`;

  test("money is bigint in minor units beside its currency; sums of many are wide and whole", async () => {
    const sums = new Set(["commission_accumulator", "daily_metric", "stage_total"]);
    const money =
      await rowsOf(`select x.table, x.column, x.type, exists (select from pg_attribute a where a.attrelid = x.oid and a.attname = 'currency') as has_currency
      from (${columns}) x where x.column like '%\\_minor'`);
    expect(money.length).toBeGreaterThan(10);
    // What was exchanged is credited exactly, and rounded once, when it is posted.
    const exact = new Set(["commission_accumulator.credited_minor", "commission_credit.credited_minor"]);
    const wanted = (table: string, column: string) => {
      if (exact.has(`${table}.${column}`)) return "numeric(44,16)";
      return sums.has(table) ? "numeric(30,0)" : "bigint";
    };
    const wrong = money.filter(
      ({ table, column, type, has_currency: hasCurrency }) => !hasCurrency || type !== wanted(table, column),
    );
    expect(wrong).toEqual([]);
  });

  test("no binary fractions, no instants without a zone, no enums: they are not leakproof", async () => {
    const odd = await rowsOf(`select x.table, x.column, x.type from (${columns}) x
      where x.type ~ '^(real|double precision|money|timestamp(\\(\\d\\))? without)' or (x.type ~ '^numeric' and x.type not in ('numeric(30,0)', 'numeric(44,16)')) order by 1, 2`);
    // Rates: exact, and never what rows are looked for by.
    expect(odd).toEqual([
      { table: "commission_credit", column: "rate", type: "numeric(20,10)" },
      { table: "exchange_rate", column: "rate", type: "numeric(20,10)" },
      { table: "legal_entity", column: "tax_rate", type: "numeric(6,5)" },
    ]);
    expect(
      await listOf("select typname from pg_type where typtype = 'e' and typnamespace = 'public'::regnamespace"),
    ).toEqual([]);
  });

  test("names that people sort by follow their alphabet", async () => {
    const sorted = await listOf(
      `select x.table || '.' || x.column from (${columns}) x where x.collation = 'und-x-icu' order by 1`,
    );
    expect(sorted).toEqual([
      "contact.name",
      "custom_role.name",
      "custom_value.text_value",
      "customer.name",
      "deal.title",
      "legal_entity.name",
      "member.name",
      "opportunity.title",
      "organization.name",
      "pipeline.name",
      "product.name",
      "project.name",
      "team.name",
    ]);
  });
});
