-- What a payment is beyond its deal is the customer's credit; what goes back comes off the invoices it paid. Deals are
-- changed and cancelled by two people.

alter table payment
  add column counted_minor bigint not null default 0,
  add column applied_minor bigint not null default 0,
  add column transferred_minor bigint not null default 0,
  add column credit_of uuid,
  add foreign key (organization_id, credit_of) references payment (organization_id, id);
comment on column payment.counted_minor is 'What its deal was still owed when it was verified: this much earns; the rest is the customer''s credit';
comment on column payment.applied_minor is 'Sum of what is allocated to invoices';
comment on column payment.transferred_minor is 'Credit of it that pays for something as a payment of its own';
comment on column payment.credit_of is 'The payment whose credit this one uses; no money came for it';

-- Earlier payments counted in full. What was applied beyond what is left of them comes off again, the latest invoice first.
alter table payment_allocation drop constraint payment_allocation_cause_check;
alter table payment_allocation add constraint payment_allocation_cause_check check (cause in ('payment', 'credit_note', 'taken_back'));
comment on column payment_allocation.amount_minor is 'Below zero where money came off the invoice again: by a credit note, a refund or a reversal';
-- A chargeback that is won pays the same invoice again.
drop index payment_allocation_once;
alter table payment no force row level security;
alter table payment_allocation no force row level security;
alter table invoice no force row level security;
update payment set counted_minor = amount_minor where status in ('verified', 'reversed');
with held as (
  select organization_id, payment_id, invoice_id, max(owner_id::text)::uuid as owner_id, currency, sum(amount_minor) as minor, max(allocated_at) as at
  from payment_allocation group by organization_id, payment_id, invoice_id, currency
), running as (
  select h.*, sum(h.minor) over (partition by h.organization_id, h.payment_id) - case p.status when 'verified' then p.amount_minor - p.refunded_minor else 0 end as over,
    coalesce(sum(h.minor) over (partition by h.organization_id, h.payment_id order by h.at desc, h.invoice_id rows between unbounded preceding and 1 preceding), 0) as before
  from held h join payment p on p.organization_id = h.organization_id and p.id = h.payment_id
), off as (
  insert into payment_allocation (organization_id, id, payment_id, invoice_id, owner_id, amount_minor, currency, cause, allocated_at)
  select organization_id, gen_random_uuid(), payment_id, invoice_id, owner_id, -least(minor, over - before), currency, 'taken_back', at
  from running where over - before > 0 and minor > 0
  returning organization_id, invoice_id, amount_minor
)
update invoice i set paid_minor = i.paid_minor + o.minor, version = i.version + 1
from (select organization_id, invoice_id, sum(amount_minor) as minor from off group by 1, 2) o
where i.organization_id = o.organization_id and i.id = o.invoice_id;
update payment p set applied_minor = a.minor
from (select organization_id, payment_id, sum(amount_minor) as minor from payment_allocation group by 1, 2) a
where a.organization_id = p.organization_id and a.payment_id = p.id and a.minor > 0;

-- What these updates leave to be checked is checked now: a table with open checks cannot be altered.
set constraints all immediate;
set constraints all deferred;
alter table payment force row level security;
alter table payment_allocation force row level security;
alter table invoice force row level security;

-- Applied, used elsewhere and gone back are never more than came; what is left of it is credit.
alter table payment
  add constraint counted_within_payment check (counted_minor between 0 and amount_minor),
  add constraint uses_within_payment check (applied_minor >= 0 and transferred_minor >= 0
    and applied_minor + transferred_minor <= amount_minor - refunded_minor),
  add constraint applied_when_verified check (status = 'verified' or (applied_minor = 0 and transferred_minor = 0));
create index payment_with_credit on payment (organization_id, customer_id, value_on, id)
  where status = 'verified' and amount_minor - refunded_minor - applied_minor - transferred_minor > 0;
create index payment_by_credit on payment (organization_id, credit_of) where credit_of is not null;

-- At commit, what a payment says is applied is the sum of its allocations.
create function app.check_applied() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  if new.applied_minor <> (select coalesce(sum(a.amount_minor), 0) from payment_allocation a
    where a.organization_id = new.organization_id and a.payment_id = new.id)
    and new.applied_minor = (select p.applied_minor from payment p where p.organization_id = new.organization_id and p.id = new.id) then
    raise exception 'payment % is not applied as its allocations say', new.id using errcode = '23514', constraint = 'applied_adds_up';
  end if;
  return null;
end
$$;
alter function app.check_applied() owner to rainmaker_definer;
call app.admit_definer('payment_allocation', 'select');
create constraint trigger uses_add_up after update of applied_minor on payment deferrable initially deferred
  for each row execute function app.check_applied();
create function app.check_allocation_applied() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  if (select p.applied_minor from payment p where p.organization_id = new.organization_id and p.id = new.payment_id)
    <> (select sum(a.amount_minor) from payment_allocation a where a.organization_id = new.organization_id and a.payment_id = new.payment_id) then
    raise exception 'payment % is not applied as its allocations say', new.payment_id using errcode = '23514', constraint = 'applied_adds_up';
  end if;
  return null;
