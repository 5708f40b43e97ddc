-- Versions at which records were chosen for a bulk change; what stands on top of a timeline.

alter table bulk_change_row add column seen_version integer;
comment on column bulk_change_row.seen_version is 'Version it was chosen at: a later one means somebody edited it since';

create table timeline_pin (
  organization_id uuid not null,
  entity text not null check (entity in ('customer', 'contact', 'opportunity')),
  record_id uuid not null,
  entry_id text not null check (length(entry_id) <= 40),
  pinned_at timestamptz not null,
  pinned_by uuid not null,
  primary key (organization_id, entity, record_id, entry_id)
);
comment on table timeline_pin is 'Entries that stand on top of a record''s timeline, for everybody who sees them';
comment on column timeline_pin.entry_id is 'As the timeline names the entry';
call app.isolate('timeline_pin', 'select, insert, delete');
