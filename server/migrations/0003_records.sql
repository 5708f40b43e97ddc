-- What belongs to records of any kind: files and imports.

create table file (
  organization_id uuid not null,
  id uuid not null,
  owner_id uuid,
  subject text not null,
  subject_id uuid not null,
  name text not null,
  type text not null,
  size bigint not null,
  sha256 bytea not null,
  storage_key text not null,
  uploaded_by uuid,
  uploaded_at timestamptz not null,
  deleted_at timestamptz,
  primary key (organization_id, id)
);
create index file_by_subject on file (organization_id, subject, subject_id);
create index file_by_hash on file (organization_id, sha256);
comment on column file.subject is 'Entity the file belongs to; whoever sees that record sees the file';
comment on column file.type is 'Media type found in the content';
comment on column file.size is 'Bytes';
call app.isolate('file');

create table import (
  organization_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  entity text not null,
  status text not null check (status in ('draft', 'previewed', 'queued', 'running', 'finished', 'failed', 'undoing', 'undone')),
  file_name text not null,
  file_size bigint not null,
  storage_key text not null,
  encoding text not null,
  delimiter text not null,
  columns jsonb not null,
  mapping jsonb not null,
  read_count integer not null default 0,
  created_count integer not null default 0,
  updated_count integer not null default 0,
  skipped_count integer not null default 0,
  failed_count integer not null default 0,
  undo_removed integer,
  undo_kept integer,
  failure text,
  created_at timestamptz not null,
  staged_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  undone_at timestamptz,
  version integer not null,
  primary key (organization_id, id)
);
create index import_by_time on import (organization_id, created_at desc, id desc);
comment on column import.staged_at is 'When every row of the file was read into import_row';
comment on column import.owner_id is 'Who runs it: rows are written with this member''s rights';
comment on column import.columns is 'Header and samples of each column';
comment on column import.mapping is 'Field of each column, and the options chosen';
call app.isolate('import');

-- Rows of a file between reading and writing, and afterwards what became of each: results, error file, undo.
create table import_row (
  organization_id uuid not null,
  import_id uuid not null,
  row integer not null,
  cells text[] not null,
  state text not null check (state in ('staged', 'created', 'updated', 'skipped', 'failed')),
  record_id uuid,
  record_version integer,
  before jsonb,
  field text,
  code text,
  message text,
  primary key (organization_id, import_id, row),
  foreign key (organization_id, import_id) references import (organization_id, id)
);
create index import_row_staged on import_row (organization_id, import_id, row) where state = 'staged';
create index import_row_failed on import_row (organization_id, import_id, row) where state = 'failed';
comment on column import_row.row is 'Line of the file, the header being 1';
comment on column import_row.cells is 'As they stand in the file';
comment on column import_row.record_version is 'Version the import left the record at: a later one means somebody edited it';
comment on column import_row.before is 'Values an update replaced';
call app.isolate('import_row');

-- What modules to the right may join.
create schema records;
grant usage on schema records to rainmaker_app;
create view records.file_ref with (security_invoker = true) as
  select organization_id, id, subject, subject_id, name, type, size, sha256, uploaded_by, uploaded_at from file where deleted_at is null;
grant select on records.file_ref to rainmaker_app;
