import { createHash } from "node:crypto";
import { sql } from "kysely";
import { actingMember, type Context } from "../context.ts";
import type { Handle } from "../db.ts";
import { Refusal } from "../errors.ts";

export type KeyedRequest = {
  readonly key: string;
  /** Method and path with its ids. */
  readonly route: string;
  readonly hash: Buffer;
};

export type StoredAnswer = { readonly status: number; readonly reply: unknown };

export function keyedRequest(
  key: string | undefined,
  route: string,
  body: unknown,
  fileHash: Buffer | undefined,
): KeyedRequest | undefined {
  if (key === undefined) return undefined;
  if (key.length === 0 || key.length > 200 || !/^[\x21-\x7e]+$/.test(key)) {
    throw new Refusal("invalid", "idempotency_key_invalid", "An Idempotency-Key has 1 to 200 visible ASCII characters");
  }
  const hash = createHash("sha256")
    .update(route)
    .update("\0")
    .update(JSON.stringify(body ?? null));
  if (fileHash !== undefined) hash.update(fileHash);
  return { key, route, hash: hash.digest() };
}

/**
 * Takes the key for this transaction.
 * @returns the stored answer where the request was answered before
 * @throws Refusal 409 while the first one is under way, 422 where the key came with another request
 */
export async function claimKey(ctx: Context, request: KeyedRequest): Promise<StoredAnswer | undefined> {
  const { organizationId } = ctx.actor;
  const memberId = actingMember(ctx);
  const { rows } = await sql<{ claimed: boolean; hash: Buffer | null; status: number | null; reply: unknown }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`${organizationId}:${memberId}:${request.key}`}, 727005)) as claimed,
      k.request_hash as hash, k.status, k.reply
    from (values (1)) as one
    left join idempotency_key k on k.organization_id = ${organizationId} and k.member_id = ${memberId} and k.key = ${request.key}`.execute(
    ctx.tx,
  );
  const [row] = rows;
  if (row === undefined || !row.claimed) {
    throw new Refusal(
      "conflict",
      "request_in_flight",
      "The first request with this Idempotency-Key is still being answered",
      { retryAfter: 1 },
    );
  }
  if (row.hash === null || row.status === null) return undefined;
  if (!row.hash.equals(request.hash)) {
    throw new Refusal(
      "invalid",
      "idempotency_key_reused",
      "This Idempotency-Key was used for another request; take a new one",
    );
  }
  return { status: row.status, reply: row.reply };
}

/** Stores the answer with the commit of the request. */
export function rememberAnswer(
  handle: Handle,
  ctx: Pick<Context, "actor" | "now">,
  request: KeyedRequest,
  answer: StoredAnswer,
): void {
  handle.beforeCommit({
    name: "_remember",
    text: `insert into idempotency_key (organization_id, member_id, key, route, request_hash, status, reply, created_at)
      values ($1::uuid, $2::uuid, $3, $4, decode($5, 'hex'), $6::integer, $7::jsonb, $8::timestamptz)`,
    values: [
      ctx.actor.organizationId,
      ctx.actor.memberId,
      request.key,
      request.route,
      request.hash.toString("hex"),
      String(answer.status),
      JSON.stringify(answer.reply ?? null),
      ctx.now.toISOString(),
    ],
  });
}
