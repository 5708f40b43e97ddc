import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import type { readQueue as contract } from "@rainmaker/contracts/revenue/payments";
import { dayIn } from "@rainmaker/contracts/time";
import { sql, type SqlBool } from "kysely";
import { actingMember, type Context } from "#platform/context";
import { cursorOf, limitOf, readCursor } from "#platform/page";
import { withinReach } from "#platform/scope";
import { barFor } from "./payment.ts";
import { paymentColumns, paymentJoins, toPaymentReply, type PaymentRow } from "./payments.query.ts";

type Reply = ReplyInput<typeof contract>;
type Flag = Reply["items"][number]["flags"][number];

type QueueRow = PaymentRow & { credited: string[]; flags: Flag[] };

/** Payments that wait, oldest first, with who may not decide them and what to look at twice; and how the queue does. */
export async function readQueue(ctx: Context, query: QueryOf<typeof contract>): Promise<Reply> {
  const limit = limitOf(query.limit);
  const rows = await readWaiting(ctx, query, limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return {
    items: shown.map((row) => toItem(ctx, row)),
    nextCursor: hasMore ? cursorOf([last.submitted_at, last.id]) : null,
    ...(await readFigures(ctx)),
  };
}

async function readWaiting(ctx: Context, query: QueryOf<typeof contract>, most: number): Promise<QueueRow[]> {
  const after = readCursor(query.cursor, ["text", "text"]);
  const conditions = [
    sql<SqlBool>`p.organization_id = ${ctx.actor.organizationId}`,
    sql<SqlBool>`p.status = 'submitted'`,
    withinReach(ctx, "payment", sql.ref("p.owner_id")),
  ];
  if (after !== null)
    conditions.push(sql<SqlBool>`(p.submitted_at, p.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  const { rows } = await sql<QueueRow>`
    with page as (select p.* from payment p where ${sql.join(conditions, sql` and `)} order by p.submitted_at, p.id limit ${most})
    select ${paymentColumns},
      array(select dc.participant_id::text from deal_credit dc where dc.organization_id = p.organization_id and dc.deal_id = p.deal_id) as credited,
      ${flags} as flags
    from page p ${paymentJoins} order by p.submitted_at, p.id`.execute(ctx.tx);
  return rows;
}

/** Compared with the organization's other payments. Hints for the eye: none of them decides anything. */
const flags = sql.raw(`array_remove(array[
  case when exists (select from records.file_ref f join records.file_ref g on g.organization_id = f.organization_id and g.sha256 = f.sha256
    and g.subject = 'payment' and g.subject_id <> f.subject_id
    where f.organization_id = p.organization_id and f.subject = 'payment' and f.subject_id = p.id) then 'same_file' end,
  case when p.reference is not null and exists (select from payment o where o.organization_id = p.organization_id and o.reference = p.reference
    and o.id <> p.id) then 'same_reference' end,
  case when exists (select from payment o where o.organization_id = p.organization_id and o.deal_id = p.deal_id and o.id <> p.id
    and o.amount_minor = p.amount_minor and o.value_on between p.value_on - 3 and p.value_on + 3 and o.status <> 'rejected') then 'same_amount_and_day' end,
  case when not exists (select from payment o where o.organization_id = p.organization_id and o.customer_id = p.customer_id
    and o.status = 'verified') then 'first_payment' end,
  case when p.amount_minor + (select coalesce(sum(o.amount_minor), 0) from payment o where o.organization_id = p.organization_id
    and o.deal_id = p.deal_id and o.status = 'verified') > d.amount_minor then 'above_deal' end], null)`);

function toItem(ctx: Context, row: QueueRow): Reply["items"][number] {
  const waitingMs = row.submitted_at === null ? 0 : ctx.now.getTime() - Date.parse(row.submitted_at);
  return {
    payment: toPaymentReply(row),
    waitingSeconds: Math.max(0, Math.floor(waitingMs / 1000)),
    barred: barFor(
      { submittedBy: row.submitted_by },
      { ownerId: row.owner_id, creditedIds: row.credited },
      actingMember(ctx),
    ),
    flags: row.flags,
  };
}

type Figures = {
  waiting: bigint;
  yours: bigint;
  overdue: bigint;
  decided_today: bigint;
  median_seconds: number | null;
  sent_back: bigint;
  decided: bigint;
  reasons: { reasonCode: never; count: number }[];
};

async function readFigures(ctx: Context): Promise<Omit<Reply, "items" | "nextCursor">> {
  const { organizationId } = ctx.actor;
  const memberId = actingMember(ctx);
  const { timeZone } = ctx.organization;
  const today = dayIn(timeZone, ctx.now);
  const inSight = withinReach(ctx, "payment", sql.ref("p.owner_id"));
  const { rows } = await sql<Figures>`
    with waiting as (
      select p.submitted_at, p.submitted_by = ${memberId} or p.owner_id = ${memberId} or exists (select from deal_credit dc
        where dc.organization_id = p.organization_id and dc.deal_id = p.deal_id and dc.participant_id = ${memberId}) as barred
      from payment p where p.organization_id = ${organizationId} and p.status = 'submitted' and ${inSight}
    ), decided as (
      select x.verdict, x.reason_code, x.decided_at, x.decided_at - s.submitted_at as took
      from payment_decision x join payment_submission s on s.organization_id = x.organization_id and s.payment_id = x.payment_id and s.version = x.payment_version
      where x.organization_id = ${organizationId} and x.decided_at > ${ctx.now}::timestamptz - interval '30 days'
    )
    select (select count(*) from waiting) as waiting, (select count(*) from waiting where not barred) as yours,
      (select count(*) from waiting where submitted_at < ${ctx.now}::timestamptz - interval '24 hours') as overdue,
      (select count(*) from decided where decided_at >= (${today}::date)::timestamp at time zone ${timeZone}) as decided_today,
      (select extract(epoch from percentile_cont(0.5) within group (order by took))::double precision from decided) as median_seconds,
      (select count(*) from decided where verdict = 'rejected') as sent_back, (select count(*) from decided) as decided,
      (select coalesce(json_agg(json_build_object('reasonCode', r.reason_code, 'count', r.n) order by r.n desc, r.reason_code), '[]')
        from (select reason_code, count(*) as n from decided where verdict = 'rejected' group by reason_code) r) as reasons`.execute(
    ctx.tx,
  );
  const [row] = rows;
  if (row === undefined) throw new Error("the queue's figures are missing");
  return {
    waiting: Number(row.waiting),
    yours: Number(row.yours),
    overdue: Number(row.overdue),
    decidedToday: Number(row.decided_today),
    medianWaitSeconds: row.median_seconds === null ? null : Math.floor(row.median_seconds),
    sentBack30Days: Number(row.sent_back),
    decided30Days: Number(row.decided),
    reasons: row.reasons,
  };
}
