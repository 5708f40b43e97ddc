-- Deals, payments and their verification, commission plans, the ledger, goals.

create table deal (
  organization_id uuid not null,
  id uuid not null,
  number bigint not null,
  owner_id uuid not null,
  opportunity_id uuid,
  customer_id uuid not null,
  title text collate "und-x-icu" not null,
  amount_minor bigint not null check (amount_minor between 1 and 999999999999999),
  currency char(3) not null,
  status text not null check (status in ('draft', 'submitted', 'approved')),
  won_on date not null,
  submitted_by uuid,
  submitted_at timestamptz,
  approved_by uuid,
  approved_at timestamptz,
  return_reason text,
  created_at timestamptz not null,
  version integer not null,
  primary key (organization_id, id),
  unique (organization_id, id, currency),
  foreign key (organization_id, opportunity_id) references opportunity (organization_id, id),
  foreign key (organization_id, customer_id) references customer (organization_id, id),
  constraint self_approval check (status <> 'approved' or (approved_by is not null and approved_by <> submitted_by and approved_by <> owner_id))
);
create unique index deal_number on deal (organization_id, number);
create unique index deal_of_opportunity on deal (organization_id, opportunity_id);
create index deal_by_time on deal (organization_id, created_at desc, id desc);
create index deal_by_owner_time on deal (organization_id, owner_id, created_at desc, id desc);
create index deal_by_customer on deal (organization_id, customer_id, created_at desc);
create index deal_waiting on deal (organization_id, submitted_at) where status = 'submitted';
comment on column deal.amount_minor is 'What was sold, in minor units; frozen with currency and credits at approval';
call app.isolate('deal', 'select, insert, update, delete');
call app.scope_by_owner('deal', 'deal');
create function app.refuse_deleting_deal() returns trigger language plpgsql as
$$
begin
  if old.status <> 'draft' then
    raise exception 'only a draft can be deleted' using errcode = '23001';
  end if;
  return old;
end
$$;
create trigger delete_draft_only before delete on deal for each row execute function app.refuse_deleting_deal();

create table deal_credit (
  organization_id uuid not null,
  id uuid not null,
  deal_id uuid not null,
  owner_id uuid not null,
  participant_id uuid not null,
  kind text not null check (kind in ('revenue', 'overlay')),
  basis_points integer not null check (basis_points between 1 and 10000),
  primary key (organization_id, id),
  foreign key (organization_id, deal_id) references deal (organization_id, id),
  foreign key (organization_id, participant_id) references member (organization_id, id)
);
create unique index deal_credit_once on deal_credit (organization_id, deal_id, kind, participant_id);
comment on table deal_credit is 'Shares of a deal; written as a set, never edited';
comment on column deal_credit.owner_id is 'The deal''s owner, copied so that scope needs no second table';
call app.isolate('deal_credit', 'select, insert, delete');
call app.scope_by_owner('deal_credit', 'deal');

-- Revenue credits of a deal total 10,000 or there are none. The deal row is locked first: two sessions that insert
-- complementary sets would otherwise each see a valid half. Definer: the sum counts what the writer may not see, too.
call app.admit_definer('deal', 'select, update');
call app.admit_definer('deal_credit', 'select');
create function app.check_deal_credits() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
declare
  changed record;
  total bigint;
begin
  changed := coalesce(new, old);
  perform 1 from deal where organization_id = changed.organization_id and id = changed.deal_id for update;
  select sum(basis_points) into total from deal_credit
  where organization_id = changed.organization_id and deal_id = changed.deal_id and kind = 'revenue';
  if total is not null and total <> 10000 then
    raise exception 'revenue credits of deal % total % basis points', changed.deal_id, total
      using errcode = '23514', constraint = 'splits_must_total_10000_bp';
  end if;
  return null;
end
$$;
alter function app.check_deal_credits() owner to rainmaker_definer;
create constraint trigger deal_credit_total after insert or delete on deal_credit deferrable initially deferred
  for each row execute function app.check_deal_credits();