end
$$;
alter function app.check_allocation_applied() owner to rainmaker_definer;
create constraint trigger uses_add_up after insert on payment_allocation deferrable initially deferred
  for each row execute function app.check_allocation_applied();

-- Deals ----------------------------------------------------------------------------------------------------------

alter table deal
  add column revision integer not null default 1 check (revision >= 1),
  drop constraint deal_status_check,
  add constraint deal_status_check check (status in ('draft', 'submitted', 'approved', 'cancelled'));
comment on column deal.revision is 'Counts how often its amount was approved';

-- A change of what was approved: proposed by one, decided by another without a stake.
create table deal_revision (
  organization_id uuid not null,
  id uuid not null,
  deal_id uuid not null,
  owner_id uuid not null,
  kind text not null check (kind in ('amount', 'cancellation')),
  revision integer not null,
  amount_before_minor bigint not null,
  amount_minor bigint not null check (amount_minor between 1 and 999999999999999),
  currency char(3) not null,
  reason text not null,
  state text not null check (state in ('proposed', 'approved', 'declined', 'withdrawn')),
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  note text,
  version integer not null,
  primary key (organization_id, id),
  foreign key (organization_id, deal_id, currency) references deal (organization_id, id, currency),
  constraint self_approval check (state in ('proposed', 'withdrawn') or (decided_by is not null and decided_by <> proposed_by and decided_by <> owner_id))
);
create unique index deal_revision_open on deal_revision (organization_id, deal_id) where state = 'proposed';
create index deal_revision_by_deal on deal_revision (organization_id, deal_id, proposed_at desc);
comment on table deal_revision is 'What is to become of an approved deal; the deal changes when somebody else approves it';
comment on column deal_revision.owner_id is 'The deal''s owner, copied so that scope needs no second table';
comment on column deal_revision.revision is 'Of the deal, once this is approved';
call app.isolate('deal_revision', 'select, insert, update');
call app.scope_by_owner('deal_revision', 'deal');
call app.admit_definer('deal_revision', 'select');

create function app.check_deal_revision() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  if old.state <> 'proposed' then
    raise exception 'a decided revision does not change' using errcode = '23001';
  end if;
  if (new.deal_id, new.kind, new.revision, new.amount_minor, new.proposed_by, new.owner_id)
    is distinct from (old.deal_id, old.kind, old.revision, old.amount_minor, old.proposed_by, old.owner_id) then
    raise exception 'what is proposed does not change' using errcode = '23001';
  end if;
  if new.state = 'approved' and exists (select from deal_credit c where c.organization_id = new.organization_id
    and c.deal_id = new.deal_id and c.participant_id = new.decided_by) then
    raise exception 'a revision is approved by somebody without a stake in it' using errcode = '23514', constraint = 'self_approval';
  end if;
  return new;
end
$$;
alter function app.check_deal_revision() owner to rainmaker_definer;
create trigger guard_change before update on deal_revision for each row execute function app.check_deal_revision();

create or replace function app.check_deal_change() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
declare
  verified numeric;
begin
  if old.status in ('approved', 'cancelled') and (new.currency, new.customer_id, new.submitted_by, new.submitted_at, new.approved_by, new.approved_at)
    is distinct from (old.currency, old.customer_id, old.submitted_by, old.submitted_at, old.approved_by, old.approved_at) then
    raise exception 'an approved deal does not change' using errcode = '23001';
  end if;
  if old.status in ('approved', 'cancelled') and (new.status, new.amount_minor, new.revision) is distinct from (old.status, old.amount_minor, old.revision) then
    select coalesce(sum(p.amount_minor - p.refunded_minor - p.transferred_minor), 0) into verified from payment p
    where p.organization_id = new.organization_id and p.deal_id = new.id and p.status = 'verified';
    if old.status = 'cancelled' or new.revision <> old.revision + 1 or new.status not in ('approved', 'cancelled') or not exists (
      select from deal_revision r where r.organization_id = new.organization_id and r.deal_id = new.id and r.revision = new.revision
        and r.state = 'approved' and r.amount_minor = new.amount_minor and r.kind = case new.status when 'cancelled' then 'cancellation' else 'amount' end) then
      raise exception 'an approved deal changes by a revision that somebody approved' using errcode = '23001';
    end if;
    if (new.status = 'cancelled' and verified <> 0) or (new.status = 'approved' and new.amount_minor < verified) then
      raise exception 'deal % has money verified', new.id using errcode = '23514', constraint = 'deal_below_verified';
    end if;
  end if;
  if new.status = 'approved' and old.status <> 'approved' and exists (select from deal_credit c
    where c.organization_id = new.organization_id and c.deal_id = new.id and c.participant_id = new.approved_by) then
    raise exception 'a deal is approved by somebody without a stake in it' using errcode = '23514', constraint = 'self_approval';
  end if;
  return new;
end
$$;

create or replace function app.check_deal_credit_change() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
declare
  changed record;
begin
  changed := coalesce(new, old);
  perform 1 from deal where organization_id = changed.organization_id and id = changed.deal_id for update;
  if exists (select from deal where organization_id = changed.organization_id and id = changed.deal_id and status in ('approved', 'cancelled')) then
    raise exception 'the credits of an approved deal do not change' using errcode = '23001';
  end if;
  return changed;
end
$$;
