import { createHash } from "node:crypto";
import { sql, type Kysely } from "kysely";
import type { OrganizationContext } from "../organization.context.ts";
import { throttles } from "./session.ts";

/** Accounts are global and reached through doors only: whoever signs in has no organization yet. */
export type Account = {
  readonly id: string;
  readonly passwordHash: string;
  readonly isSuperAdmin: boolean;
  readonly firstName: string;
  readonly lastName: string;
};

export type Membership = {
  readonly organizationId: string;
  readonly memberId: string;
  readonly name: string;
  readonly slug: string;
};

type Door<Tables> = { readonly tx: Kysely<Tables> };

export async function findAccount<T>({ tx }: Door<T>, email: string): Promise<Account | undefined> {
  const { rows } = await sql<{
    account_id: string;
    password_hash: string;
    is_super_admin: boolean;
    first_name: string;
    last_name: string;
  }>`
    select * from door.account_by_email(${email})`.execute(tx);
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    id: row.account_id,
    passwordHash: row.password_hash,
    isSuperAdmin: row.is_super_admin,
    firstName: row.first_name,
    lastName: row.last_name,
  };
}

export async function listMemberships<T>({ tx }: Door<T>, accountId: string): Promise<Membership[]> {
  const { rows } = await sql<{ organization_id: string; member_id: string; name: string; slug: string }>`
    select * from door.memberships(${accountId})`.execute(tx);
  return rows.map((row) => ({
    organizationId: row.organization_id,
    memberId: row.member_id,
    name: row.name,
    slug: row.slug,
  }));
}

type NewAccount = {
  readonly id: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly firstName: string;
  readonly lastName: string;
};

/** @returns false where the e-mail has an account already */
export async function insertAccount<T>({ tx }: Door<T>, account: NewAccount, now: Date): Promise<boolean> {
  const { id, email, passwordHash, firstName, lastName } = account;
  const { rows } = await sql<{
    made: boolean;
  }>`select door.create_account(${id}, ${email}, ${passwordHash}, ${firstName}, ${lastName}, ${now}) as made`.execute(
    tx,
  );
  return rows[0]?.made === true;
}

export async function insertSuperAdmin<T>({ tx }: Door<T>, account: NewAccount, now: Date): Promise<void> {
  const { id, email, passwordHash, firstName, lastName } = account;
  await sql`select door.create_super_admin(${id}, ${email}, ${passwordHash}, ${firstName}, ${lastName}, ${now})`.execute(
    tx,
  );
}

export async function getPasswordHash<T>({ tx }: Door<T>, accountId: string): Promise<string | undefined> {
  const { rows } = await sql<{ hash: string | null }>`select door.password_hash(${accountId}) as hash`.execute(tx);
  return rows[0]?.hash ?? undefined;
}

/** Also ends the account's sessions in its other organizations. */
export async function savePassword(
  { tx, actor, now }: OrganizationContext,
  accountId: string,
  hash: string,
): Promise<void> {
  await sql`select door.set_password(${accountId}, ${hash}, ${now}, ${actor.organizationId})`.execute(tx);
}

export async function isSlugTaken<T>({ tx }: Door<T>, slug: string): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`select door.slug_taken(${slug}) as taken`.execute(tx);
  return rows[0]?.taken === true;
}

export async function findRefreshToken<T>(
  { tx }: Door<T>,
  hash: Buffer,
): Promise<{ organizationId: string; tokenId: string; sessionId: string; memberId: string } | undefined> {
  const { rows } = await sql<{ organization_id: string; token_id: string; session_id: string; member_id: string }>`
    select * from door.refresh_token_owner(${hash})`.execute(tx);
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    organizationId: row.organization_id,
    tokenId: row.token_id,
    sessionId: row.session_id,
    memberId: row.member_id,
  };
}

export async function findInvitationByToken<T>(
  { tx }: Door<T>,
  hash: Buffer,
): Promise<{ organizationId: string; invitationId: string } | undefined> {
  const { rows } = await sql<{
    organization_id: string;
    invitation_id: string;
  }>`select * from door.invitation_owner(${hash})`.execute(tx);
  const [row] = rows;
  return row === undefined ? undefined : { organizationId: row.organization_id, invitationId: row.invitation_id };
}

// Throttling --------------------------------------------------------------------------------------------------------

/** Keys under which a sign-in is counted. The e-mail is hashed: an address that has no account is nobody's to keep. */
export function throttleKeys(email: string, address: string | null): { account: string; address: string } {
  return {
    account: `account:${createHash("sha256").update(email).digest("hex")}`,
    address: `address:${address ?? "unknown"}`,
  };
}

export async function findLock<T>({ tx }: Door<T>, keys: readonly string[], now: Date): Promise<Date | undefined> {
  const { rows } = await sql<{
    until: string | null;
  }>`select door.sign_in_locked_until(${[...keys]}::text[], ${now}) as until`.execute(tx);
  const until = rows[0]?.until ?? null;
  return until === null ? undefined : new Date(until);
}

export async function countFailure<T>(
  { tx }: Door<T>,
  key: string,
  kind: keyof typeof throttles,
  now: Date,
): Promise<void> {
  const { windowSeconds, allowed, lockSeconds } = throttles[kind];
  await sql`select door.count_sign_in_failure(${key}, ${now}, ${windowSeconds}, ${allowed}, ${lockSeconds})`.execute(
    tx,
  );
}

export async function forgetFailures<T>({ tx }: Door<T>, key: string): Promise<void> {
  await sql`select door.forget_sign_in_failures(${key})`.execute(tx);
}
