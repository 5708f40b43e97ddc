import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type { changePassword as contract } from "@rainmaker/contracts/organization/sessions";
import { actingMember } from "#platform/context";
import { checkPassword, hashPassword } from "#platform/crypto";
import { invalidField } from "#platform/errors";
import type { OrganizationContext } from "../organization.context.ts";
import { getPasswordHash, savePassword } from "./accounts.store.ts";
import { endSessions, type EndReason } from "./sessions.store.ts";
import { readUser } from "./users.query.ts";

/** Signs out: the session and every token of it end now. */
export async function signOut(ctx: OrganizationContext): Promise<void> {
  const { sessionId } = ctx.actor;
  if (sessionId !== null) await end(ctx, { sessionId }, "signed_out");
}

/** Changes the own password; the account's other sessions end, in whichever organization, and the current one stays. */
export async function changePassword(
  ctx: OrganizationContext,
  { currentPassword, newPassword }: BodyOf<typeof contract>,
): Promise<void> {
  const { accountId } = await readUser(ctx);
  const stored = await getPasswordHash(ctx, accountId);
  if (!(await checkPassword(stored, currentPassword))) {
    throw invalidField("currentPassword", "wrong_password", "This is not your current password");
  }
  await savePassword(ctx, accountId, await hashPassword(newPassword));
  const memberId = actingMember(ctx);
  await end(ctx, { memberId, except: ctx.actor.sessionId }, "password_changed");
  ctx.emit({ type: "password.changed", recordId: null, ownerId: memberId, facts: {} });
}

/** Ends the sessions of somebody who may no longer sign in. */
export async function endSessionsOf(ctx: OrganizationContext, memberId: string, reason: EndReason): Promise<void> {
  await end(ctx, { memberId }, reason);
}

async function end(
  ctx: OrganizationContext,
  which: Parameters<typeof endSessions>[1],
  reason: EndReason,
): Promise<void> {
  const ended = await endSessions(ctx, which, reason);
  for (const sessionId of ended)
    ctx.emit({ type: "session.ended", recordId: sessionId, ownerId: ctx.actor.memberId, facts: { reason } });
}
