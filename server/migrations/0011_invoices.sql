-- Legal entities, invoices and credit notes, what payments are applied to, and their delivery by mail.

create table legal_entity (
  organization_id uuid not null,
  id uuid not null,
  name text collate "und-x-icu" not null,
  street text,
  postal_code text,
  city text,
  region text,
  country text,
  tax_id text,
  email text,
  payment_details text,
  series text not null check (series ~ '^[A-Z][A-Z0-9]{0,7}$'),
  credit_series text not null check (credit_series ~ '^[A-Z][A-Z0-9]{0,7}$'),
  tax_rounding text not null check (tax_rounding in ('document', 'line')),
  tax_rate numeric(6, 5) not null check (tax_rate >= 0 and tax_rate < 1),
  payment_days integer not null check (payment_days between 0 and 365),
  is_default boolean not null,
  created_at timestamptz not null,
  version integer not null,
  primary key (organization_id, id),
  check (series <> credit_series)
);
create unique index legal_entity_default on legal_entity (organization_id) where is_default;
comment on table legal_entity is 'Who issues invoices: a company of the organization, with its own numbers';
comment on column legal_entity.tax_rounding is 'Where tax is rounded: once per rate, or on each line; both are the law somewhere';
comment on column legal_entity.tax_rate is 'Share of the price on lines that name none';
call app.isolate('legal_entity', 'select, insert, update');

-- One row per entity, series and year: locked by who takes a number until they commit, so that a rollback gives it back.
create table invoice_counter (
  organization_id uuid not null,
  legal_entity_id uuid not null,
  series text not null,
  fiscal_year integer not null,
  last_number bigint not null,
  last_issued_on date not null,
  primary key (organization_id, legal_entity_id, series, fiscal_year),
  foreign key (organization_id, legal_entity_id) references legal_entity (organization_id, id)
);
comment on column invoice_counter.last_issued_on is 'Days of issue do not go backwards within a series';
call app.isolate('invoice_counter', 'select, insert, update');

create table invoice (
  organization_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('invoice', 'credit_note')),
  status text not null check (status in ('draft', 'issued', 'discarded')),
  owner_id uuid not null,
  legal_entity_id uuid not null,
  deal_id uuid not null,
  customer_id uuid not null,
  payment_id uuid,
  corrects_invoice_id uuid,
  reason text,
  series text,
  fiscal_year integer,
  number bigint,
  name text,
  issued_on date,
  due_on date,
  currency char(3) not null,
  tax_included boolean not null,
  tax_rounding text not null check (tax_rounding in ('document', 'line')),
  lines jsonb not null,
  net_minor bigint not null check (net_minor between 0 and 999999999999999),
  tax_minor bigint not null check (tax_minor between 0 and 999999999999999),
  total_minor bigint not null check (total_minor between 0 and 999999999999999),
  paid_minor bigint not null default 0 check (paid_minor >= 0),
  credited_minor bigint not null default 0 check (credited_minor >= 0),
  buyer_reference text,
  buyer_tax_id text,
  note text,
  snapshot jsonb,
  created_by uuid,
  issued_by uuid,
  created_at timestamptz not null,
  issued_at timestamptz,
  version integer not null,
  settlement text not null generated always as (
    case when status <> 'issued' then status
      when kind = 'credit_note' or credited_minor >= total_minor then 'credited'
      when paid_minor + credited_minor >= total_minor then 'paid'
      else 'open' end) stored,
  primary key (organization_id, id),
  unique (organization_id, id, currency),
  foreign key (organization_id, legal_entity_id) references legal_entity (organization_id, id),
  foreign key (organization_id, deal_id, currency) references deal (organization_id, id, currency),
  foreign key (organization_id, payment_id) references payment (organization_id, id),
  foreign key (organization_id, corrects_invoice_id, currency) references invoice (organization_id, id, currency),
  check (total_minor = net_minor + tax_minor),
  check ((kind = 'credit_note') = (corrects_invoice_id is not null)),
  check ((status = 'issued') = (number is not null)),
  check (status <> 'issued' or (series is not null and fiscal_year is not null and name is not null and issued_on is not null
    and issued_at is not null and snapshot is not null and total_minor > 0)),
  constraint invoice_not_overpaid check (paid_minor + credited_minor <= total_minor)
);
create unique index invoice_number on invoice (organization_id, legal_entity_id, series, fiscal_year, number) where number is not null;
create unique index invoice_of_payment on invoice (organization_id, payment_id) where payment_id is not null and kind = 'invoice';
create index invoice_by_time on invoice (organization_id, created_at desc, id desc);
create index invoice_by_owner_time on invoice (organization_id, owner_id, created_at desc, id desc);
create index invoice_by_settlement on invoice (organization_id, settlement, created_at desc, id desc);
create index invoice_by_deal on invoice (organization_id, deal_id, issued_on);
create index invoice_by_customer on invoice (organization_id, customer_id, created_at desc);
create index invoice_by_corrected on invoice (organization_id, corrects_invoice_id) where corrects_invoice_id is not null;
comment on table invoice is 'Invoices and credit notes; issued, they never change';
comment on column invoice.owner_id is 'The deal''s owner, copied so that scope needs no second table';
comment on column invoice.payment_id is 'The payment it is the receipt of, where it was issued because money came first';
comment on column invoice.number is 'Taken at issue, without gaps within entity, series and year; null before';
comment on column invoice.tax_included is 'Prices contain the tax';
comment on column invoice.lines is '[{"description", "detail", "quantity", "unitPrice" in minor units, "discount", "taxRate" as shares}], decimals as text; of a credit note also "position": the line it corrects';
comment on column invoice.paid_minor is 'Sum of what is allocated to it';
comment on column invoice.credited_minor is 'Sum of its credit notes';
comment on column invoice.snapshot is 'Everything the document says, as it was at issue; the PDF is a function of it alone';
call app.isolate('invoice', 'select, insert, update');
call app.scope_by_owner('invoice', 'invoice');

