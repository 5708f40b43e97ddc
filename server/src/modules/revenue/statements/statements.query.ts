import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import { fromWire, toWire } from "@rainmaker/contracts/money";
import type {
  CommissionTrace,
  listCommissions as listContract,
  readStatement as statementContract,
} from "@rainmaker/contracts/revenue/commissions";
import { dayIn, lastDayOf } from "@rainmaker/contracts/time";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import { numberOf } from "#modules/records";
import { actingMember, type Context } from "#platform/context";
import { notFound } from "#platform/errors";
import { cursorOf, limitOf, readCursor } from "#platform/page";
import { withinReach } from "#platform/scope";
import { dealRecord } from "../deals/deal.ts";
import { exchange } from "../money/exchange.ts";
import { parseRational, round } from "../money/rational.ts";
import { paymentRecord } from "../payments/payment.ts";
import { listRules } from "../plans/rules.store.ts";

type Line = ReplyInput<typeof listContract>["items"][number];
type Statement = ReplyInput<typeof statementContract>;

type Row = {
  id: string;
  owner_id: string;
  owner_name: string | null;
  payment_id: string;
  payment_number: bigint | null;
  payment_minor: bigint | null;
  deal_id: string;
  deal_number: bigint | null;
  deal_title: string | null;
  customer_id: string;
  customer_name: string | null;
  amount_minor: bigint;
  credited_minor: bigint;
  currency: string;
  reason: Line["reason"];
  month: string;
  adjusts: string | null;
  posted_at: string;
  kind: Line["kind"];
  payment_currency: string | null;
  trace: CommissionTrace | null;
  correction: Line["correction"];
  adjustment: Line["adjustment"];
};

/** What answers of two people are stored as, in place of a calculation. */
const decided = sql`('correction', 'adjustment')`;

const postings = sql`
  select t.organization_id, t.id, t.owner_id, t.payment_id, t.deal_id, t.customer_id, t.amount_minor, t.credited_minor, t.currency,
    null::text as reason, t.kind, p.month, coalesce(t.adjusts_month, case when t.kind = 'earned' then nullif(left(t.trace #>> '{basis,valueOn}', 7), p.month) end) as adjusts, t.posted_at,
    case when t.kind not in ${decided} then t.trace end as trace,
    case t.kind when 'correction' then jsonb_build_object('disputeId', t.trace ->> 'dispute', 'note', t.trace ->> 'note',
      'decidedBy', t.trace ->> 'decidedBy', 'decidedAt', t.trace ->> 'decidedAt') end as correction,
    case t.kind when 'adjustment' then t.trace end as adjustment
  from ledger_txn t join commission_period p on p.organization_id = t.organization_id and p.id = t.period_id`;

const absences = sql`
  select a.organization_id, a.id, a.owner_id, a.payment_id, a.deal_id, a.customer_id, 0::bigint as amount_minor, 0::bigint as credited_minor,
    a.currency, a.reason, null::text as kind, a.month, null::text as adjusts, a.recorded_at as posted_at, null::jsonb as trace, null::jsonb as correction,
    null::jsonb as adjustment
  from commission_absence a`;

