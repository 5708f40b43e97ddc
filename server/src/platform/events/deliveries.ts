import { sql } from "kysely";
import type { FastifyBaseLogger } from "fastify";
import type { Context } from "../context.ts";
import type { Subscription } from "../module.ts";
import { inTransaction, systemCaller, type Workplace } from "../tenant.ts";
import { readEvent } from "./log.ts";

export type Delivery = {
  readonly organizationId: string;
  readonly subscriber: string;
  readonly seq: bigint;
  readonly attempts: number;
};

/** How long a worker holds a delivery before another one may take it. */
export const leaseSeconds = 30;
const mostAttempts = 8;

/**
 * Hands an event to its subscriber. The delivery is taken out in the handler's own transaction, so what the handler
 * writes happens exactly once, however often a worker is killed.
 */
export async function deliver(
  workplace: Workplace,
  subscription: Subscription,
  delivery: Delivery,
  clock: () => Date,
  logger: FastifyBaseLogger,
): Promise<void> {
  try {
    await handleOnce(workplace, subscription, delivery, clock);
  } catch (error) {
    logger.error({ err: error, ...delivery, seq: String(delivery.seq) }, `handler ${delivery.subscriber} failed`);
    await postpone(workplace, delivery, error, clock());
  }
}

async function handleOnce(
  workplace: Workplace,
  subscription: Subscription,
  delivery: Delivery,
  clock: () => Date,
): Promise<void> {
  const system = await systemCaller(workplace, delivery.organizationId, clock());
  await inTransaction(workplace, system, async (ctx) => {
    const { numAffectedRows } = await sql`delete from delivery where organization_id = ${delivery.organizationId}
      and subscriber = ${delivery.subscriber} and seq = ${delivery.seq}`.execute(ctx.tx);
    // Another worker was faster.
    if (numAffectedRows !== 1n) return;
    const event = await readEvent(ctx, delivery.seq);
    if (event === undefined) throw new Error(`event ${delivery.seq} is not in the log`);
    if (isTooOld(subscription, event.occurredAt, clock())) return;
    // The handler's clock is the event's: history told again gives the same result.
    await subscription.handle({ ...ctx, now: new Date(event.occurredAt) }, event as never);
  });
}

function isTooOld({ dropAfterHours }: Subscription, occurredAt: string, now: Date): boolean {
  return dropAfterHours !== undefined && now.getTime() - Date.parse(occurredAt) > dropAfterHours * 3_600_000;
}

/** Tries again after 1, 4, 9 ... seconds; after the last attempt it is parked and the others go on. */
async function postpone(workplace: Workplace, delivery: Delivery, error: unknown, now: Date): Promise<void> {
  const system = await systemCaller(workplace, delivery.organizationId, now);
  const isLast = delivery.attempts >= mostAttempts;
  const message = error instanceof Error ? error.message.slice(0, 2000) : String(error);
  await inTransaction(workplace, system, async (ctx: Context) => {
    await sql`update delivery set last_error = ${message}, next_at = clock_timestamp() + make_interval(secs => ${delivery.attempts ** 2}),
      parked_at = case when ${isLast} then clock_timestamp() end
      where organization_id = ${delivery.organizationId} and subscriber = ${delivery.subscriber} and seq = ${delivery.seq}`.execute(
      ctx.tx,
    );
  });
}
