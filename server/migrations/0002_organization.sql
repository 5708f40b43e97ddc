-- Organizations, accounts, members, teams, sessions, invitations.

create table organization (
  id uuid primary key,
  name text collate "und-x-icu" not null,
  slug text not null unique,
  currency char(3) not null,
  time_zone text not null,
  workdays integer[] not null,
  holidays date[] not null,
  created_at timestamptz not null,
  version integer not null
);
comment on column organization.currency is 'Currency of amounts that name none';
comment on column organization.time_zone is 'IANA zone whose calendar days count';
comment on column organization.workdays is 'ISO weekdays, 1 for Monday to 7 for Sunday';
alter table organization enable row level security;
alter table organization force row level security;
create policy organization on organization to rainmaker_app using (id = (select app.organization_id())) with check (id = (select app.organization_id()));
grant select, insert, update on organization to rainmaker_app;
call app.admit_definer('organization', 'select');

-- Accounts are global: one e-mail, one password, any number of organizations. Reached through doors only.
create table account (
  id uuid primary key,
  email text not null,
  password_hash text not null,
  first_name text not null,
  last_name text not null,
  is_super_admin boolean not null default false,
  created_at timestamptz not null,
  password_changed_at timestamptz not null
);
create unique index account_email on account (email);
comment on column account.email is 'Lower case';
comment on column account.password_hash is 'argon2id, with its parameters';
comment on column account.is_super_admin is 'Runs the platform, belongs to no organization and reads no organization''s data';
alter table account enable row level security;
alter table account force row level security;
call app.admit_definer('account', 'select, insert, update');

create table sign_in_throttle (
  key text primary key,
  failures integer not null,
  window_started_at timestamptz not null,
  locked_until timestamptz
);
comment on table sign_in_throttle is 'Failed sign-ins by account and by network address';
comment on column sign_in_throttle.key is 'account:<sha256 of the e-mail> or address:<ip>';
alter table sign_in_throttle enable row level security;
alter table sign_in_throttle force row level security;
call app.admit_definer('sign_in_throttle', 'select, insert, update, delete');

create table team (
  organization_id uuid not null,
  id uuid not null,
  name text collate "und-x-icu" not null,
  parent_id uuid,
  leader_id uuid,
  created_at timestamptz not null,
  version integer not null,
  primary key (organization_id, id),
  foreign key (organization_id, parent_id) references team (organization_id, id)
);
create unique index team_name on team (organization_id, lower(name));
call app.isolate('team');

create table member (
  organization_id uuid not null,
  id uuid not null,
  account_id uuid references account (id),
  first_name text not null,
  last_name text not null,
  email text,
  job_title text,
  status text not null check (status in ('active', 'inactive')),
  team_id uuid,
  last_seen_at timestamptz,
  created_at timestamptz not null,
  version integer not null,
  -- Sorting by name follows the reader's alphabet, not the bytes.
  name text collate "und-x-icu" not null generated always as (first_name || case when last_name = '' then '' else ' ' || last_name end) stored,
  primary key (organization_id, id),
  foreign key (organization_id, team_id) references team (organization_id, id)
);
create unique index member_account on member (organization_id, account_id);
create unique index member_email on member (organization_id, lower(email));
create index member_by_name on member (organization_id, name, id);
create index member_by_team on member (organization_id, team_id);
create index member_by_account on member (account_id);
comment on column member.account_id is 'Null for somebody an import named who was not invited yet';
comment on column member.email is 'The account''s e-mail, or null without one';
alter table team add foreign key (organization_id, leader_id) references member (organization_id, id);
call app.isolate('member');
call app.admit_definer('member', 'select');

create table member_role (
  organization_id uuid not null,
  member_id uuid not null,
  role text not null check (role in ('org_admin', 'manager', 'sales_rep', 'verifier', 'finance', 'analyst', 'viewer')),
  primary key (organization_id, member_id, role),
  foreign key (organization_id, member_id) references member (organization_id, id)
);
call app.isolate('member_role');

-- Membership over time: figures of a team count who was in it on the day.
create table team_membership (
  organization_id uuid not null,
  team_id uuid not null,
  member_id uuid not null,
  during daterange not null,
  exclude using gist (organization_id with =, member_id with =, during with &&),
  foreign key (organization_id, team_id) references team (organization_id, id),
  foreign key (organization_id, member_id) references member (organization_id, id)
);
create index team_membership_by_team on team_membership (organization_id, team_id);
create index team_membership_by_member on team_membership (organization_id, member_id);
comment on column team_membership.during is 'Calendar days of the organization, upper bound excluded';
call app.isolate('team_membership');

create table session (
  organization_id uuid not null,
  id uuid not null,
  account_id uuid not null references account (id),
  member_id uuid not null,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  ended_at timestamptz,
  end_reason text check (end_reason in ('signed_out', 'password_changed', 'token_reuse', 'deactivated', 'revoked')),
  device text,
  address text,
  primary key (organization_id, id),
  foreign key (organization_id, member_id) references member (organization_id, id)
);
create index session_by_member on session (organization_id, member_id) where ended_at is null;
call app.isolate('session');
call app.admit_definer('session', 'select');

create table refresh_token (
  organization_id uuid not null,
  id uuid not null,
  session_id uuid not null,
  token_hash bytea not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  rotated_at timestamptz,
  successor bytea,
  primary key (organization_id, id),
  foreign key (organization_id, session_id) references session (organization_id, id)
);
create unique index refresh_token_hash on refresh_token (token_hash);
create index refresh_token_by_session on refresh_token (organization_id, session_id);
comment on column refresh_token.token_hash is 'sha256; the token itself is only in the browser''s cookie';
comment on column refresh_token.successor is 'The next token, encrypted, handed out again to the same device for 30 s';
call app.isolate('refresh_token');
call app.admit_definer('refresh_token', 'select');

create table invitation (
  organization_id uuid not null,
  id uuid not null,
  email text not null,
  roles text[] not null,
  team_id uuid,
  member_id uuid,
  token_hash bytea not null,
  invited_by uuid not null,
  invited_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, team_id) references team (organization_id, id),
  foreign key (organization_id, member_id) references member (organization_id, id)
);
create unique index invitation_token on invitation (token_hash);
create unique index invitation_pending on invitation (organization_id, email) where accepted_at is null and revoked_at is null;
comment on column invitation.member_id is 'Somebody an import named, who gets an account by this';
call app.isolate('invitation');
call app.admit_definer('invitation', 'select');

-- What modules to the right may join.
create schema organization;
grant usage on schema organization to rainmaker_app;
create view organization.member_ref with (security_invoker = true) as
  select organization_id, id, name, first_name, team_id, status from member;
create view organization.team_ref with (security_invoker = true) as
  select organization_id, id, name, leader_id, parent_id from team;
create view organization.membership_ref with (security_invoker = true) as
  select organization_id, team_id, member_id, during from team_membership;
grant select on organization.member_ref, organization.team_ref, organization.membership_ref to rainmaker_app;
