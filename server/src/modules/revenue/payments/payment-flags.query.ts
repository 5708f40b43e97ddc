import type { QueueItem } from "@rainmaker/contracts/revenue/payments";
import { sql, type RawBuilder } from "kysely";
import type { Context } from "#platform/context";
import type * as z from "zod/mini";
import { instant } from "./payments.query.ts";

/** Of somebody's payments in so many days, from how many on a share of more than 60 % with one verifier stands out. */
const pairDays = 90;
const pairLeast = 10;

/**
 * Compared with the organization's other payments and with what the viewer decided before. Hints for the eye: none of
 * them decides anything.
 */
export function flagsFor(ctx: Context): RawBuilder<unknown> {
  // By itself, so that it is read once for all payments.
  const pairs = sql`array(select x.submitted_by from payment_decision x where x.organization_id = ${ctx.actor.organizationId}
      and x.decided_at > ${ctx.now}::timestamptz - make_interval(days => ${pairDays}) and x.verdict in ('verified', 'rejected')
      group by x.submitted_by having count(*) >= ${pairLeast} and count(*) filter (where x.decided_by = ${ctx.actor.memberId}) * 10 > count(*) * 6)`;
  return sql`array_remove(${flags} || case when p.submitted_by = any(${pairs}) then 'same_pair' end, null)`;
}

const flags = sql.raw(`array[
  case when exists (select from records.file_ref f join records.file_ref g on g.organization_id = f.organization_id and g.sha256 = f.sha256
    and g.subject = 'payment' and g.subject_id <> f.subject_id
    where f.organization_id = p.organization_id and f.subject = 'payment' and f.subject_id = p.id) then 'same_file' end,
  case when p.reference is not null and exists (select from payment o where o.organization_id = p.organization_id and o.reference = p.reference
    and o.id <> p.id and o.status <> 'withdrawn') then 'same_reference' end,
  case when exists (select from payment o where o.organization_id = p.organization_id and o.id <> p.id
    and o.deal_id in (select od.id from deal od where od.organization_id = p.organization_id and od.customer_id = p.customer_id)
    and o.amount_minor = p.amount_minor and o.value_on between p.value_on - 3 and p.value_on + 3 and o.status not in ('rejected', 'withdrawn')) then 'same_amount_and_day' end,
  case when not exists (select from payment o where o.organization_id = p.organization_id and o.customer_id = p.customer_id
    and o.status = 'verified') then 'first_payment' end,
  case when p.amount_minor + (select coalesce(sum(o.amount_minor), 0) from payment o where o.organization_id = p.organization_id
    and o.deal_id = p.deal_id and o.status = 'verified') > d.amount_minor then 'above_deal' end,
  case when p.amount_minor >= 100000 and p.amount_minor % 100000 = 0 and p.amount_minor <> d.amount_minor then 'round_sum' end,
  case when p.value_on < (d.approved_at at time zone 'UTC')::date - 30 then 'before_approval' end,
  case when exists (select from payment_decision x where x.organization_id = p.organization_id and x.payment_id = p.id
    and x.verdict in ('rejected', 'asked')) then 'sent_again' end,
  case when (select s.approvals_needed from payment_submission s where s.organization_id = p.organization_id and s.payment_id = p.id
    and s.version = p.version) = 2 then 'over_threshold' end,
  case when p.value_on = (date_trunc('month', p.value_on) + interval '1 month - 1 day')::date then 'last_day' end,
  case when date_trunc('month', p.value_on) <> date_trunc('month', p.submitted_at at time zone 'UTC') then 'other_month' end,
  case when exists (select from deal_revision v where v.organization_id = p.organization_id and v.deal_id = p.deal_id and v.state = 'approved'
    and v.decided_at between p.submitted_at - interval '7 days' and p.submitted_at) then 'deal_changed' end]`);

/** The payments that the first three of these are about, newest first. */
export const twins =
  sql.raw(`(select coalesce(json_agg(json_build_object('id', t.id, 'number', t.number::text, 'amount', t.amount_minor::text, 'currency', t.currency,
    'customer', json_build_object('id', t.customer_id, 'name', coalesce(tc.name, '')), 'valueOn', t.value_on, 'status', t.status,
    'recordedBy', json_build_object('id', t.recorded_by, 'name', coalesce(tm.name, '')),
    'createdAt', ${instant("t.created_at")}, 'same', t.same) order by t.created_at desc), '[]')
  from (select o.*, array_remove(array[case when x.is_file then 'file' end, case when o.reference = p.reference then 'reference' end,
      case when o.customer_id = p.customer_id and o.amount_minor = p.amount_minor and o.value_on between p.value_on - 3 and p.value_on + 3 then 'amount_and_day' end], null) as same
    from (select c.id, bool_or(c.is_file) as is_file from (
        select g.subject_id as id, true as is_file from records.file_ref f join records.file_ref g on g.organization_id = f.organization_id
          and g.sha256 = f.sha256 and g.subject = 'payment' and g.subject_id <> f.subject_id
          where f.organization_id = p.organization_id and f.subject = 'payment' and f.subject_id = p.id
        union all select r.id, false from payment r where r.organization_id = p.organization_id and r.reference = p.reference and r.id <> p.id and r.status <> 'withdrawn'
        union all select a.id, false from payment a where a.organization_id = p.organization_id
          and a.deal_id in (select ad.id from deal ad where ad.organization_id = p.organization_id and ad.customer_id = p.customer_id) and a.amount_minor = p.amount_minor
          and a.value_on between p.value_on - 3 and p.value_on + 3 and a.id <> p.id and a.status not in ('rejected', 'withdrawn')) c group by c.id limit 5) x
    join payment o on o.organization_id = p.organization_id and o.id = x.id) t
  left join sales.customer_ref tc on tc.organization_id = p.organization_id and tc.id = t.customer_id
  left join organization.member_ref tm on tm.organization_id = p.organization_id and tm.id = t.recorded_by)`);

type Flag = z.output<typeof QueueItem>["flags"][number];

/** What has to be looked at before a payment is approved. */
export async function listFlags(ctx: Context, paymentId: string): Promise<Flag[]> {
  const { rows } = await sql<{ flags: Flag[] }>`
    select ${flagsFor(ctx)} as flags from payment p join deal d on d.organization_id = p.organization_id and d.id = p.deal_id
    where p.organization_id = ${ctx.actor.organizationId} and p.id = ${paymentId}`.execute(ctx.tx);
  return rows[0]?.flags ?? [];
}
