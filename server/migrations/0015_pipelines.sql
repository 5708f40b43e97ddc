-- Several pipelines with rules of their own; how long a sale has been quiet; what the board looked like at any past instant.

-- Pipelines and stages ---------------------------------------------------------------------------------------------

alter table pipeline
  add column position integer not null default 0,
  add column archived_at timestamptz;
comment on column pipeline.position is 'Order among the pipelines, after the default one';
comment on column pipeline.archived_at is 'Since when nothing is opened or moved in it';
drop index pipeline_name;
create unique index pipeline_name on pipeline (organization_id, lower(name)) where archived_at is null;

alter table stage
  add column rotting_days integer check (rotting_days between 1 and 3650),
  add column requirements text[] not null default '{}',
  add column next_stage_ids uuid[],
  add column removed_at timestamptz;
comment on column stage.rotting_days is 'Days without a move or a contact after which a sale in this stage has gone stale; null for never';
comment on column stage.requirements is 'What a sale must say before it enters';
comment on column stage.next_stage_ids is 'Stages a sale may move to from here; null for any';
comment on column stage.removed_at is 'A removed stage stays for the history that names it';
drop index stage_name;
create unique index stage_name on stage (organization_id, pipeline_id, lower(name)) where removed_at is null;
update stage set rotting_days = norm_days where kind = 'open';

alter table stage_history drop constraint stage_history_source_check;
alter table stage_history add constraint stage_history_source_check check (source in ('created', 'moved', 'imported', 'stage_removed'));
create index stage_history_by_time on stage_history (organization_id, moved_at);
create index stage_history_by_owner_time on stage_history (organization_id, owner_id, moved_at);

create table pipeline_state (
  organization_id uuid not null,
  pipeline_id uuid not null,
  since timestamptz not null,
  stages jsonb not null,
  primary key (organization_id, pipeline_id, since),
  foreign key (organization_id, pipeline_id) references pipeline (organization_id, id)
);
comment on table pipeline_state is 'The stages of a pipeline as they were from an instant on';
call app.isolate('pipeline_state', 'select, insert, update');
-- What they were called before is not known.
insert into pipeline_state (organization_id, pipeline_id, since, stages)
select p.organization_id, p.id, p.created_at, coalesce((
  select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'kind', s.kind, 'position', s.position, 'probability', s.probability,
    'normDays', s.norm_days, 'rottingDays', s.rotting_days, 'requirements', s.requirements, 'nextStageIds', s.next_stage_ids) order by s.position)
  from stage s where s.organization_id = p.organization_id and s.pipeline_id = p.id), '[]')
from pipeline p;

-- How long a sale has been quiet -----------------------------------------------------------------------------------

alter table interaction add column is_imported boolean not null default false;
comment on column interaction.is_imported is 'Came from a file: it is history, not a contact that was kept';

alter table opportunity
  add column contact_at timestamptz,
  add column follow_up_on date,
  add column next_step_on date,
  add column quiet_since timestamptz not null generated always as (greatest(stage_since, contact_at)) stored;
comment on column opportunity.contact_at is 'Latest call, meeting or mail about it that somebody logged; kept by trigger';
comment on column opportunity.follow_up_on is 'Latest day a logged interaction asked to follow up on; kept by trigger';
comment on column opportunity.next_step_on is 'Day of the next step';
comment on column opportunity.quiet_since is 'The later of its last move and its last contact';
update opportunity o set contact_at = i.contact_at, follow_up_on = i.follow_up_on
from (select organization_id, opportunity_id, max(occurred_at) filter (where kind <> 'note') as contact_at, max(follow_up_on) as follow_up_on
  from interaction where opportunity_id is not null and deleted_at is null group by organization_id, opportunity_id) i
where i.organization_id = o.organization_id and i.opportunity_id = o.id;
create index opportunity_by_quiet on opportunity (organization_id, quiet_since, id) where deleted_at is null;
create index opportunity_by_owner_quiet on opportunity (organization_id, owner_id, quiet_since, id) where deleted_at is null;

