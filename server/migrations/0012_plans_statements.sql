-- The close of a month: statements that are approved, locked and paid, and disputes about what stands on them.

alter table commission_period
  add column closing_by uuid,
  add column closing_at timestamptz,
  add column locked_by uuid,
  add column locked_at timestamptz,
  add column paid_by uuid,
  add column paid_at timestamptz,
  add constraint paid_by_another check (paid_by is null or paid_by <> locked_by);
comment on column commission_period.closing_by is 'Who issued the statements; from then on new money counts for the next open month';
comment on column commission_period.paid_by is 'Who released the payout file; never who locked';

create table commission_statement (
  organization_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  period_id uuid not null,
  currency char(3) not null,
  state text not null check (state in ('issued', 'approved', 'locked', 'paid')),
  earned_minor bigint not null,
  brought_forward_minor bigint not null check (brought_forward_minor <= 0),
  payable_minor bigint not null check (payable_minor >= 0),
  carried_forward_minor bigint not null check (carried_forward_minor <= 0),
  issued_at timestamptz not null,
  approved_by uuid,
  approved_at timestamptz,
  content_hash bytea,
  primary key (organization_id, id),
  foreign key (organization_id, period_id) references commission_period (organization_id, id),
  foreign key (organization_id, owner_id) references member (organization_id, id),
  constraint statement_adds_up check (earned_minor + brought_forward_minor = payable_minor + carried_forward_minor),
  constraint self_approval check (approved_by is null or approved_by <> owner_id),
  check (state = 'issued' or approved_by is not null),
  check ((state in ('locked', 'paid')) = (content_hash is not null))
);
create unique index commission_statement_once on commission_statement (organization_id, period_id, owner_id, currency);
create index commission_statement_by_owner on commission_statement (organization_id, owner_id, period_id);
comment on table commission_statement is 'What a month pays a person, from the day it is issued; frozen with the month';
comment on column commission_statement.brought_forward_minor is 'Owed from earlier months; nobody pays money in';
comment on column commission_statement.content_hash is 'Fingerprint of the figures and of every posting under them';
call app.isolate('commission_statement', 'select, insert, update, delete');
call app.scope_by_owner('commission_statement', 'commission');
call app.admit_definer('commission_statement', 'select');

create function app.freeze_locked_statement() returns trigger language plpgsql as
$$
begin
  if tg_op = 'DELETE' then
    if old.state in ('locked', 'paid') then
      raise exception 'a locked statement does not change' using errcode = '23001';
    end if;
    return old;
  end if;
  if old.state in ('locked', 'paid') and not (old.state = 'locked' and new.state = 'paid'
    and to_jsonb(new) - 'state' = to_jsonb(old) - 'state') then
    raise exception 'a locked statement does not change' using errcode = '23001';
  end if;
  return new;
end
$$;
create trigger freeze_locked before update or delete on commission_statement for each row execute function app.freeze_locked_statement();

-- A month goes one way, and is locked only as it adds up: every statement locked, and each the sum of its postings.
create function app.check_period_change() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  if (old.state, new.state) not in (('open', 'closing'), ('closing', 'open'), ('closing', 'locked'), ('locked', 'paid')) then
    raise exception 'a month that is % does not become %', old.state, new.state using errcode = '23514', constraint = 'period_state';
  end if;
  if new.state = 'locked' and exists (
    select from (select t.owner_id, t.currency, sum(t.amount_minor) as earned from ledger_txn t
      where t.organization_id = new.organization_id and t.period_id = new.id group by 1, 2) posted
    full join (select s.owner_id, s.currency, s.earned_minor as earned, s.state from commission_statement s
      where s.organization_id = new.organization_id and s.period_id = new.id) stated using (owner_id, currency)
    where coalesce(posted.earned, 0) <> coalesce(stated.earned, 0) or stated.state is distinct from 'locked') then
    raise exception 'the statements of % do not agree with the ledger', new.month using errcode = '23514', constraint = 'ledger_agrees';
  end if;
  return new;
