import { sql } from "kysely";
import type { FastifyBaseLogger } from "fastify";
import type { Module, Projection, Subscription } from "../module.ts";
import type { Workplace } from "../tenant.ts";
import { deliver, leaseSeconds, type Delivery } from "./deliveries.ts";
import { Lanes } from "./lanes.ts";
import { advanceProjection } from "./projections.ts";

export type DispatcherOptions = {
  readonly workplace: Workplace;
  readonly modules: readonly Module[];
  readonly clock: () => Date;
  readonly logger: FastifyBaseLogger;
};

type Claimed = { organization_id: string; subscriber: string; seq: bigint; attempts: number };

/** Hands logged events to handlers and projections: in order for each of an organization, several side by side. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #subscriptions: ReadonlyMap<string, Subscription>;
  readonly #projections: readonly Projection[];
  readonly #lanes = new Lanes(4);

  constructor(options: DispatcherOptions) {
    this.#options = options;
    const handlers = options.modules.flatMap((module) => module.handlers ?? []);
    this.#subscriptions = new Map(handlers.map((handler) => [handler.name, handler]));
    this.#projections = options.modules.flatMap((module) => module.projections ?? []);
  }

  /** Names of the subscribers of each event type, as the sequencer's door takes them. */
  subscribersByEvent(): Record<string, string[]> {
    const byEvent = Map.groupBy(this.#subscriptions.values(), ({ event }) => event);
    return Object.fromEntries([...byEvent].map(([event, all]) => [event, all.map(({ name }) => name)]));
  }

  hand(delivery: Delivery): void {
    const subscription = this.#subscriptions.get(delivery.subscriber);
    // A subscriber of another version of the program: its worker will take it.
    if (subscription === undefined) return;
    const { workplace, clock, logger } = this.#options;
    this.#lanes.add(`${delivery.organizationId} ${delivery.subscriber}`, () =>
      deliver(workplace, subscription, delivery, clock, logger),
    );
  }

  /** Brings the organization's projections up to date; all of them unless named. */
  project(organizationId: string, named?: string): void {
    const { workplace, clock, logger } = this.#options;
    for (const projection of this.#projections) {
      if (named !== undefined && named !== projection.name) continue;
      this.#lanes.addOnce(`${organizationId} ${projection.name}`, async () => {
        try {
          await advanceProjection(workplace, projection, organizationId, clock());
        } catch (error) {
          logger.error({ err: error, organizationId }, `projection ${projection.name} failed`);
        }
      });
    }
  }

  /** Takes over what another worker left: deliveries whose lease ran out or that failed, projections that lag. */
  async takeOver(): Promise<void> {
    const { outside } = this.#options.workplace.database;
    const claimed = await sql<Claimed>`select * from door.claim_deliveries(200, ${leaseSeconds})`.execute(outside);
    for (const { organization_id: organizationId, ...rest } of claimed.rows) this.hand({ organizationId, ...rest });
    const names = this.#projections.map(({ name }) => name);
    const behind = await sql<{ organization_id: string; projection: string }>`
      select * from door.lagging_projections(${names}::text[])`.execute(outside);
    for (const { organization_id: organizationId, projection } of behind.rows) this.project(organizationId, projection);
  }

  settled(): Promise<void> {
    return this.#lanes.settled();
  }
}
