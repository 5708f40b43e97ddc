import type { EventType, LoggedEvent } from "@rainmaker/contracts/events";
import type { Context } from "./context.ts";
import type { Http } from "./http/types.ts";
import type { JobWork } from "./jobs.ts";
import type { Provided } from "./port.ts";

/** One reader of one event: idempotent, runs as the system in its own transaction, again after a failure. */
export type Subscription = {
  readonly event: EventType;
  /** Name in the delivery table, unique among all: module and verb. */
  readonly name: string;
  /** Events older than this many hours are dropped: nobody wants yesterday's push messages at once. */
  readonly dropAfterHours?: number;
  readonly handle: (ctx: Context, event: never) => Promise<void>;
};

/** Declares a handler with the type of its event. */
export function on<T extends EventType>(
  event: T,
  name: string,
  handle: (ctx: Context, event: LoggedEvent<T>) => Promise<void>,
): Subscription {
  return { event, name, handle };
}

/** Narrows an event to its type, which names its facts. */
export function isEvent<T extends EventType>(event: LoggedEvent, type: T): event is LoggedEvent<T> {
  return event.type === type;
}

/** A table derived from the log, in its order: rebuilt by reading it again from the start. */
export type Projection = {
  readonly name: string;
  readonly reads: readonly EventType[];
  /** Adds a batch of events, in order. Runs in one transaction with the cursor. */
  readonly apply: (ctx: Context, events: readonly LoggedEvent[]) => Promise<void>;
  /** Empties the table for a rebuild. */
  readonly reset: (ctx: Context) => Promise<void>;
};

export type Job = {
  /** Name in the queue: verb and noun. */
  readonly name: string;
  readonly run: (work: JobWork) => Promise<void>;
};

/** A module is one object; a process role is which part of it is started. */
export type Module = {
  readonly name: string;
  readonly routes?: readonly ((http: Http) => void)[];
  readonly handlers?: readonly Subscription[];
  readonly projections?: readonly Projection[];
  readonly jobs?: readonly Job[];
  /** Answers to ports of modules to the left. */
  readonly provides?: readonly Provided[];
};
