import type { EventType } from "@rainmaker/contracts/events";
import type { Actor, OrganizationFacts } from "#platform/context";
import type { Bus } from "#platform/bus";
import type { AccessTokens } from "#platform/crypto";
import type { Database } from "#platform/db";
import type { Authenticate, Session } from "#platform/http";
import type { Directory } from "#platform/tenant";
import { findSession, getActor, getOrganizationFacts } from "./actors.query.ts";

/**
 * How long a process believes what it read of a member. Its own changes of rights it forgets with their commit, those
 * of other processes it is told over the bus; this bounds the time where a message was lost.
 */
const trustMs = 5000;

class Remembered<Value> {
  readonly #entries = new Map<string, { value: Value; until: number }>();
  #generation = 0;

  async get(key: string, load: () => Promise<Value>): Promise<Value> {
    const now = Date.now();
    const known = this.#entries.get(key);
    if (known !== undefined && known.until > now) return known.value;
    const generation = this.#generation;
    const value = await load();
    if (this.#entries.size > 20_000) this.#entries.clear();
    // Read before a change that was told meanwhile, it would be believed after it.
    if (generation === this.#generation) this.#entries.set(key, { value, until: now + trustMs });
    return value;
  }

  forget(): void {
    this.#generation += 1;
    this.#entries.clear();
  }
}

/** What a process remembers of sessions and organizations, so that not every request reads them. */
export class Memory {
  readonly sessions = new Remembered<Session | undefined>();
  readonly organizations = new Remembered<OrganizationFacts>();

  constructor(bus: Bus) {
    bus.on("access", () => this.#forget());
  }

  /** Forgets everything where one of the events changes what somebody may do or which calendar holds. */
  forgetAfter(events: readonly { readonly type: EventType }[]): void {
    if (events.some(({ type }) => changing.has(type))) this.#forget();
  }

  #forget(): void {
    this.sessions.forget();
    this.organizations.forget();
  }
}

const changing: ReadonlySet<EventType> = new Set([
  "member.changed",
  "member.deactivated",
  "role.changed",
  "session.ended",
  "organization.changed",
]);

/** Checks access tokens against their sessions. */
export function createAuthenticator(
  database: Database,
  tokens: AccessTokens,
  { sessions }: Memory,
  clock: () => Date,
): Authenticate {
  return async (accessToken) => {
    const claims = await tokens.read(accessToken, clock());
    if (claims === null || claims.organizationId === null || claims.memberId === null || claims.sessionId === null)
      return null;
    const { organizationId, memberId, sessionId } = claims;
    return (await sessions.get(sessionId, () => findSession(database, organizationId, memberId, sessionId))) ?? null;
  };
}

export function createDirectory(database: Database, { organizations }: Memory): Directory {
  return {
    organizationOf: (organizationId) =>
      organizations.get(organizationId, () => getOrganizationFacts(database, organizationId)),
    actorOf: (organizationId, memberId): Promise<Actor> => getActor(database, organizationId, memberId),
  };
}
