import pg from "pg";

/** How the measured organization is made: 300,000 opportunities, 100,000 customers, 1,000 owners, and nine neighbours. */
export type Size = { readonly opportunities: number; readonly customers: number; readonly owners: number };

export const fullSize: Size = { opportunities: 300_000, customers: 100_000, owners: 1000 };

/** Share of the measured organization's opportunities that each neighbour has. */
const neighbourShare = 30;

/**
 * Fills organizations that registered through the API. Rows are written by the database's owner in bulk; what triggers
 * derive (stage totals, grants) is derived here by the same definitions, once.
 * @param people members of the measured organization who shall see 20 and 500 owners
 */
export async function seed(
  ownerUrl: string,
  measured: string,
  neighbours: readonly string[],
  people: { readonly twenty: string; readonly many: string },
  size: Size,
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("set session_replication_role = replica");
    await insertOwners(client, measured, size.owners);
    await placeOwners(client, measured, people);
    await insertRecords(client, measured, size);
    for (const neighbour of neighbours) {
      await insertOwners(client, neighbour, 20);
      await insertRecords(client, neighbour, {
        opportunities: Math.floor(size.opportunities / neighbourShare),
        customers: Math.floor(size.customers / neighbourShare),
        owners: 20,
      });
    }
    await client.query("set session_replication_role = default");
    await client.query("vacuum analyze");
  } finally {
    await client.end();
  }
}

async function insertOwners(client: pg.Client, organizationId: string, count: number): Promise<void> {
  await client.query(
    `insert into member (organization_id, id, first_name, last_name, status, created_at, version)
     select $1, gen_random_uuid(), 'Owner', n::text, 'active', now(), 1 from generate_series(1, $2::int) n`,
    [organizationId, count],
  );
}

/** Puts seeded owners into the sight of the people who shall see them, as if they led their teams. */
async function placeOwners(
  client: pg.Client,
  organizationId: string,
  { twenty, many }: { twenty: string; many: string },
): Promise<void> {
  await client.query(
    `insert into visible_owner (organization_id, member_id, owner_id, reach)
     select $1, viewer.id, m.id, 'tree'
     from (values ($2::uuid, 19), ($3::uuid, 499)) viewer (id, seen),
       lateral (select id from member where organization_id = $1 and account_id is null order by id limit viewer.seen) m
     on conflict do nothing`,
    [organizationId, twenty, many],
  );
}

async function insertRecords(client: pg.Client, organizationId: string, size: Size): Promise<void> {
  await client.query(
    `insert into customer (organization_id, id, number, owner_id, name, kind, industry, created_at, updated_at, version)
     select $1, gen_random_uuid(), 1000000 + n, (select array_agg(id order by id) from member where organization_id = $1)[1 + n % $3],
       'Customer ' || n, 'company', 'Logistics', now() - n * interval '1 minute', now() - n * interval '1 minute', 1
     from generate_series(1, $2::int) n`,
    [organizationId, size.customers, size.owners],
  );
  await client.query(
    `with owners as (select array_agg(id order by id) ids from member where organization_id = $1),
       customers as (select array_agg(id order by number) ids from customer where organization_id = $1),
       stages as (select array_agg(id order by position) ids, min(pipeline_id::text)::uuid pipeline_id from stage where organization_id = $1 and kind = 'open')
     insert into opportunity (organization_id, id, number, owner_id, customer_id, pipeline_id, stage_id, stage_since, rank, title, amount_minor, currency,
       expected_close_on, opened_on, created_at, updated_at, version)
     select $1, gen_random_uuid(), 1000000 + n, owners.ids[1 + n % cardinality(owners.ids)], customers.ids[1 + n % cardinality(customers.ids)],
       stages.pipeline_id, stages.ids[1 + (n / 7) % cardinality(stages.ids)], now() - n * interval '1 minute',
       'm' || lpad(to_hex(n), 8, '0') || 'i', 'Sale ' || n, 10000 + (n::bigint * 7919) % 9000000, 'USD',
       current_date + n % 90, current_date - n % 300, now() - n * interval '1 minute', now() - n * interval '1 minute', 1
     from generate_series(1, $2::int) n, owners, customers, stages`,
    [organizationId, size.opportunities],
  );
  await client.query(
    `insert into stage_total (organization_id, owner_key, owner_id, pipeline_id, stage_id, currency, count, amount_minor)
     select organization_id, owner_id, owner_id, pipeline_id, stage_id, currency, count(*), sum(amount_minor)
     from opportunity where organization_id = $1 group by 1, 2, 3, 4, 5, 6`,
    [organizationId],
  );
  await client.query(
    `insert into record_grant (organization_id, entity, record_id, member_id, source_id)
     select organization_id, 'customer', customer_id, owner_id, id from opportunity where organization_id = $1`,
    [organizationId],
  );
  await client.query(
    `insert into counter (organization_id, name, value) values ($1, 'opportunity', 2000000), ($1, 'customer', 2000000)
     on conflict (organization_id, name) do update set value = 2000000`,
    [organizationId],
  );
}
