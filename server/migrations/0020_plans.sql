-- Commission plans in full: their versions, quotas, exchange rates, and the credits that every posting follows from.

-- What a plan says ------------------------------------------------------------------------------------------------

alter table plan_version drop constraint plan_version_status_check;
alter table plan_version
  add constraint plan_version_status_check check (status in ('draft', 'in_review', 'approved', 'retired')),
  add column terms jsonb not null default '{"currency": null, "components": []}',
  add column starts_on date,
  add column submitted_by uuid,
  add column submitted_at timestamptz,
  add column return_reason text,
  add column document_sha256 bytea,
  add column edit integer not null default 1,
  add constraint self_approval check (approved_by is null or (approved_by <> created_by and approved_by <> submitted_by)),
  add constraint review_has_a_start check (status in ('draft', 'approved', 'retired') or starts_on is not null);
comment on column plan_version.terms is 'The rules as they were written; components are made of them when it is approved';
comment on column plan_version.starts_on is 'First day it holds; null: every day before the next version';
comment on column plan_version.document_sha256 is 'Fingerprint of the text that people accept, since it was approved';
comment on column plan_version.edit is 'Counts the changes of a draft';
create index plan_version_by_time on plan_version (organization_id, created_at desc);

alter table plan_component drop constraint plan_component_tier_mode_check;
alter table plan_component drop constraint plan_component_credit_kind_check;
alter table plan_component
  add constraint plan_component_tier_mode_check check (tier_mode in ('marginal', 'retroactive')),
  add constraint plan_component_credit_kind_check check (credit_kind in ('revenue', 'overlay', 'team')),
  add column kind text not null default 'rate' check (kind in ('rate', 'spiff')),
  add column currency char(3),
  add column tier_basis text not null default 'amount' check (tier_basis in ('amount', 'attainment')),
  add column boundary text not null default 'lower_inclusive' check (boundary in ('lower_inclusive', 'upper_inclusive')),
  add column zero_quota text not null default 'base_rate_only' check (zero_quota in ('base_rate_only', 'reject')),
  add column threshold text,
  add column cap_minor bigint check (cap_minor >= 0),
  add column bonuses jsonb not null default '[]',
  add column per_unit_minor bigint check (per_unit_minor > 0),
  add column budget_minor bigint check (budget_minor > 0),
  add column place integer not null default 0,
  add constraint spiff_has_a_sum check ((kind = 'spiff') = (per_unit_minor is not null));
comment on column plan_component.tiers is '[{"from": minor units, or a share of the quota, as text, "rate": decimal as text}], ascending; a flat rate is one tier from 0';
comment on column plan_component.credit_kind is 'team: of what those earn whom the participant leads, on top';
comment on column plan_component.currency is 'What it counts and pays in; null: each currency by itself';
comment on column plan_component.threshold is 'Share of the quota below which nothing is paid; minor units where there is none';
comment on column plan_component.bonuses is '[{"code", "label", "rate" or "amount" (minor units), "from"}]';
comment on column plan_component.budget_minor is 'Of a SPIFF: the most it pays to everybody together';

-- Terms of what was approved before, from its components.
alter table plan_version no force row level security;
alter table plan_component no force row level security;
alter table plan_version disable trigger freeze_approved;
update plan_version v set terms = jsonb_build_object('currency', null, 'components', (
  select coalesce(jsonb_agg(jsonb_build_object('kind', 'rate', 'name', c.name, 'credit', c.credit_kind, 'tiers', c.tiers, 'mode', 'marginal',
    'basis', 'amount', 'boundary', 'lower_inclusive', 'threshold', null, 'zeroQuota', 'base_rate_only', 'cap', null, 'bonuses', '[]'::jsonb,
    'rounding', c.rounding) order by c.id), '[]')
  from plan_component c where c.organization_id = v.organization_id and c.plan_version_id = v.id));
alter table plan_version enable trigger freeze_approved;
alter table plan_version force row level security;
alter table plan_component force row level security;

