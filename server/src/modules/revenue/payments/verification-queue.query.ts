import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import type { readQueue as contract } from "@rainmaker/contracts/revenue/payments";
import { dayIn } from "@rainmaker/contracts/time";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import { toWire } from "@rainmaker/contracts/money";
import { numberOf } from "#modules/records";
import { actingMember, type Context } from "#platform/context";
import { cursorOf, limitOf, readCursor } from "#platform/page";
import { withinReach } from "#platform/scope";
import { barFor, paymentRecord } from "./payment.ts";
import { flagsFor, twins } from "./payment-flags.query.ts";
import { instant, paymentColumns, paymentJoins, toPaymentReply, type PaymentRow } from "./payments.query.ts";

type Reply = ReplyInput<typeof contract>;
type Item = Reply["items"][number];
type QueueRow = PaymentRow & {
  credited: string[];
  flags: Item["flags"];
  twins: (Omit<Item["twins"][number], "number" | "amount"> & { number: string; amount: string; currency: string })[];
  claim: Item["claim"];
  endorsed_by: Item["endorsedBy"];
};

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
      ${flagsFor(ctx)} as flags, ${twins} as twins, ${claim(ctx)} as claim, ${endorsedBy} as endorsed_by
    from page p ${paymentJoins} order by p.submitted_at, p.id`.execute(ctx.tx);
  return rows;
}

/** Somebody else who looks at it and has not let go of it yet. */
function claim(ctx: Context): RawBuilder<unknown> {
  return sql`(select json_build_object('by', json_build_object('id', pc.claimed_by, 'name', coalesce(cm.name, '')), 'until', ${sql.raw(instant("pc.expires_at"))})
    from payment_claim pc left join organization.member_ref cm on cm.organization_id = pc.organization_id and cm.id = pc.claimed_by
    where pc.organization_id = p.organization_id and pc.payment_id = p.id and pc.expires_at > ${ctx.now} and pc.claimed_by <> ${actingMember(ctx)})`;
}

const endorsedBy =
  sql.raw(`(select json_build_object('id', e.decided_by, 'name', coalesce(em.name, '')) from payment_decision e
  left join organization.member_ref em on em.organization_id = e.organization_id and em.id = e.decided_by
  where e.organization_id = p.organization_id and e.payment_id = p.id and e.payment_version = p.version and e.verdict = 'endorsed')`);

function barOf(ctx: Context, row: QueueRow): Item["barred"] {
  const memberId = actingMember(ctx);
  const stakes = { ownerId: row.owner_id, creditedIds: row.credited };
  const bar = barFor({ submittedBy: row.submitted_by }, stakes, memberId);
  return bar ?? (row.endorsed_by?.id === memberId ? "endorsed_by_you" : null);
}

function toItem(ctx: Context, row: QueueRow): Item {
  const waitingMs = row.submitted_at === null ? 0 : ctx.now.getTime() - Date.parse(row.submitted_at);
  return {
    payment: toPaymentReply(row),
    waitingSeconds: Math.max(0, Math.floor(waitingMs / 1000)),
    barred: barOf(ctx, row),
    flags: row.flags,
    twins: row.twins.map(({ number, amount, currency, ...twin }) => ({
      ...twin,
      number: numberOf(paymentRecord, BigInt(number)),
      amount: toWire(BigInt(amount), currency),
    })),
    claim: row.claim,
    endorsedBy: row.endorsed_by,
  };
}

type Figures = {
  waiting: bigint;
  yours: bigint;
  overdue: bigint;
  decided_today: bigint;
  median_seconds: number | null;
  p90_seconds: number | null;
  reversed: bigint;
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
        where dc.organization_id = p.organization_id and dc.deal_id = p.deal_id and dc.participant_id = ${memberId})
        or exists (select from payment_decision e where e.organization_id = p.organization_id and e.payment_id = p.id
          and e.payment_version = p.version and e.verdict = 'endorsed' and e.decided_by = ${memberId}) as barred
      from payment p where p.organization_id = ${organizationId} and p.status = 'submitted' and ${inSight}
    ), decided as (
      select x.verdict, x.reason_code, x.decided_at, x.decided_at - s.submitted_at as took
      from payment_decision x join payment_submission s on s.organization_id = x.organization_id and s.payment_id = x.payment_id and s.version = x.payment_version
      where x.organization_id = ${organizationId} and x.decided_at > ${ctx.now}::timestamptz - interval '30 days'
    ), judged as (select * from decided where verdict in ('verified', 'rejected')
    )
    select (select count(*) from waiting) as waiting, (select count(*) from waiting where not barred) as yours,
      (select count(*) from waiting where submitted_at < ${ctx.now}::timestamptz - interval '24 hours') as overdue,
      (select count(*) from judged where decided_at >= (${today}::date)::timestamp at time zone ${timeZone}) as decided_today,
      (select extract(epoch from percentile_cont(0.5) within group (order by took))::double precision from judged) as median_seconds,
      (select extract(epoch from percentile_cont(0.9) within group (order by took))::double precision from judged) as p90_seconds,
      (select count(*) from decided where verdict = 'reversed') as reversed,
      (select count(*) from judged where verdict = 'rejected') as sent_back, (select count(*) from judged) as decided,
      (select coalesce(json_agg(json_build_object('reasonCode', r.reason_code, 'count', r.n) order by r.n desc, r.reason_code), '[]')
        from (select reason_code, count(*) as n from judged where verdict = 'rejected' group by reason_code) r) as reasons`.execute(
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
    p90WaitSeconds: row.p90_seconds === null ? null : Math.floor(row.p90_seconds),
    reversed30Days: Number(row.reversed),
    sentBack30Days: Number(row.sent_back),
    decided30Days: Number(row.decided),
    reasons: row.reasons,
  };
}