-- Issued, only what is paid and credited may still be written; nothing is deleted.
create function app.freeze_issued_invoice() returns trigger language plpgsql as
$$
begin
  if tg_op = 'DELETE' then
    raise exception 'an invoice is never deleted' using errcode = '23001';
  end if;
  if old.status <> 'draft' and (to_jsonb(new) - array['paid_minor', 'credited_minor', 'settlement', 'version'])
    is distinct from (to_jsonb(old) - array['paid_minor', 'credited_minor', 'settlement', 'version']) then
    raise exception 'an issued invoice does not change' using errcode = '23001';
  end if;
  return new;
end
$$;
create trigger freeze_issued before update or delete on invoice for each row execute function app.freeze_issued_invoice();
create trigger never_truncated before truncate on invoice for each statement execute function app.refuse_change();

-- A number is the one its counter stands at: nobody writes one past it, or one that was given out before.
create function app.check_invoice_number() returns trigger language plpgsql as
$$
begin
  if new.number is not null and (tg_op = 'INSERT' or old.number is null) and not exists (select from invoice_counter c
    where c.organization_id = new.organization_id and c.legal_entity_id = new.legal_entity_id and c.series = new.series
      and c.fiscal_year = new.fiscal_year and c.last_number = new.number) then
    raise exception 'number % was not taken from its counter', new.number using errcode = '23514', constraint = 'invoice_number_taken';
  end if;
  return new;
end
$$;
create trigger number_taken before insert or update on invoice for each row execute function app.check_invoice_number();

create function app.check_invoice_counter() returns trigger language plpgsql as
$$
begin
  if (tg_op = 'INSERT' and new.last_number <> 1)
    or (tg_op = 'UPDATE' and (new.last_number <> old.last_number + 1 or new.last_issued_on < old.last_issued_on)) then
    raise exception 'numbers follow one another' using errcode = '23514', constraint = 'invoice_number_gapless';
  end if;
  return new;
end
$$;
create trigger gapless before insert or update on invoice_counter for each row execute function app.check_invoice_counter();

-- The rendered file: written once, by whoever is first.
create table invoice_file (
  organization_id uuid not null,
  invoice_id uuid not null,
  owner_id uuid not null,
  sha256 bytea not null,
  storage_key text not null,
  rendered_at timestamptz not null,
  primary key (organization_id, invoice_id),
  foreign key (organization_id, invoice_id) references invoice (organization_id, id)
);
comment on column invoice_file.sha256 is 'Rendered again from the snapshot, it is the same file';
call app.isolate('invoice_file', 'select, insert');
call app.scope_by_owner('invoice_file', 'invoice');
create trigger append_only before update or delete on invoice_file for each row execute function app.refuse_change();
create trigger append_only_truncate before truncate on invoice_file for each statement execute function app.refuse_change();

-- What of a payment counts for which invoice; taking back is another row.
create table payment_allocation (
  organization_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  invoice_id uuid not null,
  owner_id uuid not null,
  amount_minor bigint not null check (amount_minor <> 0),
  currency char(3) not null,
  cause text not null check (cause in ('payment', 'credit_note')),
  credit_note_id uuid,
  allocated_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, payment_id) references payment (organization_id, id),
  foreign key (organization_id, invoice_id, currency) references invoice (organization_id, id, currency),
  check ((cause = 'credit_note') = (credit_note_id is not null)),
  check ((cause = 'payment') = (amount_minor > 0))
);
create unique index payment_allocation_once on payment_allocation (organization_id, payment_id, invoice_id) where cause = 'payment';
create index payment_allocation_by_payment on payment_allocation (organization_id, payment_id);
create index payment_allocation_by_invoice on payment_allocation (organization_id, invoice_id);
comment on table payment_allocation is 'What of a payment counts for which invoice: append-only';
comment on column payment_allocation.amount_minor is 'Below zero where a credit note took money off the invoice again';
call app.isolate('payment_allocation', 'select, insert');
call app.scope_by_owner('payment_allocation', 'invoice');
create trigger append_only before update or delete on payment_allocation for each row execute function app.refuse_change();
create trigger append_only_truncate before truncate on payment_allocation for each statement execute function app.refuse_change();

create table invoice_delivery (
  organization_id uuid not null,
  id uuid not null,
  invoice_id uuid not null,
  owner_id uuid not null,
  recipients text[] not null check (cardinality(recipients) between 1 and 10),
  message text,
  status text not null check (status in ('queued', 'sent', 'failed')),
  failure text,
  requested_by uuid not null,
  requested_at timestamptz not null,
  finished_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, invoice_id) references invoice (organization_id, id)
);
create index invoice_delivery_by_invoice on invoice_delivery (organization_id, invoice_id, requested_at);
comment on table invoice_delivery is 'Invoices sent by mail';
call app.isolate('invoice_delivery', 'select, insert, update');
call app.scope_by_owner('invoice_delivery', 'invoice');

-- Where a customer is, for documents.
create view sales.customer_address_ref with (security_invoker = true) as
  select organization_id, id, name, email, street, postal_code, city, region, country, location from customer;
grant select on sales.customer_address_ref to rainmaker_app;
