import type { CommissionTrace } from "@rainmaker/contracts/revenue/commissions";
import { sql } from "kysely";
import { decimalOf, parseRational, type Rational } from "../money/rational.ts";
import type { RevenueContext } from "../revenue.context.ts";
import type { Entry, Position } from "./post-credit.ts";

/** Sums that move together. */
export type AccountKey = {
  readonly participantId: string;
  readonly componentId: string;
  readonly periodId: string;
  readonly currency: string;
};

/** Credited so far, minor units, exact; and all that the account's postings come to. */
export type Account = AccountKey & { readonly credited: Rational; readonly commission: bigint };

/**
 * The running totals of accounts, in the order given; the rows stay locked until commit. Without the lock, two payments
 * of one person verified at once would each start from the same total and miss a tier between them. Whoever posts gives
 * them in one order: those that many deals share come last, so that they are held for the shortest time.
 */
export async function lockAccounts(ctx: RevenueContext, keys: readonly AccountKey[]): Promise<Account[]> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<Omit<Account, "credited" | "commission"> & { credited: string; commission: string }>`
    insert into commission_accumulator as a (organization_id, participant_id, component_id, period_id, currency, credited_minor, commission_minor)
    select ${organizationId}, k."participantId", k."componentId", k."periodId", k.currency, 0, 0
    from jsonb_to_recordset(${JSON.stringify(keys.map((key, place) => ({ ...key, place })))}::jsonb)
      as k ("participantId" uuid, "componentId" uuid, "periodId" uuid, currency char(3), place int)
    order by k.place
    on conflict (organization_id, participant_id, component_id, period_id, currency) do update set credited_minor = a.credited_minor
    returning participant_id as "participantId", component_id as "componentId", period_id as "periodId", currency,
      credited_minor::text as credited, commission_minor::text as commission`.execute(ctx.tx);
  return rows.map((row) => ({
    ...row,
    credited: parseRational(row.credited),
    commission: BigInt(row.commission),
  }));
}

/** A payment of the period with what its explanation needs. */
export type EarlierPayment = Position & {
  readonly basisPoints: number;
  readonly number: bigint;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly valueOn: string;
  readonly customerId: string;
  readonly deal: { readonly id: string; readonly number: bigint; readonly title: string };
};

/** The payments of an account in the order they were first credited, with what each came to so far. */
export async function listPositions(ctx: RevenueContext, key: AccountKey): Promise<EarlierPayment[]> {
  const { organizationId } = ctx.actor;
  const account = (table: string) => sql`${sql.ref(`${table}.organization_id`)} = ${organizationId}
    and ${sql.ref(`${table}.owner_id`)} = ${key.participantId} and ${sql.ref(`${table}.component_id`)} = ${key.componentId}
    and ${sql.ref(`${table}.period_id`)} = ${key.periodId} and ${sql.ref(`${table}.currency`)} = ${key.currency}`;
  const { rows } = await sql<PositionRow>`
    with credited as (
      select c.payment_id, sum(c.credited_minor) as credited, min(c.credit_seq) as first, max(c.basis_points) as basis_points
      from commission_credit c where ${account("c")} group by c.payment_id
    ), posted as (
      select t.payment_id, sum(t.amount_minor)::bigint as posted from ledger_txn t
      where ${account("t")} and t.kind in ('earned', 'reversal', 'true_up') and t.adjusts_month is null group by t.payment_id
    )
    select c.payment_id, c.credited::text as credited, coalesce(x.posted, 0)::bigint as posted, c.basis_points, p.number, p.counted_minor as amount_minor, p.currency,
      p.value_on::text as value_on, p.customer_id, d.id as deal_id, d.number as deal_number, d.title as deal_title
    from credited c left join posted x on x.payment_id = c.payment_id
    join payment p on p.organization_id = ${organizationId} and p.id = c.payment_id
    join deal d on d.organization_id = p.organization_id and d.id = p.deal_id
    order by c.first`.execute(ctx.tx);
  return rows.map((row) => ({
    paymentId: row.payment_id,
    credited: parseRational(row.credited),
    posted: row.posted,
    basisPoints: row.basis_points,
    number: row.number,
    amountMinor: row.amount_minor,
    currency: row.currency,
    valueOn: row.value_on,
    customerId: row.customer_id,
    deal: { id: row.deal_id, number: row.deal_number, title: row.deal_title },
  }));
}

type PositionRow = {
  payment_id: string;
  credited: string;
  posted: bigint;
  basis_points: number;
  number: bigint;
  amount_minor: bigint;
  currency: string;
  value_on: string;
  customer_id: string;
  deal_id: string;
  deal_number: bigint;
  deal_title: string;
};

/** What of a deal somebody was credited by a SPIFF in a period, and paid for it. */
export async function readDealOfSpiff(
  ctx: RevenueContext,
  { participantId, componentId }: AccountKey,
  dealId: string,
): Promise<{ readonly credited: Rational; readonly paid: bigint }> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<{ credited: string; paid: bigint }>`
    select (select coalesce(sum(credited_minor), 0)::text from commission_credit
        where organization_id = ${organizationId} and owner_id = ${participantId} and component_id = ${componentId} and deal_id = ${dealId}) as credited,
      (select coalesce(sum(amount_minor), 0)::bigint from ledger_txn
        where organization_id = ${organizationId} and owner_id = ${participantId} and component_id = ${componentId} and deal_id = ${dealId}) as paid`.execute(
    ctx.tx,
  );
  return { credited: parseRational(rows[0]?.credited ?? "0"), paid: rows[0]?.paid ?? 0n };
}

