-- Views of lists, exports of them, changes of many records at once.

create table saved_view (
  organization_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  entity text not null,
  name text not null,
  is_shared boolean not null,
  filter jsonb not null,
  sort text,
  columns jsonb,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  version integer not null,
  primary key (organization_id, id)
);
create index saved_view_of_owner on saved_view (organization_id, owner_id, entity) where deleted_at is null;
create index saved_view_shared on saved_view (organization_id, entity) where is_shared and deleted_at is null;
comment on column saved_view.is_shared is 'Everybody finds it; rows follow the rights of whoever looks';
comment on column saved_view.columns is 'Keys and widths in order; null for the list''s own';
call app.isolate('saved_view', 'select, insert, update');

create table view_arrangement (
  organization_id uuid not null,
  member_id uuid not null,
  entity text not null,
  view_ids uuid[] not null,
  default_view_id uuid,
  primary key (organization_id, member_id, entity)
);
comment on column view_arrangement.view_ids is 'Views in this member''s order; others follow by name';
comment on column view_arrangement.default_view_id is 'Opens where the address names none';
call app.isolate('view_arrangement');

create table record_export (
  organization_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  entity text not null,
  file_name text not null,
  filter jsonb not null,
  sort text,
  columns text[] not null,
  created_at timestamptz not null,
  primary key (organization_id, id)
);
comment on table record_export is 'What was taken out of the product, by whom; the rows are read when the file is';
call app.isolate('record_export', 'select, insert');

create table bulk_change (
  organization_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  entity text not null,
  action jsonb not null,
  filter jsonb not null,
  status text not null check (status in ('queued', 'running', 'finished', 'failed', 'undoing', 'undone')),
  total_count integer not null,
  failure text,
  created_at timestamptz not null,
  finished_at timestamptz,
  undone_at timestamptz,
  version integer not null,
  primary key (organization_id, id)
);
create index bulk_change_by_owner on bulk_change (organization_id, owner_id, created_at desc, id desc);
comment on column bulk_change.owner_id is 'Who runs it: records are changed with this member''s rights';
comment on column bulk_change.filter is 'What was asked for; the records it meant then are the rows';
call app.isolate('bulk_change', 'select, insert, update');

create table bulk_change_row (
  organization_id uuid not null,
  bulk_change_id uuid not null,
  row integer not null,
  record_id uuid not null,
  state text not null check (state in ('waiting', 'changed', 'unchanged', 'refused', 'restored', 'kept')),
  before jsonb,
  record_version integer,
  code text,
  message text,
  primary key (organization_id, bulk_change_id, row),
  foreign key (organization_id, bulk_change_id) references bulk_change (organization_id, id)
);
create index bulk_change_row_by_state on bulk_change_row (organization_id, bulk_change_id, state, row);
comment on column bulk_change_row.before is 'Values that were replaced';
comment on column bulk_change_row.record_version is 'Version the change left the record at: a later one means somebody edited it';
call app.isolate('bulk_change_row', 'select, insert, update');