-- Approval needs somebody without a stake, and freezes what was sold.
create function app.check_deal_change() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  if old.status = 'approved' and (new.status, new.amount_minor, new.currency, new.customer_id, new.submitted_by, new.submitted_at, new.approved_by, new.approved_at)
    is distinct from (old.status, old.amount_minor, old.currency, old.customer_id, old.submitted_by, old.submitted_at, old.approved_by, old.approved_at) then
    raise exception 'an approved deal does not change' using errcode = '23001';
  end if;
  if new.status = 'approved' and old.status <> 'approved' and exists (select from deal_credit c
    where c.organization_id = new.organization_id and c.deal_id = new.id and c.participant_id = new.approved_by) then
    raise exception 'a deal is approved by somebody without a stake in it' using errcode = '23514', constraint = 'self_approval';
  end if;
  return new;
end
$$;
alter function app.check_deal_change() owner to rainmaker_definer;
create trigger guard_change before update on deal for each row execute function app.check_deal_change();

-- Credits are written while a deal is a draft. The deal row is locked: an approval at the same moment waits or is seen.
create function app.check_deal_credit_change() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
declare
  changed record;
begin
  changed := coalesce(new, old);
  perform 1 from deal where organization_id = changed.organization_id and id = changed.deal_id for update;
  if exists (select from deal where organization_id = changed.organization_id and id = changed.deal_id and status = 'approved') then
    raise exception 'the credits of an approved deal do not change' using errcode = '23001';
  end if;
  return changed;
end
$$;
alter function app.check_deal_credit_change() owner to rainmaker_definer;
create trigger freeze_approved before insert or update or delete on deal_credit for each row execute function app.check_deal_credit_change();

create table payment (
  organization_id uuid not null,
  id uuid not null,
  number bigint not null,
  owner_id uuid not null,
  deal_id uuid not null,
  customer_id uuid not null,
  amount_minor bigint not null check (amount_minor between 1 and 999999999999999),
  currency char(3) not null,
  method text not null,
  value_on date not null,
  reference text,
  status text not null check (status in ('draft', 'submitted', 'verified', 'rejected')),
  recorded_by uuid not null,
  submitted_by uuid,
  submitted_at timestamptz,
  decided_at timestamptz,
  created_at timestamptz not null,
  version integer not null,
  primary key (organization_id, id),
  -- Its currency is the deal's, whoever writes it.
  foreign key (organization_id, deal_id, currency) references deal (organization_id, id, currency),
  check (status in ('draft') or submitted_by is not null)
);
create unique index payment_number on payment (organization_id, number);
create index payment_by_time on payment (organization_id, created_at desc, id desc);
create index payment_by_owner_time on payment (organization_id, owner_id, created_at desc, id desc);
create index payment_by_deal on payment (organization_id, deal_id, status);
create index payment_queue on payment (organization_id, submitted_at, id) where status = 'submitted';
create index payment_by_value_date on payment (organization_id, owner_id, value_on) where status = 'verified';
create index payment_by_reference on payment (organization_id, reference) where reference is not null;
comment on column payment.value_on is 'Calendar day the money arrived';
comment on column payment.version is 'Counts every change; a decision names the version that was seen';
call app.isolate('payment', 'select, insert, update');
call app.scope_by_owner('payment', 'payment');

-- What was sent to be verified, each time: the version a verifier sees, and who answers for it.
create table payment_submission (
  organization_id uuid not null,
  payment_id uuid not null,
  version integer not null,
  owner_id uuid not null,
  amount_minor bigint not null,
  currency char(3) not null,
  method text not null,
  value_on date not null,
  reference text,
  evidence_sha256 bytea[] not null check (cardinality(evidence_sha256) > 0),
  submitted_by uuid not null,
  submitted_at timestamptz not null,
  primary key (organization_id, payment_id, version),
  unique (organization_id, payment_id, version, submitted_by),
  foreign key (organization_id, payment_id) references payment (organization_id, id)
);
comment on column payment_submission.evidence_sha256 is 'Hashes of the proofs that were attached';
call app.isolate('payment_submission', 'select, insert');
call app.scope_by_owner('payment_submission', 'payment');
create trigger append_only before update or delete on payment_submission for each row execute function app.refuse_change();
create trigger append_only_truncate before truncate on payment_submission for each statement execute function app.refuse_change();

