import { checkPassword } from "#platform/crypto";
import { Refusal } from "#platform/errors";
import type { Outside } from "#platform/http";
import { inTransaction, systemCaller } from "#platform/tenant";
import {
  countFailure,
  findAccount,
  findLock,
  forgetFailures,
  listMemberships,
  throttleKeys,
  type Account,
  type Membership,
} from "./accounts.store.ts";
import { openSession, type Issued, type SessionKeys } from "./issue-session.command.ts";

type Credentials = { readonly email: string; readonly password: string; readonly organizationId?: string | undefined };

/**
 * Signs in. An unknown address and a wrong password get the same answer in the same time; repeated failures lock the
 * account and the network address for a while.
 * @throws Refusal 401 wrong_credentials, 409 organization_required, 429 sign_in_locked
 */
export async function signIn(outside: Outside, keys: SessionKeys, credentials: Credentials): Promise<Issued> {
  const account = await proveIdentity(outside, credentials);
  if (account.isSuperAdmin) {
    throw new Refusal(
      "forbidden",
      "no_organization",
      "This account runs the platform and belongs to no organization: it works on the command line",
    );
  }
  const memberships = await listMemberships({ tx: outside.workplace.database.outside }, account.id);
  const { organizationId, memberId } = chooseMembership(memberships, credentials.organizationId);
  const caller = await callerOf(outside, organizationId, memberId);
  return inTransaction(outside.workplace, caller, (ctx) => openSession(ctx, keys, { accountId: account.id, memberId }));
}

/** Checks e-mail and password under the throttle, for signing in and for joining another organization. */
export async function proveIdentity(outside: Outside, { email, password }: Credentials): Promise<Account> {
  const { now, origin, workplace } = outside;
  const door = { tx: workplace.database.outside };
  const keys = throttleKeys(email, origin.address);
  const lockedUntil = await findLock(door, [keys.account, keys.address], now);
  if (lockedUntil !== undefined) {
    await logRefusal(outside, email, "locked");
    const seconds = Math.ceil((lockedUntil.getTime() - now.getTime()) / 1000);
    throw new Refusal(
      "limited",
      "sign_in_locked",
      `Too many failed attempts; try again after ${lockedUntil.toISOString()}`,
      { retryAfter: seconds },
    );
  }
  const account = await findAccount(door, email);
  if (!(await checkPassword(account?.passwordHash, password)) || account === undefined) {
    await countFailure(door, keys.account, "account", now);
    await countFailure(door, keys.address, "address", now);
    await logRefusal(outside, email, "wrong_password");
    throw new Refusal("unauthorized", "wrong_credentials", "E-mail or password is wrong");
  }
  await forgetFailures(door, keys.account);
  return account;
}

function chooseMembership(memberships: readonly Membership[], wanted: string | undefined): Membership {
  const [first, second] =
    wanted === undefined ? memberships : memberships.filter(({ organizationId }) => organizationId === wanted);
  if (first === undefined) {
    throw new Refusal(
      "forbidden",
      "no_membership",
      "This account is not an active member of an organization here; ask its admin",
    );
  }
  if (second !== undefined) {
    const current = { organizations: memberships.map(({ organizationId: id, name, slug }) => ({ id, name, slug })) };
    throw new Refusal(
      "conflict",
      "organization_required",
      "This account belongs to several organizations; say which by organizationId",
      { current },
    );
  }
  return first;
}

/** In the log of every organization the account belongs to: their admins see who tries. */
async function logRefusal(outside: Outside, email: string, reason: "wrong_password" | "locked"): Promise<void> {
  const door = { tx: outside.workplace.database.outside };
  const account = await findAccount(door, email);
  if (account === undefined) return;
  for (const { organizationId, memberId } of await listMemberships(door, account.id)) {
    const caller = await callerOf(outside, organizationId, memberId);
    await inTransaction(outside.workplace, caller, async (ctx) =>
      ctx.emit({ type: "session.refused", recordId: null, label: email, ownerId: memberId, facts: { reason } }),
    );
  }
}

/** The member as the actor of what is written before a session exists. */
async function callerOf(
  { workplace, now, origin }: Outside,
  organizationId: string,
  memberId: string,
): Promise<Parameters<typeof inTransaction>[1]> {
  const system = await systemCaller(workplace, organizationId, now);
  return { ...system, actor: await workplace.directory.actorOf(organizationId, memberId), origin };
}
