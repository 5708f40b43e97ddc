import type { Actor, OrganizationFacts } from "#platform/context";
import type { Bus } from "#platform/bus";
import type { AccessTokens } from "#platform/crypto";
import type { Database } from "#platform/db";
import type { Authenticate, Session } from "#platform/http";
import type { Directory } from "#platform/tenant";
import { findSession, getActor, getOrganizationFacts } from "./actors.query.ts";

/**
 * How long a process believes what it read of a member. Changes of rights and sign-outs are told over the bus at
 * once; this bounds the time where a message was lost.
 */
const trustMs = 5000;

class Remembered<Value> {
  readonly #entries = new Map<string, { value: Value; until: number }>();

  async get(key: string, load: () => Promise<Value>): Promise<Value> {
    const now = Date.now();
    const known = this.#entries.get(key);
    if (known !== undefined && known.until > now) return known.value;
    const value = await load();
    if (this.#entries.size > 20_000) this.#entries.clear();
    this.#entries.set(key, { value, until: now + trustMs });
    return value;
  }

  forget(): void {
    this.#entries.clear();
  }
}

/** Checks access tokens against their sessions. Forgets everything whenever anybody's rights change. */
export function createAuthenticator(
  database: Database,
  tokens: AccessTokens,
  bus: Bus,
  clock: () => Date,
): Authenticate {
  const sessions = new Remembered<Session | undefined>();
  bus.on("access", () => sessions.forget());
  return async (accessToken) => {
    const claims = await tokens.read(accessToken, clock());
    if (claims === null || claims.organizationId === null || claims.memberId === null || claims.sessionId === null)
      return null;
    const { organizationId, memberId, sessionId } = claims;
    return (await sessions.get(sessionId, () => findSession(database, organizationId, memberId, sessionId))) ?? null;
  };
}

export function createDirectory(database: Database, bus: Bus): Directory {
  const organizations = new Remembered<OrganizationFacts>();
  bus.on("access", () => organizations.forget());
  return {
    organizationOf: (organizationId) =>
      organizations.get(organizationId, () => getOrganizationFacts(database, organizationId)),
    actorOf: (organizationId, memberId): Promise<Actor> => getActor(database, organizationId, memberId),
  };
}
