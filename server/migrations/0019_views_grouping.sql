-- Views that group, open for a role, and are pinned; bulk changes that are stopped.

alter table saved_view add column group_by text, add column default_for text[] not null default '{}';
comment on column saved_view.group_by is 'What rows are put together by; null for one list';
comment on column saved_view.default_for is 'Roles whose members it opens for, where they chose none of their own';

alter table view_arrangement add column unpinned_ids uuid[] not null default '{}';
comment on column view_arrangement.unpinned_ids is 'Views that stand behind the tabs instead of among them';

alter table record_export add column time_zone text;
comment on column record_export.time_zone is 'Whose calendar its days are of; null for the organization''s';

alter table bulk_change drop constraint bulk_change_status_check;
alter table bulk_change add constraint bulk_change_status_check
  check (status in ('queued', 'running', 'finished', 'cancelled', 'failed', 'undoing', 'undone'));
-- One person's changes of one kind of record run one after another: the next to run is found by this.
create index bulk_change_at_work on bulk_change (organization_id, entity, created_at, id) where status in ('queued', 'running', 'undoing');
