import { addMonths } from "@rainmaker/contracts/time";
import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { RevenueContext } from "../revenue.context.ts";
import type { PeriodRecord, PeriodState } from "./period.ts";

export type Period = { readonly id: string; readonly month: string };

/**
 * The period a fact of a month is booked in: that month while it is open, else the first open one after it. Made where
 * nobody has booked into it yet. It stays open until this transaction ends: who closes it waits.
 */
export async function getOpenPeriod(ctx: RevenueContext, month: string): Promise<Period> {
  return firstPeriod(ctx, month, ["open"]);
}

/** The same for a correction, which a month takes until it is locked. */
export async function getCorrectablePeriod(ctx: RevenueContext, month: string): Promise<PeriodRecord> {
  return firstPeriod(ctx, month, ["open", "closing"]);
}

async function firstPeriod(ctx: RevenueContext, month: string, states: readonly PeriodState[]): Promise<PeriodRecord> {
  for (let wanted = month; ; wanted = addMonths(wanted, 1)) {
    const id = await holdPeriod(ctx, wanted, "shared");
    const period = await readPeriod(ctx, id);
    if (states.includes(period.state)) return period;
  }
}

/** The period of a month for closing it: everybody who posts into it meanwhile is waited for, or waits. */
export async function lockPeriod(ctx: RevenueContext, month: string): Promise<PeriodRecord> {
  return readPeriod(ctx, await holdPeriod(ctx, month, "exclusive"));
}

/** Read after the lock, in a statement of its own: one that waited would still see what was before. */
async function readPeriod(ctx: RevenueContext, id: string): Promise<PeriodRecord> {
  const row = await ctx.tx
    .selectFrom("commission_period")
    .select(["id", "month", "state", "locked_by"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return { id: row.id, month: row.month, state: row.state as PeriodState, lockedBy: row.locked_by };
}

async function holdPeriod(ctx: RevenueContext, month: string, how: "shared" | "exclusive"): Promise<string> {
  const { organizationId } = ctx.actor;
  const lock = sql.raw(how === "shared" ? "pg_advisory_xact_lock_shared" : "pg_advisory_xact_lock");
  // The same key as the trigger of the ledger takes.
  const hold = sql<{ id: string }>`
    select id, ${lock}(hashtextextended(id::text, 727003)) from commission_period
    where organization_id = ${organizationId} and month = ${month}`;
  const known = (await hold.execute(ctx.tx)).rows[0];
  if (known !== undefined) return known.id;
  await sql`insert into commission_period (organization_id, id, month, state, created_at)
    values (${organizationId}, ${uuidv7()}, ${month}, 'open', ${ctx.now}) on conflict (organization_id, month) do nothing`.execute(
    ctx.tx,
  );
  const made = (await hold.execute(ctx.tx)).rows[0];
  if (made === undefined) throw new Error(`no period ${month}`);
  return made.id;
}

export type PeriodStep = Partial<{
  closing_by: string | null;
  closing_at: string | null;
  locked_by: string;
  locked_at: string;
  paid_by: string;
  paid_at: string;
}>;

export async function savePeriod(
  ctx: RevenueContext,
  { id }: Period,
  state: PeriodState,
  step: PeriodStep,
): Promise<void> {
  await ctx.tx
    .updateTable("commission_period")
    .set({ state, ...step })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", id)
    .execute();
}

/** The first month before this one that still takes postings. */
export async function findEarlierOpen(ctx: RevenueContext, month: string): Promise<string | undefined> {
  const row = await ctx.tx
    .selectFrom("commission_period")
    .select("month")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("month", "<", month)
    .where("state", "in", ["open", "closing"])
    .orderBy("month")
    .executeTakeFirst();
  return row?.month;
}
