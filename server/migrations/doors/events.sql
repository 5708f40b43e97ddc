-- The sequencer and the workers serve all organizations.

-- Moves committed events from the outbox into the log, in order, and makes the deliveries of their subscribers.
-- Deliveries come back leased to the caller, which hands them out at once; whoever finds an expired lease takes it over.
create or replace function door.sequence_events(subscribers jsonb, batch integer, lease_seconds integer)
  returns table (organization_id uuid, seq bigint, type text, entity text, record_id uuid, record_version integer, owner_id uuid,
    previous_owner_id uuid, actor_id uuid, changed text[], subscribed text[])
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
#variable_conflict use_column
declare
  entry event_log;
  next_head event_head;
begin
  -- One sequencer at a time: gapless numbers and the chain of hashes need one writer.
  perform pg_advisory_xact_lock(727002);
  for entry in
    with taken as (
      delete from outbox o using (select organization_id, id from outbox order by emitted_at, id limit batch) n
      where o.organization_id = n.organization_id and o.id = n.id returning o.*
    )
    select t.organization_id, null::bigint, t.id, t.type, t.entity, t.record_id, t.label, t.record_version, t.owner_id, t.previous_owner_id,
      t.thread_id, t.actor_id, t.request_id, t.address, t.device, t.changes, t.facts, t.occurred_at, clock_timestamp(), null::bytea
    from taken t order by t.emitted_at, t.id
  loop
    insert into event_head (organization_id, seq, hash) values (entry.organization_id, 0, '') on conflict do nothing;
    select * into next_head from event_head h where h.organization_id = entry.organization_id;
    entry.seq := next_head.seq + 1;
    entry.hash := app.event_hash(next_head.hash, entry);
    insert into event_log values (entry.*);
    update event_head h set seq = entry.seq, hash = entry.hash where h.organization_id = entry.organization_id;

    organization_id := entry.organization_id; seq := entry.seq; type := entry.type; entity := entry.entity; record_id := entry.record_id;
    record_version := entry.record_version; owner_id := entry.owner_id; previous_owner_id := entry.previous_owner_id; actor_id := entry.actor_id;
    changed := array(select jsonb_object_keys(entry.changes));
    subscribed := array(select jsonb_array_elements_text(subscribers -> entry.type));
    insert into delivery (organization_id, subscriber, seq, attempts, next_at)
      select entry.organization_id, s, entry.seq, 1, clock_timestamp() + make_interval(secs => lease_seconds) from unnest(subscribed) s;
    return next;
  end loop;
end
$$;

create or replace function door.claim_deliveries(most integer, lease_seconds integer)
  returns table (organization_id uuid, subscriber text, seq bigint, attempts integer)
  language sql security definer set search_path = pg_catalog, public, pg_temp as
$$
  update delivery d set attempts = d.attempts + 1, next_at = clock_timestamp() + make_interval(secs => lease_seconds)
  from (select n.organization_id, n.subscriber, n.seq from delivery n where n.parked_at is null and n.next_at <= clock_timestamp()
    order by n.next_at limit most for update skip locked) due
  where d.organization_id = due.organization_id and d.subscriber = due.subscriber and d.seq = due.seq
  returning d.organization_id, d.subscriber, d.seq, d.attempts
$$;

-- Organizations whose log is longer than what a projection has read.
create or replace function door.lagging_projections(wanted text[]) returns table (organization_id uuid, projection text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$
  select h.organization_id, w.projection from event_head h cross join unnest(wanted) as w(projection)
  left join projection_cursor c on c.organization_id = h.organization_id and c.projection = w.projection
  where coalesce(c.seq, 0) < h.seq
$$;

create or replace function door.all_organizations() returns setof uuid
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select id from organization order by id $$;

create or replace function door.queue_depths() returns table (waiting_events bigint, due_deliveries bigint, parked_deliveries bigint, oldest_event_seconds double precision)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$
  select (select count(*) from outbox), (select count(*) from delivery where parked_at is null), (select count(*) from delivery where parked_at is not null),
    (select coalesce(extract(epoch from clock_timestamp() - min(emitted_at)), 0) from outbox)
$$;

create or replace function door.forget_old_requests(before timestamptz) returns bigint
  language sql security definer set search_path = pg_catalog, public, pg_temp as
$$ with gone as (delete from idempotency_key where created_at < before returning 1) select count(*) from gone $$;