create table plan_acceptance (
  organization_id uuid not null,
  plan_version_id uuid not null,
  member_id uuid not null,
  document_sha256 bytea not null,
  accepted_at timestamptz not null,
  primary key (organization_id, plan_version_id, member_id),
  foreign key (organization_id, plan_version_id) references plan_version (organization_id, id),
  foreign key (organization_id, member_id) references member (organization_id, id)
);
comment on table plan_acceptance is 'Who accepted the text of a plan, and which text that was';
call app.isolate('plan_acceptance', 'select, insert');
create trigger append_only before update or delete on plan_acceptance for each row execute function app.refuse_change();

create table quota (
  organization_id uuid not null,
  member_id uuid not null,
  month char(7) not null,
  amount_minor bigint not null check (amount_minor between 0 and 999999999999999),
  currency char(3) not null,
  set_by uuid,
  set_at timestamptz not null,
  version integer not null,
  primary key (organization_id, member_id, month),
  foreign key (organization_id, member_id) references member (organization_id, id)
);
comment on table quota is 'What somebody is expected to bring in a month: attainment is measured by it';
call app.isolate('quota', 'select, insert, update');

create table exchange_rate (
  organization_id uuid not null,
  from_currency char(3) not null,
  to_currency char(3) not null,
  on_day date not null,
  rate numeric(20, 10) not null check (rate > 0),
  source text not null,
  set_by uuid,
  set_at timestamptz not null,
  primary key (organization_id, from_currency, to_currency, on_day),
  check (from_currency <> to_currency)
);
comment on column exchange_rate.rate is 'Major units of the second currency for one of the first';
call app.isolate('exchange_rate', 'select, insert');
create trigger append_only before update or delete on exchange_rate for each row execute function app.refuse_change();

-- Whoever is paid by a plan does not approve it, and what is approved stays as it is.
create or replace function app.freeze_approved_plan() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  if tg_op = 'DELETE' then
    raise exception 'a plan version is not deleted' using errcode = '23001';
  end if;
  if tg_op = 'INSERT' then
    -- The first plan of an organization comes with it.
    if new.status <> 'draft' and exists (select from plan_version v where v.organization_id = new.organization_id) then
      raise exception 'a plan version begins as a draft' using errcode = '23514', constraint = 'plan_version_state';
    end if;
    return new;
  end if;
  if old.status in ('approved', 'retired') then
    if old.status = 'approved' and new.status = 'retired' and to_jsonb(new) - 'status' = to_jsonb(old) - 'status' then
      return new;
    end if;
    raise exception 'an approved plan version does not change' using errcode = '23001';
  end if;
  if old.status = 'in_review' and (new.terms, new.starts_on) is distinct from (old.terms, old.starts_on) then
    raise exception 'a plan version in review does not change' using errcode = '23001';
  end if;
  if (old.status, new.status) not in (('draft', 'draft'), ('draft', 'in_review'), ('in_review', 'draft'), ('in_review', 'in_review'), ('in_review', 'approved')) then
    raise exception 'a plan version that is % does not become %', old.status, new.status using errcode = '23514', constraint = 'plan_version_state';
  end if;
  if new.status = 'approved' and (new.approved_by is null
    or exists (select from plan_assignment a where a.organization_id = new.organization_id and a.plan_id = new.plan_id and a.member_id = new.approved_by
      and a.during && daterange(new.starts_on, null))
    or exists (select from commission_credit c join plan_component k on k.organization_id = c.organization_id and k.id = c.component_id
      join plan_version v on v.organization_id = k.organization_id and v.id = k.plan_version_id
      where c.organization_id = new.organization_id and c.owner_id = new.approved_by and v.plan_id = new.plan_id)) then
    raise exception 'a plan is approved by somebody it does not pay' using errcode = '23514', constraint = 'self_approval';
  end if;
  return new;
