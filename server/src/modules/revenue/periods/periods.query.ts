import type { ReplyInput } from "@rainmaker/contracts/endpoint";
import { toWire } from "@rainmaker/contracts/money";
import type { listPeriods as listContract, readPeriod as contract } from "@rainmaker/contracts/revenue/periods";
import { addMonths, firstDayOf, lastDayOf } from "@rainmaker/contracts/time";
import { sql } from "kysely";
import type { Context } from "#platform/context";
import { withinReach } from "#platform/scope";
import type { PeriodState } from "./period.ts";

type Reply = ReplyInput<typeof contract>;
type Statement = Reply["statements"][number];

export async function listPeriods(ctx: Context): Promise<ReplyInput<typeof listContract>> {
  const { rows } = await sql<{ month: string; state: PeriodState }>`
    select month, state from commission_period where organization_id = ${ctx.actor.organizationId} order by month desc limit 120`.execute(
    ctx.tx,
  );
  return { items: rows };
}

/** A month on its way to being paid: what is left to do, and every statement in sight. */
export async function readPeriod(ctx: Context, month: string): Promise<Reply> {
  const facts = await readFacts(ctx, month);
  const rows = await readRows(ctx, month);
  return {
    month,
    state: facts.state ?? "open",
    closing: actOf(facts.closing_at, facts.closing_by, facts.closer),
    locked: actOf(facts.locked_at, facts.locked_by, facts.locker),
    paid: actOf(facts.paid_at, facts.paid_by, facts.payer),
    payouts: facts.payouts.map(({ minor, currency, ...payout }) => ({
      ...payout,
      paid: toWire(BigInt(minor), currency),
    })),
    checks: {
      waitingPayments: facts.waiting_payments,
      openDisputes: facts.open_disputes,
      notApproved: rows.filter(({ state }) => state === "issued").length,
      withoutPlan: facts.without_plan,
      earlierMonth: facts.earlier_month,
      ledgerAgrees: rows.every(({ posted, stated }) => stated === null || stated === posted),
    },
    statements: rows.map(toStatement),
    totals: totalsOf(rows),
  };
}

type Facts = {
  state: PeriodState | null;
  closing_by: string | null;
  closing_at: string | null;
  closer: string | null;
  locked_by: string | null;
  locked_at: string | null;
  locker: string | null;
  paid_by: string | null;
  payouts: { batchId: string; people: number; minor: string; currency: string }[];
  paid_at: string | null;
  payer: string | null;
  waiting_payments: number;
  open_disputes: number;
  without_plan: number;
  earlier_month: string | null;
};

async function readFacts(ctx: Context, month: string): Promise<Facts> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<Facts>`
    select p.state, p.closing_by, p.closing_at, c.name as closer, p.locked_by, p.locked_at, l.name as locker, p.paid_by, p.paid_at, y.name as payer,
      (select coalesce(json_agg(json_build_object('batchId', x.batch_id, 'people', x.people, 'minor', x.minor::text, 'currency', x.currency) order by x.currency), '[]')
        from (select o.batch_id, o.currency, count(*)::int as people, sum(o.amount_minor) as minor from payout o
          join payout_batch b on b.organization_id = o.organization_id and b.id = o.batch_id
          where o.organization_id = ${organizationId} and b.period_id = p.id and ${withinReach(ctx, "commission", sql.ref("o.owner_id"))} group by 1, 2) x) as payouts,
      (select count(*)::int from payment q where q.organization_id = ${organizationId} and q.status = 'submitted'
        and q.value_on between ${firstDayOf(month)}::date and ${lastDayOf(month)}::date and ${withinReach(ctx, "payment", sql.ref("q.owner_id"))}) as waiting_payments,
      (select count(*)::int from dispute d where d.organization_id = ${organizationId} and d.month = ${month} and d.state = 'open'
        and ${withinReach(ctx, "commission", sql.ref("d.owner_id"))}) as open_disputes,
      (select count(distinct a.payment_id)::int from commission_absence a where a.organization_id = ${organizationId} and a.month = ${month}
        and a.reason = 'no_plan' and ${withinReach(ctx, "commission", sql.ref("a.owner_id"))}) as without_plan,
      (select min(e.month) from commission_period e where e.organization_id = ${organizationId} and e.month < ${month} and e.state in ('open', 'closing')) as earlier_month
    from (values (1)) one
    left join commission_period p on p.organization_id = ${organizationId} and p.month = ${month}
    left join organization.member_ref c on c.organization_id = p.organization_id and c.id = p.closing_by
    left join organization.member_ref l on l.organization_id = p.organization_id and l.id = p.locked_by
    left join organization.member_ref y on y.organization_id = p.organization_id and y.id = p.paid_by`.execute(ctx.tx);
  const [facts] = rows;
  if (facts === undefined) throw new TypeError("one row answers itself");
  return facts;
}

