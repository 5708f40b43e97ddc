import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { OrganizationContext } from "../organization.context.ts";
import type { PresentedToken } from "./session.ts";

type NewSession = {
  readonly id: string;
  readonly accountId: string;
  readonly memberId: string;
  readonly device: string | null;
  readonly address: string | null;
};

export async function insertSession(ctx: OrganizationContext, session: NewSession): Promise<void> {
  await ctx.tx
    .insertInto("session")
    .values({
      organization_id: ctx.actor.organizationId,
      id: session.id,
      account_id: session.accountId,
      member_id: session.memberId,
      created_at: ctx.now.toISOString(),
      last_used_at: ctx.now.toISOString(),
      device: session.device,
      address: session.address,
    })
    .execute();
}

export async function insertRefreshToken(
  ctx: OrganizationContext,
  sessionId: string,
  hash: Buffer,
  expiresAt: Date,
): Promise<void> {
  await ctx.tx
    .insertInto("refresh_token")
    .values({
      organization_id: ctx.actor.organizationId,
      id: uuidv7(),
      session_id: sessionId,
      token_hash: hash,
      issued_at: ctx.now.toISOString(),
      expires_at: expiresAt.toISOString(),
    })
    .execute();
}

export type LockedToken = PresentedToken & {
  readonly id: string;
  readonly sessionId: string;
  readonly accountId: string;
  readonly successor: Buffer | null;
};

/** Locks the token and its session: two tabs that refresh at once are answered one after the other. */
export async function lockRefreshToken(ctx: OrganizationContext, tokenId: string): Promise<LockedToken | undefined> {
  const row = await ctx.tx
    .selectFrom("refresh_token as t")
    .innerJoin("session as s", (join) =>
      join.onRef("s.organization_id", "=", "t.organization_id").onRef("s.id", "=", "t.session_id"),
    )
    .select([
      "t.id",
      "t.session_id",
      "t.expires_at",
      "t.rotated_at",
      "t.successor",
      "s.ended_at",
      "s.device",
      "s.account_id",
    ])
    .where("t.organization_id", "=", ctx.actor.organizationId)
    .where("t.id", "=", tokenId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    id: row.id,
    sessionId: row.session_id,
    accountId: row.account_id,
    expiresAt: row.expires_at,
    rotatedAt: row.rotated_at,
    successor: row.successor,
    sessionEndedAt: row.ended_at,
    sessionDevice: row.device,
  };
}

export async function rotateToken(ctx: OrganizationContext, tokenId: string, sealedSuccessor: Buffer): Promise<void> {
  await ctx.tx
    .updateTable("refresh_token")
    .set({ rotated_at: ctx.now.toISOString(), successor: sealedSuccessor })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", tokenId)
    .execute();
}

export type EndReason = "signed_out" | "password_changed" | "token_reuse" | "deactivated" | "revoked";

/** @returns the sessions that were open until now */
export async function endSessions(
  ctx: OrganizationContext,
  which: { sessionId: string } | { memberId: string; except?: string | null },
  reason: EndReason,
): Promise<string[]> {
  const ended = await ctx.tx
    .updateTable("session")
    .set({ ended_at: ctx.now.toISOString(), end_reason: reason })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("ended_at", "is", null)
    .where((eb) =>
      "sessionId" in which
        ? eb("id", "=", which.sessionId)
        : eb.and([
            eb("member_id", "=", which.memberId),
            ...(which.except == null ? [] : [eb("id", "!=", which.except)]),
          ]),
    )
    .returning("id")
    .execute();
  return ended.map(({ id }) => id);
}

/** The session and its member were used just now. */
export async function touchSession(ctx: OrganizationContext, sessionId: string, memberId: string): Promise<void> {
  await sql`with used as (update session set last_used_at = ${ctx.now} where organization_id = ${ctx.actor.organizationId} and id = ${sessionId})
    update member set last_seen_at = ${ctx.now} where organization_id = ${ctx.actor.organizationId} and id = ${memberId}`.execute(
    ctx.tx,
  );
}
