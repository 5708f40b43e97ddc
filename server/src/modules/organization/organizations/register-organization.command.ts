import { isCurrency } from "@rainmaker/contracts/currencies";
import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type { OrganizationId, MemberId } from "@rainmaker/contracts/ids";
import type { registerOrganization as contract } from "@rainmaker/contracts/organization/sessions";
import { isTimeZone } from "@rainmaker/contracts/time";
import { v7 as uuidv7 } from "uuid";
import type { Config } from "#platform/config";
import { hashPassword } from "#platform/crypto";
import { invalidField, Refusal } from "#platform/errors";
import type { Outside } from "#platform/http";
import { port } from "#platform/port";
import { inTransaction, type Caller } from "#platform/tenant";
import type { OrganizationContext } from "../organization.context.ts";
import { insertMember } from "../members/members.store.ts";
import { grantsOf } from "../roles/role.ts";
import { findAccount, insertAccount, isSlugTaken } from "../sessions/accounts.store.ts";
import { openSession, type Issued, type SessionKeys } from "../sessions/issue-session.command.ts";
import { proveIdentity } from "../sessions/sign-in.command.ts";
import { rewriteVisibleOwners } from "../teams/visible-owners.store.ts";
import { defaultWorkdays, numberedSlug, slugOf } from "./organization.ts";
import { insertOrganization } from "./organizations.store.ts";

/** A new organization gets what each module needs to be usable at once: a pipeline, a commission plan. */
export const organizationRegistered = port<{ readonly currency: string }>("organizationRegistered");

type Registration = BodyOf<typeof contract>;

/** Registers an organization with its first member, who administers it. Somebody with an account proves the password. */
export async function registerOrganization(
  outside: Outside,
  config: Config,
  keys: SessionKeys,
  body: Registration,
): Promise<Issued> {
  const { currency = "USD", timeZone = config.DEFAULT_TIME_ZONE } = body;
  if (!isCurrency(currency)) throw invalidField("currency", "currency_unknown", "Not an ISO 4217 currency code");
  if (!isTimeZone(timeZone)) throw invalidField("timeZone", "time_zone_unknown", "Not an IANA time zone");
  const known = await knownAccount(outside, body);
  const passwordHash = await hashPassword(body.password);
  const accountId = known ?? uuidv7();
  const memberId = uuidv7();
  const slug = await freeSlug(outside, body.organizationName);
  const caller = founderOf(outside, body, { organizationId: uuidv7(), memberId, currency, timeZone });
  return inTransaction(outside.workplace, caller, async (ctx) => {
    const isNew = known === undefined;
    if (isNew && !(await insertAccount(ctx, { id: accountId, passwordHash, ...personOf(body) }, ctx.now)))
      throw emailTaken();
    await insertOrganization(ctx, { name: body.organizationName, slug, currency, timeZone, workdays: defaultWorkdays });
    await insertFounder(ctx, memberId, accountId, body);
    ctx.emit({
      type: "organization.registered",
      recordId: ctx.actor.organizationId,
      label: body.organizationName,
      facts: { name: body.organizationName },
    });
    await organizationRegistered.ask(ctx, { currency });
    return openSession(ctx, keys, { accountId, memberId });
  });
}

async function insertFounder(
  ctx: OrganizationContext,
  memberId: string,
  accountId: string,
  body: Registration,
): Promise<void> {
  await insertMember(ctx, {
    id: memberId,
    accountId,
    ...personOf(body),
    roles: ["org_admin"],
    customRoles: [],
    teamId: null,
    status: "active",
  });
  await rewriteVisibleOwners(ctx);
  const name = `${body.firstName} ${body.lastName}`;
  ctx.emit({
    type: "member.joined",
    recordId: memberId,
    label: name,
    version: 1,
    ownerId: memberId,
    facts: { name, roles: ["org_admin"] },
  });
}

function personOf({ email, firstName, lastName }: Registration): {
  email: string;
  firstName: string;
  lastName: string;
} {
  return { email, firstName, lastName };
}

/** The account of the address, where its password was given; so one person can run several organizations. */
async function knownAccount(outside: Outside, { email, password }: Registration): Promise<string | undefined> {
  const account = await findAccount({ tx: outside.workplace.database.outside }, email);
  if (account === undefined) return undefined;
  try {
    return (await proveIdentity(outside, { email, password })).id;
  } catch (error) {
    if (error instanceof Refusal && error.code === "wrong_credentials") throw emailTaken();
    throw error;
  }
}

function emailTaken(): Refusal {
  const message = "This address has an account already; use its password";
  return new Refusal("conflict", "email_taken", message, { errors: [{ path: "email", code: "email_taken", message }] });
}

async function freeSlug(outside: Outside, name: string): Promise<string> {
  const slug = slugOf(name);
  for (let attempt = 1; attempt <= 20; attempt += 1) {
    const candidate = numberedSlug(slug, attempt);
    if (!(await isSlugTaken({ tx: outside.workplace.database.outside }, candidate))) return candidate;
  }
  return `${slug}-${uuidv7().slice(-6)}`;
}

type Founding = {
  readonly organizationId: string;
  readonly memberId: string;
  readonly currency: string;
  readonly timeZone: string;
};

function founderOf(
  { now, origin }: Outside,
  body: Registration,
  { organizationId, memberId, currency, timeZone }: Founding,
): Caller {
  return {
    actor: {
      organizationId: organizationId as OrganizationId,
      memberId: memberId as MemberId,
      sessionId: null,
      name: `${body.firstName} ${body.lastName}`,
      roles: ["org_admin"],
      grants: grantsOf(["org_admin"]),
      ownersInSight: 0,
    },
    organization: { name: body.organizationName, currency, timeZone, workdays: defaultWorkdays, holidays: [] },
    now,
    origin,
  };
}
