import { actingMember } from "#platform/context";
import { rooms } from "#platform/realtime";
import type { RevenueContext } from "../revenue.context.ts";
import { deleteClaim, insertClaim } from "./claims.store.ts";
import { getPayment } from "./payments.query.ts";

const claimLeaseMs = 600_000;

type Claim = { by: { id: string; name: string }; until: string; isYours: boolean };

/**
 * Says that somebody looks at a payment, unless somebody else does already. Others are told and skip it; nobody is kept
 * from deciding it, so a claim that is forgotten stops nothing.
 */
export async function claimPayment(ctx: RevenueContext, paymentId: string): Promise<Claim> {
  const { owner } = await getPayment(ctx, paymentId);
  const until = new Date(ctx.now.getTime() + claimLeaseMs);
  const claimed = await insertClaim(ctx, { id: paymentId, ownerId: owner.id }, until);
  if (claimed.isNew) tell(ctx, paymentId);
  return { by: claimed.by, until: claimed.until, isYours: claimed.by.id === actingMember(ctx) };
}

export async function releasePayment(ctx: RevenueContext, paymentId: string): Promise<void> {
  await getPayment(ctx, paymentId);
  if (await deleteClaim(ctx, paymentId)) tell(ctx, paymentId);
}

/** The log is spared it: looking is not an act. */
function tell(ctx: RevenueContext, paymentId: string): void {
  ctx.hint({
    entity: "payment",
    id: paymentId,
    version: null,
    rooms: [rooms.all(ctx.actor.organizationId, "payment")],
  });
}