create table payment_decision (
  organization_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  owner_id uuid not null,
  payment_version integer not null,
  submitted_by uuid not null,
  decided_by uuid not null,
  verdict text not null check (verdict in ('verified', 'rejected')),
  reason_code text,
  note text,
  decided_at timestamptz not null,
  primary key (organization_id, id),
  -- The submitter is the submission's by this key, so that a forged one cannot pass the check below.
  foreign key (organization_id, payment_id, payment_version, submitted_by)
    references payment_submission (organization_id, payment_id, version, submitted_by),
  constraint self_approval check (decided_by <> submitted_by and decided_by <> owner_id),
  check (verdict = 'verified' or reason_code is not null)
);
create unique index payment_verified_once on payment_decision (organization_id, payment_id) where verdict = 'verified';
create index payment_decision_by_payment on payment_decision (organization_id, payment_id, decided_at);
create index payment_decision_by_time on payment_decision (organization_id, decided_at);
call app.isolate('payment_decision', 'select, insert');
call app.scope_by_owner('payment_decision', 'payment');
create trigger append_only before update or delete on payment_decision for each row execute function app.refuse_change();
create trigger append_only_truncate before truncate on payment_decision for each statement execute function app.refuse_change();

-- Four eyes hold for whoever writes: the decider is not credited on the deal either, and whoever is the payment's
-- owner or submitter is read from the payment, not from the row that is being inserted.
create function app.check_payment_decision() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
declare
  payment record;
begin
  select p.owner_id, p.deal_id, p.submitted_by into payment from public.payment p
  where p.organization_id = new.organization_id and p.id = new.payment_id;
  if new.owner_id is distinct from payment.owner_id or new.decided_by in (payment.owner_id, payment.submitted_by)
    or exists (select from public.deal_credit c where c.organization_id = new.organization_id and c.deal_id = payment.deal_id
      and c.participant_id = new.decided_by) then
    raise exception 'a payment is verified by somebody without a stake in it' using errcode = '23514', constraint = 'self_approval';
  end if;
  return new;
end
$$;
alter function app.check_payment_decision() owner to rainmaker_definer;
call app.admit_definer('payment', 'select');
create trigger four_eyes before insert on payment_decision for each row execute function app.check_payment_decision();

-- A payment counts as verified only with a decision that says so: setting the status alone does not pass.
create function app.check_payment_verified() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  if new.status = 'verified' and not exists (select from public.payment_decision d
    where d.organization_id = new.organization_id and d.payment_id = new.id and d.verdict = 'verified') then
    raise exception 'payment % has no decision that verifies it', new.id using errcode = '23514', constraint = 'verified_needs_decision';
  end if;
  return null;
end
$$;
alter function app.check_payment_verified() owner to rainmaker_definer;
call app.admit_definer('payment_decision', 'select');
create constraint trigger verified_needs_decision after insert or update on payment deferrable initially deferred
  for each row when (new.status = 'verified') execute function app.check_payment_verified();

create function app.freeze_verified_payment() returns trigger language plpgsql as
$$
begin
  if old.status = 'verified' and (new.status, new.amount_minor, new.currency, new.deal_id, new.submitted_by, new.value_on)
    is distinct from (old.status, old.amount_minor, old.currency, old.deal_id, old.submitted_by, old.value_on) then
    raise exception 'a verified payment does not change' using errcode = '23001';
  end if;
  return new;
end
$$;
create trigger freeze_verified before update on payment for each row execute function app.freeze_verified_payment();

