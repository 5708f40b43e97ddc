-- Imports that are undone and done again, rows that wait for a decision, and the matching that is offered again.

alter table import drop constraint import_status_check;
alter table import
  add constraint import_status_check check (status in ('draft', 'previewed', 'queued', 'running', 'finished', 'failed', 'undoing', 'undone', 'redoing')),
  add column undo_restored integer,
  add column undo_reasons jsonb,
  add column review_count integer not null default 0,
  add column header_key text,
  add column matched_as uuid;
create index import_by_header on import (organization_id, owner_id, entity, header_key, created_at desc) where started_at is not null;
comment on column import.undo_removed is 'Created rows that went to the trash when it was undone';
comment on column import.undo_restored is 'Updated rows that got their former values back when it was undone';
comment on column import.undo_kept is 'Rows that stayed as they were when it was undone, for the reasons in undo_reasons';
comment on column import.review_count is 'Rows that wait for a decision; they count as skipped until then';
comment on column import.header_key is 'The headers of the file in one line: files of one source have the same';
comment on column import.matched_as is 'The earlier import of the same headers whose matching was offered again';

alter table import_row
  add column undo_state text check (undo_state in ('undone', 'kept', 'lost')),
  add column undo_code text,
  add column undo_message text;
create index import_row_kept on import_row (organization_id, import_id, row) where undo_state in ('kept', 'lost');
create index import_row_review on import_row (organization_id, import_id, row) where code = 'needs_review';
comment on column import_row.before is 'Values that an update replaced, and once it is undone those that the undoing replaced';
comment on column import_row.undo_state is 'undone: taken back; kept: could not be taken back; lost: was taken back and could not be done again';

-- Files name a customer by address or domain as well as by name.
create function app.web_host(address text) returns text language sql immutable parallel safe as
$$ select nullif(regexp_replace(lower(address collate "C"), '^\s*(?:[a-z]+://)?(?:[^/@]*@)?(?:www\.)?([^/:?#\s]*).*$', '\1'), '') $$;
alter table customer
  add column email_key text collate "C" generated always as (lower(email collate "C")) stored,
  add column phone_key text collate "C" generated always as (nullif(right(regexp_replace(phone collate "C", '[^0-9]', '', 'g'), 9), '')) stored,
  add column web_host text collate "C" generated always as (app.web_host(website)) stored;
create index customer_by_email_key on customer (organization_id, email_key) where deleted_at is null and email_key is not null;
create index customer_by_phone_key on customer (organization_id, phone_key) where deleted_at is null and phone_key is not null;
create index customer_by_web_host on customer (organization_id, web_host) where deleted_at is null and web_host is not null;
comment on column customer.phone_key is 'Last nine digits: what is left of a number without its country and trunk prefix';
comment on column customer.web_host is 'Domain of the website, without www';
