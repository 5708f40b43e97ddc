import type { ReplyInput } from "@rainmaker/contracts/endpoint";
import type { login } from "@rainmaker/contracts/organization/sessions";
import { v7 as uuidv7 } from "uuid";
import { accessTokenSeconds, newToken, seal, tokenHash, unseal, type AccessTokens } from "#platform/crypto";
import { Refusal } from "#platform/errors";
import type { Outside } from "#platform/http";
import { inTransaction, systemCaller } from "#platform/tenant";
import type { OrganizationContext } from "../organization.context.ts";
import { findRefreshToken } from "./accounts.store.ts";
import { judgeRefresh, refreshExpiry } from "./session.ts";
import {
  endSessions,
  insertRefreshToken,
  insertSession,
  lockRefreshToken,
  rotateToken,
  touchSession,
} from "./sessions.store.ts";
import { readUserOf } from "./users.query.ts";

/** Keys of this process: what signs access tokens, and what seals a refresh token's successor. */
export type SessionKeys = { readonly tokens: AccessTokens; readonly sealKey: Buffer };

type Reply = ReplyInput<typeof login>;
export type Issued = { readonly reply: Reply; readonly refreshToken: string };

type Holder = { readonly accountId: string; readonly memberId: string };

/** Opens a session for a member who has just proved who they are. */
export async function openSession(
  ctx: OrganizationContext,
  keys: SessionKeys,
  { accountId, memberId }: Holder,
): Promise<Issued> {
  const sessionId = uuidv7();
  const refreshToken = newToken();
  const { device, address } = ctx.origin;
  await insertSession(ctx, { id: sessionId, accountId, memberId, device, address });
  await insertRefreshToken(ctx, sessionId, tokenHash(refreshToken), refreshExpiry(ctx.now));
  await touchSession(ctx, sessionId, memberId);
  ctx.emit({ type: "session.opened", recordId: sessionId, ownerId: memberId, facts: {} });
  return { reply: await sessionReply(ctx, keys, { accountId, memberId, sessionId }), refreshToken };
}

async function sessionReply(
  ctx: OrganizationContext,
  { tokens }: SessionKeys,
  { accountId, memberId, sessionId }: Holder & { sessionId: string },
): Promise<Reply> {
  const { organizationId } = ctx.actor;
  return {
    accessToken: await tokens.sign({ accountId, organizationId, memberId, sessionId }, ctx.now),
    expiresIn: accessTokenSeconds,
    user: await readUserOf(ctx, memberId),
  };
}

const notSignedIn = (): Refusal =>
  new Refusal("unauthorized", "not_signed_in", "Sign in again: this session has ended");

/**
 * Exchanges a refresh token for the next one. A token that was used before ends the whole session: somebody has a
 * copy. The exception is the moment right after a rotation, on the same device.
 * @throws Refusal 401
 */
export async function refreshSession(
  outside: Outside,
  keys: SessionKeys,
  presented: string | undefined,
): Promise<Issued> {
  const { workplace, now, origin } = outside;
  if (presented === undefined) throw notSignedIn();
  const found = await findRefreshToken({ tx: workplace.database.outside }, tokenHash(presented));
  if (found === undefined) throw notSignedIn();
  const caller = { ...(await systemCaller(workplace, found.organizationId, now)), origin };
  const issued = await inTransaction(workplace, caller, async (ctx) => {
    const token = await lockRefreshToken(ctx, found.tokenId);
    if (token === undefined) return null;
    const holder = { accountId: token.accountId, memberId: found.memberId, sessionId: token.sessionId };
    switch (judgeRefresh(token, origin.device, now)) {
      case "rotate": {
        const refreshToken = newToken();
        await rotateToken(ctx, token.id, seal(keys.sealKey, refreshToken));
        await insertRefreshToken(ctx, token.sessionId, tokenHash(refreshToken), refreshExpiry(now));
        await touchSession(ctx, token.sessionId, found.memberId);
        return { reply: await sessionReply(ctx, keys, holder), refreshToken };
      }
      case "repeat":
        return {
          reply: await sessionReply(ctx, keys, holder),
          refreshToken: unseal(keys.sealKey, token.successor ?? Buffer.alloc(0)),
        };
      case "stolen":
        await endSessions(ctx, { sessionId: token.sessionId }, "token_reuse");
        ctx.emit({
          type: "session.ended",
          recordId: token.sessionId,
          ownerId: found.memberId,
          facts: { reason: "token_reuse" },
        });
        return null;
      case "expired":
      case "ended":
        return null;
    }
  });
  // Thrown after the commit: ending a stolen session must not be rolled back.
  if (issued === null) throw notSignedIn();
  return issued;
}