-- By trigger, so that no path that logs, changes or deletes an interaction can forget it. Rows are taken in the order of
-- their ids, so that two writers cannot deadlock.
call app.admit_definer('interaction', 'select');
grant update on opportunity to rainmaker_definer;
create function app.keep_contact(organization uuid[], sale uuid[]) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  perform from opportunity o where (o.organization_id, o.id) in (select * from unnest(organization, sale)) order by o.id for no key update;
  update opportunity o set contact_at = now.contact_at, follow_up_on = now.follow_up_on
  from (select t.organization_id, t.id, max(i.occurred_at) filter (where i.kind <> 'note') as contact_at, max(i.follow_up_on) as follow_up_on
    from unnest(organization, sale) as t(organization_id, id)
    left join interaction i on i.organization_id = t.organization_id and i.opportunity_id = t.id and i.deleted_at is null and not i.is_imported
    group by t.organization_id, t.id) as now
  where now.organization_id = o.organization_id and now.id = o.id
    and (o.contact_at, o.follow_up_on) is distinct from (now.contact_at, now.follow_up_on);
end
$$;
alter function app.keep_contact(uuid[], uuid[]) owner to rainmaker_definer;
revoke all on function app.keep_contact(uuid[], uuid[]) from public;

create function app.keep_contact_after_insert() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
declare
  organizations uuid[];
  sales uuid[];
begin
  select array_agg(a.organization_id), array_agg(a.opportunity_id) into organizations, sales
  from (select distinct organization_id, opportunity_id from added where opportunity_id is not null and not is_imported) a;
  if sales is not null then
    perform app.keep_contact(organizations, sales);
  end if;
  return null;
end
$$;

create function app.keep_contact_after_update() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
declare
  organizations uuid[];
  sales uuid[];
begin
  select array_agg(t.organization_id), array_agg(t.sale) into organizations, sales
  from (select distinct a.organization_id, s.sale from added a join removed r on r.organization_id = a.organization_id and r.id = a.id
    cross join lateral (values (a.opportunity_id), (r.opportunity_id)) as s(sale)
    where s.sale is not null and (a.opportunity_id, a.occurred_at, a.follow_up_on, a.kind, a.deleted_at)
      is distinct from (r.opportunity_id, r.occurred_at, r.follow_up_on, r.kind, r.deleted_at)) t;
  if sales is not null then
    perform app.keep_contact(organizations, sales);
  end if;
  return null;
end
$$;
alter function app.keep_contact_after_insert() owner to rainmaker_definer;
alter function app.keep_contact_after_update() owner to rainmaker_definer;
create trigger keep_contact_insert after insert on interaction referencing new table as added
  for each statement execute function app.keep_contact_after_insert();
create trigger keep_contact_update after update on interaction referencing new table as added old table as removed
  for each statement execute function app.keep_contact_after_update();

-- What every sale was at any past instant --------------------------------------------------------------------------

create table opportunity_state (
  organization_id uuid not null,
  opportunity_id uuid not null,
  since timestamptz not null,
  until timestamptz not null,
  owner_id uuid,
  held_by uuid,
  pipeline_id uuid not null,
  stage_id uuid not null,
  amount_minor bigint,
  currency char(3) not null,
  expected_close_on date,
  primary key (organization_id, opportunity_id, since),
  foreign key (organization_id, opportunity_id) references opportunity (organization_id, id)
);
create index opportunity_state_by_pipeline on opportunity_state (organization_id, pipeline_id, since);
create index opportunity_state_by_owner on opportunity_state (organization_id, owner_id, pipeline_id, since);
comment on table opportunity_state is 'What an opportunity was from one instant to the next, while it was not in the trash';
comment on column opportunity_state.until is 'Infinity for what it is now';
comment on column opportunity_state.owner_id is 'The opportunity''s owner now, who may see it; copied so that scope needs no second table';
comment on column opportunity_state.held_by is 'Who owned it then';
call app.isolate('opportunity_state', 'select');
call app.scope_by_owner('opportunity_state', 'opportunity');
call app.admit_definer('opportunity_state', 'select, insert, update');

