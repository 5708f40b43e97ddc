-- Records that are one: pairs that look like it, merges, and where the ids of before lead.

create table duplicate_pair (
  organization_id uuid not null,
  entity text not null check (entity in ('customer', 'contact')),
  low_id uuid not null,
  high_id uuid not null,
  score smallint not null check (score between 0 and 100),
  reasons text[] not null,
  found_at timestamptz not null,
  dismissed_by uuid,
  dismissed_at timestamptz,
  primary key (organization_id, entity, low_id, high_id),
  check (low_id < high_id)
);
create index duplicate_pair_by_score on duplicate_pair (organization_id, entity, score desc, low_id, high_id) where dismissed_at is null;
create index duplicate_pair_by_high on duplicate_pair (organization_id, entity, high_id);
comment on table duplicate_pair is 'Two records that look like one; once dismissed they are not suggested again';
comment on column duplicate_pair.score is 'How likely they are the same, in percent';
comment on column duplicate_pair.reasons is 'What they have in common: email, phone, domain, name, near_name, customer';
call app.isolate('duplicate_pair');

alter table organization add column duplicate_score smallint not null default 80 check (duplicate_score between 50 and 100);
comment on column organization.duplicate_score is 'From this likelihood on, in percent, two records are said to look like one';

create table record_merge (
  organization_id uuid not null,
  id uuid not null,
  entity text not null check (entity in ('customer', 'contact')),
  survivor_id uuid not null,
  merged_by uuid not null,
  merged_at timestamptz not null,
  choices jsonb not null,
  before jsonb not null,
  moved jsonb not null,
  primary key (organization_id, id)
);
create index record_merge_by_survivor on record_merge (organization_id, survivor_id, merged_at);
comment on table record_merge is 'What it takes to tell merged records apart again';
comment on column record_merge.choices is 'Of which record each field was taken';
comment on column record_merge.before is 'The records as they were, the one that stayed first';
comment on column record_merge.moved is 'Rows that hung on a merged record: {"table": {"<merged id>": ["<row id>"]}}';
call app.isolate('record_merge', 'select, insert');
create trigger append_only before update or delete on record_merge for each row execute function app.refuse_change();

create table record_redirect (
  organization_id uuid not null,
  entity text not null,
  old_id uuid not null,
  new_id uuid not null,
  external_id text,
  merge_id uuid not null,
  primary key (organization_id, entity, old_id),
  foreign key (organization_id, merge_id) references record_merge (organization_id, id) deferrable initially deferred,
  check (old_id <> new_id)
);
create index record_redirect_by_new on record_redirect (organization_id, entity, new_id);
create index record_redirect_by_external_id on record_redirect (organization_id, entity, external_id) where external_id is not null;
comment on table record_redirect is 'Where the id of a merged record leads, for good';
comment on column record_redirect.new_id is 'The record that is there now: when that is merged in turn, this is rewritten';
comment on column record_redirect.external_id is 'Key the merged record had in another system, which goes on sending it';
call app.isolate('record_redirect', 'select, insert, update');
create view records.redirect_ref with (security_invoker = true) as select organization_id, entity, old_id, new_id, external_id from record_redirect;
grant select on records.redirect_ref to rainmaker_app;

-- What is frozen still follows its customer into a merge, and changes nothing but that.
create function app.follows_merge(organization uuid, old_customer uuid, new_customer uuid, before jsonb, after jsonb) returns boolean
language sql stable as
$$
  select before - 'customer_id' = after - 'customer_id' and exists (select from public.record_redirect r
    where r.organization_id = organization and r.entity = 'customer' and r.old_id = old_customer and r.new_id = new_customer)
$$;

drop trigger guard_change on deal;
create trigger guard_change before update on deal for each row
  when (old.customer_id = new.customer_id or not app.follows_merge(old.organization_id, old.customer_id, new.customer_id, to_jsonb(old), to_jsonb(new)))
  execute function app.check_deal_change();
drop trigger four_eyes on refund;
create trigger four_eyes before update on refund for each row
  when (old.customer_id = new.customer_id or not app.follows_merge(old.organization_id, old.customer_id, new.customer_id, to_jsonb(old), to_jsonb(new)))
  execute function app.check_refund_decision();
-- Not by a condition of the trigger: of a row with a computed column that is not told before it is written.
create or replace function app.freeze_issued_invoice() returns trigger language plpgsql as
$$
begin
  if tg_op = 'DELETE' then
    raise exception 'an invoice is never deleted' using errcode = '23001';
  end if;
  if old.customer_id <> new.customer_id and app.follows_merge(old.organization_id, old.customer_id, new.customer_id,
    to_jsonb(old) - 'settlement', to_jsonb(new) - 'settlement') then
    return new;
  end if;
  if old.status <> 'draft' and (to_jsonb(new) - array['paid_minor', 'credited_minor', 'settlement', 'version'])
    is distinct from (to_jsonb(old) - array['paid_minor', 'credited_minor', 'settlement', 'version']) then
    raise exception 'an issued invoice does not change' using errcode = '23001';
  end if;
  return new;
end
$$;

-- What of a customer's follows it into a merge, by the customer.
create index payment_by_customer on payment (organization_id, customer_id);
create index refund_by_customer on refund (organization_id, customer_id);
create index dispute_by_customer on dispute (organization_id, customer_id);
create index commission_adjustment_by_customer on commission_adjustment (organization_id, customer_id);
