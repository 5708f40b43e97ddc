-- Roles an organization makes for itself, beside the product's own; finding things in the log.

create table custom_role (
  organization_id uuid not null,
  id uuid not null,
  name text collate "und-x-icu" not null,
  description text not null,
  grants jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null,
  primary key (organization_id, id)
);
create unique index custom_role_name on custom_role (organization_id, lower(name));
comment on table custom_role is 'Roles an organization made for itself';
comment on column custom_role.grants is 'Permissions with how far each reaches: {"customer.read": "tree"}';
call app.isolate('custom_role');

create table member_custom_role (
  organization_id uuid not null,
  member_id uuid not null,
  role_id uuid not null,
  primary key (organization_id, member_id, role_id),
  foreign key (organization_id, member_id) references member (organization_id, id),
  foreign key (organization_id, role_id) references custom_role (organization_id, id)
);
create index member_custom_role_by_role on member_custom_role (organization_id, role_id);
comment on table member_custom_role is 'Who holds which of them';
call app.isolate('member_custom_role');

alter table invitation add column custom_role_ids uuid[] not null default '{}';
comment on column invitation.custom_role_ids is 'Roles of the organization''s own that come with it';

-- Numbers and names are looked for by equality and by their beginning, which row-level security lets into an index.
create index event_log_by_label on event_log (organization_id, label, seq);