end
$$;
alter function app.freeze_approved_plan() owner to rainmaker_definer;
call app.admit_definer('plan_version', 'select');
call app.admit_definer('plan_component', 'select');
call app.admit_definer('plan_assignment', 'select');
drop trigger freeze_approved on plan_version;
create trigger freeze_approved before insert or update or delete on plan_version for each row execute function app.freeze_approved_plan();

-- What was credited to whom ---------------------------------------------------------------------------------------

-- Credit is kept exactly where it was exchanged: rounded once, when it is posted.
alter table commission_accumulator alter column credited_minor type numeric(44, 16);

create table commission_credit (
  organization_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  component_id uuid not null,
  period_id uuid not null,
  deal_id uuid not null,
  payment_id uuid not null,
  cause_id uuid not null,
  basis_points integer not null,
  share_minor bigint not null,
  share_currency char(3) not null,
  credited_minor numeric(44, 16) not null,
  currency char(3) not null,
  rate numeric(20, 10),
  rate_on date,
  credit_seq bigint not null generated always as identity,
  primary key (organization_id, id),
  foreign key (organization_id, period_id) references commission_period (organization_id, id),
  foreign key (organization_id, payment_id) references payment (organization_id, id),
  foreign key (organization_id, owner_id) references member (organization_id, id),
  check ((rate is null) = (rate_on is null)),
  check (rate is not null or share_currency = currency)
);
create unique index commission_credit_once on commission_credit (organization_id, cause_id, owner_id, component_id);
create unique index commission_credit_seq on commission_credit (organization_id, credit_seq);
create index commission_credit_by_account on commission_credit (organization_id, owner_id, period_id, component_id, currency);
create index commission_credit_by_payment on commission_credit (organization_id, payment_id);
create index commission_credit_by_component on commission_credit (organization_id, component_id);
comment on table commission_credit is 'What of a payment counts for somebody by a rule, also where it pays nothing by itself; append-only';
comment on column commission_credit.owner_id is 'The participant';
comment on column commission_credit.cause_id is 'The decision or refund it follows from: counted once';
comment on column commission_credit.share_minor is 'In the currency of the payment, below zero where money goes back';
comment on column commission_credit.credited_minor is 'In the currency it is paid in, exact';
comment on column commission_credit.rate is 'Of the day the money arrived; null where nothing was exchanged';
comment on column commission_credit.credit_seq is 'Order of posting; taken under the accumulator''s lock, so a replay may follow it';
call app.isolate('commission_credit', 'select, insert');
call app.scope_by_owner('commission_credit', 'commission');
call app.admit_definer('commission_credit', 'select');
create trigger append_only before update or delete on commission_credit for each row execute function app.refuse_change();
create trigger append_only_truncate before truncate on commission_credit for each statement execute function app.refuse_change();

-- Credits of what was posted before, and of what earned nothing by a rule.
alter table ledger_txn no force row level security;
alter table commission_absence no force row level security;
alter table commission_accumulator no force row level security;
alter table commission_period no force row level security;
alter table verified_credit no force row level security;
alter table payment_decision no force row level security;
alter table commission_credit no force row level security;
insert into commission_credit (organization_id, id, owner_id, component_id, period_id, deal_id, payment_id, cause_id, basis_points,
  share_minor, share_currency, credited_minor, currency)
select organization_id, gen_random_uuid(), owner_id, component_id, period_id, deal_id, payment_id, source_event, basis_points,
  credited_minor, currency, credited_minor, currency
