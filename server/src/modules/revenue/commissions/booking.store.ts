import type { CommissionTrace } from "@rainmaker/contracts/revenue/commissions";
import { sql } from "kysely";
import type { RevenueContext } from "../revenue.context.ts";

/** What a payment has come to for somebody by a rule, all its lines together. Minor units. */
export type Earned = {
  readonly participantId: string;
  readonly componentId: string;
  readonly currency: string;
  /** But for what was taken back of it. */
  readonly amount: bigint;
  readonly credited: bigint;
  /** Of both, after what was taken back so far. */
  readonly amountLeft: bigint;
  readonly creditedLeft: bigint;
  /** Of the first line. */
  readonly trace: CommissionTrace;
};

/** What a payment was first counted as for somebody by a rule. */
export type Counted = {
  readonly memberId: string;
  readonly componentId: string;
  readonly basisPoints: number;
  /** In the payment's currency, minor units. */
  readonly shareMinor: bigint;
  readonly exchange: { readonly rate: string; readonly on: string } | null;
};

/** The month a verified payment was booked in. */
export type Booking = {
  readonly id: string;
  readonly month: string;
  readonly isOpen: boolean;
};

/** Where a verified payment was booked; null where nobody is credited with it. */
export async function findBooking(ctx: RevenueContext, paymentId: string): Promise<Booking | null> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<{ id: string; month: string; state: string }>`
    select p.id, p.month, p.state from commission_period p where p.organization_id = ${organizationId} and p.month = coalesce(
      (select e.month from commission_credit c join commission_period e on e.organization_id = c.organization_id and e.id = c.period_id
        where c.organization_id = ${organizationId} and c.payment_id = ${paymentId} order by c.credit_seq limit 1),
      (select a.month from commission_absence a where a.organization_id = ${organizationId} and a.payment_id = ${paymentId} limit 1))`.execute(
    ctx.tx,
  );
  const [booked] = rows;
  return booked === undefined ? null : { id: booked.id, month: booked.month, isOpen: booked.state === "open" };
}

/** What a payment was counted as when it was verified. */
export async function listCounted(ctx: RevenueContext, paymentId: string): Promise<Counted[]> {
  const { rows } = await sql<Omit<Counted, "exchange"> & { rate: string | null; rate_on: string | null }>`
    select distinct on (c.owner_id, c.component_id) c.owner_id as "memberId", c.component_id as "componentId", c.basis_points as "basisPoints",
      c.share_minor as "shareMinor", trim_scale(c.rate)::text as rate, c.rate_on::text as rate_on
    from commission_credit c where c.organization_id = ${ctx.actor.organizationId} and c.payment_id = ${paymentId}
    order by c.owner_id, c.component_id, c.credit_seq`.execute(ctx.tx);
  return rows.map(({ rate, rate_on: on, ...counted }) => ({
    ...counted,
    exchange: rate === null || on === null ? null : { rate, on },
  }));
}

/** What a payment has come to for whom. Ordered by participant. */
export async function listEarned(ctx: RevenueContext, paymentId: string): Promise<Earned[]> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<Earned>`
    select t.owner_id as "participantId", t.component_id as "componentId", t.currency,
      coalesce(sum(t.amount_minor) filter (where t.kind <> 'reversal' and not t.trace ? 'cause'), 0)::bigint as amount,
      coalesce(sum(t.credited_minor) filter (where t.kind <> 'reversal'), 0)::bigint as credited,
      sum(t.amount_minor)::bigint as "amountLeft", sum(t.credited_minor)::bigint as "creditedLeft",
      (array_agg(t.trace order by t.posting_seq))[1] as trace
    from ledger_txn t
    where t.organization_id = ${organizationId} and t.payment_id = ${paymentId} and t.component_id is not null
    group by 1, 2, 3 order by 1, 2`.execute(ctx.tx);
  return rows;
}
