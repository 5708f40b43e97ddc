-- Customers in full, contacts, interactions, line items with prices.

-- Customers ------------------------------------------------------------------------------------------------------

alter table customer
  add column street text,
  add column postal_code text,
  add column city text,
  add column region text,
  add column country text,
  add column tags text[] not null default '{}',
  add column notes text,
  add column satisfaction integer check (satisfaction between 0 and 10);
create index customer_by_satisfaction on customer (organization_id, satisfaction, id) where deleted_at is null;
create index customer_by_owner_satisfaction on customer (organization_id, owner_id, satisfaction, id) where deleted_at is null;
comment on column customer.location is 'As one line; street to country say it in parts';
comment on column customer.satisfaction is 'How satisfied the customer is, 0 to 10';

-- The same backstop for rows that belong to another record: what may be seen of it may be seen of them.
create procedure app.scope_child(target regclass, entity text, parent_column text) language plpgsql as
$$
begin
  execute format(
    'create policy scope on %1$s as restrictive for select to rainmaker_app using ((select app.reach(%2$L)) = ''all'' or owner_id in '
    '(select v.owner_id from visible_owner v where v.organization_id = (select app.organization_id()) '
    'and v.member_id = (select app.member_id()) and v.reach = (select app.reach(%2$L))) '
    'or exists (select from record_grant g where g.organization_id = (select app.organization_id()) and g.entity = %2$L and g.record_id = %1$s.%3$I '
    'and g.member_id in (select v.owner_id from visible_owner v where v.organization_id = (select app.organization_id()) '
    'and v.member_id = (select app.member_id()) and v.reach = (select app.reach(%2$L)))))', target, entity, parent_column);
end
$$;

-- Contacts -------------------------------------------------------------------------------------------------------

create table contact (
  organization_id uuid not null,
  id uuid not null,
  number bigint not null,
  owner_id uuid,
  first_name text not null,
  last_name text not null,
  title text,
  notes text,
  tags text[] not null default '{}',
  external_id text,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  deleted_by uuid,
  version integer not null,
  -- Sorting by name follows the reader's alphabet, not the bytes.
  name text collate "und-x-icu" not null generated always as (btrim(first_name || ' ' || last_name)) stored,
  primary key (organization_id, id)
);
create unique index contact_number on contact (organization_id, number);
create unique index contact_external_id on contact (organization_id, external_id) where deleted_at is null;
create index contact_by_name on contact (organization_id, name, id) where deleted_at is null;
create index contact_by_owner_name on contact (organization_id, owner_id, name, id) where deleted_at is null;
create index contact_by_created on contact (organization_id, created_at, id) where deleted_at is null;
create index contact_by_owner_created on contact (organization_id, owner_id, created_at, id) where deleted_at is null;
create index contact_by_updated on contact (organization_id, updated_at, id) where deleted_at is null;
create index contact_by_owner_updated on contact (organization_id, owner_id, updated_at, id) where deleted_at is null;
create index contact_trash on contact (organization_id, deleted_at) where deleted_at is not null;
comment on column contact.title is 'What the person does, as on the card: Head of purchasing';
comment on column contact.external_id is 'Key of this contact in the system it was imported from';
call app.isolate('contact', 'select, insert, update');
call app.scope_by_owner('contact', 'contact', true);

create table contact_point (
  organization_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  owner_id uuid,
  kind text not null check (kind in ('email', 'phone')),
  label text not null check (label in ('work', 'mobile', 'home', 'other')),
  position integer not null,
  value text not null,
  key text collate "C" not null,
  is_live boolean not null,
  primary key (organization_id, id),
  foreign key (organization_id, contact_id) references contact (organization_id, id)
);
create unique index contact_point_email on contact_point (organization_id, key) where kind = 'email' and is_live;
create index contact_point_by_key on contact_point (organization_id, key) where is_live;
create index contact_point_by_contact on contact_point (organization_id, contact_id, kind, position);
comment on table contact_point is 'E-mail addresses and phone numbers of contacts';
comment on column contact_point.owner_id is 'The contact''s owner, copied so that scope needs no second table';
comment on column contact_point.key is 'For finding it by its beginning: the address in lower case; the digits of the number from the last to the first';
comment on column contact_point.is_live is 'False while its contact is in the trash: a deleted record holds no address';
call app.isolate('contact_point');
call app.scope_child('contact_point', 'contact', 'contact_id');

