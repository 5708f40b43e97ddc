-- Customers, products, pipelines, opportunities.

-- For matching names: letters and digits only, in lower case, so that "GTX Pro" and "GTXPro" meet.
create function app.name_key(name text) returns text language sql immutable parallel safe as
$$ select regexp_replace(lower(name collate "und-x-icu"), '[^[:alnum:]]', '', 'g') $$;

create table customer (
  organization_id uuid not null,
  id uuid not null,
  number bigint not null,
  owner_id uuid,
  name text collate "und-x-icu" not null,
  kind text not null check (kind in ('company', 'person')),
  industry text,
  email text,
  phone text,
  website text,
  location text,
  external_id text,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  deleted_by uuid,
  version integer not null,
  name_key text collate "C" not null generated always as (app.name_key(name)) stored,
  primary key (organization_id, id)
);
create unique index customer_number on customer (organization_id, number);
create unique index customer_external_id on customer (organization_id, external_id) where deleted_at is null;
create index customer_by_name on customer (organization_id, name, id) where deleted_at is null;
create index customer_by_owner_name on customer (organization_id, owner_id, name, id) where deleted_at is null;
create index customer_by_created on customer (organization_id, created_at, id) where deleted_at is null;
create index customer_by_owner_created on customer (organization_id, owner_id, created_at, id) where deleted_at is null;
create index customer_by_updated on customer (organization_id, updated_at, id) where deleted_at is null;
create index customer_by_owner_updated on customer (organization_id, owner_id, updated_at, id) where deleted_at is null;
create index customer_by_name_key on customer (organization_id, name_key) where deleted_at is null;
create index customer_trash on customer (organization_id, deleted_at) where deleted_at is not null;
comment on column customer.owner_id is 'Null: seen only by who sees all';
comment on column customer.external_id is 'Key of this customer in the system it was imported from';
call app.isolate('customer', 'select, insert, update');
call app.scope_by_owner('customer', 'customer', true);

create table product (
  organization_id uuid not null,
  id uuid not null,
  name text collate "und-x-icu" not null,
  price_minor bigint check (price_minor between 0 and 999999999999999),
  currency char(3),
  created_at timestamptz not null,
  version integer not null,
  name_key text collate "C" not null generated always as (app.name_key(name)) stored,
  primary key (organization_id, id),
  check ((price_minor is null) = (currency is null))
);
create unique index product_name on product (organization_id, lower(name));
create index product_by_name_key on product (organization_id, name_key);
comment on column product.price_minor is 'List price in minor units of currency';
call app.isolate('product');

create table pipeline (
  organization_id uuid not null,
  id uuid not null,
  name text collate "und-x-icu" not null,
  currency char(3) not null,
  is_default boolean not null,
  created_at timestamptz not null,
  version integer not null,
  primary key (organization_id, id)
);
create unique index pipeline_default on pipeline (organization_id) where is_default;
create unique index pipeline_name on pipeline (organization_id, lower(name));
call app.isolate('pipeline');

create table stage (
  organization_id uuid not null,
  id uuid not null,
  pipeline_id uuid not null,
  name text not null,
  kind text not null check (kind in ('open', 'won', 'lost')),
  position integer not null,
  probability integer not null check (probability between 0 and 100),
  norm_days integer check (norm_days > 0),
  primary key (organization_id, id),
  foreign key (organization_id, pipeline_id) references pipeline (organization_id, id)
);
create unique index stage_name on stage (organization_id, pipeline_id, lower(name));
create index stage_by_position on stage (organization_id, pipeline_id, position);
comment on column stage.probability is 'Chance that a sale in this stage is won, in percent';
comment on column stage.norm_days is 'Usual days in this stage';
call app.isolate('stage');