-- Who a verified payment counts for, and how much: goals, streaks and rankings count these. Adds up to the payment.
create table verified_credit (
  organization_id uuid not null,
  payment_id uuid not null,
  owner_id uuid not null,
  value_on date not null,
  amount_minor bigint not null,
  currency char(3) not null,
  primary key (organization_id, payment_id, owner_id),
  foreign key (organization_id, payment_id) references payment (organization_id, id)
);
create index verified_credit_by_owner on verified_credit (organization_id, owner_id, value_on);
comment on column verified_credit.owner_id is 'The member it is credited to';
comment on column verified_credit.value_on is 'Calendar day the money arrived';
-- Not scoped by owner: a team's goal and the ranking add up more people than the viewer sees payments of. Queries give
-- out sums only, of members within the reach of analytics.read.
call app.isolate('verified_credit', 'select, insert');

-- Commission plans ------------------------------------------------------------------------------------------------

create table plan (
  organization_id uuid not null,
  id uuid not null,
  name text not null,
  is_default boolean not null,
  created_at timestamptz not null,
  primary key (organization_id, id)
);
create unique index plan_default on plan (organization_id) where is_default;
comment on column plan.is_default is 'Holds for everybody who has no other plan';
call app.isolate('plan', 'select, insert, update');

create table plan_version (
  organization_id uuid not null,
  id uuid not null,
  plan_id uuid not null,
  version integer not null,
  status text not null check (status in ('draft', 'approved')),
  created_by uuid,
  approved_by uuid,
  approved_at timestamptz,
  created_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, plan_id) references plan (organization_id, id)
);
create unique index plan_version_number on plan_version (organization_id, plan_id, version);
call app.isolate('plan_version', 'select, insert, update');

create table plan_component (
  organization_id uuid not null,
  id uuid not null,
  plan_version_id uuid not null,
  name text not null,
  basis text not null check (basis in ('payment')),
  credit_kind text not null check (credit_kind in ('revenue', 'overlay')),
  tier_mode text not null check (tier_mode in ('marginal')),
  tiers jsonb not null,
  rounding text not null check (rounding in ('half_up', 'half_even')),
  primary key (organization_id, id),
  foreign key (organization_id, plan_version_id) references plan_version (organization_id, id)
);
create index plan_component_by_version on plan_component (organization_id, plan_version_id);
comment on column plan_component.tiers is '[{"from": minor units as text, "rate": decimal as text}], ascending; a flat rate is one tier from 0';
call app.isolate('plan_component', 'select, insert');

create function app.freeze_approved_plan() returns trigger language plpgsql as
$$
begin
  if tg_op = 'DELETE' or old.status = 'approved' then
    raise exception 'an approved plan version does not change' using errcode = '23001';
  end if;
  return new;
end
$$;
create trigger freeze_approved before update or delete on plan_version for each row execute function app.freeze_approved_plan();

create table plan_assignment (
  organization_id uuid not null,
  plan_id uuid not null,
  member_id uuid not null,
  during daterange not null,
  exclude using gist (organization_id with =, member_id with =, during with &&),
  foreign key (organization_id, plan_id) references plan (organization_id, id),
  foreign key (organization_id, member_id) references member (organization_id, id)
);
call app.isolate('plan_assignment');

create table plan_effective (
  organization_id uuid not null,
  plan_id uuid not null,
  plan_version_id uuid not null,
  during daterange not null,
  exclude using gist (organization_id with =, plan_id with =, during with &&),
  foreign key (organization_id, plan_version_id) references plan_version (organization_id, id)
);
comment on table plan_effective is 'Which version of a plan holds on which days; never two on one day';
call app.isolate('plan_effective');

create table commission_period (
  organization_id uuid not null,
  id uuid not null,
  month char(7) not null,
  state text not null check (state in ('open', 'closing', 'locked', 'paid')),
  created_at timestamptz not null,
  primary key (organization_id, id)
);
create unique index commission_period_month on commission_period (organization_id, month);
call app.isolate('commission_period', 'select, insert, update');

