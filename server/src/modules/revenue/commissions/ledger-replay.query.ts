import { parseAmount, toWire, type WireMoney } from "@rainmaker/contracts/money";
import { monthOf } from "@rainmaker/contracts/time";
import { sql } from "kysely";
import { numberOf } from "#modules/records";
import type { Context } from "#platform/context";
import type { Credit } from "../deals/deal.ts";
import { exchange } from "../money/exchange.ts";
import { parseRational, rational } from "../money/rational.ts";
import { paymentRecord } from "../payments/payment.ts";
import type { PlanRule } from "../plans/plan-rule.ts";
import { listRules } from "../plans/rules.store.ts";
import { shareChanges } from "./credit-shares.ts";
import { mirrorChange } from "./mirror.ts";
import {
  replayLedger,
  type Booking,
  type Difference,
  type Mirrored,
  type Posted,
  type RunningTotal,
} from "./replay-ledger.ts";

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
  const changes = await listChanges(ctx);
  const written = await listWritten(ctx);
  const bookings = await listBookings(ctx, changes, written);
  const mirrored = changes.filter((change) => change.is_mirrored).flatMap((change) => mirroredOf(change, posted));
  const difference = replayLedger(bookings, mirrored, posted, await listRunningTotals(ctx));
  return { postings: posted.length, difference: difference === null ? null : await named(ctx, difference) };
}

type PostedLine = Posted & { readonly seq: bigint; readonly hasCause: boolean };

type PostedRow = {
  source_event: string;
  kind: Posted["kind"];
  code: string | null;
  participant_id: string;
  component_id: string;
  month: string;
  currency: string;
  payment_id: string;
  payment: bigint;
  seq: bigint;
  amount: bigint;
  credited: bigint;
  explained: string | null;
  has_cause: boolean;
  payable: bigint;
  expense: bigint;
};

async function listPosted(ctx: Context): Promise<PostedLine[]> {
  const { rows } = await sql<PostedRow>`
    select t.source_event, t.kind, t.code, t.owner_id as participant_id, t.component_id, p.month, t.currency, t.payment_id, pay.number as payment,
      t.posting_seq as seq, t.amount_minor as amount, t.credited_minor as credited, t.trace ->> 'rounded' as explained, t.trace ? 'cause' as has_cause,
      coalesce(sum(l.amount_minor) filter (where l.account = 'payable'), 0)::bigint as payable,
      coalesce(sum(l.amount_minor) filter (where l.account = 'expense'), 0)::bigint as expense
    from ledger_txn t
    join commission_period p on p.organization_id = t.organization_id and p.id = t.period_id
    join payment pay on pay.organization_id = t.organization_id and pay.id = t.payment_id
    left join ledger_line l on l.organization_id = t.organization_id and l.txn_id = t.id
    where t.organization_id = ${ctx.actor.organizationId} and t.component_id is not null
    group by t.organization_id, t.id, p.month, pay.number order by t.posting_seq`.execute(ctx.tx);
  return rows.map((row) => ({
    cause: row.source_event,
    kind: row.kind,
    code: row.code,
    participantId: row.participant_id,
    componentId: row.component_id,
    month: row.month,
    currency: row.currency,
    payment: { id: row.payment_id, number: numberOf(paymentRecord, row.payment) },
    seq: row.seq,
    hasCause: row.has_cause,
    amount: row.amount,
    credited: row.credited,
    explained: minorOf(row.explained, row.currency),
    payable: row.payable,
    expense: row.expense,
  }));
}

/** A payment that was verified, or of which less or more is left since. */
type ChangeRow = {
  cause_id: string;
  payment_id: string;
  deal_id: string;
  number: bigint;
  whole: bigint;
  /** What was left of the payment, and is then. */
  before: bigint;
  after: bigint;
  currency: string;
  value_on: string;
  is_verification: boolean;
  /** Booked where the month it was earned in was closed. */
  is_mirrored: boolean;
  credits: Credit[];
};

