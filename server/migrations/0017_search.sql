-- How records are found: by the beginning of any word, by address, number and amount, whatever the accents and case.

-- Letters without accents, in lower case; other alphabets are kept. The web and server fold what is typed the same way
-- (records/search/fold.ts), so a change here is one there.
create function app.fold(text) returns text language sql immutable parallel safe as
$$
  select translate(replace(replace(replace(replace(lower(regexp_replace(normalize($1, NFKD), U&'[\0300-\036F]', '', 'g') collate "und-x-icu"),
    U&'\00DF', 'ss'), U&'\00E6', 'ae'), U&'\0153', 'oe'), U&'\00FE', 'th'), U&'\00F8\0142\0111\0131\00F0\03C2', U&'oldid\03C3')
$$;

create type app.key_part as (kind text, key text, place integer);

-- The words of a text, with their places.
create function app.word_keys(title text, first_place integer default 0) returns setof app.key_part language sql immutable parallel safe as
$$
  select 'word', left(m.word[1], 40), (m.place - 1)::integer + first_place
  from regexp_matches(app.fold(title) collate "und-x-icu", '[[:alnum:]]+', 'g') with ordinality m(word, place) where m.place <= 16
$$;

-- A company's name without its legal form and without gaps: "Acme North GmbH & Co. KG" is acmenorth.
create function app.company_key(name text) returns text language sql immutable parallel safe as
$$
  select left(coalesce(
    string_agg(w.key, '' order by w.place) filter (where w.key <> all ('{gmbh,ag,kg,kgaa,ohg,gbr,ug,mbh,se,ev,inc,incorporated,llc,ltd,limited,plc,corp,corporation,co,company,sa,sas,sarl,srl,spa,sl,bv,nv,oy,oyj,ab,asa,aps,pty,pvt,lp,llp,kk,sro,doo,zoo,and,und}')),
    string_agg(w.key, '' order by w.place), ''), 60)
  from app.word_keys(name) w
$$;

-- Two names that differ in little have the same beginning or the same end.
create function app.name_keys(name_key text) returns setof app.key_part language sql immutable parallel safe as
$$
  select 'name', name_key, 0 where name_key <> ''
  union all select 'part', part, 0 from (values ('a' || left(name_key, 5)), ('z' || right(name_key, 5))) p(part) where length(name_key) >= 5
$$;

-- From the last digit to the first: the end of a number is what stays whether it is written with the country's code or not.
create function app.phone_keys(phone text) returns setof app.key_part language sql immutable parallel safe as
$$
  select 'phone', digits, 0 from (select reverse(regexp_replace(phone, '[^0-9]', '', 'g')) as digits) d where length(digits) >= 4
$$;

create function app.domain_of(website text) returns text language sql immutable parallel safe as
$$
  select nullif(substring(lower(btrim(website)) from '^(?:[a-z][a-z0-9+.-]*://)?(?:www\.)?([^/:?#\s@]+\.[^/:?#\s@]+)'), '')
$$;

-- The address, its domain, and the words in it but for the last of the domain.
create function app.email_keys(email text) returns setof app.key_part language sql immutable parallel safe as
$$
  select 'email', left(lower(btrim(email)), 254), 0 where email like '%@%'
  union all select 'domain', left(lower(substring(btrim(email) from '@(.+)$')), 120), 0 where email like '%@%.%'
  union all select * from app.word_keys(regexp_replace(email, '\.[^.@]*$', ''), 100)
$$;

create function app.customer_keys(name text, email text, phone text, website text) returns setof app.key_part language sql immutable parallel safe as
$$
  select * from app.word_keys(name)
  union all select * from app.name_keys(app.company_key(name))
  union all select * from app.email_keys(email)
  union all select * from app.phone_keys(phone)
  union all select 'domain', left(d.host, 120), 0 from (select app.domain_of(website)) d(host) where d.host is not null
$$;

-- A person's names in the order of the alphabet: "Ruth Adeyemi" and "Adeyemi, Ruth" are one.
create function app.person_keys(name text) returns setof app.key_part language sql immutable parallel safe as
$$
  select * from app.word_keys(name)
  union all select 'name', left(string_agg(w.key, '' order by w.key), 60), 0 from app.word_keys(name) w having count(*) > 0
$$;

create function app.point_keys(kind text, value text) returns setof app.key_part language sql immutable parallel safe as
$$
  select p.* from app.email_keys(value) p where kind = 'email'
  union all select p.* from app.phone_keys(value) p where kind = 'phone'
$$;

-- A name that is a number is also found without its dashes.
create function app.document_keys(name text) returns setof app.key_part language sql immutable parallel safe as
$$
  select * from app.word_keys(name)
  union all select 'name', left(string_agg(w.key, '' order by w.place), 60), 0 from app.word_keys(name) w having count(*) > 1
$$;

create function app.amount_keys(amount_minor bigint, currency text) returns setof app.key_part language sql immutable parallel safe as
$$ select 'amount', amount_minor || currency, 0 where amount_minor is not null $$;