-- One row per participant, component and period: locked before computing, so that two verifications of one person's
-- deals at once each see the other's total.
create table commission_accumulator (
  organization_id uuid not null,
  participant_id uuid not null,
  component_id uuid not null,
  period_id uuid not null,
  currency char(3) not null,
  credited_minor numeric(30, 0) not null,
  commission_minor numeric(30, 0) not null,
  primary key (organization_id, participant_id, component_id, period_id, currency),
  foreign key (organization_id, period_id) references commission_period (organization_id, id)
);
comment on column commission_accumulator.credited_minor is 'Credited in the period so far';
comment on column commission_accumulator.commission_minor is 'Posted in the period so far, rounded';
call app.isolate('commission_accumulator', 'select, insert, update');

create table ledger_txn (
  organization_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  period_id uuid not null,
  kind text not null check (kind in ('earned')),
  deal_id uuid not null,
  payment_id uuid not null,
  customer_id uuid not null,
  component_id uuid not null,
  source_event uuid not null,
  amount_minor bigint not null,
  currency char(3) not null,
  credited_minor bigint not null,
  trace jsonb not null,
  created_by uuid,
  posted_at timestamptz not null,
  posting_seq bigint not null generated always as identity,
  primary key (organization_id, id),
  foreign key (organization_id, period_id) references commission_period (organization_id, id),
  foreign key (organization_id, deal_id) references deal (organization_id, id),
  foreign key (organization_id, payment_id) references payment (organization_id, id),
  foreign key (organization_id, owner_id) references member (organization_id, id)
);
create unique index ledger_txn_once on ledger_txn (organization_id, source_event, owner_id, component_id, kind);
create unique index ledger_txn_seq on ledger_txn (organization_id, posting_seq);
create index ledger_txn_by_owner on ledger_txn (organization_id, owner_id, period_id, posted_at desc);
create index ledger_txn_by_payment on ledger_txn (organization_id, payment_id);
create index ledger_txn_by_time on ledger_txn (organization_id, posted_at desc, id desc);
comment on table ledger_txn is 'Commission postings: append-only, each with the explanation that led to it';
comment on column ledger_txn.owner_id is 'The participant who earns';
comment on column ledger_txn.source_event is 'The decision that caused it: posted once for each participant, component and kind';
comment on column ledger_txn.posting_seq is 'Order of posting; taken under the accumulator''s lock, so a replay may follow it';
call app.isolate('ledger_txn', 'select, insert');
call app.scope_by_owner('ledger_txn', 'commission');

create table ledger_line (
  organization_id uuid not null,
  txn_id uuid not null,
  line integer not null,
  owner_id uuid not null,
  account text not null check (account in ('expense', 'payable', 'held', 'draw_receivable', 'paid')),
  amount_minor bigint not null,
  currency char(3) not null,
  primary key (organization_id, txn_id, line),
  foreign key (organization_id, txn_id) references ledger_txn (organization_id, id)
);
comment on column ledger_line.amount_minor is 'Positive adds to the account; the lines of a posting sum to zero per currency';
call app.isolate('ledger_line', 'select, insert');
call app.scope_by_owner('ledger_line', 'commission');

-- At commit, a posting has at least two lines and they sum to zero in each currency.
call app.admit_definer('ledger_line', 'select');
create function app.check_ledger_balance() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
declare
  lines bigint;
  off boolean;
begin
  select coalesce(sum(n), 0), coalesce(bool_or(total <> 0), false) into lines, off from (
    select count(*) as n, sum(amount_minor) as total from ledger_line
    where organization_id = new.organization_id and txn_id = new.id group by currency) by_currency;
  if lines < 2 or off then
    raise exception 'ledger posting % does not balance', new.id using errcode = '23514', constraint = 'ledger_balanced';
  end if;
  return null;