/** Postings and absences as one kind of line: what a payment earned somebody, or why nothing. */
function lines(ctx: Context, conditions: readonly RawBuilder<SqlBool>[], most: number): RawBuilder<Row> {
  const { organizationId } = ctx.actor;
  const inSight = withinReach(ctx, "commission", sql.ref("l.owner_id"));
  const where = sql.join([sql<SqlBool>`l.organization_id = ${organizationId}`, inSight, ...conditions], sql` and `);
  // A viewer who sees a commission need not see its payment and deal, such as of a share of a colleague's: their names
  // come from what is joined, or from the trace. These joins leave the organization to the policy: said twice, it counts
  // twice in an estimate, and among many organizations any index then looks as good as that of the id.
  // Each kind is cut to a page before they are sorted together: both are read by time, and no further.
  const newest = (kind: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`(select l.* from (${kind}) l where ${where} order by l.posted_at desc, l.id desc limit ${most})`;
  return sql<Row>`
    with line as (${newest(postings)} union all ${newest(absences)}),
      page as (select l.* from line l order by l.posted_at desc, l.id desc limit ${most})
    select l.id, l.owner_id, w.name as owner_name, l.payment_id, pay.number as payment_number, pay.amount_minor as payment_minor, pay.currency as payment_currency, l.deal_id,
      d.number as deal_number, d.title as deal_title, l.customer_id, c.name as customer_name, l.amount_minor, l.credited_minor, l.currency,
      l.reason, l.kind, l.month, l.adjusts, l.posted_at, l.trace, l.correction, l.adjustment
    from page l
    left join payment pay on pay.id = l.payment_id
    left join deal d on d.id = l.deal_id
    left join sales.customer_ref c on c.organization_id = l.organization_id and c.id = l.customer_id
    left join organization.member_ref w on w.organization_id = l.organization_id and w.id = l.owner_id
    order by l.posted_at desc, l.id desc`;
}

export async function listCommissions(
  ctx: Context,
  query: QueryOf<typeof listContract>,
): Promise<ReplyInput<typeof listContract>> {
  const limit = limitOf(query.limit);
  const after = readCursor(query.cursor, ["text", "text"]);
  const { paymentId, participantId, month } = query;
  const conditions: RawBuilder<SqlBool>[] = [];
  if (paymentId !== undefined) conditions.push(sql<SqlBool>`l.payment_id = ${paymentId}`);
  if (participantId !== undefined) conditions.push(sql<SqlBool>`l.owner_id = ${participantId}`);
  if (month !== undefined) conditions.push(sql<SqlBool>`l.month = ${month}`);
  if (after !== null)
    conditions.push(sql<SqlBool>`(l.posted_at, l.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  const { rows } = await lines(ctx, conditions, limit + 1).execute(ctx.tx);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toLine),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf([last.posted_at, last.id]) : null,
  };
}

/** The most lines a statement shows; a person with more reads them page by page. */
const mostLines = 2000;

/** A person's month as it stands: computed from the ledger each time; issued, the ledger takes no more of it. */
export async function readStatement(
  ctx: Context,
  month: string,
  { participantId = actingMember(ctx) }: QueryOf<typeof statementContract>,
): Promise<Statement> {
  const { participant, periodState, stated } = await readParticipant(ctx, month, participantId);
  const conditions = [sql<SqlBool>`l.owner_id = ${participantId}`, sql<SqlBool>`l.month = ${month}`];
  const { rows } = await lines(ctx, conditions, mostLines).execute(ctx.tx);
  // The plan that holds at its end, or now.
  const today = dayIn(ctx.organization.timeZone, ctx.now);
  const day = lastDayOf(month) < today ? lastDayOf(month) : today;
  const [rule] = await listRules(ctx, [participantId], day, { month, currency: ctx.organization.currency });
  return {
    month,
    state: stateOf(periodState, stated),
    participant,
    plan:
      rule === undefined ? null : { name: rule.planName, version: rule.planVersion, rate: rule.tiers[0]?.rate ?? "0" },
    totals: totalsOf(rows),
    issued: stated.map(({ currency, broughtForward, payable }) => ({
      broughtForward: toWire(BigInt(broughtForward), currency),
      payable: toWire(BigInt(payable), currency),
    })),
    lines: rows.map(toLine),
  };
}

type Stated = { currency: string; state: Statement["state"]; broughtForward: string; payable: string };

type Participant = {
  readonly participant: { id: string; name: string };
  readonly periodState: string | null;
  /** What was issued, one in each currency. */
  readonly stated: readonly Stated[];
};

async function readParticipant(ctx: Context, month: string, participantId: string): Promise<Participant> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<{ id: string; name: string; period_state: string | null; stated: Stated[] }>`
    select m.id, m.name, p.state as period_state, (select coalesce(json_agg(json_build_object('currency', s.currency, 'state', s.state,
        'broughtForward', s.brought_forward_minor::text, 'payable', s.payable_minor::text) order by s.currency), '[]')
      from commission_statement s where s.organization_id = m.organization_id and s.owner_id = m.id and s.period_id = p.id) as stated
    from organization.member_ref m left join commission_period p on p.organization_id = m.organization_id and p.month = ${month}
    where m.organization_id = ${organizationId} and m.id = ${participantId} and ${withinReach(ctx, "commission", sql.ref("m.id"))}`.execute(
    ctx.tx,
  );
  const [row] = rows;
  if (row === undefined) throw notFound("statement");
  return { participant: { id: row.id, name: row.name }, periodState: row.period_state, stated: row.stated };
}

/** Of several currencies, the one that is least far. */
function stateOf(periodState: string | null, stated: readonly Stated[]): Statement["state"] {
  if (periodState === "locked" || periodState === "paid") return periodState;
  if (stated.length === 0) return "open";
  return stated.every(({ state }) => state === "approved") ? "approved" : "issued";
}

/** Sums per currency: two currencies are never added up. */
function totalsOf(rows: readonly Row[]): Statement["totals"] {
  return [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, own]) => {
    const sum = (pick: (row: Row) => bigint): ReturnType<typeof toWire> =>
      toWire(
        own.reduce((total, row) => total + pick(row), 0n),
        currency,
      );
    // A payment with two lines (a split plan) was verified once, and so was each refund of it.
    const payments = new Map(own.map((row) => [causeOf(row), movedMinor(row)]));
    const verified = toWire(
      [...payments.values()].reduce((total, minor) => total + minor, 0n),
      currency,
    );
    return { verified, credited: sum((row) => row.credited_minor), earned: sum((row) => row.amount_minor) };
  });
}

function causeOf({ payment_id: paymentId, trace }: Row): string {
  if (trace?.cause === undefined) return paymentId;
  return [paymentId, trace.cause.kind, trace.basis.verifiedAt, trace.basis.amount].join(" ");
}

/** What a line rests on, in its own currency: the payment, or what of it went back. */
function movedMinor(row: Row): bigint {
  const { trace, currency } = row;
  if (trace?.exchange !== undefined) {
    const { from, to, rate } = trace.exchange;
    return round(
      exchange(fromWire({ amount: trace.basis.amount, currency: from }).minor, from, to, parseRational(rate)),
    );
  }
  return trace?.cause === undefined
    ? fromWire(paidOf(row)).minor
    : fromWire({ amount: trace.basis.amount, currency }).minor;
}

/** The payment in the currency it came in. */
function paidOf({ payment_minor: minor, payment_currency: paidIn, trace, currency }: Row): Line["payment"]["amount"] {
  if (minor !== null) return toWire(minor, paidIn ?? currency);
  const amount = trace?.basis.amount ?? toWire(0n, currency).amount;
  return { amount, currency: trace?.exchange?.from ?? currency };
}

function paymentNumber({ payment_number: number, trace }: Row): string {
  return number === null ? (trace?.basis.payment ?? "") : numberOf(paymentRecord, number);
}

function dealOf({ deal_id: id, deal_number: number, deal_title: title, trace }: Row): Line["deal"] {
  if (number !== null) return { id, number: numberOf(dealRecord, number), title: title ?? "" };
  return { id, number: trace?.basis.deal?.number ?? "", title: trace?.basis.deal?.title ?? "" };
}

function toLine(row: Row): Line {
  return {
    id: row.id,
    participant: { id: row.owner_id, name: row.owner_name ?? "" },
    payment: { id: row.payment_id, number: paymentNumber(row), amount: paidOf(row) },
    deal: dealOf(row),
    customer: { id: row.customer_id, name: row.customer_name ?? "" },
    amount: toWire(row.amount_minor, row.currency),
    status: row.reason === null ? "accrued" : "nothing",
    reason: row.reason,
    kind: row.kind,
    month: row.month,
    adjusts: row.adjusts,
    postedAt: row.posted_at,
    trace: row.trace,
    correction: row.correction,
    adjustment: row.adjustment,
  };
}
