-- Single records shared with somebody out of reach: for a time, to look at or to work on.

-- The instant of the request, the domain's clock; the database's own where nobody said.
create function app.now() returns timestamptz language sql stable parallel safe as
$$ select coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()) $$;

alter table record_grant
  add column expires_at timestamptz,
  add column can_edit boolean not null default false;
comment on column record_grant.expires_at is 'From then on the grant is not seen any more, by query or policy; null: as long as its source';
comment on column record_grant.can_edit is 'The member may also change the record, as far as a role of theirs changes any';
-- Read by index alone, as before there was an end to them.
drop index record_grant_by_member;
create index record_grant_by_member on record_grant (organization_id, entity, member_id, record_id) include (expires_at);
create index record_grant_by_record on record_grant (organization_id, entity, record_id, member_id) include (expires_at);
-- Whatever reads grants, policies of records included, reads through this.
create policy current_grants on record_grant as restrictive for select to rainmaker_app
  using (expires_at is null or expires_at > (select app.now()));

create table collaborator (
  organization_id uuid not null,
  id uuid not null,
  entity text not null check (entity in ('customer', 'contact', 'opportunity')),
  record_id uuid not null,
  member_id uuid not null,
  access text not null check (access in ('view', 'edit')),
  expires_at timestamptz,
  granted_by uuid not null,
  created_at timestamptz not null,
  version integer not null,
  primary key (organization_id, id),
  foreign key (organization_id, member_id) references member (organization_id, id)
);
create unique index collaborator_once on collaborator (organization_id, entity, record_id, member_id);
create index collaborator_by_member on collaborator (organization_id, member_id);
comment on table collaborator is 'Members whom a record out of their reach was shared with; record_grant follows it';
comment on column collaborator.expires_at is 'End of what was agreed; null: until somebody takes it back';
call app.isolate('collaborator');
call app.admit_definer('collaborator', 'select');

-- A shared sale brings its customer, so that its page says whom it is with.
create view app.collaborator_grant with (security_invoker = true) as
  select organization_id, entity, record_id, member_id, id as source_id, expires_at, access = 'edit' as can_edit from collaborator
  union all
  select c.organization_id, 'customer', o.customer_id, c.member_id, c.id, c.expires_at, false
  from collaborator c join opportunity o on o.organization_id = c.organization_id and o.id = c.record_id
  where c.entity = 'opportunity' and o.customer_id is not null;
grant select on app.collaborator_grant to rainmaker_definer;

create function app.grant_collaborators() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  if tg_op <> 'INSERT' then
    delete from record_grant g where g.organization_id = old.organization_id and g.source_id = old.id;
  end if;
  if tg_op <> 'DELETE' then
    insert into record_grant (organization_id, entity, record_id, member_id, source_id, expires_at, can_edit)
    select g.organization_id, g.entity, g.record_id, g.member_id, g.source_id, g.expires_at, g.can_edit
    from app.collaborator_grant g where g.organization_id = new.organization_id and g.source_id = new.id;
  end if;
  return null;
end
$$;
alter function app.grant_collaborators() owner to rainmaker_definer;
create trigger grant_collaborators after insert or update or delete on collaborator
  for each row execute function app.grant_collaborators();

create function app.grant_collaborators_of_sales() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  if not exists (select from added a join removed r on r.organization_id = a.organization_id and r.id = a.id
    where a.customer_id is distinct from r.customer_id) then
    return null;
  end if;
  delete from record_grant g using collaborator c, added a
  where c.organization_id = a.organization_id and c.entity = 'opportunity' and c.record_id = a.id
    and g.organization_id = c.organization_id and g.source_id = c.id;
  insert into record_grant (organization_id, entity, record_id, member_id, source_id, expires_at, can_edit)
  select g.organization_id, g.entity, g.record_id, g.member_id, g.source_id, g.expires_at, g.can_edit
  from added a join collaborator c on c.organization_id = a.organization_id and c.entity = 'opportunity' and c.record_id = a.id
  join app.collaborator_grant g on g.organization_id = c.organization_id and g.source_id = c.id;
  return null;
end
$$;
alter function app.grant_collaborators_of_sales() owner to rainmaker_definer;
create trigger grant_collaborators_update after update on opportunity referencing new table as added old table as removed
  for each statement execute function app.grant_collaborators_of_sales();

-- Sales were seen by their owner alone; now also by whom they are shared with, and so is what belongs to them.
drop policy scope on opportunity;
call app.scope_by_owner('opportunity', 'opportunity', true);
drop policy scope on opportunity_line;
call app.scope_child('opportunity_line', 'opportunity', 'opportunity_id');
drop policy scope on stage_history;
call app.scope_child('stage_history', 'opportunity', 'opportunity_id');
drop policy scope on opportunity_contact;
call app.scope_child('opportunity_contact', 'opportunity', 'opportunity_id');
