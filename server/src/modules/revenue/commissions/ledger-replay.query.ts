import { parseAmount, toWire, type WireMoney } from "@rainmaker/contracts/money";
import { monthOf } from "@rainmaker/contracts/time";
import { sql } from "kysely";
import { numberOf } from "#modules/records";
import type { Context } from "#platform/context";
import type { Credit } from "../deals/deal.ts";
import { paymentRecord } from "../payments/payment.ts";
import { listComponents, type PlanComponent } from "../plans/plans.store.ts";
import { shareChanges } from "./credit-shares.ts";
import { mirrorChange } from "./mirror.ts";
import { replayLedger, type Booking, type Difference, type RunningTotal } from "./replay-ledger.ts";

export type LedgerReplay = {
  readonly postings: number;
  readonly difference: LedgerDifference | null;
};

/** The first figure of the ledger that does not follow from what was verified. */
export type LedgerDifference = Pick<Difference, "payment" | "what" | "month"> & {
  readonly participant: string;
  readonly expected: WireMoney;
  readonly posted: WireMoney;
};

/** Replays all periods of an organization: verified payments, through the plans and the engine, against the ledger. */
export async function replayAllPeriods(ctx: Context): Promise<LedgerReplay> {
  const posted = await listPosted(ctx);
  const difference = replayLedger(await listBookings(ctx, posted), await listRunningTotals(ctx));
  return { postings: posted.length, difference: difference === null ? null : await named(ctx, difference) };
}

type PostedRow = {
  source_event: string;
  participant_id: string;
  component_id: string;
  month: string;
  currency: string;
  payment: bigint;
  seq: bigint;
  amount: bigint;
  credited: bigint;
  credited_before: string | null;
  explained: string | null;
  payable: bigint;
  expense: bigint;
};

async function listPosted(ctx: Context): Promise<PostedRow[]> {
  const { rows } = await sql<PostedRow>`
    select t.source_event, t.owner_id as participant_id, t.component_id, p.month, t.currency, pay.number as payment, t.posting_seq as seq,
      t.amount_minor as amount, t.credited_minor as credited, t.trace -> 'before' ->> 'credited' as credited_before, t.trace ->> 'rounded' as explained,
      coalesce(sum(l.amount_minor) filter (where l.account = 'payable'), 0)::bigint as payable,
      coalesce(sum(l.amount_minor) filter (where l.account = 'expense'), 0)::bigint as expense
    from ledger_txn t
    join commission_period p on p.organization_id = t.organization_id and p.id = t.period_id
    join payment pay on pay.organization_id = t.organization_id and pay.id = t.payment_id
    left join ledger_line l on l.organization_id = t.organization_id and l.txn_id = t.id
    where t.organization_id = ${ctx.actor.organizationId} and t.kind in ('earned', 'reversal')
    group by t.organization_id, t.id, p.month, pay.number order by t.posting_seq`.execute(ctx.tx);
  return rows;
}

/** A payment that was verified, or of which less or more is left since. */
type ChangeRow = {
  cause_id: string;
  number: bigint;
  whole: bigint;
  /** What was left of the payment, and is then. */
  before: bigint;
  after: bigint;
  currency: string;
  value_on: string;
  /** Booked where the month it was earned in was closed. */
  is_mirrored: boolean;
  credits: Credit[];
  /** The months in which it earned somebody nothing. */
  absences: { participantId: string; month: string }[];
};

async function listChanges(ctx: Context): Promise<ChangeRow[]> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<ChangeRow>`
    with change as (
      select d.id as cause_id, d.payment_id, case d.verdict when 'verified' then 0 else p.amount_minor - p.refunded_minor end as before,
        case d.verdict when 'verified' then p.amount_minor else 0 end as after, d.decided_at as at
      from payment_decision d join payment p on p.organization_id = d.organization_id and p.id = d.payment_id
      where d.organization_id = ${organizationId} and d.verdict in ('verified', 'reversed')
      union all
      select r.id, r.payment_id, r.net_before_minor,
        r.net_before_minor + case r.kind when 'chargeback_won' then r.amount_minor else -r.amount_minor end, r.decided_at
      from refund r where r.organization_id = ${organizationId} and r.status = 'verified'
    )
    select x.cause_id, p.number, p.amount_minor as whole, x.before, x.after, p.currency, p.value_on::text as value_on,
      exists (select from verified_credit v where v.organization_id = p.organization_id and v.payment_id = p.id
        and v.cause_id = x.cause_id and v.value_on <> p.value_on) as is_mirrored,
      (select coalesce(json_agg(json_build_object('participantId', c.participant_id, 'kind', c.kind, 'basisPoints', c.basis_points) order by c.participant_id), '[]')
        from deal_credit c where c.organization_id = p.organization_id and c.deal_id = p.deal_id) as credits,
      (select coalesce(json_agg(json_build_object('participantId', a.owner_id, 'month', a.month)), '[]')
        from commission_absence a where a.organization_id = p.organization_id and a.payment_id = p.id) as absences
    from change x join payment p on p.organization_id = ${organizationId} and p.id = x.payment_id
    order by x.at, x.cause_id`.execute(ctx.tx);
  return rows;
}