from (
  select t.organization_id, t.owner_id, t.component_id, t.period_id, t.deal_id, t.payment_id, t.source_event,
    coalesce((t.trace #>> '{credit,basisPoints}')::int, 10000) as basis_points, t.credited_minor, t.currency, t.posted_at as at, t.posting_seq as place
  from ledger_txn t where t.kind in ('earned', 'reversal') and t.adjusts_month is null and t.component_id is not null
  union all
  select distinct on (a.organization_id, a.id) a.organization_id, a.owner_id, c.component_id, c.period_id, a.deal_id, a.payment_id, d.id,
    10000, v.amount_minor, a.currency, a.recorded_at, 0
  from commission_absence a
  join commission_period p on p.organization_id = a.organization_id and p.month = a.month
  join commission_accumulator c on c.organization_id = a.organization_id and c.participant_id = a.owner_id and c.period_id = p.id and c.currency = a.currency
  join verified_credit v on v.organization_id = a.organization_id and v.payment_id = a.payment_id and v.owner_id = a.owner_id and v.amount_minor > 0
  join payment_decision d on d.organization_id = a.organization_id and d.payment_id = a.payment_id and d.verdict = 'verified'
  where a.reason in ('zero_rate', 'rounds_to_zero')
) known order by at, place
on conflict do nothing;
alter table ledger_txn force row level security;
alter table commission_absence force row level security;
alter table commission_accumulator force row level security;
alter table commission_period force row level security;
alter table verified_credit force row level security;
alter table payment_decision force row level security;
alter table commission_credit force row level security;

create table spiff_budget (
  organization_id uuid not null,
  component_id uuid not null,
  spent_minor bigint not null,
  currency char(3) not null,
  primary key (organization_id, component_id),
  foreign key (organization_id, component_id) references plan_component (organization_id, id)
);
comment on table spiff_budget is 'What a SPIFF has paid so far: its row is locked before it pays more';
call app.isolate('spiff_budget', 'select, insert, update');

-- The ledger ------------------------------------------------------------------------------------------------------

alter table ledger_txn add column code text;
comment on column ledger_txn.code is 'Of a bonus or an adjustment';
comment on column ledger_txn.source_event is 'The decision that caused it: posted once for each participant, component, kind, payment and code';
alter table ledger_txn drop constraint ledger_txn_kind_check;
alter table ledger_txn add constraint ledger_txn_kind_check
  check (kind in ('earned', 'reversal', 'true_up', 'bonus', 'cap', 'spiff', 'adjustment', 'correction'));
drop index ledger_txn_once;
create unique index ledger_txn_once on ledger_txn (organization_id, source_event, owner_id, component_id, kind, payment_id, code) nulls not distinct;

alter table commission_absence drop constraint commission_absence_reason_check;
alter table commission_absence add constraint commission_absence_reason_check
  check (reason in ('no_plan', 'zero_rate', 'rounds_to_zero', 'below_threshold', 'budget_spent'));

-- Penalties and extras that somebody proposes and another person approves.
create table commission_adjustment (
  organization_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  payment_id uuid not null,
  deal_id uuid not null,
  customer_id uuid not null,
  code text not null,
  reason text not null,
  amount_minor bigint not null check (amount_minor <> 0),
  posted_minor bigint,
  currency char(3) not null,
  state text not null check (state in ('proposed', 'approved', 'declined', 'withdrawn')),
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  version integer not null,
  primary key (organization_id, id),
  foreign key (organization_id, owner_id) references member (organization_id, id),
  foreign key (organization_id, payment_id) references payment (organization_id, id),
  constraint self_approval check (state in ('proposed', 'withdrawn') or (decided_by <> proposed_by and decided_by <> owner_id)),
  constraint self_adjustment check (proposed_by <> owner_id),
  check ((state = 'proposed') = (decided_at is null))
);
create index commission_adjustment_by_time on commission_adjustment (organization_id, proposed_at desc, id desc);
create index commission_adjustment_by_owner_time on commission_adjustment (organization_id, owner_id, proposed_at desc, id desc);
create index commission_adjustment_by_payment on commission_adjustment (organization_id, payment_id);
comment on column commission_adjustment.amount_minor is 'Below zero: a penalty';
comment on column commission_adjustment.posted_minor is 'What of it was posted: penalties stop at nothing';
call app.isolate('commission_adjustment', 'select, insert, update');
call app.scope_by_owner('commission_adjustment', 'commission');