end
$$;
alter function app.check_ledger_balance() owner to rainmaker_definer;
create constraint trigger ledger_balanced after insert on ledger_txn deferrable initially deferred
  for each row execute function app.check_ledger_balance();

-- A posting holds its period open: whoever closes it takes the same lock exclusively and waits for the writers.
call app.admit_definer('commission_period', 'select');
create function app.check_period_open() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended(new.period_id::text, 727003));
  if not exists (select from commission_period p where p.organization_id = new.organization_id and p.id = new.period_id and p.state = 'open') then
    raise exception 'period % is not open', new.period_id using errcode = '23514', constraint = 'period_open';
  end if;
  return new;
end
$$;
alter function app.check_period_open() owner to rainmaker_definer;
create trigger period_open before insert on ledger_txn for each row execute function app.check_period_open();

create trigger append_only before update or delete on ledger_txn for each row execute function app.refuse_change();
create trigger append_only_truncate before truncate on ledger_txn for each statement execute function app.refuse_change();
-- A line joins its posting in the same transaction or never: later it would change what was posted.
create function app.check_ledger_line_in_time() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  if not exists (select from ledger_txn t where t.organization_id = new.organization_id and t.id = new.txn_id
    and t.xmin = pg_current_xact_id()::xid) then
    raise exception 'a posting takes no further lines' using errcode = '23001';
  end if;
  return new;
end
$$;
call app.admit_definer('ledger_txn', 'select');
alter function app.check_ledger_line_in_time() owner to rainmaker_definer;
create trigger same_transaction before insert on ledger_line for each row execute function app.check_ledger_line_in_time();
create trigger append_only before update or delete on ledger_line for each row execute function app.refuse_change();
create trigger append_only_truncate before truncate on ledger_line for each statement execute function app.refuse_change();

-- Payments that earned somebody nothing, and why: absence is explained too.
create table commission_absence (
  organization_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  payment_id uuid not null,
  deal_id uuid not null,
  customer_id uuid not null,
  reason text not null check (reason in ('no_plan', 'zero_rate', 'rounds_to_zero')),
  month char(7) not null,
  currency char(3) not null,
  recorded_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, payment_id) references payment (organization_id, id)
);
create index commission_absence_by_payment on commission_absence (organization_id, payment_id);
create index commission_absence_by_owner on commission_absence (organization_id, owner_id, month);
call app.isolate('commission_absence', 'select, insert');
call app.scope_by_owner('commission_absence', 'commission');

create table goal (
  organization_id uuid not null,
  id uuid not null,
  scope text not null check (scope in ('member', 'team')),
  subject_id uuid not null,
  metric text not null check (metric in ('verified_revenue')),
  month char(7) not null,
  target_minor bigint not null check (target_minor between 1 and 999999999999999),
  currency char(3) not null,
  created_by uuid,
  created_at timestamptz not null,
  version integer not null,
  primary key (organization_id, id)
);
create unique index goal_once on goal (organization_id, month, scope, subject_id, metric);
call app.isolate('goal', 'select, insert, update');

-- What modules to the right may join.
create schema revenue;
grant usage on schema revenue to rainmaker_app;
create view revenue.goal_ref with (security_invoker = true) as
  select organization_id, scope, subject_id, metric, month, target_minor, currency from goal;
create view revenue.posting_ref with (security_invoker = true) as
  select t.organization_id, t.owner_id, p.month, t.currency, t.amount_minor, t.posted_at
  from ledger_txn t join commission_period p on p.organization_id = t.organization_id and p.id = t.period_id;
create view revenue.deal_ref with (security_invoker = true) as
  select organization_id, id, owner_id, status, submitted_by from deal;
create view revenue.payment_ref with (security_invoker = true) as
  select organization_id, id, owner_id, deal_id, status, submitted_by, value_on, amount_minor, currency from payment;
grant select on revenue.goal_ref, revenue.posting_ref, revenue.deal_ref, revenue.payment_ref to rainmaker_app;
