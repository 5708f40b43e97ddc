-- Payments in full: taken back, asked about, decided by two, reversed; refunds and chargebacks; who looks at what.

-- Above this amount a payment needs a second verifier; null: one is enough for every payment.
alter table organization
  add column quorum_minor bigint check (quorum_minor between 1 and 999999999999999),
  add column quorum_currency char(3),
  add constraint quorum_in_a_currency check ((quorum_minor is null) = (quorum_currency is null));
comment on column organization.quorum_minor is 'From this amount on a payment takes two verifiers; null where one is enough';
create view organization.quorum_ref with (security_invoker = true) as
  select id as organization_id, quorum_minor, quorum_currency from organization;
grant select on organization.quorum_ref to rainmaker_app;

alter table payment drop constraint payment_status_check;
alter table payment
  add constraint payment_status_check
    check (status in ('draft', 'submitted', 'asked', 'verified', 'rejected', 'withdrawn', 'reversed')),
  add column refunded_minor bigint not null default 0,
  add column question text,
  -- Two refunds at once cannot both fit into what is left.
  add constraint refunds_within_payment check (refunded_minor between 0 and amount_minor);
comment on column payment.refunded_minor is 'Went back so far, by refunds and chargebacks that were verified';
comment on column payment.question is 'What the verifier asked for, while it waits for an answer';
create index payment_by_amount on payment (organization_id, deal_id, amount_minor, value_on);

grant delete on payment to rainmaker_app;
create function app.refuse_deleting_payment() returns trigger language plpgsql as
$$
begin
  if old.status <> 'draft' then
    raise exception 'only a draft can be deleted' using errcode = '23001';
  end if;
  return old;
end
$$;
create trigger delete_draft_only before delete on payment for each row execute function app.refuse_deleting_payment();

create or replace function app.freeze_verified_payment() returns trigger language plpgsql as
$$
begin
  if old.status in ('verified', 'reversed') and (new.amount_minor, new.currency, new.deal_id, new.submitted_by, new.value_on)
    is distinct from (old.amount_minor, old.currency, old.deal_id, old.submitted_by, old.value_on) then
    raise exception 'a verified payment does not change' using errcode = '23001';
  end if;
  if new.status <> old.status and (old.status in ('reversed', 'withdrawn') or (old.status = 'verified' and new.status <> 'reversed')) then
    raise exception 'a % payment stays so', old.status using errcode = '23001';
  end if;
  return new;
end
$$;

alter table payment_submission
  add column approvals_needed integer not null default 1 check (approvals_needed in (1, 2)),
  add column answer text;
comment on column payment_submission.approvals_needed is 'How many verifiers have to agree; fixed when it is sent';
comment on column payment_submission.answer is 'What the sender says to what was asked';
call app.admit_definer('payment_submission', 'select');

-- endorsed: the first of two verifiers agrees. asked: something is missing. reversed: verified by mistake.
alter table payment_decision drop constraint payment_decision_verdict_check, drop constraint payment_decision_check;
alter table payment_decision
  add constraint payment_decision_verdict_check check (verdict in ('endorsed', 'verified', 'rejected', 'asked', 'reversed')),
  add constraint payment_decision_words check (case verdict
    when 'rejected' then reason_code is not null when 'asked' then note is not null when 'reversed' then note is not null else true end);
create unique index payment_reversed_once on payment_decision (organization_id, payment_id) where verdict = 'reversed';
create unique index payment_endorsed_once on payment_decision (organization_id, payment_id, payment_version) where verdict = 'endorsed';

create or replace function app.check_payment_decision() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
declare
  payment record;
  needed integer;
begin
  select p.owner_id, p.deal_id, p.submitted_by into payment from public.payment p
  where p.organization_id = new.organization_id and p.id = new.payment_id;
  if new.owner_id is distinct from payment.owner_id or new.decided_by in (payment.owner_id, payment.submitted_by)
    or exists (select from public.deal_credit c where c.organization_id = new.organization_id and c.deal_id = payment.deal_id
      and c.participant_id = new.decided_by) then
    raise exception 'a payment is verified by somebody without a stake in it' using errcode = '23514', constraint = 'self_approval';
  end if;
  if new.verdict = 'reversed' and exists (select from public.payment_decision d where d.organization_id = new.organization_id
    and d.payment_id = new.payment_id and d.verdict in ('endorsed', 'verified') and d.decided_by = new.decided_by) then
    raise exception 'whoever verified a payment does not reverse it' using errcode = '23514', constraint = 'self_approval';
  end if;
  if new.verdict = 'verified' then
    select s.approvals_needed into needed from public.payment_submission s where s.organization_id = new.organization_id
      and s.payment_id = new.payment_id and s.version = new.payment_version;
    if needed = 2 and not exists (select from public.payment_decision d where d.organization_id = new.organization_id
      and d.payment_id = new.payment_id and d.payment_version = new.payment_version and d.verdict = 'endorsed' and d.decided_by <> new.decided_by) then
      raise exception 'payment % needs a second verifier', new.payment_id using errcode = '23514', constraint = 'second_verifier_needed';
    end if;
  end if;
  return new;