create table contact_customer (
  organization_id uuid not null,
  contact_id uuid not null,
  customer_id uuid not null,
  owner_id uuid,
  role text,
  position integer not null,
  primary key (organization_id, contact_id, customer_id),
  foreign key (organization_id, contact_id) references contact (organization_id, id),
  foreign key (organization_id, customer_id) references customer (organization_id, id)
);
create index contact_customer_by_customer on contact_customer (organization_id, customer_id, contact_id);
comment on table contact_customer is 'Where a contact works, or whom else they speak for';
comment on column contact_customer.owner_id is 'The contact''s owner, copied so that scope needs no second table';
comment on column contact_customer.position is '0 is the one shown first';
call app.isolate('contact_customer');
call app.scope_child('contact_customer', 'contact', 'contact_id');

create table opportunity_contact (
  organization_id uuid not null,
  opportunity_id uuid not null,
  contact_id uuid not null,
  owner_id uuid,
  role text check (role in ('decision_maker', 'champion', 'influencer', 'buyer', 'user', 'blocker', 'other')),
  position integer not null,
  primary key (organization_id, opportunity_id, contact_id),
  foreign key (organization_id, opportunity_id) references opportunity (organization_id, id),
  foreign key (organization_id, contact_id) references contact (organization_id, id)
);
create index opportunity_contact_by_contact on opportunity_contact (organization_id, contact_id, opportunity_id);
comment on table opportunity_contact is 'Who takes part in a sale on the customer''s side';
comment on column opportunity_contact.owner_id is 'The opportunity''s owner, copied so that scope needs no second table';
call app.isolate('opportunity_contact');
call app.scope_by_owner('opportunity_contact', 'opportunity');

-- Opportunities --------------------------------------------------------------------------------------------------

alter table opportunity
  add column source text,
  add column priority text check (priority in ('low', 'medium', 'high')),
  add column description text,
  add column lines_total_minor bigint check (lines_total_minor between 0 and 999999999999999);
create index opportunity_by_source on opportunity (organization_id, source, id) where deleted_at is null;
comment on column opportunity.source is 'Where it came from, in the organization''s own words';
comment on column opportunity.lines_total_minor is 'Sum of its line items in minor units of currency, null without prices; the amount follows it unless somebody set another one';

alter table opportunity_line
  add column description text,
  add column quantity_thousandths bigint not null default 1000 check (quantity_thousandths between 1 and 999999999999),
  add column unit_price_minor bigint check (unit_price_minor between 0 and 999999999999999),
  add column currency char(3),
  add column discount_bp integer not null default 0 check (discount_bp between 0 and 10000),
  add column total_minor bigint check (total_minor between 0 and 999999999999999),
  add constraint opportunity_line_price check ((unit_price_minor is null) = (currency is null) and (unit_price_minor is null) = (total_minor is null));
comment on column opportunity_line.unit_price_minor is 'Minor units of currency, before the discount; null while no price is agreed';
comment on column opportunity_line.discount_bp is 'Discount in basis points: 1250 is 12.5 %';
comment on column opportunity_line.total_minor is 'Quantity times price less discount, rounded once';

-- Interactions ---------------------------------------------------------------------------------------------------

create table interaction (
  organization_id uuid not null,
  id uuid not null,
  number bigint not null,
  owner_id uuid,
  author_id uuid,
  kind text not null check (kind in ('call', 'meeting', 'mail', 'note')),
  direction text check (direction in ('inbound', 'outbound')),
  subject text not null,
  body text,
  outcome text check (outcome in ('reached', 'no_answer', 'left_message', 'wrong_number', 'held', 'no_show', 'cancelled', 'sent', 'replied', 'bounced')),
  occurred_at timestamptz not null,
  minutes integer check (minutes between 0 and 10080),
  follow_up_on date,
  customer_id uuid,
  opportunity_id uuid,
  mentioned_ids uuid[] not null default '{}',
  external_id text,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  deleted_by uuid,
  version integer not null,
  primary key (organization_id, id),
  foreign key (organization_id, customer_id) references customer (organization_id, id),
  foreign key (organization_id, opportunity_id) references opportunity (organization_id, id)
);
create unique index interaction_number on interaction (organization_id, number);
create unique index interaction_external_id on interaction (organization_id, external_id) where deleted_at is null;
create index interaction_by_time on interaction (organization_id, occurred_at, id) where deleted_at is null;
create index interaction_by_owner_time on interaction (organization_id, owner_id, occurred_at, id) where deleted_at is null;
create index interaction_by_follow_up on interaction (organization_id, follow_up_on, id) where deleted_at is null;
create index interaction_by_owner_follow_up on interaction (organization_id, owner_id, follow_up_on, id) where deleted_at is null;
create index interaction_by_customer on interaction (organization_id, customer_id, occurred_at, id) where deleted_at is null;
create index interaction_by_opportunity on interaction (organization_id, opportunity_id, occurred_at, id) where deleted_at is null;
create index interaction_by_author on interaction (organization_id, author_id, occurred_at, id) where deleted_at is null;
create index interaction_trash on interaction (organization_id, deleted_at) where deleted_at is not null;
comment on table interaction is 'Calls, meetings, mails and notes';
comment on column interaction.owner_id is 'Owner of the opportunity or customer it is about, else its author: who works the record sees what was said before';
comment on column interaction.author_id is 'Who had it; sees it also where the record is somebody else''s';
comment on column interaction.minutes is 'How long it took';
comment on column interaction.mentioned_ids is 'Members named in the text';
call app.isolate('interaction', 'select, insert, update');
call app.scope_by_owner('interaction', 'interaction', true);