async function listChanges(ctx: Context): Promise<ChangeRow[]> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<ChangeRow>`
    with change as (
      select d.id as cause_id, d.payment_id, case d.verdict when 'verified' then 0 else p.amount_minor - p.refunded_minor end as before,
        case d.verdict when 'verified' then p.amount_minor else 0 end as after, d.decided_at as at, d.verdict = 'verified' as is_verification
      from payment_decision d join payment p on p.organization_id = d.organization_id and p.id = d.payment_id
      where d.organization_id = ${organizationId} and d.verdict in ('verified', 'reversed')
      union all
      select r.id, r.payment_id, r.net_before_minor,
        r.net_before_minor + case r.kind when 'chargeback_won' then r.amount_minor else -r.amount_minor end, r.decided_at, false
      from refund r where r.organization_id = ${organizationId} and r.status = 'verified'
    )
    select x.cause_id, p.id as payment_id, p.deal_id, p.number, p.counted_minor as whole,
      least(x.before, p.counted_minor) as before, least(x.after, p.counted_minor) as after, p.currency, p.value_on::text as value_on, x.is_verification,
      exists (select from verified_credit v where v.organization_id = p.organization_id and v.payment_id = p.id
        and v.cause_id = x.cause_id and v.value_on <> p.value_on) as is_mirrored,
      (select coalesce(json_agg(json_build_object('participantId', c.participant_id, 'kind', c.kind, 'basisPoints', c.basis_points) order by c.participant_id), '[]')
        from deal_credit c where c.organization_id = p.organization_id and c.deal_id = p.deal_id) as credits
    from change x join payment p on p.organization_id = ${organizationId} and p.id = x.payment_id
    order by x.at, x.cause_id`.execute(ctx.tx);
  return rows;
}

type WrittenRow = {
  cause_id: string;
  participant_id: string;
  component_id: string;
  credit_kind: PlanRule["creditKind"];
  month: string;
  currency: string;
  basis_points: number;
  share: bigint;
  credited: string;
  rate: string | null;
  seq: bigint;
};

async function listWritten(ctx: Context): Promise<Map<string, WrittenRow[]>> {
  const { rows } = await sql<WrittenRow>`
    select c.cause_id, c.owner_id as participant_id, c.component_id, k.credit_kind, p.month, c.currency, c.basis_points, c.share_minor as share,
      c.credited_minor::text as credited, c.rate::text as rate, c.credit_seq as seq
    from commission_credit c join commission_period p on p.organization_id = c.organization_id and p.id = c.period_id
    join plan_component k on k.organization_id = c.organization_id and k.id = c.component_id
    where c.organization_id = ${ctx.actor.organizationId} order by c.credit_seq`.execute(ctx.tx);
  return Map.groupBy(rows, (row) => row.cause_id);
}

/** What every payment counts for, by the plans of its day, beside what was written of it. */
async function listBookings(
  ctx: Context,
  changes: readonly ChangeRow[],
  written: ReadonlyMap<string, readonly WrittenRow[]>,
): Promise<Booking[]> {
  const rulesOf = rememberedRules(ctx);
  const bookings: Booking[] = [];
  for (const change of changes.filter(({ is_mirrored: isMirrored }) => !isMirrored)) {
    const rows = written.get(change.cause_id) ?? [];
    const month = rows[0]?.month ?? monthOf(change.value_on);
    const people = [...change.credits.map(({ participantId }) => participantId), ...teamRows(rows)];
    for (const memberId of new Set(people)) {
      for (const rule of await rulesOf(memberId, change.value_on, { month, currency: change.currency })) {
        const row = rows.find((each) => each.participant_id === memberId && each.component_id === rule.id);
        bookings.push(...bookingOf(change, rule, month, row));
      }
    }
  }
  return bookings;
}

function teamRows(rows: readonly WrittenRow[]): string[] {
  return rows.filter((row) => row.credit_kind === "team").map((row) => row.participant_id);
}