type Row = {
  id: string | null;
  owner_id: string;
  owner_name: string | null;
  currency: string;
  state: Statement["state"];
  credited: bigint;
  posted: bigint;
  /** Earned as the statement says; null while it is open. */
  stated: bigint | null;
  adjusted: bigint;
  usual: bigint;
  owed: bigint;
  payable: bigint | null;
  open_disputes: number;
  approved_by: string | null;
  approver: string | null;
  approved_at: string | null;
};

/** What the ledger says beside what was issued. */
async function readRows(ctx: Context, month: string): Promise<Row[]> {
  const { organizationId } = ctx.actor;
  const inSight = withinReach(ctx, "commission", sql.ref("x.owner_id"));
  const { rows } = await sql<Row>`
    with posted as (
      select x.owner_id, x.currency, coalesce(sum(x.amount_minor) filter (where p.month = ${month}), 0)::bigint as posted,
        coalesce(sum(x.credited_minor) filter (where p.month = ${month}), 0)::bigint as credited,
        coalesce(sum(x.amount_minor) filter (where p.month = ${month} and x.kind = 'correction'), 0)::bigint as adjusted,
        coalesce(round(sum(x.amount_minor) filter (where p.month < ${month}) / 3), 0)::bigint as usual,
        count(*) filter (where p.month = ${month}) as lines
      from ledger_txn x join commission_period p on p.organization_id = x.organization_id and p.id = x.period_id
      where x.organization_id = ${organizationId} and p.month between ${addMonths(month, -3)} and ${month} and ${inSight} group by 1, 2
    ), stated as (
      select x.* from commission_statement x join commission_period p on p.organization_id = x.organization_id and p.id = x.period_id
      where x.organization_id = ${organizationId} and p.month = ${month} and ${inSight}
    ), owed as (
      select distinct on (x.owner_id, x.currency) x.owner_id, x.currency, x.carried_forward_minor
      from commission_statement x join commission_period p on p.organization_id = x.organization_id and p.id = x.period_id
      where x.organization_id = ${organizationId} and p.month < ${month} and ${inSight} order by x.owner_id, x.currency, p.month desc
    )
    select s.id, owner_id, w.name as owner_name, currency, coalesce(s.state, 'open') as state, coalesce(credited, 0)::bigint as credited,
      coalesce(posted, 0)::bigint as posted, s.earned_minor as stated, coalesce(adjusted, 0)::bigint as adjusted, coalesce(usual, 0)::bigint as usual,
      coalesce(s.brought_forward_minor, o.carried_forward_minor, 0)::bigint as owed, s.payable_minor as payable,
      (select count(*)::int from dispute d where d.organization_id = ${organizationId} and d.owner_id = w.id and d.month = ${month}
        and d.state = 'open' and d.currency = currency) as open_disputes,
      s.approved_by, a.name as approver, s.approved_at
    from posted full join stated s using (owner_id, currency) left join owed o using (owner_id, currency)
    left join organization.member_ref w on w.organization_id = ${organizationId} and w.id = owner_id
    left join organization.member_ref a on a.organization_id = ${organizationId} and a.id = s.approved_by
    where lines > 0 or s.id is not null order by w.name, owner_id, currency`.execute(ctx.tx);
  return rows;
}

function toStatement(row: Row): Statement {
  const money = (minor: bigint): ReturnType<typeof toWire> => toWire(minor, row.currency);
  return {
    id: row.id,
    participant: { id: row.owner_id, name: row.owner_name ?? "" },
    state: row.state,
    credited: money(row.credited),
    earned: money(earnedOf(row)),
    usual: money(row.usual),
    adjusted: money(row.adjusted),
    broughtForward: money(row.owed),
    payable: money(payableOf(row)),
    openDisputes: row.open_disputes,
    approvedBy: row.approved_by === null ? null : { id: row.approved_by, name: row.approver ?? "" },
    approvedAt: row.approved_at,
  };
}

const earnedOf = ({ posted, stated }: Row): bigint => stated ?? posted;

function payableOf({ payable, posted, owed }: Row): bigint {
  if (payable !== null) return payable;
  return posted + owed > 0n ? posted + owed : 0n;
}

/** Sums per currency: two currencies are never added up. */
function totalsOf(rows: readonly Row[]): Reply["totals"] {
  return [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, own]) => {
    const sum = (pick: (row: Row) => bigint): ReturnType<typeof toWire> =>
      toWire(
        own.reduce((total, row) => total + pick(row), 0n),
        currency,
      );
    return { credited: sum((row) => row.credited), earned: sum(earnedOf), payable: sum(payableOf) };
  });
}

function actOf(at: string | null, id: string | null, name: string | null): Reply["closing"] {
  return at === null ? null : { at, by: id === null ? null : { id, name: name ?? "" } };
}