/** What a SPIFF has paid everybody so far; locked until commit, so that two deals cannot spend the last of it twice. */
export async function lockBudget(ctx: RevenueContext, componentId: string, currency: string): Promise<bigint> {
  const { rows } = await sql<{ spent: bigint }>`
    insert into spiff_budget as b (organization_id, component_id, spent_minor, currency) values (${ctx.actor.organizationId}, ${componentId}, 0, ${currency})
    on conflict (organization_id, component_id) do update set spent_minor = b.spent_minor returning spent_minor as spent`.execute(
    ctx.tx,
  );
  return rows[0]?.spent ?? 0n;
}

export async function saveSpent(ctx: RevenueContext, componentId: string, spentMinor: bigint): Promise<void> {
  await ctx.tx
    .updateTable("spiff_budget")
    .set({ spent_minor: spentMinor })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("component_id", "=", componentId)
    .execute();
}

/** A credit as it is written, with where its account stands after it. */
export type WrittenCredit = AccountKey & {
  readonly id: string;
  readonly dealId: string;
  readonly paymentId: string;
  readonly causeId: string;
  readonly basisPoints: number;
  readonly shareMinor: bigint;
  readonly shareCurrency: string;
  readonly credited: Rational;
  readonly exchange: { readonly rate: string; readonly on: string } | null;
  readonly after: { readonly credited: Rational; readonly commission: bigint };
};

/** A posting as it is written: double entry, expense to payable. */
export type WrittenPosting = AccountKey & {
  readonly id: string;
  readonly kind: Entry["kind"];
  readonly code: string | null;
  readonly dealId: string;
  readonly paymentId: string;
  readonly customerId: string;
  readonly causeId: string;
  readonly amountMinor: bigint;
  /** Counted by it; zero where it only changes what was paid. */
  readonly creditedMinor: bigint;
  /** The closed month that this corrects. */
  readonly adjustsMonth: string | null;
  readonly trace: CommissionTrace;
};

/** Writes credits and moves their accounts along, in the order given. */
export async function insertCredits(ctx: RevenueContext, credits: readonly WrittenCredit[]): Promise<void> {
  if (credits.length === 0) return;
  const { organizationId } = ctx.actor;
  const rows = credits.map(({ exchange, after, credited, shareMinor, ...credit }, place) => ({
    ...credit,
    place,
    credited: decimalOf(credited),
    shareMinor: shareMinor.toString(),
    rate: exchange?.rate ?? null,
    rateOn: exchange?.on ?? null,
    creditedAfter: decimalOf(after.credited),
    commissionAfter: after.commission.toString(),
  }));
  await sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (place int, id uuid, "participantId" uuid, "componentId" uuid, "periodId" uuid,
        currency char(3), "dealId" uuid, "paymentId" uuid, "causeId" uuid, "basisPoints" int, "shareMinor" bigint, "shareCurrency" char(3),
        credited numeric, rate numeric, "rateOn" date, "creditedAfter" numeric, "commissionAfter" numeric)
    ), written as (
      insert into commission_credit (organization_id, id, owner_id, component_id, period_id, deal_id, payment_id, cause_id, basis_points, share_minor,
        share_currency, credited_minor, currency, rate, rate_on)
      select ${organizationId}, id, "participantId", "componentId", "periodId", "dealId", "paymentId", "causeId", "basisPoints", "shareMinor",
        "shareCurrency", credited, currency, rate, "rateOn" from given order by place
    )
    update commission_accumulator a set credited_minor = g."creditedAfter", commission_minor = g."commissionAfter" from given g
    where a.organization_id = ${organizationId} and a.participant_id = g."participantId" and a.component_id = g."componentId"
      and a.period_id = g."periodId" and a.currency = g.currency`.execute(ctx.tx);
}

/** Writes postings as a set, however many earlier payments a crossed tier changes. */
export async function insertPostings(ctx: RevenueContext, postings: readonly WrittenPosting[]): Promise<void> {
  if (postings.length === 0) return;
  const { organizationId, memberId } = ctx.actor;
  const rows = postings.map(({ amountMinor, creditedMinor, ...posting }, place) => ({
    ...posting,
    place,
    amountMinor: amountMinor.toString(),
    creditedMinor: creditedMinor.toString(),
  }));
  await sql`
    insert into ledger_txn (organization_id, id, owner_id, period_id, kind, code, deal_id, payment_id, customer_id, component_id, source_event,
      amount_minor, currency, credited_minor, adjusts_month, trace, created_by, posted_at)
    select ${organizationId}, id, "participantId", "periodId", kind, code, "dealId", "paymentId", "customerId", "componentId", "causeId",
      "amountMinor", currency, "creditedMinor", "adjustsMonth", trace, ${memberId}, ${ctx.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (place int, id uuid, "participantId" uuid, "periodId" uuid, kind text, code text,
      "dealId" uuid, "paymentId" uuid, "customerId" uuid, "componentId" uuid, "causeId" uuid, "amountMinor" bigint, currency char(3),
      "creditedMinor" bigint, "adjustsMonth" char(7), trace jsonb)
    order by place`.execute(ctx.tx);
  // After them, in a statement of its own: a line looks for its posting.
  const lines = rows.map(({ id, participantId, amountMinor, currency }) => ({
    id,
    participantId,
    amountMinor,
    currency,
  }));
  await sql`
    insert into ledger_line (organization_id, txn_id, line, owner_id, account, amount_minor, currency)
    select ${organizationId}, g.id, e.line, g."participantId", e.account, e.sign * g."amountMinor", g.currency
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as g (id uuid, "participantId" uuid, "amountMinor" bigint, currency char(3)),
      (values (1, 'expense', -1), (2, 'payable', 1)) as e (line, account, sign)`.execute(ctx.tx);
}
