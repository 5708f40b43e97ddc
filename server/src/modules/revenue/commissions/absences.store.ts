import type { AbsenceReason } from "@rainmaker/contracts/revenue/commissions";
import { v7 as uuidv7 } from "uuid";
import type { RevenueContext } from "../revenue.context.ts";

export type Absence = {
  readonly participantId: string;
  readonly dealId: string;
  readonly paymentId: string;
  readonly customerId: string;
  readonly reason: AbsenceReason;
  readonly month: string;
  readonly currency: string;
};

/** Why a payment earned people nothing: said once, then, so that nobody has to guess later. */
export async function insertAbsences(ctx: RevenueContext, absences: readonly Absence[]): Promise<void> {
  if (absences.length === 0) return;
  await ctx.tx
    .insertInto("commission_absence")
    .values(
      absences.map((absence) => ({
        organization_id: ctx.actor.organizationId,
        id: uuidv7(),
        owner_id: absence.participantId,
        payment_id: absence.paymentId,
        deal_id: absence.dealId,
        customer_id: absence.customerId,
        reason: absence.reason,
        month: absence.month,
        currency: absence.currency,
        recorded_at: ctx.now.toISOString(),
      })),
    )
    .execute();
}
