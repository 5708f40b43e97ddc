import { sql } from "kysely";
import type { Context } from "../context.ts";
import type { Projection } from "../module.ts";
import { inTransaction, systemCaller, type Workplace } from "../tenant.ts";
import { readEventsBetween } from "./log.ts";

/** Entries of the log looked at in one transaction. */
const batch = 2000;

/** Brings a projection of one organization up to the end of the log. */
export async function advanceProjection(
  workplace: Workplace,
  projection: Projection,
  organizationId: string,
  now: Date,
): Promise<void> {
  const caller = await systemCaller(workplace, organizationId, now);
  for (;;) {
    const isDone = await inTransaction(workplace, caller, (ctx) => advanceOnce(ctx, projection));
    if (isDone) return;
  }
}

/** Empties a projection and reads the whole log again, in one transaction: readers see the old or the new, never half. */
export async function rebuildProjection(
  workplace: Workplace,
  projection: Projection,
  organizationId: string,
  now: Date,
): Promise<void> {
  const caller = await systemCaller(workplace, organizationId, now);
  await inTransaction(workplace, caller, async (ctx) => {
    await lockCursor(ctx, projection);
    await projection.reset(ctx);
    await moveCursor(ctx, projection, 0n);
    while (!(await advanceOnce(ctx, projection))) continue;
  });
}

async function advanceOnce(ctx: Context, projection: Projection): Promise<boolean> {
  const from = await lockCursor(ctx, projection);
  const { rows } = await sql<{
    seq: bigint;
  }>`select seq from event_head where organization_id = ${ctx.actor.organizationId}`.execute(ctx.tx);
  const head = rows[0]?.seq ?? 0n;
  if (from >= head) return true;
  const reached = from + BigInt(batch) < head ? from + BigInt(batch) : head;
  // Not beyond the head that was read: what is committed since then would be applied now, and again next time.
  const events = await readEventsBetween(ctx, from, reached, projection.reads);
  if (events.length > 0) await projection.apply(ctx, events);
  await moveCursor(ctx, projection, reached);
  return reached >= head;
}

/** Two workers never apply one projection of one organization at once. */
async function lockCursor(ctx: Context, { name }: Projection): Promise<bigint> {
  const { organizationId } = ctx.actor;
  await sql`insert into projection_cursor (organization_id, projection, seq) values (${organizationId}, ${name}, 0) on conflict do nothing`.execute(
    ctx.tx,
  );
  const { rows } = await sql<{
    seq: bigint;
  }>`select seq from projection_cursor where organization_id = ${organizationId} and projection = ${name} for update`.execute(
    ctx.tx,
  );
  return rows[0]?.seq ?? 0n;
}

async function moveCursor(ctx: Context, { name }: Projection, seq: bigint): Promise<void> {
  await sql`update projection_cursor set seq = ${seq} where organization_id = ${ctx.actor.organizationId} and projection = ${name}`.execute(
    ctx.tx,
  );
}
