import pg from "pg";
import { seed } from "../../bench/seed.ts";
import type { TestApp } from "../app.ts";
import { makeMember } from "../make.ts";
import { makeCompany, type Company } from "./company.ts";

export type Filled = {
  readonly company: Company;
  /** Tables that hold so much that reading all of one is a fault. */
  readonly bigTables: ReadonlySet<string>;
};

const size = { opportunities: 5000, customers: 2500, owners: 60 };
/** Organizations that are copies of a small one, so that every table holds many organizations. */
const copies = 120;
const manyRows = 1000;

/**
 * A database in which no plan can get by with reading a whole table: one large organization among others.
 * @param prepare makes records through the API, at least one of each kind
 */
export async function fillForPlans(app: TestApp, prepare: (company: Company) => Promise<void>): Promise<Filled> {
  const company = await makeCompany(app);
  const small = await makeCompany(app);
  const many = await makeMember(app, company.organization, ["manager"]);
  const people = { twenty: company.manager.id, many: many.id };
  const { ownerUrl } = app.database;
  await seed(ownerUrl, company.organization.id, [small.organization.id], people, size);
  await prepare(company);
  await prepare(small);
  await app.settle();
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    // Neither triggers nor keys: what is derived is derived below.
    await client.query("set session_replication_role = replica");
    await fillSales(client, company.organization.id);
    await fillRevenue(client, company.organization.id);
    await fillLog(client, company);
    await copyOrganization(client, small.organization.id);
    await client.query("vacuum analyze");
    return { company, bigTables: new Set(await listBig(client)) };
  } finally {
    await client.end();
  }
}

/** A contact of each customer, whom every seller to it sees, and an interaction of each sale. */
async function fillSales(client: pg.Client, organizationId: string): Promise<void> {
  const statements = [
    `insert into contact (organization_id, id, number, owner_id, first_name, last_name, created_at, updated_at, version)
     select organization_id, gen_random_uuid(), 1000000 + number, owner_id, 'Contact', number::text, created_at, updated_at, 1
     from customer where organization_id = $1`,
    `insert into contact_customer (organization_id, contact_id, customer_id, owner_id, position)
     select c.organization_id, c.id, k.id, c.owner_id, 0 from contact c
     join customer k on k.organization_id = c.organization_id and k.number + 1000000 = c.number where c.organization_id = $1`,
    `insert into contact_point (organization_id, id, contact_id, owner_id, kind, label, position, value, key, is_live)
     select organization_id, gen_random_uuid(), id, owner_id, 'email', 'work', 0, number || '@test.example', number || '@test.example', true
     from contact where organization_id = $1 and number > 1000000`,
    `insert into opportunity_contact (organization_id, opportunity_id, contact_id, owner_id, position)
     select o.organization_id, o.id, l.contact_id, o.owner_id, 0 from opportunity o
     join contact_customer l on l.organization_id = o.organization_id and l.customer_id = o.customer_id where o.organization_id = $1`,
    `insert into record_grant (organization_id, entity, record_id, member_id, source_id)
     select organization_id, 'contact', contact_id, owner_id, opportunity_id from opportunity_contact
     where organization_id = $1 and owner_id is not null on conflict do nothing`,
    `insert into interaction (organization_id, id, number, owner_id, author_id, kind, subject, occurred_at, follow_up_on, customer_id, opportunity_id, created_at, updated_at, version)
     select organization_id, gen_random_uuid(), 1000000 + number, owner_id, owner_id, 'call', 'Call', created_at, opened_on, customer_id, id, created_at, created_at, 1
     from opportunity where organization_id = $1`,
    `insert into interaction_participant (organization_id, id, interaction_id, owner_id, contact_id, position)
     select i.organization_id, gen_random_uuid(), i.id, i.owner_id, l.contact_id, 0 from interaction i
     join opportunity_contact l on l.organization_id = i.organization_id and l.opportunity_id = i.opportunity_id where i.organization_id = $1`,
  ];
  for (const statement of statements) await client.query(statement, [organizationId]);
  await deriveKeys(client, organizationId);
}

/** What sales are found by, as the triggers would write it. */
async function deriveKeys(client: pg.Client, organizationId: string): Promise<void> {
  const sources = [
    ["customer", "app.customer_keys(r.name, r.email, r.phone, r.website)"],
    ["contact", "app.person_keys(r.name)"],
    ["opportunity", "app.word_keys(r.title)"],
    ["interaction", "app.word_keys(r.subject)"],
  ];
  for (const [entity, keys] of sources) {
    await client.query(
      `insert into record_key (organization_id, entity, record_id, source_id, owner_id, kind, key, place)
       select r.organization_id, '${entity}', r.id, r.id, r.owner_id, k.kind, k.key, min(k.place) from ${entity} r, lateral ${keys} k
       where r.organization_id = $1 group by 1, 3, 4, 5, 6, 7 on conflict do nothing`,
      [organizationId],
    );
  }
}

