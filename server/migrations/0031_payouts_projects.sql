-- Payouts that clear what is payable, projects, goals of the organization, and a stretch beyond a goal.

-- Payouts ---------------------------------------------------------------------------------------------------------

create table payout_batch (
  organization_id uuid not null,
  id uuid not null,
  period_id uuid not null,
  released_by uuid not null,
  released_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, period_id),
  foreign key (organization_id, period_id) references commission_period (organization_id, id)
);
comment on table payout_batch is 'A month that was paid out: one batch, released by another person than who locked it';
call app.isolate('payout_batch', 'select, insert');
create trigger append_only before update or delete on payout_batch for each row execute function app.refuse_change();
create trigger append_only_truncate before truncate on payout_batch for each statement execute function app.refuse_change();

create table payout (
  organization_id uuid not null,
  id uuid not null,
  batch_id uuid not null,
  statement_id uuid not null,
  owner_id uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency char(3) not null,
  primary key (organization_id, id),
  unique (organization_id, statement_id),
  foreign key (organization_id, batch_id) references payout_batch (organization_id, id),
  foreign key (organization_id, statement_id) references commission_statement (organization_id, id)
);
create index payout_by_batch on payout (organization_id, batch_id);
create index payout_by_owner on payout (organization_id, owner_id);
comment on table payout is 'What was paid of a statement: moves its amount from payable to paid, once';
comment on column payout.owner_id is 'Who is paid';
call app.isolate('payout', 'select, insert');
call app.scope_by_owner('payout', 'commission');
create trigger append_only before update or delete on payout for each row execute function app.refuse_change();
create trigger append_only_truncate before truncate on payout for each statement execute function app.refuse_change();

-- A payout is exactly what its locked statement says, in the batch of its month.
create function app.check_payout() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  if not exists (select from commission_statement s join payout_batch b on b.organization_id = s.organization_id and b.period_id = s.period_id
    where s.organization_id = new.organization_id and s.id = new.statement_id and b.id = new.batch_id and s.owner_id = new.owner_id
      and s.currency = new.currency and s.payable_minor = new.amount_minor and s.state in ('locked', 'paid')) then
    raise exception 'payout % is not what its statement says', new.id using errcode = '23514', constraint = 'payout_as_stated';
  end if;
  return new;
end
$$;
alter function app.check_payout() owner to rainmaker_definer;
call app.admit_definer('payout_batch', 'select');
call app.admit_definer('payout', 'select');
create trigger as_stated before insert on payout for each row execute function app.check_payout();

-- A month is paid when everybody is who is owed something; months that were paid before get their batches here.
alter table commission_statement no force row level security;
alter table commission_period no force row level security;
alter table payout_batch no force row level security;
alter table payout no force row level security;
insert into payout_batch (organization_id, id, period_id, released_by, released_at)
select organization_id, gen_random_uuid(), id, paid_by, paid_at from commission_period where state = 'paid' and paid_by is not null;
insert into payout (organization_id, id, batch_id, statement_id, owner_id, amount_minor, currency)
select s.organization_id, gen_random_uuid(), b.id, s.id, s.owner_id, s.payable_minor, s.currency
from commission_statement s join payout_batch b on b.organization_id = s.organization_id and b.period_id = s.period_id where s.payable_minor > 0;
alter table commission_statement force row level security;
alter table commission_period force row level security;
alter table payout_batch force row level security;
alter table payout force row level security;

create function app.check_period_paid() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  if exists (select from commission_statement s where s.organization_id = new.organization_id and s.period_id = new.id and s.payable_minor > 0
    and not exists (select from payout p where p.organization_id = s.organization_id and p.statement_id = s.id)) then
    raise exception 'somebody is not paid for %', new.month using errcode = '23514', constraint = 'everybody_paid';
  end if;
  return new;
end
$$;
alter function app.check_period_paid() owner to rainmaker_definer;
create trigger everybody_paid before update on commission_period for each row when (new.state = 'paid' and old.state <> 'paid')
  execute function app.check_period_paid();

-- Projects --------------------------------------------------------------------------------------------------------

create table project (
  organization_id uuid not null,
  id uuid not null,
  number bigint not null,
  name text collate "und-x-icu" not null,
  description text,
  budget_minor bigint check (budget_minor between 1 and 999999999999999),
  currency char(3) not null,
  starts_on date,
  ends_on date,
  is_closed boolean not null,
  created_by uuid,
  created_at timestamptz not null,
  version integer not null,
  primary key (organization_id, id),
  check (ends_on >= starts_on)
);
create unique index project_number on project (organization_id, number);
create unique index project_name on project (organization_id, lower(name)) where not is_closed;
comment on table project is 'Work of one or more teams that deals belong to; its revenue is what is verified of them';
comment on column project.budget_minor is 'What it is meant to bring in; null where nobody said';
call app.isolate('project', 'select, insert, update');

create table project_team (
  organization_id uuid not null,
  project_id uuid not null,
  team_id uuid not null,
  primary key (organization_id, project_id, team_id),
  foreign key (organization_id, project_id) references project (organization_id, id),
  foreign key (organization_id, team_id) references team (organization_id, id)
);
call app.isolate('project_team', 'select, insert, delete');

alter table deal
  add column project_id uuid,
  add foreign key (organization_id, project_id) references project (organization_id, id);
create index deal_by_project on deal (organization_id, project_id) where project_id is not null;
comment on column deal.project_id is 'The project it belongs to';

-- Goals -----------------------------------------------------------------------------------------------------------

alter table goal drop constraint goal_scope_check;
alter table goal
  add constraint goal_scope_check check (scope in ('member', 'team', 'organization')),
  add column stretch_minor bigint,
  add constraint stretch_beyond_target check (stretch_minor > target_minor);
comment on column goal.stretch_minor is 'Beyond the target; null where nobody said';