create table opportunity (
  organization_id uuid not null,
  id uuid not null,
  number bigint not null,
  owner_id uuid,
  customer_id uuid,
  pipeline_id uuid not null,
  stage_id uuid not null,
  stage_since timestamptz not null,
  rank text collate "C" not null,
  title text collate "und-x-icu" not null,
  amount_minor bigint check (amount_minor between 0 and 999999999999999),
  currency char(3) not null,
  expected_close_on date,
  opened_on date not null,
  closed_on date,
  lost_reason text,
  next_step text,
  external_id text,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  deleted_by uuid,
  version integer not null,
  primary key (organization_id, id),
  foreign key (organization_id, customer_id) references customer (organization_id, id),
  foreign key (organization_id, pipeline_id) references pipeline (organization_id, id),
  foreign key (organization_id, stage_id) references stage (organization_id, id)
);
create unique index opportunity_number on opportunity (organization_id, number);
create unique index opportunity_external_id on opportunity (organization_id, external_id) where deleted_at is null;
create unique index opportunity_rank on opportunity (organization_id, stage_id, rank, id) where deleted_at is null;
create index opportunity_by_owner_rank on opportunity (organization_id, owner_id, stage_id, rank, id) where deleted_at is null;
create index opportunity_by_close on opportunity (organization_id, expected_close_on, id) where deleted_at is null;
create index opportunity_by_owner_close on opportunity (organization_id, owner_id, expected_close_on, id) where deleted_at is null;
create index opportunity_by_closed on opportunity (organization_id, closed_on, id) where deleted_at is null;
create index opportunity_by_owner_closed on opportunity (organization_id, owner_id, closed_on, id) where deleted_at is null;
create index opportunity_by_amount on opportunity (organization_id, amount_minor, id) where deleted_at is null;
create index opportunity_by_owner_amount on opportunity (organization_id, owner_id, amount_minor, id) where deleted_at is null;
create index opportunity_by_title on opportunity (organization_id, title, id) where deleted_at is null;
create index opportunity_by_owner_title on opportunity (organization_id, owner_id, title, id) where deleted_at is null;
create index opportunity_by_created on opportunity (organization_id, created_at, id) where deleted_at is null;
create index opportunity_by_owner_created on opportunity (organization_id, owner_id, created_at, id) where deleted_at is null;
create index opportunity_by_updated on opportunity (organization_id, updated_at, id) where deleted_at is null;
create index opportunity_by_owner_updated on opportunity (organization_id, owner_id, updated_at, id) where deleted_at is null;
create index opportunity_by_customer on opportunity (organization_id, customer_id, id) where deleted_at is null;
create index opportunity_trash on opportunity (organization_id, deleted_at) where deleted_at is not null;
comment on column opportunity.rank is 'Order within its stage: a fraction as text, always another one between two';
comment on column opportunity.amount_minor is 'Value in minor units of currency; null while nobody put one on it';
comment on column opportunity.closed_on is 'Day it was won or lost';
call app.isolate('opportunity', 'select, insert, update');
call app.scope_by_owner('opportunity', 'opportunity');

create table opportunity_line (
  organization_id uuid not null,
  id uuid not null,
  opportunity_id uuid not null,
  owner_id uuid,
  product_id uuid not null,
  position integer not null,
  primary key (organization_id, id),
  foreign key (organization_id, opportunity_id) references opportunity (organization_id, id),
  foreign key (organization_id, product_id) references product (organization_id, id)
);
create index opportunity_line_by_opportunity on opportunity_line (organization_id, opportunity_id, position);
comment on table opportunity_line is 'Products an opportunity is about';
comment on column opportunity_line.owner_id is 'The opportunity''s owner, copied so that scope needs no second table';
call app.isolate('opportunity_line');
call app.scope_by_owner('opportunity_line', 'opportunity');

create table stage_history (
  organization_id uuid not null,
  id uuid not null,
  opportunity_id uuid not null,
  owner_id uuid,
  from_stage_id uuid,
  to_stage_id uuid not null,
  moved_by uuid,
  moved_at timestamptz not null,
  seconds_in_from bigint,
  source text not null check (source in ('created', 'moved', 'imported')),
  primary key (organization_id, id),
  foreign key (organization_id, opportunity_id) references opportunity (organization_id, id)
);
create index stage_history_by_opportunity on stage_history (organization_id, opportunity_id, moved_at);
comment on column stage_history.seconds_in_from is 'Time spent in the stage it left';
call app.isolate('stage_history', 'select, insert, update');
call app.scope_by_owner('stage_history', 'opportunity');

-- Count and sum of live opportunities per owner and stage: the board's heads read these instead of every row.
create table stage_total (
  organization_id uuid not null,
  owner_key uuid not null,
  owner_id uuid,
  pipeline_id uuid not null,
  stage_id uuid not null,
  currency char(3) not null,
  count bigint not null,
  amount_minor numeric(30, 0) not null,
  primary key (organization_id, pipeline_id, stage_id, owner_key, currency)
);
create index stage_total_by_owner on stage_total (organization_id, owner_id);
comment on column stage_total.owner_key is 'The owner, or the nil uuid for opportunities without one';
call app.isolate('stage_total');
call app.scope_by_owner('stage_total', 'opportunity');

-- By trigger, so that no path (form, board, import, bulk, plain SQL) can forget it; per statement, so that an import of
-- a chunk costs one upsert per owner and stage. It counts whatever the writer may see or not, hence the definer.
-- Keys are taken in order, so that two writers cannot deadlock.
call app.admit_definer('stage_total', 'select, insert, update');
create type app.stage_delta as (organization_id uuid, owner_id uuid, pipeline_id uuid, stage_id uuid, currency char(3), n bigint, amount numeric);

