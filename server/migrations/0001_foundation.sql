-- What every module stands on: who is asking, isolation of organizations, scope of owners, events, jobs, idempotency.

create extension if not exists btree_gist;

create schema app;
create schema door;
grant usage on schema app, door to rainmaker_app;
-- Owning a function in a schema takes the right to create there.
grant usage, create on schema app, door to rainmaker_definer;
grant usage, create on schema app to rainmaker_jobs;
grant usage on schema public to rainmaker_app, rainmaker_definer;

-- Who is asking. The server sets these three in the same round trip as each statement, for one transaction only.

create function app.organization_id() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('app.organization_id', true), '')::uuid $$;

create function app.member_id() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('app.member_id', true), '')::uuid $$;

-- The setting is 'all', or a list such as 'customer:own deal:team'. An entity that is not named is not visible.
create function app.reach(entity text) returns text language sql stable parallel safe as
$$
  select case when setting = 'all' then 'all' else substring(' ' || setting || ' ' from ' ' || entity || ':([a-z]+) ') end
  from (select current_setting('app.reach', true)) as s(setting)
$$;

-- Isolation: every table with organization_id calls this once.
create procedure app.isolate(target regclass, privileges text default 'select, insert, update, delete') language plpgsql as
$$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  -- Settings stand inside (select ...): written plainly they are read once per row.
  execute format(
    'create policy organization on %s to rainmaker_app using (organization_id = (select app.organization_id())) with check (organization_id = (select app.organization_id()))',
    target);
  if privileges <> '' then
    execute format('grant %s on %s to rainmaker_app', privileges, target);
  end if;
end
$$;

-- Lets the doors of migrations/doors reach a table across organizations; name only what they need.
create procedure app.admit_definer(target regclass, privileges text) language plpgsql as
$$
begin
  execute format('create policy definer on %s to rainmaker_definer using (true) with check (true)', target);
  execute format('grant %s on %s to rainmaker_definer', privileges, target);
end
$$;

-- Whose records a member sees at each reach. Rewritten in the transaction that changes a team, a leader or a role.
create table visible_owner (
  organization_id uuid not null,
  member_id uuid not null,
  reach text not null check (reach in ('own', 'team', 'tree')),
  owner_id uuid not null,
  primary key (organization_id, member_id, reach, owner_id)
);
comment on table visible_owner is 'Whose records a member sees at each reach';
comment on column visible_owner.member_id is 'The member who looks';
comment on column visible_owner.owner_id is 'A member whose records are seen';
call app.isolate('visible_owner');

-- Records somebody sees although their owner is out of reach: the customer behind an own opportunity.
create table record_grant (
  organization_id uuid not null,
  entity text not null,
  record_id uuid not null,
  member_id uuid not null,
  source_id uuid not null,
  primary key (organization_id, entity, record_id, member_id, source_id)
);
create index record_grant_by_member on record_grant (organization_id, entity, member_id, record_id);
create index record_grant_by_source on record_grant (organization_id, source_id);
comment on table record_grant is 'Records somebody sees although their owner is out of reach';
comment on column record_grant.member_id is 'The member who gains sight of the record';
comment on column record_grant.source_id is 'The record that brings it; the grant goes when that goes';
call app.isolate('record_grant');

-- Backstop of the scope that the queries add themselves: the same meaning, enforced by the database.
-- "or exists" is probed per row by index; the query's own union keeps the planner's choice of index free.
create procedure app.scope_by_owner(target regclass, entity text, grants boolean default false) language plpgsql as
$$
declare
  granted text := '';