create table interaction_participant (
  organization_id uuid not null,
  id uuid not null,
  interaction_id uuid not null,
  owner_id uuid,
  contact_id uuid,
  member_id uuid,
  position integer not null,
  primary key (organization_id, id),
  check ((contact_id is null) <> (member_id is null)),
  foreign key (organization_id, interaction_id) references interaction (organization_id, id),
  foreign key (organization_id, contact_id) references contact (organization_id, id)
);
create unique index interaction_participant_contact on interaction_participant (organization_id, interaction_id, contact_id) where contact_id is not null;
create unique index interaction_participant_member on interaction_participant (organization_id, interaction_id, member_id) where member_id is not null;
create index interaction_participant_by_contact on interaction_participant (organization_id, contact_id) where contact_id is not null;
comment on column interaction_participant.owner_id is 'The interaction''s owner, copied so that scope needs no second table';
call app.isolate('interaction_participant');
call app.scope_child('interaction_participant', 'interaction', 'interaction_id');

-- Who sees what although its owner is out of reach ------------------------------------------------------------------

-- A contact is seen by who owns a customer the contact belongs to, an opportunity of that customer, or one the contact
-- takes part in. The source of each grant is that customer or opportunity.
call app.admit_definer('customer', 'select');
call app.admit_definer('opportunity', 'select');
call app.admit_definer('contact_customer', 'select');
call app.admit_definer('opportunity_contact', 'select');
create view app.contact_grant with (security_invoker = true) as
  select cc.organization_id, cc.contact_id, c.owner_id as member_id, c.id as source_id, cc.customer_id, null::uuid as opportunity_id
  from contact_customer cc join customer c on c.organization_id = cc.organization_id and c.id = cc.customer_id
  where c.owner_id is not null and c.deleted_at is null
  union all
  select cc.organization_id, cc.contact_id, o.owner_id, o.id, null, o.id
  from contact_customer cc join opportunity o on o.organization_id = cc.organization_id and o.customer_id = cc.customer_id
  where o.owner_id is not null and o.deleted_at is null
  union all
  select oc.organization_id, oc.contact_id, o.owner_id, o.id, null, o.id
  from opportunity_contact oc join opportunity o on o.organization_id = oc.organization_id and o.id = oc.opportunity_id
  where o.owner_id is not null and o.deleted_at is null;
grant select on app.contact_grant to rainmaker_definer;

create function app.grant_contacts_after_insert() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  insert into record_grant (organization_id, entity, record_id, member_id, source_id)
  select g.organization_id, 'contact', g.contact_id, g.member_id, g.source_id from app.contact_grant g
  where (g.organization_id, g.contact_id) in (select a.organization_id, a.contact_id from added a)
  on conflict do nothing;
  return null;
end
$$;

create function app.grant_contacts_after_delete() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  delete from record_grant r using (select distinct organization_id, contact_id from removed) d
  where r.organization_id = d.organization_id and r.entity = 'contact' and r.record_id = d.contact_id
    and not exists (select from app.contact_grant g where g.organization_id = r.organization_id and g.contact_id = r.record_id
      and g.member_id = r.member_id and g.source_id = r.source_id);
  return null;
end
$$;