-- Of the time before, the stages are known; values and dates are taken to have been what they are.
insert into opportunity_state (organization_id, opportunity_id, since, until, owner_id, held_by, pipeline_id, stage_id, amount_minor, currency, expected_close_on)
select o.organization_id, o.id, h.since, least(h.until, coalesce(o.deleted_at, 'infinity')), o.owner_id, o.owner_id, o.pipeline_id, h.stage_id, o.amount_minor, o.currency, o.expected_close_on
from opportunity o join (
  select organization_id, opportunity_id, to_stage_id as stage_id, moved_at as since,
    coalesce(lead(moved_at) over (partition by organization_id, opportunity_id order by moved_at, id), 'infinity') as until
  from stage_history) h on h.organization_id = o.organization_id and h.opportunity_id = o.id
where h.since < h.until and h.since < coalesce(o.deleted_at, 'infinity')
on conflict do nothing;

-- By trigger, like the totals. An opportunity's own updated_at is the instant; two changes at one instant are one.
create function app.opportunity_states_after_insert() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  insert into opportunity_state (organization_id, opportunity_id, since, until, owner_id, held_by, pipeline_id, stage_id, amount_minor, currency, expected_close_on)
  select organization_id, id, created_at, 'infinity', owner_id, owner_id, pipeline_id, stage_id, amount_minor, currency, expected_close_on
  from added where deleted_at is null;
  return null;
end
$$;

create function app.opportunity_states_after_update() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  if not exists (select from added a join removed r on r.organization_id = a.organization_id and r.id = a.id
    where (a.owner_id, a.pipeline_id, a.stage_id, a.amount_minor, a.currency, a.expected_close_on, a.deleted_at)
      is distinct from (r.owner_id, r.pipeline_id, r.stage_id, r.amount_minor, r.currency, r.expected_close_on, r.deleted_at)) then
    return null;
  end if;
  update opportunity_state s set owner_id = a.owner_id
  from added a join removed r on r.organization_id = a.organization_id and r.id = a.id and r.owner_id is distinct from a.owner_id
  where s.organization_id = a.organization_id and s.opportunity_id = a.id;
  with changed as (
    select a.*, greatest(a.updated_at, s.since) as at
    from added a join removed r on r.organization_id = a.organization_id and r.id = a.id
    left join opportunity_state s on s.organization_id = a.organization_id and s.opportunity_id = a.id and s.until = 'infinity'
    where (a.owner_id, a.pipeline_id, a.stage_id, a.amount_minor, a.currency, a.expected_close_on, a.deleted_at)
      is distinct from (r.owner_id, r.pipeline_id, r.stage_id, r.amount_minor, r.currency, r.expected_close_on, r.deleted_at)
  ), ended as (
    update opportunity_state s set until = c.at from changed c
    where s.organization_id = c.organization_id and s.opportunity_id = c.id and s.until = 'infinity' and (s.since < c.at or c.deleted_at is not null)
  )
  insert into opportunity_state as t (organization_id, opportunity_id, since, until, owner_id, held_by, pipeline_id, stage_id, amount_minor, currency, expected_close_on)
  select organization_id, id, at, 'infinity', owner_id, owner_id, pipeline_id, stage_id, amount_minor, currency, expected_close_on
  from changed where deleted_at is null
  on conflict (organization_id, opportunity_id, since) do update set until = excluded.until, held_by = excluded.held_by, pipeline_id = excluded.pipeline_id,
    stage_id = excluded.stage_id, amount_minor = excluded.amount_minor, currency = excluded.currency, expected_close_on = excluded.expected_close_on;
  return null;
end
$$;
alter function app.opportunity_states_after_insert() owner to rainmaker_definer;
alter function app.opportunity_states_after_update() owner to rainmaker_definer;
create trigger opportunity_states_insert after insert on opportunity referencing new table as added
  for each statement execute function app.opportunity_states_after_insert();
create trigger opportunity_states_update after update on opportunity referencing new table as added old table as removed
  for each statement execute function app.opportunity_states_after_update();