begin
  if grants then
    granted := format(
      ' or exists (select from record_grant g where g.organization_id = (select app.organization_id()) and g.entity = %L and g.record_id = %s.id '
      'and g.member_id in (select v.owner_id from visible_owner v where v.organization_id = (select app.organization_id()) '
      'and v.member_id = (select app.member_id()) and v.reach = (select app.reach(%L))))', entity, target, entity);
  end if;
  execute format(
    'create policy scope on %s as restrictive for select to rainmaker_app using ((select app.reach(%L)) = ''all'' or owner_id in '
    '(select v.owner_id from visible_owner v where v.organization_id = (select app.organization_id()) '
    'and v.member_id = (select app.member_id()) and v.reach = (select app.reach(%L)))%s)', target, entity, entity, granted);
end
$$;

-- Events --------------------------------------------------------------------------------------------------------

create table outbox (
  organization_id uuid not null,
  id uuid not null,
  type text not null,
  entity text not null,
  record_id uuid,
  label text,
  record_version integer,
  owner_id uuid,
  previous_owner_id uuid,
  thread_id uuid,
  actor_id uuid,
  request_id text,
  address text,
  device text,
  changes jsonb not null,
  facts jsonb not null,
  occurred_at timestamptz not null,
  -- Real time, not the domain's clock: the sequencer sorts by it, so that a cause stands before its effects.
  emitted_at timestamptz not null default clock_timestamp(),
  primary key (organization_id, id)
);
create index outbox_by_time on outbox (emitted_at, id);
comment on table outbox is 'Events of committed transactions that are not in the log yet';
call app.isolate('outbox', 'insert');
call app.admit_definer('outbox', 'select, delete');

create table event_head (
  organization_id uuid primary key,
  seq bigint not null,
  hash bytea not null
);
comment on table event_head is 'The newest entry of each organization''s log';
call app.isolate('event_head', 'select');
call app.admit_definer('event_head', 'select, insert, update');

create table event_log (
  organization_id uuid not null,
  seq bigint not null,
  id uuid not null,
  type text not null,
  entity text not null,
  record_id uuid,
  label text,
  record_version integer,
  owner_id uuid,
  previous_owner_id uuid,
  thread_id uuid,
  actor_id uuid,
  request_id text,
  address text,
  device text,
  changes jsonb not null,
  facts jsonb not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  hash bytea not null,
  primary key (organization_id, seq, recorded_at)
) partition by range (recorded_at);
create index event_log_by_thread on event_log (organization_id, thread_id, seq);
create index event_log_by_record on event_log (organization_id, record_id, seq);
create index event_log_by_actor on event_log (organization_id, actor_id, seq);
create index event_log_by_type on event_log (organization_id, type, seq);
create index event_log_by_entity on event_log (organization_id, entity, seq);
create index event_log_by_day on event_log (organization_id, occurred_at, seq);
comment on table event_log is 'Everything that happened, in order, without gaps, chained by hashes: the audit log and the source of projections';
comment on column event_log.seq is 'Position in the organization''s log, from 1 without gaps';
comment on column event_log.label is 'Human number or name of the record at that time';
comment on column event_log.thread_id is 'The record on whose timeline the event stands: a payment stands on its opportunity''s';
comment on column event_log.changes is 'Changed fields, each as [before, after]';
comment on column event_log.hash is 'sha256 of the hash before and this row';
call app.isolate('event_log', 'select');
call app.admit_definer('event_log', 'select, insert');
create table event_log_default partition of event_log default;

create function app.refuse_change() returns trigger language plpgsql as
$$
begin
  raise exception '% is append-only', tg_table_name using errcode = '23001';
end
$$;
create trigger append_only before update or delete on event_log for each row execute function app.refuse_change();
create trigger append_only_truncate before truncate on event_log for each statement execute function app.refuse_change();

-- Partitions are made by whoever owns the tables, a year ahead, on every migration; the default one catches the rest.
create function app.make_event_log_partitions(from_month date, months integer) returns void language plpgsql as
$$
declare
  month date;