async function listBookings(ctx: Context, rows: readonly PostedRow[]): Promise<Booking[]> {
  const posted = new Map(rows.map((row) => [[row.source_event, row.participant_id, row.component_id].join(" "), row]));
  const ofPayments = Map.groupBy(rows, ({ payment }) => payment);
  const componentsOf = rememberedComponents(ctx);
  const bookings: Booking[] = [];
  for (const change of await listChanges(ctx)) {
    const lines = ofPayments.get(change.number) ?? [];
    for (const participantId of new Set(change.credits.map((credit) => credit.participantId))) {
      for (const component of await componentsOf(participantId, change.value_on)) {
        const key = [change.cause_id, participantId, component.id].join(" ");
        const row = posted.get(key);
        posted.delete(key);
        bookings.push(...bookingsOf(change, participantId, component, row, lines));
      }
    }
  }
  // What is left follows from no verified payment.
  return [...bookings, ...[...posted.values()].map((row) => toBooking(row, null, 0n, null))];
}

function bookingsOf(
  change: ChangeRow,
  participantId: string,
  component: PlanComponent,
  row: PostedRow | undefined,
  lines: readonly PostedRow[],
): Booking[] {
  const own = lines.filter((line) => line.participant_id === participantId && line.component_id === component.id);
  const due = change.is_mirrored
    ? mirroredOf(change, own, row)
    : { credited: shareOf(change, participantId, component), amount: null };
  if (row !== undefined) return [toBooking(row, component, due.credited, due.amount)];
  if (due.credited === 0n || due.amount === 0n) return [];
  return [
    {
      participantId,
      componentId: component.id,
      month: bookedMonth(change, participantId, own),
      currency: change.currency,
      payment: numberOf(paymentRecord, change.number),
      component,
      credit: due.credited,
      mirrored: due.amount,
      posted: null,
    },
  ];
}

function shareOf({ before, after, credits }: ChangeRow, participantId: string, { creditKind }: PlanComponent): bigint {
  const shares = shareChanges(before, after, credits, creditKind);
  return shares.find(({ memberId }) => memberId === participantId)?.minor ?? 0n;
}

/** The month a payment counts in for somebody, also where it earned nothing. */
function bookedMonth({ absences, value_on }: ChangeRow, participantId: string, own: readonly PostedRow[]): string {
  const absence = absences.find((each) => each.participantId === participantId);
  return own[0]?.month ?? absence?.month ?? monthOf(value_on);
}

/** What a line of a closed month loses, by what was posted of it before. */
function mirroredOf(
  { whole, before, after }: ChangeRow,
  own: readonly PostedRow[],
  row: PostedRow | undefined,
): { readonly amount: bigint; readonly credited: bigint } {
  const [first] = own;
  if (first === undefined) return { amount: 0n, credited: 0n };
  const earlier = own.filter(({ seq }) => row === undefined || seq < row.seq);
  const changeOf = (earned: bigint, minor: (line: PostedRow) => bigint): bigint => {
    const left = earlier.reduce((sum, line) => sum + minor(line), 0n);
    return mirrorChange({ earned, left }, whole, before, after);
  };
  return {
    amount: changeOf(first.amount, ({ amount }) => amount),
    credited: changeOf(first.credited, ({ credited }) => credited),
  };
}

function toBooking(row: PostedRow, component: PlanComponent | null, credit: bigint, mirrored: bigint | null): Booking {
  const { currency, seq, amount, credited, payable, expense } = row;
  return {
    participantId: row.participant_id,
    componentId: row.component_id,
    month: row.month,
    currency,
    payment: numberOf(paymentRecord, row.payment),
    component,
    credit,
    mirrored,
    posted: {
      seq,
      amount,
      credited,
      creditedBefore: minorOf(row.credited_before, currency),
      explained: minorOf(row.explained, currency),
      payable,
      expense,
    },
  };
}

function minorOf(decimal: string | null, currency: string): bigint | null {
  const minor = decimal === null ? null : parseAmount(decimal, currency);
  return typeof minor === "bigint" ? minor : null;
}

/** Many payments of a person fall on one day, and every day of a person asks for the same plan. */
function rememberedComponents(ctx: Context): (memberId: string, day: string) => Promise<PlanComponent[]> {
  const known = new Map<string, Promise<PlanComponent[]>>();
  return (memberId, day) => {
    const key = `${memberId} ${day}`;
    const components = known.get(key) ?? listComponents(ctx, memberId, day);
    known.set(key, components);
    return components;
  };
}

async function listRunningTotals(ctx: Context): Promise<RunningTotal[]> {
  const { rows } = await sql<RunningTotalRow>`
    select a.participant_id, a.component_id, p.month, a.currency, a.credited_minor::text as credited, a.commission_minor::text as commission
    from commission_accumulator a join commission_period p on p.organization_id = a.organization_id and p.id = a.period_id
    where a.organization_id = ${ctx.actor.organizationId}`.execute(ctx.tx);
  return rows.map((row) => ({
    participantId: row.participant_id,
    componentId: row.component_id,
    month: row.month,
    currency: row.currency,
    credited: BigInt(row.credited),
    commission: BigInt(row.commission),
  }));
}

type RunningTotalRow = {
  participant_id: string;
  component_id: string;
  month: string;
  currency: string;
  credited: string;
  commission: string;
};

async function named(ctx: Context, difference: Difference): Promise<LedgerDifference> {
  const { participantId, currency, payment, what, month, expected, posted } = difference;
  const { rows } = await sql<{ name: string }>`
    select name from organization.member_ref where organization_id = ${ctx.actor.organizationId} and id = ${participantId}`.execute(
    ctx.tx,
  );
  return {
    payment,
    what,
    month,
    participant: rows[0]?.name ?? participantId,
    expected: toWire(expected, currency),
    posted: toWire(posted, currency),
  };
}
