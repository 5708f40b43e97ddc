import type { AnyEvent } from "@rainmaker/contracts/events";
import type { OrganizationId } from "@rainmaker/contracts/ids";
import type { Kysely } from "kysely";
import {
  sightOf,
  type Actor,
  type Context,
  type Origin,
  type OrganizationFacts,
  type OutgoingHint,
} from "./context.ts";
import { wholeOrganization, type Database, type Handle, type TransactionMode } from "./db.ts";
import { outboxInsert } from "./outbox.ts";
import type { DB } from "./schema.gen.ts";

/** What a process gives every piece of work: the database, who is who, and whom to tell after a commit. */
export type Workplace = {
  readonly database: Database;
  readonly directory: Directory;
  /** After a commit that announced events: wakes the sequencer, coalesced, and forgets what they made untrue. */
  readonly wake: (announced: readonly AnyEvent[]) => void;
  readonly sendHints: (hints: readonly OutgoingHint[]) => void;
};

/** Who is who, answered by the module that keeps members. */
export type Directory = {
  organizationOf(organizationId: string): Promise<OrganizationFacts>;
  /**
   * A member with the rights they have now: jobs that do a person's bidding ask anew for each chunk.
   * @throws Refusal `actor_inactive` where the member was deactivated
   */
  actorOf(organizationId: string, memberId: string): Promise<Actor>;
};

export type Caller = {
  readonly actor: Actor;
  readonly organization: OrganizationFacts;
  readonly now: Date;
  readonly origin: Origin;
};

/** The system acting for an organization: handlers and schedules. */
export async function systemCaller(workplace: Workplace, organizationId: string, now: Date): Promise<Caller> {
  const organization = await workplace.directory.organizationOf(organizationId);
  const actor: Actor = {
    organizationId: organizationId as OrganizationId,
    memberId: null,
    sessionId: null,
    name: "Rainmaker",
    roles: [],
    grants: new Map(),
    ownersInSight: 0,
  };
  return { actor, organization, now, origin: noOrigin };
}

export const noOrigin: Origin = { requestId: null, address: null, device: null };

/** Runs a function in one transaction of the caller's organization and sight; what it announces commits with it. */
export async function inTransaction<T>(
  workplace: Workplace,
  caller: Caller,
  run: (ctx: Context) => Promise<T>,
  beforeCommit?: (handle: Handle, result: T) => void,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runOnce(workplace, caller, run, beforeCommit);
    } catch (error) {
      // Two writers crossed: PostgreSQL undid one of them, which may simply go again.
      if (attempt === mostAttempts || !isCrossing(error)) throw error;
    }
  }
}

/** What a write would come to: the write itself in a transaction that is taken back. Nobody is told of anything. */
export async function tryOut<T>(workplace: Workplace, caller: Caller, run: (ctx: Context) => Promise<T>): Promise<T> {
  try {
    return await inTransaction(workplace, caller, async (ctx) => {
      throw new TrialOver(await run(ctx));
    });
  } catch (error) {
    if (error instanceof TrialOver) return error.result as T;
    throw error;
  }
}

/** Carries the result out of the transaction that is taken back. */
class TrialOver extends Error {
  readonly result: unknown;
  constructor(result: unknown) {
    super("taken back");
    this.result = result;
  }
}

const mostAttempts = 4;

function isCrossing(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === "40001" || code === "40P01";
}

async function runOnce<T>(
  workplace: Workplace,
  caller: Caller,
  run: (ctx: Context) => Promise<T>,
  beforeCommit: ((handle: Handle, result: T) => void) | undefined,
): Promise<T> {
  const announced: AnyEvent[] = [];
  const hints: OutgoingHint[] = [];
  const effects: (() => void)[] = [];
  const result = await workplace.database.transaction(sightFor(caller), "write", async (handle) => {
    const made = await run({
      ...base(caller, handle.tx),
      emit: (event) => void announced.push(event as AnyEvent),
      hint: (hint) => void hints.push(hint),
      afterCommit: (effect) => void effects.push(effect),
      seeAll: handle.widen,
      announced,
    });
    beforeCommit?.(handle, made);
    if (announced.length > 0) handle.beforeCommit(outboxInsert(announced, caller.actor, caller.origin, caller.now));
    return made;
  });
  if (announced.length > 0) workplace.wake(announced);
  if (hints.length > 0) workplace.sendHints(hints);
  for (const effect of effects) effect();
  return result;
}

/**
 * Runs a read. "statement": each statement alone, one round trip, for reads of one statement; "snapshot": all
 * statements see the same instant.
 */
export async function inRead<T>(
  workplace: Workplace,
  caller: Caller,
  consistency: "statement" | Extract<TransactionMode, "snapshot">,
  run: (ctx: Context) => Promise<T>,
): Promise<T> {
  const sight = sightFor(caller);
  if (consistency === "statement") return run(readContext(caller, workplace.database.session(sight)));
  return workplace.database.transaction(sight, "snapshot", (handle) => run(readContext(caller, handle.tx)));
}

function sightFor({ actor, now }: Caller): ReturnType<typeof sightOf> {
  const sight = { ...sightOf(actor), now: now.toISOString() };
  // Without a person, a handler or job works for the whole organization.
  return actor.memberId === null ? { ...sight, reach: wholeOrganization } : sight;
}

function base(caller: Caller, tx: Kysely<DB>): Pick<Context, "tx" | "actor" | "organization" | "now" | "origin"> {
  return { tx, actor: caller.actor, organization: caller.organization, now: caller.now, origin: caller.origin };
}

function readContext(caller: Caller, tx: Kysely<DB>): Context {
  const refuse = (): never => {
    throw new TypeError("A read changes nothing");
  };
  return { ...base(caller, tx), emit: refuse, hint: refuse, afterCommit: refuse, seeAll: refuse, announced: [] };
}