begin
  for step in 0 .. months - 1 loop
    month := (date_trunc('month', from_month) + make_interval(months => step))::date;
    if to_regclass(format('event_log_%s', to_char(month, 'YYYY_MM'))) is null
      and not exists (select from event_log_default where recorded_at >= month and recorded_at < month + interval '1 month') then
      execute format('create table event_log_%s partition of event_log for values from (%L) to (%L)',
        to_char(month, 'YYYY_MM'), month, month + interval '1 month');
    end if;
  end loop;
end
$$;

-- One text per row, the same for writing and for verifying. jsonb prints its keys in a fixed order.
create function app.event_hash(before bytea, e event_log) returns bytea language sql stable parallel safe as
$$
  select sha256(before || convert_to(concat_ws(E'\x1f', e.organization_id, e.seq, e.id, e.type, e.entity, coalesce(e.record_id::text, ''),
    coalesce(e.label, ''), coalesce(e.record_version::text, ''), coalesce(e.owner_id::text, ''), coalesce(e.previous_owner_id::text, ''),
    coalesce(e.thread_id::text, ''), coalesce(e.actor_id::text, ''), coalesce(e.request_id, ''), coalesce(e.address, ''),
    coalesce(e.device, ''), e.changes::text, e.facts::text, extract(epoch from e.occurred_at)::text,
    extract(epoch from e.recorded_at)::text), 'UTF8'))
$$;

create table delivery (
  organization_id uuid not null,
  subscriber text not null,
  seq bigint not null,
  attempts integer not null,
  next_at timestamptz not null,
  parked_at timestamptz,
  last_error text,
  primary key (organization_id, subscriber, seq)
);
create index delivery_due on delivery (next_at) where parked_at is null;
comment on table delivery is 'Events a subscriber has not handled yet; gone once handled';
comment on column delivery.next_at is 'When to try; while a worker holds it, the end of its lease';
comment on column delivery.parked_at is 'Given up after repeated failure, waiting for a person; the others go on';
call app.isolate('delivery', 'select, update, delete');
call app.admit_definer('delivery', 'select, insert, update');

create table projection_cursor (
  organization_id uuid not null,
  projection text not null,
  seq bigint not null,
  primary key (organization_id, projection)
);
comment on table projection_cursor is 'How far each projection has read the organization''s log';
call app.isolate('projection_cursor');
call app.admit_definer('projection_cursor', 'select');

-- Idempotent requests -------------------------------------------------------------------------------------------

create table idempotency_key (
  organization_id uuid not null,
  member_id uuid not null,
  key text not null,
  route text not null,
  request_hash bytea not null,
  status integer not null,
  reply jsonb,
  created_at timestamptz not null,
  primary key (organization_id, member_id, key)
);
comment on table idempotency_key is 'Answers of keyed requests, kept for 30 days, stored in the transaction of the request';
call app.isolate('idempotency_key');
create index idempotency_key_by_age on idempotency_key (created_at);
call app.admit_definer('idempotency_key', 'select, delete');

create table counter (
  organization_id uuid not null,
  name text not null,
  value bigint not null,
  primary key (organization_id, name)
);
comment on table counter is 'Last human number given out, by kind: opportunity, deal, payment, customer';
call app.isolate('counter');

-- The next human numbers of a kind; returns the first of them. Inside an INSERT it costs no round trip of its own. The
-- counter's row stays locked until commit.
create function app.take_number(kind text, how_many bigint default 1) returns bigint language sql as
$$
  insert into counter (organization_id, name, value) values ((select app.organization_id()), kind, how_many)
  on conflict (organization_id, name) do update set value = counter.value + excluded.value
  returning value - how_many + 1
$$;

-- Messages between realtime servers that are too long for NOTIFY; hints never are, the adapter asks for it anyway.
create table socket_io_attachments (
  id bigserial primary key,
  created_at timestamptz default now(),
  payload bytea
);
grant select, insert, delete on socket_io_attachments to rainmaker_app;
grant usage on sequence socket_io_attachments_id_seq to rainmaker_app;