function bookingOf(change: ChangeRow, rule: PlanRule, month: string, row: WrittenRow | undefined): Booking[] {
  const due = dueShare(change, rule, row);
  if (due === null) return [];
  const currency = rule.currency ?? change.currency;
  const rate = row?.rate ?? null;
  return [
    {
      participantId: rule.memberId,
      componentId: rule.id,
      month: row?.month ?? month,
      currency,
      cause: change.cause_id,
      payment: { id: change.payment_id, number: numberOf(paymentRecord, change.number) },
      deal: change.deal_id,
      kind: change.is_verification ? "earned" : "reversal",
      rule,
      credit: rate === null ? rational(due.minor) : exchange(due.minor, change.currency, currency, parseRational(rate)),
      share: rational(BigInt(due.basisPoints), 10_000n),
      written: row === undefined ? null : { seq: row.seq, credit: parseRational(row.credited) },
    },
  ];
}

/**
 * What is due of a change by a rule. Who led whom on a day is not kept, so what was counted for a leader is taken as it
 * was written; everything from there on is replayed.
 */
function dueShare(
  { before, after, credits }: ChangeRow,
  rule: PlanRule,
  row: WrittenRow | undefined,
): { readonly minor: bigint; readonly basisPoints: number } | null {
  if (rule.creditKind === "team") return row === undefined ? null : { minor: row.share, basisPoints: row.basis_points };
  return (
    shareChanges(before, after, credits, rule.creditKind).find(({ memberId }) => memberId === rule.memberId) ?? null
  );
}

/** What the lines of a payment in a closed month lose, by what was posted of it before. */
function mirroredOf(change: ChangeRow, posted: readonly PostedLine[]): Mirrored[] {
  const { cause_id: cause, whole, before, after } = change;
  const lines = posted.filter(({ payment }) => payment.id === change.payment_id);
  const accounts = Map.groupBy(lines, ({ participantId, componentId }) => `${participantId} ${componentId}`);
  return [...accounts.values()].flatMap((own): Mirrored[] => {
    const [first] = own;
    if (first === undefined) return [];
    const row = own.find((line) => line.cause === cause && line.kind === "reversal");
    const earlier = own.filter(({ seq }) => row === undefined || seq < row.seq);
    const changeOf = (minor: (line: PostedLine) => bigint, isEarned: (line: PostedLine) => boolean): bigint => {
      const left = earlier.reduce((sum, line) => sum + minor(line), 0n);
      const earned = earlier.filter(isEarned).reduce((sum, line) => sum + minor(line), 0n);
      return mirrorChange({ earned, left }, whole, before, after);
    };
    const amount = changeOf(
      (line) => line.amount,
      ({ kind, hasCause }) => kind !== "reversal" && !hasCause,
    );
    const credited = changeOf(
      (line) => line.credited,
      ({ kind }) => kind !== "reversal",
    );
    if (amount === 0n) return [];
    const { participantId, componentId, currency, payment } = first;
    return [
      { participantId, componentId, month: row?.month ?? first.month, currency, cause, payment, amount, credited },
    ];
  });
}

function minorOf(decimal: string | null, currency: string): bigint | null {
  const minor = decimal === null ? null : parseAmount(decimal, currency);
  return typeof minor === "bigint" ? minor : null;
}

type RulesOf = (memberId: string, day: string, asked: { month: string; currency: string }) => Promise<PlanRule[]>;

/** Many payments of a person fall on one day, and every day of a person asks for the same plan. */
function rememberedRules(ctx: Context): RulesOf {
  const known = new Map<string, Promise<PlanRule[]>>();
  return (memberId, day, asked) => {
    const key = [memberId, day, asked.month, asked.currency].join(" ");
    const rules = known.get(key) ?? listRules(ctx, [memberId], day, asked);
    known.set(key, rules);
    return rules;
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
    credited: parseRational(row.credited),
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
