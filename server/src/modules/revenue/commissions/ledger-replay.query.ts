import { parseAmount, toWire, type WireMoney } from "@rainmaker/contracts/money";
import { monthOf } from "@rainmaker/contracts/time";
import { sql } from "kysely";
import { numberOf } from "#modules/records";
import type { Context } from "#platform/context";
import type { Credit } from "../deals/deal.ts";
import { paymentRecord } from "../payments/payment.ts";
import { listComponents, type PlanComponent } from "../plans/plans.store.ts";
import { creditShares } from "./credit-shares.ts";
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
    where t.organization_id = ${ctx.actor.organizationId} and t.kind <> 'correction'
    group by t.organization_id, t.id, p.month, pay.number order by t.posting_seq`.execute(ctx.tx);
  return rows;
}

type VerifiedRow = {
  decision_id: string;
  number: bigint;
  amount_minor: bigint;
  currency: string;
  value_on: string;
  credits: Credit[];
  /** The months in which it earned somebody nothing. */
  absences: { participantId: string; month: string }[];
};

async function listVerified(ctx: Context): Promise<VerifiedRow[]> {
  const { rows } = await sql<VerifiedRow>`
    select d.id as decision_id, p.number, p.amount_minor, p.currency, p.value_on::text as value_on,
      (select coalesce(json_agg(json_build_object('participantId', c.participant_id, 'kind', c.kind, 'basisPoints', c.basis_points) order by c.participant_id), '[]')
        from deal_credit c where c.organization_id = p.organization_id and c.deal_id = p.deal_id) as credits,
      (select coalesce(json_agg(json_build_object('participantId', a.owner_id, 'month', a.month)), '[]')
        from commission_absence a where a.organization_id = p.organization_id and a.payment_id = p.id) as absences
    from payment_decision d join payment p on p.organization_id = d.organization_id and p.id = d.payment_id
    where d.organization_id = ${ctx.actor.organizationId} and d.verdict = 'verified' order by d.decided_at, d.id`.execute(
    ctx.tx,
  );
  return rows;
}

async function listBookings(ctx: Context, rows: readonly PostedRow[]): Promise<Booking[]> {
  const posted = new Map(rows.map((row) => [[row.source_event, row.participant_id, row.component_id].join(" "), row]));
  const componentsOf = rememberedComponents(ctx);
  const bookings: Booking[] = [];
  for (const verified of await listVerified(ctx)) {
    for (const participantId of new Set(verified.credits.map((credit) => credit.participantId))) {
      for (const component of await componentsOf(participantId, verified.value_on)) {
        const key = [verified.decision_id, participantId, component.id].join(" ");
        const row = posted.get(key);
        posted.delete(key);
        bookings.push(...bookingsOf(verified, participantId, component, row));
      }
    }
  }
  // What is left follows from no verified payment.
  return [...bookings, ...[...posted.values()].map((row) => toBooking(row, null, 0n))];
}

function bookingsOf(
  verified: VerifiedRow,
  participantId: string,
  component: PlanComponent,
  row: PostedRow | undefined,
): Booking[] {
  const { amount_minor: amount, currency, credits, absences } = verified;
  const shares = creditShares(amount, credits, component.creditKind);
  const share = shares.find(({ memberId }) => memberId === participantId);
  if (row !== undefined) return [toBooking(row, component, share?.minor ?? 0n)];
  if (share === undefined) return [];
  const absence = absences.find((each) => each.participantId === participantId);
  return [
    {
      participantId,
      componentId: component.id,
      month: absence?.month ?? monthOf(verified.value_on),
      currency,
      payment: numberOf(paymentRecord, verified.number),
      component,
      credit: share.minor,
      posted: null,
    },
  ];
}

function toBooking(row: PostedRow, component: PlanComponent | null, credit: bigint): Booking {
  const { currency, seq, amount, credited, payable, expense } = row;
  return {
    participantId: row.participant_id,
    componentId: row.component_id,
    month: row.month,
    currency,
    payment: numberOf(paymentRecord, row.payment),
    component,
    credit,
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
