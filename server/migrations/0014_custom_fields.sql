-- Fields an organization adds to its records, and what stands in them.

create table custom_field (
  organization_id uuid not null,
  id uuid not null,
  entity text not null,
  key text collate "C" not null,
  label text not null,
  type text not null,
  section text,
  help text,
  position integer not null,
  requirement text not null check (requirement in ('never', 'always', 'stage')),
  required_stage_id uuid,
  is_unique boolean not null,
  default_value jsonb,
  settings jsonb not null,
  options jsonb not null,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  version integer not null,
  primary key (organization_id, id),
  check ((requirement = 'stage') = (required_stage_id is not null))
);
create unique index custom_field_key on custom_field (organization_id, entity, key) where deleted_at is null;
comment on table custom_field is 'A field of customers, contacts or opportunities that an admin added; rows of any later entity need no other table';
comment on column custom_field.key is 'Name in the API, in filters and files; stays when the label changes';
comment on column custom_field.requirement is 'stage: from the required stage on, in its pipeline';
comment on column custom_field.settings is 'Limits and form of values: min, max, maxLength, decimals, currency, prefix, target';
comment on column custom_field.options is 'Choices in order: key, label, isRetired';
comment on column custom_field.deleted_at is 'Hidden since; can be brought back for 30 days';
call app.isolate('custom_field', 'select, insert, update');

alter table customer add column custom jsonb not null default '{}';
alter table contact add column custom jsonb not null default '{}';
alter table opportunity add column custom jsonb not null default '{}';
comment on column customer.custom is 'Values by id of their custom_field, in the form of the wire; custom_value finds and orders by them';
comment on column contact.custom is 'Values by id of their custom_field, in the form of the wire; custom_value finds and orders by them';
comment on column opportunity.custom is 'Values by id of their custom_field, in the form of the wire; custom_value finds and orders by them';

create table custom_value (
  organization_id uuid not null,
  record_id uuid not null,
  field_id uuid not null,
  position integer not null,
  -- Sorting follows the reader's alphabet, not the bytes.
  text_value text collate "und-x-icu",
  number_value bigint,
  date_value timestamptz,
  unique_value text collate "C",
  primary key (organization_id, record_id, field_id, position)
);
create index custom_value_by_text on custom_value (organization_id, field_id, text_value, record_id) where text_value is not null;
create index custom_value_by_number on custom_value (organization_id, field_id, number_value, record_id) where number_value is not null;
create index custom_value_by_date on custom_value (organization_id, field_id, date_value, record_id) where date_value is not null;
create unique index custom_value_unique on custom_value (organization_id, field_id, unique_value) where unique_value is not null;
comment on table custom_value is 'What live records have in their custom fields, typed: kept by triggers from the column custom, read only together with the record, whose scope holds';
comment on column custom_value.position is '0, and more for further choices of a multiple choice';
comment on column custom_value.text_value is 'First 200 characters in lower case; of a choice its key, of a person or record its id';
comment on column custom_value.number_value is 'Ten thousandths, so that it is exact; of money, of the currency''s unit';
comment on column custom_value.unique_value is 'Set where the field allows each value once';
call app.isolate('custom_value');

-- The typed rows of a value. Cut to what an index takes; nobody tells two texts apart behind 200 characters.
create function app.custom_value_rows(organization uuid, record uuid, document jsonb)
  returns table (record_id uuid, field_id uuid, "position" integer, text_value text, number_value bigint, date_value timestamptz, unique_value text)
  language sql stable as
$$
  select record, f.id, (e.place - 1)::integer,
    case when f.type in ('text', 'long_text', 'select', 'multi_select', 'boolean', 'url', 'email', 'phone', 'user', 'relation') then left(lower(e.text collate "und-x-icu"), 200) end,
    case when f.type in ('number', 'percent', 'auto_number') then (e.text::numeric * 10000)::bigint
      when f.type = 'money' then ((e.value ->> 'amount')::numeric * 10000)::bigint end,
    case when f.type = 'date' then (e.text || 'T00:00:00Z')::timestamptz when f.type = 'datetime' then e.text::timestamptz end,
    case when f.is_unique then left(lower(e.text collate "und-x-icu"), 200) end
  from jsonb_each(document) d
  join custom_field f on f.organization_id = organization and f.id = d.key::uuid
  cross join lateral (
    select v.value, v.value #>> '{}' as text, v.place
    from jsonb_array_elements(case jsonb_typeof(d.value) when 'array' then d.value else jsonb_build_array(d.value) end) with ordinality as v(value, place)
  ) e
$$;

create function app.keep_custom_values() returns trigger language plpgsql as
$$
begin
  if tg_op = 'UPDATE' then
    delete from custom_value v where v.organization_id = new.organization_id and v.record_id = new.id;
  end if;
  if new.deleted_at is null then
    insert into custom_value (organization_id, record_id, field_id, position, text_value, number_value, date_value, unique_value)
    select new.organization_id, r.* from app.custom_value_rows(new.organization_id, new.id, new.custom) r;
  end if;
  return null;
end
$$;

-- Any entity that gets the column gets its values kept by this one call.
create procedure app.keep_custom(target regclass) language plpgsql as
$$
begin
  execute format('create trigger keep_custom_insert after insert on %s for each row when (new.custom <> ''{}'') execute function app.keep_custom_values()', target);
  execute format('create trigger keep_custom_update after update of custom, deleted_at on %s for each row '
    'when (new.custom <> old.custom or ((new.deleted_at is null) <> (old.deleted_at is null) and new.custom <> ''{}'')) execute function app.keep_custom_values()', target);
end
$$;
call app.keep_custom('customer');
call app.keep_custom('contact');
call app.keep_custom('opportunity');
