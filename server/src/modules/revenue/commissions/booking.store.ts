import type { CommissionTrace } from "@rainmaker/contracts/revenue/commissions";
import { sql } from "kysely";
import type { RevenueContext } from "../revenue.context.ts";

/** A line that a payment earned when it was verified. Minor units. */
export type Earned = {
  readonly participantId: string;
  readonly componentId: string;
  readonly amount: bigint;
  readonly credited: bigint;
  /** Of both, after what was taken back so far. */
  readonly amountLeft: bigint;
  readonly creditedLeft: bigint;
  readonly trace: CommissionTrace;
};

/** The month a verified payment was booked in. */
export type Booking = {
  readonly id: string;
  readonly month: string;
  readonly isOpen: boolean;
  readonly earned: readonly Earned[];
};

/** Where a verified payment was booked; null where nobody is credited with it. Ordered by participant. */
export async function findBooking(ctx: RevenueContext, paymentId: string): Promise<Booking | null> {
  const { organizationId } = ctx.actor;
  const period = await sql<{ id: string; month: string; state: string }>`
    select p.id, p.month, p.state from commission_period p where p.organization_id = ${organizationId} and p.month = coalesce(
      (select e.month from ledger_txn t join commission_period e on e.organization_id = t.organization_id and e.id = t.period_id
        where t.organization_id = ${organizationId} and t.payment_id = ${paymentId} and t.kind = 'earned' limit 1),
      (select a.month from commission_absence a where a.organization_id = ${organizationId} and a.payment_id = ${paymentId} limit 1))`.execute(
    ctx.tx,
  );
  const [booked] = period.rows;
  if (booked === undefined) return null;
  const { rows } = await sql<Earned>`
    select t.owner_id as "participantId", t.component_id as "componentId", t.amount_minor as amount, t.credited_minor as credited, t.trace,
      n.amount as "amountLeft", n.credited as "creditedLeft"
    from ledger_txn t, lateral (select sum(x.amount_minor)::bigint as amount, sum(x.credited_minor)::bigint as credited from ledger_txn x
      where x.organization_id = t.organization_id and x.payment_id = t.payment_id and x.owner_id = t.owner_id and x.component_id = t.component_id
        and x.kind in ('earned', 'reversal')) n
    where t.organization_id = ${organizationId} and t.payment_id = ${paymentId} and t.kind = 'earned'
    order by t.owner_id, t.component_id`.execute(ctx.tx);
  return { id: booked.id, month: booked.month, isOpen: booked.state === "open", earned: rows };
}
