import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Period } from "../periods/periods.store.ts";
import type { RevenueContext } from "../revenue.context.ts";

/** A posting that people decided, beside what was calculated. Minor units. */
export type DecidedPosting = {
  readonly kind: "correction" | "adjustment";
  /** The dispute or the adjustment it follows from. */
  readonly causeId: string;
  readonly ownerId: string;
  readonly paymentId: string;
  readonly dealId: string;
  readonly customerId: string;
  /** The month it is about. */
  readonly month: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly code: string | null;
  readonly trace: Readonly<Record<string, string>>;
};

/** Posts what people decided as double entry of its own: the line it is about stays as it is. @returns its id */
export async function insertDecided(ctx: RevenueContext, period: Period, posting: DecidedPosting): Promise<string> {
  const { organizationId, memberId } = ctx.actor;
  const { ownerId, amountMinor, currency } = posting;
  const id = uuidv7();
  const adjusts = period.month === posting.month ? null : posting.month;
  await sql`
    insert into ledger_txn (organization_id, id, owner_id, period_id, kind, code, deal_id, payment_id, customer_id, component_id, source_event,
      amount_minor, currency, credited_minor, trace, created_by, posted_at, adjusts_month)
    values (${organizationId}, ${id}, ${ownerId}, ${period.id}, ${posting.kind}, ${posting.code}, ${posting.dealId}, ${posting.paymentId}, ${posting.customerId},
      null, ${posting.causeId}, ${amountMinor}, ${currency}, 0, ${JSON.stringify(posting.trace)}::jsonb, ${memberId}, ${ctx.now}, ${adjusts})`.execute(
    ctx.tx,
  );
  await sql`
    insert into ledger_line (organization_id, txn_id, line, owner_id, account, amount_minor, currency)
    values (${organizationId}, ${id}, 1, ${ownerId}, 'expense', ${-amountMinor}, ${currency}),
      (${organizationId}, ${id}, 2, ${ownerId}, 'payable', ${amountMinor}, ${currency})`.execute(ctx.tx);
  return id;
}
