import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type { inviteMembers as contract } from "@rainmaker/contracts/organization/members";
import { v7 as uuidv7 } from "uuid";
import { actingMember } from "#platform/context";
import { newToken, tokenHash } from "#platform/crypto";
import { invalidField, Refusal } from "#platform/errors";
import { findMemberByEmail, lockMember } from "../members/members.store.ts";
import type { OrganizationContext } from "../organization.context.ts";
import { refuseChangeBeyondOwn, refuseWithoutRole } from "../roles/custom-role.ts";
import { requireRoles } from "../roles/roles.store.ts";
import { requireTeam } from "../teams/teams.store.ts";
import { invitationExpiry, refuseUnlessPending, statusOf, type Invitation, type Invited } from "./invitation.ts";
import { findOpenInvitation, insertInvitation, lockInvitation, saveInvitation } from "./invitations.store.ts";

type Body = BodyOf<typeof contract>;

/** Invites by link; an address that was invited before gets a new link and the new roles. */
export async function inviteMembers(ctx: OrganizationContext, body: Body): Promise<Invited[]> {
  const { emails, memberId, teamId } = body;
  if (memberId !== undefined && emails.length !== 1)
    throw invalidField("emails", "one_address", "Give exactly one address for this person");
  const { roles, customRoleIds = [] } = body;
  refuseWithoutRole([...roles, ...customRoleIds]);
  const customRoles = await requireRoles(ctx, customRoleIds);
  refuseChangeBeyondOwn(ctx.actor, { roles: [], customRoles: [] }, { roles, customRoles });
  if (teamId != null) await requireTeam(ctx, teamId, "teamId");
  if (memberId !== undefined) await requireUninvited(ctx, memberId);
  const invited: Invited[] = [];
  for (const [index, email] of emails.entries()) {
    if (emails.indexOf(email) === index) invited.push(await inviteOne(ctx, email, body, `emails.${index}`));
  }
  return invited;
}

async function requireUninvited(ctx: OrganizationContext, memberId: string): Promise<void> {
  const member = await lockMember(ctx, memberId);
  if (member.accountId !== null) throw new Refusal("conflict", "has_account", "This person has an account already");
}

async function inviteOne(
  ctx: OrganizationContext,
  email: string,
  { roles, customRoleIds = [], teamId, memberId }: Body,
  path: string,
): Promise<Invited> {
  const known = await findMemberByEmail(ctx, email);
  if (known !== undefined) {
    const message =
      known.status === "active"
        ? `${email} is a member already`
        : `${email} is a deactivated member; activate them instead`;
    throw new Refusal("conflict", "already_member", message, { errors: [{ path, code: "already_member", message }] });
  }
  const earlier = await findOpenInvitation(ctx, email);
  if (earlier !== undefined) await saveInvitation(ctx, earlier, { revoked_at: ctx.now.toISOString() });
  const token = newToken();
  const invitation: Invitation = {
    id: uuidv7(),
    email,
    roles,
    customRoleIds,
    teamId: teamId ?? null,
    memberId: memberId ?? null,
    invitedBy: actingMember(ctx),
    invitedAt: ctx.now.toISOString(),
    expiresAt: invitationExpiry(ctx.now).toISOString(),
    acceptedAt: null,
    revokedAt: null,
  };
  await insertInvitation(ctx, invitation, tokenHash(token));
  ctx.emit({ type: "invitation.sent", recordId: invitation.id, label: email, facts: { email, roles: [...roles] } });
  return { invitationId: invitation.id, token };
}

/** A new link for an invitation that waits or has expired; the old link stops working. */
export async function renewInvitation(ctx: OrganizationContext, invitationId: string): Promise<Invited> {
  const invitation = await lockInvitation(ctx, invitationId);
  if (statusOf(invitation, ctx.now) !== "expired") refuseUnlessPending(invitation, ctx.now);
  const token = newToken();
  await saveInvitation(ctx, invitationId, {
    token_hash: tokenHash(token),
    expires_at: invitationExpiry(ctx.now).toISOString(),
  });
  ctx.emit({
    type: "invitation.renewed",
    recordId: invitationId,
    label: invitation.email,
    facts: { email: invitation.email },
  });
  return { invitationId, token };
}

export async function revokeInvitation(ctx: OrganizationContext, invitationId: string): Promise<void> {
  const invitation = await lockInvitation(ctx, invitationId);
  if (statusOf(invitation, ctx.now) !== "expired") refuseUnlessPending(invitation, ctx.now);
  await saveInvitation(ctx, invitationId, { revoked_at: ctx.now.toISOString() });
  ctx.emit({
    type: "invitation.revoked",
    recordId: invitationId,
    label: invitation.email,
    facts: { email: invitation.email },
  });
}