create table record_key (
  organization_id uuid not null,
  entity text not null,
  record_id uuid not null,
  source_id uuid not null,
  owner_id uuid,
  kind text not null,
  key text collate "C" not null,
  place smallint not null,
  primary key (organization_id, record_id, kind, key, source_id)
);
comment on table record_key is 'What each live record is found by; readers join the record, which holds who sees it';
comment on column record_key.source_id is 'The row it comes from: the record itself, or an address of it';
comment on column record_key.owner_id is 'The record''s owner, copied so that a search under a reach reads no more than that';
comment on column record_key.kind is 'word, name (without gaps and legal form), part (of a name, for near ones), email, domain, phone (last digit first), amount';
comment on column record_key.place is 'Which word of the title it is, from 0; from 100 words of an address';

-- Keeps the keys of a table, for each statement, from whatever path it comes.
-- @param record_column the record's id: of the row, or of what the row belongs to
-- @param keys function call over the row a; @param watched columns it depends on; @param live condition on the row a
create procedure app.keep_keys(target text, entity text, record_column text, keys text, watched text[], live text) language plpgsql as
$$
declare
  head constant text := 'create function app.keys_of_%1$s_%2$s() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as ';
  fill text := format(
    'insert into public.record_key (organization_id, entity, record_id, source_id, owner_id, kind, key, place)
     select a.organization_id, %L, a.%I, a.id, a.owner_id, k.kind, k.key, min(k.place) from %%s a, lateral %s k where %s
     group by a.organization_id, a.%I, a.id, a.owner_id, k.kind, k.key;', entity, record_column, keys, live, record_column);
  clear constant text := format(
    'delete from public.record_key r using removed o where r.organization_id = o.organization_id and r.record_id = o.%I and r.source_id = o.id;', record_column);
  before constant text := (select string_agg('o.' || w, ', ') from unnest(watched || '{owner_id}'::text[]) w);
  after constant text := (select string_agg('a.' || w, ', ') from unnest(watched || '{owner_id}'::text[]) w);
  step text;
begin
  -- What stands there already. Its owner may be held by the policies as well.
  execute format('alter table %I no force row level security', target);
  execute format(fill, target);
  execute format('alter table %I force row level security', target);
  execute format(head, target, 'insert') || quote_literal(format('begin %s return null; end', format(fill, 'added')));
  execute format(head, target, 'update') || quote_literal(format(
    'begin
       if not exists (select from added a join removed o on o.organization_id = a.organization_id and o.id = a.id
         where (%s) is distinct from (%s)) then return null; end if;
       %s %s return null;
     end', after, before, clear, format(fill, 'added')));
  execute format(head, target, 'delete') || quote_literal(format('begin %s return null; end', clear));
  foreach step in array '{insert,update,delete}'::text[] loop
    execute format('alter function app.keys_of_%s_%s() owner to rainmaker_definer', target, step);
    execute format('create trigger keys_%s after %s on %I referencing %s for each statement execute function app.keys_of_%s_%s()', step, step, target,
      case step when 'insert' then 'new table as added' when 'update' then 'new table as added old table as removed' else 'old table as removed' end, target, step);
  end loop;
end
$$;

call app.keep_keys('customer', 'customer', 'id', 'app.customer_keys(a.name, a.email, a.phone, a.website)', '{name,email,phone,website,deleted_at}', 'a.deleted_at is null');
call app.keep_keys('contact', 'contact', 'id', 'app.person_keys(a.name)', '{name,deleted_at}', 'a.deleted_at is null');
call app.keep_keys('contact_point', 'contact', 'contact_id', 'app.point_keys(a.kind, a.value)', '{contact_id,kind,value,is_live}', 'a.is_live');
call app.keep_keys('opportunity', 'opportunity', 'id',
  '(select * from app.word_keys(a.title) union all select * from app.amount_keys(a.amount_minor, a.currency))', '{title,amount_minor,currency,deleted_at}', 'a.deleted_at is null');
call app.keep_keys('interaction', 'interaction', 'id', 'app.word_keys(a.subject)', '{subject,deleted_at}', 'a.deleted_at is null');
call app.keep_keys('deal', 'deal', 'id',
  '(select * from app.word_keys(a.title) union all select * from app.amount_keys(a.amount_minor, a.currency))', '{title,amount_minor,currency}', 'true');
call app.keep_keys('payment', 'payment', 'id',
  '(select * from app.document_keys(a.reference) union all select * from app.amount_keys(a.amount_minor, a.currency))', '{reference,amount_minor,currency}', 'true');
call app.keep_keys('invoice', 'invoice', 'id',
  '(select * from app.document_keys(a.name) union all select * from app.amount_keys(a.total_minor, a.currency))', '{name,total_minor,currency}', 'true');

create index record_key_by_key on record_key (organization_id, kind, key, owner_id, record_id, entity, place);
-- For whoever sees few owners: their keys alone, however many others begin so.
create index record_key_by_owner on record_key (organization_id, owner_id, kind, key, record_id, entity, place);
call app.isolate('record_key', 'select');
call app.admit_definer('record_key', 'select, insert, delete');
