import { sql } from "kysely";
import { actingMember } from "#platform/context";
import type { RevenueContext } from "../revenue.context.ts";

type Claimed = {
  readonly by: { readonly id: string; readonly name: string };
  readonly until: string;
  readonly isNew: boolean;
};

/** Writes that the actor looks at a payment, unless somebody else does already. @returns who looks */
export async function insertClaim(
  ctx: RevenueContext,
  payment: { readonly id: string; readonly ownerId: string },
  until: Date,
): Promise<Claimed> {
  const memberId = actingMember(ctx);
  const { rows } = await sql<{ claimed_by: string; name: string | null; expires_at: string; is_new: boolean }>`
    with claimed as (
      insert into payment_claim as c (organization_id, payment_id, owner_id, claimed_by, claimed_at, expires_at)
      values (${ctx.actor.organizationId}, ${payment.id}, ${payment.ownerId}, ${memberId}, ${ctx.now}, ${until})
      on conflict (organization_id, payment_id) do update set
        claimed_by = case when c.expires_at > ${ctx.now} then c.claimed_by else excluded.claimed_by end,
        claimed_at = case when c.expires_at > ${ctx.now} and c.claimed_by <> ${memberId} then c.claimed_at else excluded.claimed_at end,
        expires_at = case when c.expires_at > ${ctx.now} and c.claimed_by <> ${memberId} then c.expires_at else excluded.expires_at end
      returning claimed_by, expires_at, xmax = 0 as is_new
    )
    select c.claimed_by, m.name, c.expires_at, c.is_new from claimed c left join organization.member_ref m
      on m.organization_id = ${ctx.actor.organizationId} and m.id = c.claimed_by`.execute(ctx.tx);
  const [row] = rows;
  if (row === undefined) throw new Error("a claim was not written");
  return {
    by: { id: row.claimed_by, name: row.name ?? "" },
    until: new Date(row.expires_at).toISOString(),
    isNew: row.is_new,
  };
}

/** @returns whether there was a claim of the actor */
export async function deleteClaim(ctx: RevenueContext, paymentId: string): Promise<boolean> {
  const { rows } = await sql<{ payment_id: string }>`
    delete from payment_claim where organization_id = ${ctx.actor.organizationId} and payment_id = ${paymentId}
      and claimed_by = ${actingMember(ctx)} returning payment_id`.execute(ctx.tx);
  return rows.length > 0;
}