/** Tables of a module are filled by what its statements write; each is a row for each of the large organization's sales. */
async function fillRevenue(client: pg.Client, organizationId: string): Promise<void> {
  const statements = [
    `insert into deal (organization_id, id, number, owner_id, opportunity_id, customer_id, title, amount_minor, currency, status, won_on, submitted_by, submitted_at, approved_by, approved_at, created_at, version)
     select organization_id, gen_random_uuid(), number, owner_id, id, customer_id, title, 10000, currency,
       case when number % 50 = 0 then 'submitted' else 'approved' end, opened_on, owner_id, created_at,
       case when number % 50 = 0 then null else gen_random_uuid() end, created_at, created_at, 3
     from opportunity o where organization_id = $1 and owner_id is not null and customer_id is not null
       and not exists (select from deal d where d.organization_id = $1 and d.opportunity_id = o.id)`,
    `insert into deal_credit (organization_id, id, deal_id, owner_id, participant_id, kind, basis_points)
     select organization_id, gen_random_uuid(), id, owner_id, owner_id, 'revenue', 10000 from deal where organization_id = $1
     on conflict do nothing`,
    `insert into payment (organization_id, id, number, owner_id, deal_id, customer_id, amount_minor, currency, method, value_on, reference, status, recorded_by, submitted_by, submitted_at, created_at, version, counted_minor, applied_minor)
     select organization_id, gen_random_uuid(), 1000000 + number, owner_id, id, customer_id, 10000, currency, 'bank_transfer', won_on, 'RF' || number,
       case when number % 100 = 0 then 'submitted' else 'verified' end, owner_id, owner_id, created_at, created_at, 3,
       case when number % 100 = 0 then 0 else 10000 end, case when number % 100 = 0 then 0 else 10000 end
     from deal where organization_id = $1`,
    `insert into payment_submission (organization_id, payment_id, version, owner_id, amount_minor, currency, method, value_on, reference, evidence_sha256, submitted_by, submitted_at)
     select organization_id, id, 3, owner_id, amount_minor, currency, method, value_on, reference, array[sha256(id::text::bytea)], owner_id, submitted_at
     from payment where organization_id = $1 and number > 1000000`,
    `insert into payment_decision (organization_id, id, payment_id, owner_id, payment_version, submitted_by, decided_by, verdict, decided_at)
     select organization_id, gen_random_uuid(), id, owner_id, 3, owner_id, gen_random_uuid(), 'verified', submitted_at
     from payment where organization_id = $1 and number > 1000000 and status = 'verified'`,
    `insert into file (organization_id, id, owner_id, subject, subject_id, name, type, size, sha256, storage_key, uploaded_by, uploaded_at)
     select organization_id, gen_random_uuid(), owner_id, 'payment', id, 'proof.pdf', 'application/pdf', 100, sha256(id::text::bytea), id::text, owner_id, created_at
     from payment where organization_id = $1 and number > 1000000`,
    `insert into verified_credit (organization_id, payment_id, owner_id, value_on, amount_minor, currency)
     select organization_id, id, owner_id, value_on, amount_minor, currency from payment where organization_id = $1 and number > 1000000 and status = 'verified'`,
    `insert into ledger_txn (organization_id, id, owner_id, period_id, kind, deal_id, payment_id, customer_id, component_id, source_event, amount_minor, currency, credited_minor, trace, posted_at)
     select p.organization_id, gen_random_uuid(), p.owner_id, period.id, 'earned', p.deal_id, p.id, p.customer_id, component.id, gen_random_uuid(), 1000, p.currency, 10000, known.trace, p.submitted_at
     from payment p, (select id from commission_period where organization_id = $1 limit 1) period,
       (select id from plan_component where organization_id = $1 limit 1) component,
       (select trace from ledger_txn where organization_id = $1 limit 1) known
     where p.organization_id = $1 and p.number > 1000000 and p.status = 'verified'`,
    `insert into ledger_line (organization_id, txn_id, line, owner_id, account, amount_minor, currency)
     select organization_id, id, line, owner_id, case line when 1 then 'expense' else 'payable' end, case line when 1 then 1000 else -1000 end, currency
     from ledger_txn, generate_series(1, 2) line where organization_id = $1 on conflict do nothing`,
    `insert into commission_absence (organization_id, id, owner_id, payment_id, deal_id, customer_id, reason, month, currency, recorded_at)
     select organization_id, gen_random_uuid(), owner_id, id, deal_id, customer_id, 'no_plan', '2026-11', currency, created_at
     from payment where organization_id = $1 and number % 12 = 0`,
    `insert into invoice (organization_id, id, kind, status, owner_id, legal_entity_id, deal_id, customer_id, currency, tax_included, tax_rounding,
       lines, net_minor, tax_minor, total_minor, paid_minor, series, fiscal_year, number, name, issued_on, due_on, snapshot, created_at, issued_at, version)
     select p.organization_id, gen_random_uuid(), 'invoice', 'issued', p.owner_id, known.legal_entity_id, p.deal_id, p.customer_id, p.currency, true, 'document',
       known.lines, 10000, 0, 10000, case when p.number % 100 = 0 then 0 else 10000 end, 'INV', 2026, p.number, 'INV-2026-' || p.number, p.value_on, p.value_on,
       known.snapshot, p.created_at, p.created_at, 2
     from payment p, (select * from invoice where organization_id = $1 and status = 'issued' limit 1) known
     where p.organization_id = $1 and p.number > 1000000`,
    `insert into payment_allocation (organization_id, id, payment_id, invoice_id, owner_id, amount_minor, currency, cause, allocated_at)
     select i.organization_id, gen_random_uuid(), p.id, i.id, i.owner_id, 10000, i.currency, 'payment', i.created_at
     from invoice i join payment p on p.organization_id = i.organization_id and p.deal_id = i.deal_id and p.number = i.number
     where i.organization_id = $1 and p.status = 'verified'`,
    `insert into invoice_delivery (organization_id, id, invoice_id, owner_id, recipients, status, requested_by, requested_at)
     select organization_id, gen_random_uuid(), id, owner_id, '{a@b.example}', 'sent', owner_id, created_at from invoice where organization_id = $1`,
    `insert into daily_metric (organization_id, owner_id, day, metric, currency, amount_minor, count)
     select organization_id, owner_id, value_on, 'verified_revenue', currency, sum(amount_minor), count(*)
     from payment where organization_id = $1 and status = 'verified' group by 1, 2, 3, 5 on conflict do nothing`,
    `insert into stage_history (organization_id, id, opportunity_id, owner_id, from_stage_id, to_stage_id, moved_at, moved_by, source)
     select organization_id, gen_random_uuid(), id, owner_id, null, stage_id, created_at, owner_id, 'created' from opportunity where organization_id = $1`,
  ];
  for (const statement of statements) await client.query(statement, [organizationId]);
}

