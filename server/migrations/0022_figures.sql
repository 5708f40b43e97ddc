-- What the figures of analytics add up and open.

create view revenue.credit_ref with (security_invoker = true) as
  select organization_id, owner_id, payment_id, cause_id, value_on, amount_minor, currency from verified_credit;
comment on view revenue.credit_ref is 'Verified money by the member it is credited to; negative where it was taken back';
create view revenue.sale_ref with (security_invoker = true) as
  select p.organization_id, p.id as payment_id, p.number as payment_number, p.method, p.customer_id, d.id as deal_id, d.number as deal_number,
    d.title as deal_title
  from payment p left join deal d on d.organization_id = p.organization_id and d.id = p.deal_id;
comment on view revenue.sale_ref is 'What a payment was for, of the payments the viewer sees';
grant select on revenue.credit_ref, revenue.sale_ref to rainmaker_app;

create index verified_credit_by_day on verified_credit (organization_id, currency, value_on, payment_id);
