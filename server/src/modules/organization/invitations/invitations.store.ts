import type { Role } from "@rainmaker/contracts/organization/permissions";
import { notFound } from "#platform/errors";
import type { OrganizationContext } from "../organization.context.ts";
import type { Invitation } from "./invitation.ts";

export async function insertInvitation(
  ctx: OrganizationContext,
  invitation: Invitation,
  tokenHash: Buffer,
): Promise<void> {
  await ctx.tx
    .insertInto("invitation")
    .values({
      organization_id: ctx.actor.organizationId,
      id: invitation.id,
      email: invitation.email,
      roles: [...invitation.roles],
      custom_role_ids: [...invitation.customRoleIds],
      team_id: invitation.teamId,
      member_id: invitation.memberId,
      token_hash: tokenHash,
      invited_by: invitation.invitedBy,
      invited_at: invitation.invitedAt,
      expires_at: invitation.expiresAt,
    })
    .execute();
}

/** @throws Refusal 404 */
export async function lockInvitation(ctx: OrganizationContext, invitationId: string): Promise<Invitation> {
  const row = await ctx.tx
    .selectFrom("invitation")
    .selectAll()
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", invitationId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notFound("invitation");
  return {
    id: row.id,
    email: row.email,
    roles: row.roles as Role[],
    customRoleIds: row.custom_role_ids,
    teamId: row.team_id,
    memberId: row.member_id,
    invitedBy: row.invited_by,
    invitedAt: row.invited_at,
    expiresAt: row.expires_at,
    acceptedAt: row.accepted_at,
    revokedAt: row.revoked_at,
  };
}

type Change = { accepted_at: string } | { revoked_at: string } | { token_hash: Buffer; expires_at: string };

export async function saveInvitation(ctx: OrganizationContext, invitationId: string, change: Change): Promise<void> {
  await ctx.tx
    .updateTable("invitation")
    .set(change)
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", invitationId)
    .execute();
}

/** The invitation of an address that is neither used nor withdrawn, expired or not. */
export async function findOpenInvitation(ctx: OrganizationContext, email: string): Promise<string | undefined> {
  const row = await ctx.tx
    .selectFrom("invitation")
    .select("id")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("email", "=", email)
    .where("accepted_at", "is", null)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return row?.id;
}