end
$$;

create function app.check_payment_reversed() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  if not exists (select from public.payment_decision d
    where d.organization_id = new.organization_id and d.payment_id = new.id and d.verdict = 'reversed') then
    raise exception 'payment % has no decision that reverses it', new.id using errcode = '23514', constraint = 'reversed_needs_decision';
  end if;
  return null;
end
$$;
alter function app.check_payment_reversed() owner to rainmaker_definer;
create constraint trigger reversed_needs_decision after insert or update on payment deferrable initially deferred
  for each row when (new.status = 'reversed') execute function app.check_payment_reversed();

-- What goes back counts against the same people: one row per cause, together the net.
alter table verified_credit add column cause_id uuid not null default '00000000-0000-0000-0000-000000000000';
alter table verified_credit drop constraint verified_credit_pkey, add primary key (organization_id, payment_id, owner_id, cause_id);
comment on column verified_credit.cause_id is 'The reversal or refund that takes money back; zero for the verification itself';

alter table ledger_txn drop constraint ledger_txn_kind_check;
alter table ledger_txn add constraint ledger_txn_kind_check check (kind in ('earned', 'reversal', 'true_up', 'adjustment', 'correction'));

-- Money that went back, or came again: a refund, a chargeback, a chargeback that was won. Each with its own proof, and
-- verified by somebody else than who recorded it.
create table refund (
  organization_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  payment_id uuid not null,
  deal_id uuid not null,
  customer_id uuid not null,
  kind text not null check (kind in ('refund', 'chargeback', 'chargeback_won')),
  amount_minor bigint not null check (amount_minor between 1 and 999999999999999),
  currency char(3) not null,
  value_on date not null,
  reference text,
  reason text not null,
  status text not null check (status in ('draft', 'submitted', 'verified', 'rejected', 'withdrawn')),
  recorded_by uuid not null,
  created_at timestamptz not null,
  submitted_at timestamptz,
  decided_by uuid,
  decided_at timestamptz,
  note text,
  net_before_minor bigint,
  version integer not null,
  primary key (organization_id, id),
  foreign key (organization_id, payment_id) references payment (organization_id, id),
  constraint self_approval check (decided_by is null or (decided_by <> recorded_by and decided_by <> owner_id)),
  check (status not in ('verified', 'rejected') or decided_by is not null)
);
create unique index refund_reference on refund (organization_id, kind, reference) where reference is not null and status not in ('rejected', 'withdrawn');
create index refund_by_payment on refund (organization_id, payment_id, created_at);
create index refund_by_time on refund (organization_id, created_at desc, id desc);
create index refund_by_owner_time on refund (organization_id, owner_id, created_at desc, id desc);
create index refund_waiting on refund (organization_id, submitted_at) where status = 'submitted';
comment on column refund.value_on is 'Calendar day the money went';
comment on column refund.reference is 'Of the bank or the provider; recorded once';
comment on column refund.net_before_minor is 'What was left of the payment when this was verified';
call app.isolate('refund', 'select, insert, update');
call app.scope_by_owner('refund', 'payment');

create function app.check_refund_decision() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  if old.status in ('verified', 'rejected', 'withdrawn') then
    raise exception 'a decided refund does not change' using errcode = '23001';
  end if;
  if (new.payment_id, new.kind, new.amount_minor, new.currency, new.owner_id, new.recorded_by)
    is distinct from (old.payment_id, old.kind, old.amount_minor, old.currency, old.owner_id, old.recorded_by) then
    raise exception 'what a refund is about does not change' using errcode = '23001';
  end if;
  if new.decided_by is not null and exists (select from public.deal_credit c where c.organization_id = new.organization_id
    and c.deal_id = new.deal_id and c.participant_id = new.decided_by) then
    raise exception 'a refund is verified by somebody without a stake in it' using errcode = '23514', constraint = 'self_approval';
  end if;
  return new;
end
$$;
alter function app.check_refund_decision() owner to rainmaker_definer;
create trigger four_eyes before update on refund for each row execute function app.check_refund_decision();

-- Who looks at a payment right now, so that two do not do the same work. It decides nothing, and runs out by itself.
create table payment_claim (
  organization_id uuid not null,
  payment_id uuid not null,
  owner_id uuid not null,
  claimed_by uuid not null,
  claimed_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (organization_id, payment_id),
  foreign key (organization_id, payment_id) references payment (organization_id, id) on delete cascade
);
comment on column payment_claim.owner_id is 'The payment''s owner, copied so that scope needs no second table';
call app.isolate('payment_claim');
call app.scope_by_owner('payment_claim', 'payment');
