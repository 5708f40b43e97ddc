import type { BodyOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import type {
  acceptInvitation as contract,
  readInvitation as readContract,
} from "@rainmaker/contracts/organization/members";
import { v7 as uuidv7 } from "uuid";
import { hashPassword, tokenHash } from "#platform/crypto";
import { invalidField, notFound, Refusal } from "#platform/errors";
import type { Outside } from "#platform/http";
import { inTransaction, systemCaller, type Caller } from "#platform/tenant";
import { insertMember, lockMember, saveMember } from "../members/members.store.ts";
import type { OrganizationContext } from "../organization.context.ts";
import { requireRoles } from "../roles/roles.store.ts";
import { findAccount, findInvitationByToken, insertAccount } from "../sessions/accounts.store.ts";
import { openSession, type Issued, type SessionKeys } from "../sessions/issue-session.command.ts";
import { proveIdentity } from "../sessions/sign-in.command.ts";
import { lockStructure, rewriteVisibleOwners } from "../teams/visible-owners.store.ts";
import { refuseUnlessPending, type Invitation } from "./invitation.ts";
import { lockInvitation, saveInvitation } from "./invitations.store.ts";

type Body = BodyOf<typeof contract>;

/** What a link offers, before accepting. @throws Refusal 404 for a link nobody made, 409 for one that is over */
export async function readInvitation(outside: Outside, token: string): Promise<ReplyInput<typeof readContract>> {
  const { caller, invitationId } = await findInvitation(outside, token);
  const invitation = await inTransaction(outside.workplace, caller, (ctx) => lockInvitation(ctx, invitationId));
  refuseUnlessPending(invitation, outside.now);
  const account = await findAccount({ tx: outside.workplace.database.outside }, invitation.email);
  return {
    organizationName: caller.organization.name,
    email: invitation.email,
    roles: [...invitation.roles],
    expiresAt: invitation.expiresAt,
    hasAccount: account !== undefined,
  };
}

/** Accepts: makes the account, or proves the one the address has, and signs in as a member. */
export async function acceptInvitation(outside: Outside, keys: SessionKeys, body: Body): Promise<Issued> {
  const { caller, invitationId } = await findInvitation(outside, body.token);
  const offered = await inTransaction(outside.workplace, caller, (ctx) => lockInvitation(ctx, invitationId));
  refuseUnlessPending(offered, outside.now);
  const known = await findAccount({ tx: outside.workplace.database.outside }, offered.email);
  if (known !== undefined) await proveIdentity(outside, { email: offered.email, password: body.password });
  const person = nameOf(body, known);
  const passwordHash = await hashPassword(body.password);
  return inTransaction(outside.workplace, caller, async (ctx) => {
    await lockStructure(ctx);
    // Again under the lock: two tabs may accept at once.
    const invitation = await lockInvitation(ctx, invitationId);
    refuseUnlessPending(invitation, ctx.now);
    const accountId = known?.id ?? uuidv7();
    if (
      known === undefined &&
      !(await insertAccount(ctx, { id: accountId, email: invitation.email, passwordHash, ...person }, ctx.now))
    ) {
      throw new Refusal("conflict", "email_taken", "This address has got an account meanwhile; open the link again");
    }
    const memberId = await join(ctx, invitation, accountId, person);
    await saveInvitation(ctx, invitationId, { accepted_at: ctx.now.toISOString() });
    await rewriteVisibleOwners(ctx);
    return openSession(ctx, keys, { accountId, memberId });
  });
}

async function findInvitation(outside: Outside, token: string): Promise<{ caller: Caller; invitationId: string }> {
  const found = await findInvitationByToken({ tx: outside.workplace.database.outside }, tokenHash(token));
  if (found === undefined) throw notFound("invitation");
  const system = await systemCaller(outside.workplace, found.organizationId, outside.now);
  return { caller: { ...system, origin: outside.origin }, invitationId: found.invitationId };
}

type Name = { readonly firstName: string; readonly lastName: string };

function nameOf({ firstName, lastName }: Body, known: Name | undefined): Name {
  if (known !== undefined) return { firstName: firstName ?? known.firstName, lastName: lastName ?? known.lastName };
  if (firstName === undefined) throw invalidField("firstName", "required", "This is required");
  if (lastName === undefined) throw invalidField("lastName", "required", "This is required");
  return { firstName, lastName };
}

/** Becomes the member an import named, or a new one. */
async function join(
  ctx: OrganizationContext,
  invitation: Invitation,
  accountId: string,
  person: Name,
): Promise<string> {
  const { email, roles, teamId, memberId } = invitation;
  const customRoles = await requireRoles(ctx, invitation.customRoleIds);
  const name = `${person.firstName} ${person.lastName}`;
  const joined = { recordId: memberId ?? uuidv7(), label: name, facts: { name, roles: [...roles] } };
  if (memberId === null) {
    await insertMember(ctx, {
      id: joined.recordId,
      accountId,
      email,
      ...person,
      roles,
      customRoles,
      teamId,
      status: "active",
    });
    ctx.emit({ type: "member.joined", ...joined, ownerId: joined.recordId, version: 1 });
    return joined.recordId;
  }
  const before = await lockMember(ctx, memberId);
  if (before.accountId !== null)
    throw new Refusal("conflict", "has_account", "This person has an account already; sign in instead");
  const after = {
    ...before,
    ...person,
    accountId,
    email,
    roles,
    customRoles,
    teamId: teamId ?? before.teamId,
    status: "active" as const,
    version: before.version + 1,
  };
  await saveMember(ctx, before, after);
  ctx.emit({ type: "member.joined", ...joined, ownerId: memberId, version: after.version });
  return memberId;
}