create function app.add_stage_totals(deltas app.stage_delta[]) returns void language sql security definer set search_path = pg_catalog, public, pg_temp as
$$
  insert into stage_total as t (organization_id, owner_key, owner_id, pipeline_id, stage_id, currency, count, amount_minor)
  select d.organization_id, coalesce(d.owner_id, '00000000-0000-0000-0000-000000000000'), d.owner_id, d.pipeline_id, d.stage_id, d.currency, sum(d.n), sum(d.amount)
  from unnest(deltas) as d
  group by d.organization_id, d.owner_id, d.pipeline_id, d.stage_id, d.currency
  having sum(d.n) <> 0 or sum(d.amount) <> 0
  order by d.pipeline_id, d.stage_id, d.owner_id, d.currency
  on conflict (organization_id, pipeline_id, stage_id, owner_key, currency)
    do update set count = t.count + excluded.count, amount_minor = t.amount_minor + excluded.amount_minor
$$;
alter function app.add_stage_totals(app.stage_delta[]) owner to rainmaker_definer;
revoke all on function app.add_stage_totals(app.stage_delta[]) from public;

create function app.stage_totals_after_insert() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  perform app.add_stage_totals(array(
    select (organization_id, owner_id, pipeline_id, stage_id, currency, count(*), coalesce(sum(amount_minor), 0))::app.stage_delta
    from added where deleted_at is null group by organization_id, owner_id, pipeline_id, stage_id, currency));
  return null;
end
$$;

create function app.stage_totals_after_update() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  perform app.add_stage_totals(array(
    select (organization_id, owner_id, pipeline_id, stage_id, currency, sum(n), sum(n * coalesce(amount_minor, 0)))::app.stage_delta
    from (select *, 1 as n from added where deleted_at is null union all select *, -1 as n from removed where deleted_at is null) as both_sides
    group by organization_id, owner_id, pipeline_id, stage_id, currency));
  return null;
end
$$;
alter function app.stage_totals_after_insert() owner to rainmaker_definer;
alter function app.stage_totals_after_update() owner to rainmaker_definer;

create trigger stage_totals_insert after insert on opportunity referencing new table as added
  for each statement execute function app.stage_totals_after_insert();
create trigger stage_totals_update after update on opportunity referencing new table as added old table as removed
  for each statement execute function app.stage_totals_after_update();

-- Whoever owns an opportunity sees its customer, whoever owns that. By trigger, like the totals.
call app.admit_definer('record_grant', 'select, insert, delete');
create function app.grant_customers_after_insert() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  insert into record_grant (organization_id, entity, record_id, member_id, source_id)
  select organization_id, 'customer', customer_id, owner_id, id from added
  where customer_id is not null and owner_id is not null and deleted_at is null
  on conflict do nothing;
  return null;
end
$$;

create function app.grant_customers_after_update() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  if not exists (select from added a join removed r on r.organization_id = a.organization_id and r.id = a.id
    where (a.customer_id, a.owner_id, a.deleted_at) is distinct from (r.customer_id, r.owner_id, r.deleted_at)) then
    return null;
  end if;
  delete from record_grant g using removed r where g.organization_id = r.organization_id and g.source_id = r.id;
  insert into record_grant (organization_id, entity, record_id, member_id, source_id)
  select organization_id, 'customer', customer_id, owner_id, id from added
  where customer_id is not null and owner_id is not null and deleted_at is null
  on conflict do nothing;
  return null;
end
$$;
alter function app.grant_customers_after_insert() owner to rainmaker_definer;
alter function app.grant_customers_after_update() owner to rainmaker_definer;
create trigger grant_customers_insert after insert on opportunity referencing new table as added
  for each statement execute function app.grant_customers_after_insert();
create trigger grant_customers_update after update on opportunity referencing new table as added old table as removed
  for each statement execute function app.grant_customers_after_update();

-- What modules to the right may join.
create schema sales;
grant usage on schema sales to rainmaker_app;
create view sales.customer_ref with (security_invoker = true) as
  select organization_id, id, number, name, owner_id from customer;
create view sales.opportunity_ref with (security_invoker = true) as
  select o.organization_id, o.id, o.number, o.title, o.owner_id, o.customer_id, o.pipeline_id, o.stage_id, s.kind, s.probability, o.amount_minor, o.currency,
    o.expected_close_on, o.closed_on, o.deleted_at
  from opportunity o join stage s on s.organization_id = o.organization_id and s.id = o.stage_id;
grant select on sales.customer_ref, sales.opportunity_ref to rainmaker_app;
