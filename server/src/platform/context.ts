import type { AnyEvent, EventOf, EventType } from "@rainmaker/contracts/events";
import type { MemberId, OrganizationId } from "@rainmaker/contracts/ids";
import type { Permission, Reach, Role, ScopedEntity } from "@rainmaker/contracts/organization/permissions";
import { scopedEntities } from "@rainmaker/contracts/organization/permissions";
import type { Kysely } from "kysely";
import type { DB } from "./schema.gen.ts";
import type { Sight } from "./db.ts";
import { Refusal } from "./errors.ts";

/** Whoever acts, and what they may do. A handler or job without a person acts as the system: memberId is null. */
export type Actor = {
  readonly organizationId: OrganizationId;
  readonly memberId: MemberId | null;
  readonly sessionId: string | null;
  readonly name: string;
  readonly roles: readonly Role[];
  /** What they hold, and how far it reaches. */
  readonly grants: ReadonlyMap<Permission, Reach>;
  /** How many owners they see the records of, at the widest reach short of all: for the form of a query, not for rights. */
  readonly ownersInSight: number;
};

/** The calendar of the organization, and the currency of amounts that name none. */
export type OrganizationFacts = {
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly workdays: readonly number[];
  readonly holidays: readonly string[];
};

/** Where a request came from, for the log. */
export type Origin = {
  readonly requestId: string | null;
  readonly address: string | null;
  readonly device: string | null;
};

/** A change to tell other browsers of, beside the hints every event gives. */
export type OutgoingHint = {
  readonly entity: string;
  readonly id: string | null;
  readonly version: number | null;
  readonly rooms: readonly string[];
};

/** The explicit first argument of every command and query: transaction, actor, clock, announcements. */
export type Context<Tables = DB> = {
  readonly tx: Kysely<Tables>;
  readonly actor: Actor;
  readonly organization: OrganizationFacts;
  /** The only clock of the domain; handlers get the time of their event. */
  readonly now: Date;
  readonly origin: Origin;
  /** Announces an event: written in this transaction, sequenced and handled after commit. */
  emit<T extends EventType>(event: EventOf<T>): void;
  /** Tells browsers after commit. */
  hint(hint: OutgoingHint): void;
  /** Runs after commit, where the transaction could not be taken back: closing sockets, waking workers. Never money. */
  afterCommit(effect: () => void): void;
  /** @internal for platform/scope.ts */
  readonly seeAll: () => void;
  /** @internal announced so far, in order */
  readonly announced: readonly AnyEvent[];
};

/** The member who acts. Throws where nobody signed in does: commands of people call it, handlers do not. */
export function actingMember(ctx: Pick<Context, "actor">): MemberId {
  if (ctx.actor.memberId === null) throw new TypeError("This runs on behalf of a member");
  return ctx.actor.memberId;
}

export function holds(actor: Actor, permission: Permission): boolean {
  return actor.grants.has(permission);
}

/** @throws Refusal 403 where the actor does not hold the permission at all. */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (!holds(actor, permission)) throw permissionMissing(permission);
}

export function permissionMissing(permission: Permission): Refusal {
  return new Refusal(
    "forbidden",
    "permission_missing",
    `You need the permission ${permission} for this; an admin of your organization can give it`,
  );
}

/** What the row-level security policies see with: the reach of `<entity>.read` for each entity with owners. */
export function sightOf(actor: Actor): Sight {
  return { organizationId: actor.organizationId, memberId: actor.memberId, reach: reachSetting(actor.grants) };
}

function reachSetting(grants: ReadonlyMap<Permission, Reach>): string {
  return scopedEntities
    .flatMap((entity) => {
      const reach = grants.get(`${entity}.read`);
      return reach === undefined ? [] : [`${entity}:${reach}`];
    })
    .join(" ");
}

/** How far a permission of the actor reaches; null where it is not held. The system's reach everything. */
export function reachFor(actor: Actor, permission: Permission): Reach | null {
  return actor.memberId === null ? "all" : (actor.grants.get(permission) ?? null);
}

/** How far the actor sees records of an entity; null where not at all. */
export function reachOf(actor: Actor, entity: ScopedEntity): Reach | null {
  return reachFor(actor, `${entity}.read`);
}
