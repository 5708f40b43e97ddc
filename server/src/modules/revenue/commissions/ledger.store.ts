import { sql } from "kysely";
import type { CommissionTrace } from "@rainmaker/contracts/revenue/commissions";
import type { RevenueContext } from "../revenue.context.ts";

export type AccumulatorKey = {
  readonly participantId: string;
  readonly componentId: string;
  readonly periodId: string;
  readonly currency: string;
};

/**
 * Credited in the period so far, minor units; the row stays locked until commit. Without the lock, two payments of one
 * person verified at once would each start from the same total and miss a tier between them.
 */
export async function lockAccumulator(ctx: RevenueContext, key: AccumulatorKey): Promise<bigint> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<{ credited: string }>`
    insert into commission_accumulator as a (organization_id, participant_id, component_id, period_id, currency, credited_minor, commission_minor)
    values (${organizationId}, ${key.participantId}, ${key.componentId}, ${key.periodId}, ${key.currency}, 0, 0)
    on conflict (organization_id, participant_id, component_id, period_id, currency) do update set credited_minor = a.credited_minor
    returning credited_minor::text as credited`.execute(ctx.tx);
  return BigInt(rows[0]?.credited ?? "0");
}

export type Posting = {
  readonly id: string;
  readonly participantId: string;
  readonly componentId: string;
  readonly periodId: string;
  readonly dealId: string;
  readonly paymentId: string;
  readonly customerId: string;
  /** The decision it follows from. */
  readonly sourceEvent: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly kind: "earned" | "reversal";
  readonly creditedMinor: bigint;
  /** Where the accumulator stands then; null where a closed month is corrected, whose totals do not count in this one. */
  readonly after: { readonly credited: bigint; readonly commission: bigint } | null;
  /** The closed month that this corrects. */
  readonly adjustsMonth: string | null;
  readonly trace: CommissionTrace;
};

/** Posts a commission as double entry, expense to payable, and moves the accumulator along. */
export async function insertPosting(ctx: RevenueContext, posting: Posting): Promise<void> {
  const { organizationId, memberId } = ctx.actor;
  const { id, participantId, amountMinor, currency, after } = posting;
  await sql`
    with posted as (
      insert into ledger_txn (organization_id, id, owner_id, period_id, kind, deal_id, payment_id, customer_id, component_id, source_event,
        amount_minor, currency, credited_minor, adjusts_month, trace, created_by, posted_at)
      values (${organizationId}, ${id}, ${participantId}, ${posting.periodId}, ${posting.kind}, ${posting.dealId}, ${posting.paymentId}, ${posting.customerId},
        ${posting.componentId}, ${posting.sourceEvent}, ${amountMinor}, ${currency}, ${posting.creditedMinor}, ${posting.adjustsMonth}, ${JSON.stringify(posting.trace)}::jsonb,
        ${memberId}, ${ctx.now})
      returning id
    )
    update commission_accumulator set credited_minor = coalesce(${after?.credited ?? null}::numeric, credited_minor),
      commission_minor = coalesce(${after?.commission ?? null}::numeric, commission_minor)
    where organization_id = ${organizationId} and participant_id = ${participantId} and component_id = ${posting.componentId}
      and period_id = ${posting.periodId} and currency = ${currency}`.execute(ctx.tx);
  await ctx.tx
    .insertInto("ledger_line")
    .values(
      [
        { account: "expense", amount_minor: -amountMinor },
        { account: "payable", amount_minor: amountMinor },
      ].map((line, index) => ({
        organization_id: organizationId,
        txn_id: id,
        line: index + 1,
        owner_id: participantId,
        currency,
        ...line,
      })),
    )
    .execute();
}

/** Moves the accumulator where a credit earns nothing by itself but counts towards the next. */
export async function addCredited(ctx: RevenueContext, key: AccumulatorKey, creditedAfter: bigint): Promise<void> {
  await ctx.tx
    .updateTable("commission_accumulator")
    .set({ credited_minor: creditedAfter.toString() })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("participant_id", "=", key.participantId)
    .where("component_id", "=", key.componentId)
    .where("period_id", "=", key.periodId)
    .where("currency", "=", key.currency)
    .execute();
}

export type Absence = {
  readonly id: string;
  readonly participantId: string;
  readonly dealId: string;
  readonly paymentId: string;
  readonly customerId: string;
  readonly reason: "no_plan" | "zero_rate" | "rounds_to_zero";
  readonly month: string;
  readonly currency: string;
};

/** Why a payment earned somebody nothing: said once, then, so that nobody has to guess later. */
export async function insertAbsence(ctx: RevenueContext, absence: Absence): Promise<void> {
  await ctx.tx
    .insertInto("commission_absence")
    .values({
      organization_id: ctx.actor.organizationId,
      id: absence.id,
      owner_id: absence.participantId,
      payment_id: absence.paymentId,
      deal_id: absence.dealId,
      customer_id: absence.customerId,
      reason: absence.reason,
      month: absence.month,
      currency: absence.currency,
      recorded_at: ctx.now.toISOString(),
    })
    .execute();
}
