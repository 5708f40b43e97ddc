-- Roll-ups kept by projections of the event log; each can be dropped and rebuilt from it.

create table daily_metric (
  organization_id uuid not null,
  owner_id uuid not null,
  day date not null,
  metric text not null check (metric in ('verified_revenue', 'deals_won')),
  currency char(3) not null,
  amount_minor numeric(30, 0) not null,
  count bigint not null,
  primary key (organization_id, owner_id, metric, day, currency)
);
create index daily_metric_by_day on daily_metric (organization_id, metric, day);
comment on table daily_metric is 'Money and counts by member and calendar day, from the event log';
comment on column daily_metric.day is 'Value date of a payment, closing date of a sale';
call app.isolate('daily_metric');