/** Three events of each sale, and imports of everybody. */
async function fillLog(client: pg.Client, { organization, rep }: Company): Promise<void> {
  await client.query(
    `insert into event_log (organization_id, seq, id, type, entity, record_id, record_version, owner_id, thread_id, actor_id, changes, facts, occurred_at, recorded_at, hash)
     select organization_id, 1000000 + row_number() over (), gen_random_uuid(), 'opportunity.changed', 'opportunity', id, 1, owner_id, id, owner_id, '{}', '{"title": ""}', created_at, created_at, '\\x00'
     from opportunity, generate_series(1, 3) where organization_id = $1`,
    [organization.id],
  );
  await client.query(
    `insert into import (organization_id, id, owner_id, entity, status, file_name, file_size, storage_key, encoding, delimiter, columns, mapping, created_at, version)
     select i.organization_id, gen_random_uuid(), case when n % 20 = 0 then $2::uuid else m.id end, i.entity, 'finished', i.file_name, 1, i.storage_key, i.encoding, i.delimiter, i.columns, i.mapping,
       i.created_at - n * interval '1 minute', 1
     from (select * from import where organization_id = $1 limit 1) i, generate_series(1, 10) n, (select id from member where organization_id = $1) m`,
    [organization.id, rep.id],
  );
}

/** Every row of an organization once more for each copy of it: ids are one organization's own. */
async function copyOrganization(client: pg.Client, organizationId: string): Promise<void> {
  await client.query("create temporary table copy as select gen_random_uuid() as id from generate_series(1, $1::int)", [
    copies,
  ]);
  const { rows: tables } = await client.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(quote_ident(a.attname)) as columns from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       and a.attidentity = '' and a.attgenerated = '' and a.attname <> 'organization_id'
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and exists (select from pg_attribute o where o.attrelid = c.oid and o.attname = 'organization_id')
       and not c.relname = any ('{outbox,opportunity,customer,record_grant}') group by 1`,
  );
  for (const { name, columns } of tables) {
    // Few rows of each: it is the number of organizations that counts. What is unique across them stays one's own.
    await client.query(
      `insert into ${name} (organization_id, ${columns.join()}) select copy.id, ${columns.map((column) => `t.${column}`).join()}
       from (select * from ${name} where organization_id = $1 limit 20) t, copy on conflict do nothing`,
      [organizationId],
    );
  }
}

async function listBig(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select coalesce(parent.relname, c.relname) as name from pg_class c
     left join pg_inherits i on i.inhrelid = c.oid left join pg_class parent on parent.oid = i.inhparent
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.reltuples >= $1`,
    [manyRows],
  );
  return rows.map(({ name }) => name);
}
