import { sql } from "kysely";
import type { Bus } from "./bus.ts";
import { leaseSeconds } from "./events/deliveries.ts";
import { Dispatcher, type DispatcherOptions } from "./events/dispatcher.ts";
import { Loop } from "./events/loop.ts";
import { closedRoomOf, hintsOf, type SequencedEvent } from "./realtime.ts";
import type { Workplace } from "./tenant.ts";

export { rebuildProjection } from "./events/projections.ts";

export type Sequencer = {
  /** Works until nothing is left: events in the log, handled, projected. For tests, demo and shutdown. */
  drain(): Promise<void>;
  stop(): Promise<void>;
};

type Row = {
  organization_id: string;
  seq: bigint;
  type: string;
  entity: string;
  record_id: string | null;
  record_version: number | null;
  owner_id: string | null;
  previous_owner_id: string | null;
  changed: string[];
  subscribed: string[];
};

const batch = 500;
/** Backstop for a wake-up that was lost, and the rhythm at which failed deliveries are tried again. */
const pollMs = 1000;

/**
 * Moves events from the outbox into the log and on to whoever listens: hints to browsers, handlers, projections.
 * Several workers may run it; the database lets one sequence at a time and hands out each delivery once.
 */
export function startSequencer(options: DispatcherOptions & { readonly bus: Bus }): Sequencer {
  const { workplace, bus, logger } = options;
  const dispatcher = new Dispatcher(options);
  const onError = (error: unknown): void => logger.error({ err: error }, "event loop failed");
  const sequence = new Loop(async () => {
    while ((await sequenceBatch(workplace, bus, dispatcher)) === batch) continue;
  }, onError);
  const takeOver = new Loop(() => dispatcher.takeOver(), onError);
  const look = (): void => {
    sequence.run();
    takeOver.run();
  };
  bus.on("outbox", () => sequence.run());
  const timer = setInterval(look, pollMs);
  look();
  return {
    async drain() {
      do {
        sequence.run();
        await sequence.settled();
        await dispatcher.settled();
      } while ((await waitingEvents(workplace)) > 0n);
    },
    async stop() {
      clearInterval(timer);
      sequence.stop();
      takeOver.stop();
      await Promise.all([sequence.settled(), takeOver.settled()]);
      await dispatcher.settled();
    },
  };
}

/** @returns how many events were moved */
async function sequenceBatch(workplace: Workplace, bus: Bus, dispatcher: Dispatcher): Promise<number> {
  const subscribers = JSON.stringify(dispatcher.subscribersByEvent());
  const { rows } = await sql<Row>`select organization_id, seq, type, entity, record_id, record_version, owner_id,
      previous_owner_id, changed, subscribed
    from door.sequence_events(${subscribers}::jsonb, ${batch}, ${leaseSeconds})`.execute(workplace.database.outside);
  const events = rows.map(toSequenced);
  if (events.length > 0) workplace.sendHints(events.flatMap(hintsOf));
  for (const room of new Set(events.map(closedRoomOf))) if (room !== null) bus.send("access", room);
  for (const row of rows) {
    for (const subscriber of row.subscribed) {
      dispatcher.hand({ organizationId: row.organization_id, subscriber, seq: row.seq, attempts: 1 });
    }
  }
  for (const organizationId of new Set(rows.map((row) => row.organization_id))) dispatcher.project(organizationId);
  return rows.length;
}

async function waitingEvents(workplace: Workplace): Promise<bigint> {
  const { rows } = await sql<{ waiting_events: bigint }>`select waiting_events from door.queue_depths()`.execute(
    workplace.database.outside,
  );
  return rows[0]?.waiting_events ?? 0n;
}

function toSequenced(row: Row): SequencedEvent {
  return {
    organizationId: row.organization_id,
    type: row.type,
    entity: row.entity,
    recordId: row.record_id,
    version: row.record_version,
    ownerId: row.owner_id,
    previousOwnerId: row.previous_owner_id,
    changed: row.changed,
  };
}