end
$$;
alter function app.check_period_change() owner to rainmaker_definer;
create trigger guard_change before update on commission_period for each row execute function app.check_period_change();

-- Corrections ----------------------------------------------------------------------------------------------------

-- A correction follows from a dispute, by no component; and it may name an earlier month that was closed already.
alter table ledger_txn alter column component_id drop not null;
alter table ledger_txn add column adjusts_month char(7);
comment on column ledger_txn.adjusts_month is 'The closed month that a later posting corrects';
alter table ledger_txn drop constraint if exists ledger_txn_kind_check;
alter table ledger_txn add constraint ledger_txn_kind_check check (kind in ('earned', 'reversal', 'true_up', 'adjustment', 'correction'));

-- While a month closes, disputes about it are still answered: their corrections are the only postings it takes.
create or replace function app.check_period_open() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended(new.period_id::text, 727003));
  if not exists (select from commission_period p where p.organization_id = new.organization_id and p.id = new.period_id
    and (p.state = 'open' or (p.state = 'closing' and new.kind = 'correction'))) then
    raise exception 'period % is not open', new.period_id using errcode = '23514', constraint = 'period_open';
  end if;
  return new;
end
$$;

create table dispute (
  organization_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  payment_id uuid not null,
  deal_id uuid not null,
  customer_id uuid not null,
  txn_id uuid,
  month char(7) not null,
  category text not null check (category in ('split', 'rate', 'missing', 'other')),
  posted_minor bigint not null,
  expected_minor bigint not null,
  granted_minor bigint,
  currency char(3) not null,
  state text not null check (state in ('open', 'accepted', 'partly', 'declined', 'withdrawn')),
  opened_at timestamptz not null,
  closed_by uuid,
  closed_at timestamptz,
  adjusting_txn_id uuid,
  version integer not null,
  primary key (organization_id, id),
  foreign key (organization_id, owner_id) references member (organization_id, id),
  foreign key (organization_id, payment_id) references payment (organization_id, id),
  foreign key (organization_id, txn_id) references ledger_txn (organization_id, id),
  foreign key (organization_id, adjusting_txn_id) references ledger_txn (organization_id, id),
  constraint self_answer check (closed_by is null or state = 'withdrawn' or closed_by <> owner_id),
  check (expected_minor <> posted_minor),
  check ((state = 'open') = (closed_at is null)),
  check ((state in ('accepted', 'partly')) = (adjusting_txn_id is not null))
);
create unique index dispute_open_once on dispute (organization_id, owner_id, payment_id) where state = 'open';
create index dispute_by_time on dispute (organization_id, opened_at desc, id desc);
create index dispute_by_owner_time on dispute (organization_id, owner_id, opened_at desc, id desc);
create index dispute_by_month on dispute (organization_id, month, state);
comment on table dispute is 'Somebody holds a line, or that there is none, for wrong; answered by a posting or a reason, never by an edit';
comment on column dispute.owner_id is 'Whose commission it is';
comment on column dispute.txn_id is 'The line; null where one is missing';
comment on column dispute.granted_minor is 'What the correction added';
call app.isolate('dispute', 'select, insert, update');
call app.scope_by_owner('dispute', 'commission');

create table dispute_message (
  organization_id uuid not null,
  id uuid not null,
  dispute_id uuid not null,
  owner_id uuid not null,
  author_id uuid not null,
  body text not null,
  sent_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, dispute_id) references dispute (organization_id, id),
  foreign key (organization_id, author_id) references member (organization_id, id)
);
create index dispute_message_by_dispute on dispute_message (organization_id, dispute_id, sent_at, id);
comment on column dispute_message.owner_id is 'Whose commission it is, copied so that scope needs no second table';
call app.isolate('dispute_message', 'select, insert');
call app.scope_by_owner('dispute_message', 'commission');
create trigger append_only before update or delete on dispute_message for each row execute function app.refuse_change();
create trigger append_only_truncate before truncate on dispute_message for each statement execute function app.refuse_change();