create function app.grant_contacts_of_customers() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  if not exists (select from added a join removed r on r.organization_id = a.organization_id and r.id = a.id
    where (a.owner_id, a.deleted_at) is distinct from (r.owner_id, r.deleted_at)) then
    return null;
  end if;
  delete from record_grant g using removed r where g.organization_id = r.organization_id and g.source_id = r.id and g.entity = 'contact';
  insert into record_grant (organization_id, entity, record_id, member_id, source_id)
  select g.organization_id, 'contact', g.contact_id, g.member_id, g.source_id
  from added a join app.contact_grant g on g.organization_id = a.organization_id and g.customer_id = a.id
  on conflict do nothing;
  return null;
end
$$;

-- The sale's grants of before, and with them those of the contacts.
create or replace function app.grant_customers_after_insert() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  insert into record_grant (organization_id, entity, record_id, member_id, source_id)
  select organization_id, 'customer', customer_id, owner_id, id from added
  where customer_id is not null and owner_id is not null and deleted_at is null
  union all
  select a.organization_id, 'contact', cc.contact_id, a.owner_id, a.id
  from added a join contact_customer cc on cc.organization_id = a.organization_id and cc.customer_id = a.customer_id
  where a.owner_id is not null and a.deleted_at is null
  on conflict do nothing;
  return null;
end
$$;

create or replace function app.grant_customers_after_update() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  if not exists (select from added a join removed r on r.organization_id = a.organization_id and r.id = a.id
    where (a.customer_id, a.owner_id, a.deleted_at) is distinct from (r.customer_id, r.owner_id, r.deleted_at)) then
    return null;
  end if;
  delete from record_grant g using removed r where g.organization_id = r.organization_id and g.source_id = r.id;
  insert into record_grant (organization_id, entity, record_id, member_id, source_id)
  select organization_id, 'customer', customer_id, owner_id, id from added
  where customer_id is not null and owner_id is not null and deleted_at is null
  union all
  select g.organization_id, 'contact', g.contact_id, g.member_id, g.source_id
  from added a join app.contact_grant g on g.organization_id = a.organization_id and g.opportunity_id = a.id
  on conflict do nothing;
  return null;
end
$$;

-- An interaction is seen by its author, whoever owns what it is about.
create function app.grant_interactions_after_insert() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  insert into record_grant (organization_id, entity, record_id, member_id, source_id)
  select organization_id, 'interaction', id, author_id, id from added
  where author_id is not null and author_id is distinct from owner_id
  on conflict do nothing;
  return null;
end
$$;

create function app.grant_interactions_after_update() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  if not exists (select from added a join removed r on r.organization_id = a.organization_id and r.id = a.id
    where (a.owner_id, a.author_id) is distinct from (r.owner_id, r.author_id)) then
    return null;
  end if;
  delete from record_grant g using removed r where g.organization_id = r.organization_id and g.source_id = r.id;
  insert into record_grant (organization_id, entity, record_id, member_id, source_id)
  select organization_id, 'interaction', id, author_id, id from added
  where author_id is not null and author_id is distinct from owner_id
  on conflict do nothing;
  return null;
end
$$;

alter function app.grant_contacts_after_insert() owner to rainmaker_definer;
alter function app.grant_contacts_after_delete() owner to rainmaker_definer;
alter function app.grant_contacts_of_customers() owner to rainmaker_definer;
alter function app.grant_interactions_after_insert() owner to rainmaker_definer;
alter function app.grant_interactions_after_update() owner to rainmaker_definer;

create trigger grant_contacts_insert after insert on contact_customer referencing new table as added
  for each statement execute function app.grant_contacts_after_insert();
create trigger grant_contacts_delete after delete on contact_customer referencing old table as removed
  for each statement execute function app.grant_contacts_after_delete();
create trigger grant_contacts_insert after insert on opportunity_contact referencing new table as added
  for each statement execute function app.grant_contacts_after_insert();
create trigger grant_contacts_delete after delete on opportunity_contact referencing old table as removed
  for each statement execute function app.grant_contacts_after_delete();
create trigger grant_contacts_update after update on customer referencing new table as added old table as removed
  for each statement execute function app.grant_contacts_of_customers();
create trigger grant_interactions_insert after insert on interaction referencing new table as added
  for each statement execute function app.grant_interactions_after_insert();
create trigger grant_interactions_update after update on interaction referencing new table as added old table as removed
  for each statement execute function app.grant_interactions_after_update();

-- Timelines are told by when things happened, which an interaction that was entered later changes.
drop index event_log_by_thread;
create index event_log_by_thread_time on event_log (organization_id, thread_id, occurred_at, seq);
